"""Ballot kinds: what can be asked in a poll, which choices are valid, and how they are counted.

A kind is one file here, one file in `static/ballots/` and its rows in `tests/domain/test_ballots.py`,
united here and in `static/ballots/index.js`; nothing else knows which kinds there are, and
`tests/rules/test_ballot_kinds.py` reads the tree for it.
"""

from .cloud import Cloud
from .kind import OPTIONS_MAX, OPTIONS_MIN, Choice, Counts, Kind, Lean, Said, Tally, folded
from .multiple import Multiple
from .numeric import Numeric
from .ranking import Ranking
from .rating import Rating
from .single import Single
from .spotting import Spotting, Zone
from .wall import Wall

Ballot = Single | Multiple | Rating | Ranking | Numeric | Cloud | Wall | Spotting

__all__ = (
    "OPTIONS_MAX",
    "OPTIONS_MIN",
    "Ballot",
    "Choice",
    "Cloud",
    "Counts",
    "Kind",
    "Lean",
    "Multiple",
    "Numeric",
    "Ranking",
    "Rating",
    "Said",
    "Single",
    "Spotting",
    "Tally",
    "Wall",
    "Zone",
    "folded",
)
