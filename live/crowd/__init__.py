"""Simulated attendees who come over real HTTP and real WebSockets, and behave like people.

The demo fills its hall with them, and so may tests and rehearsals. They know a server by its
addresses and its protocol alone: nothing here imports the rest of the program but the kinds of ballot, so
what works for the crowd works for any client. Chance and waiting are arguments; a seed gives the same
people.
"""

from .attendee import Mind, Person, Thought
from .browser import Browser, Page, TurnedAway
from .crowd import Crowd
from .link import Link, TurnedOut
from .outbox import Answer, Pause

__all__ = [
    "Answer",
    "Browser",
    "Crowd",
    "Link",
    "Mind",
    "Page",
    "Pause",
    "Person",
    "Thought",
    "TurnedAway",
    "TurnedOut",
]
