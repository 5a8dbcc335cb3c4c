"""The peers: other ways to write one frame to many WebSockets, started beside ours.

Each is a `Subject`: a server on the server core that takes subscribers, and something that makes it send a
frame to all of them. A peer that cannot be had here raises `Missing` with one sentence.
"""

from bench.peers.subjects import Live, Missing, Subject, subjects

__all__ = ["Live", "Missing", "Subject", "subjects"]
