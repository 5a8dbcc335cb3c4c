"""A feed: what one audience may see of a broadcast, as encoded docs, and when each changed last.

The stage refreshes it after each commit; subscribers hold nothing but a number and ask `since(number)`.
So the first load, the live stream, a reconnect and a slow phone are one code path, and nothing queues
up for anybody. It encodes each doc once, however many people look at it.
"""

from __future__ import annotations

from collections.abc import Iterable

from live import protocol
from live.domain import broadcast
from live.domain.base import Audience

GONE = b"null"


class Feed:
    """The docs of one audience as of `seq`, a number that only rises and that all feeds of a stage share."""

    def __init__(self, audience: Audience, state: broadcast.State, seq: int) -> None:
        self.audience = audience
        self._born = self.seq = seq  # it knows no older change
        self._docs: dict[str, tuple[int, bytes]] = {}  # the one that changed last stands last
        self._patches: dict[int, bytes] = {}  # up to `seq`, by what they start from
        self.frames: dict[int, bytes] = {}  # the same as they go over the wire
        self._all: dict[str, bytes] | None = None
        for key in broadcast.keys(state):
            doc = broadcast.view(state, key, audience)
            if doc is not None:
                self._docs[key] = (seq, protocol.encode(doc))

    def refresh(self, state: broadcast.State, dirty: Iterable[str], seq: int) -> bool:
        """Look again at the docs that may have changed; if one has, the feed now stands at `seq`."""
        changed = [key for key in dirty if self._look(state, key, seq)]
        if changed:
            self.seq = seq
            self._patches.clear()
            self.frames.clear()
            self._all = None
        return bool(changed)

    def _look(self, state: broadcast.State, key: str, seq: int) -> bool:
        doc = broadcast.view(state, key, self.audience)
        encoded = GONE if doc is None else protocol.encode(doc)
        _, before = self._docs.get(key, (0, GONE))
        if encoded == before:
            return False
        self._docs.pop(key, None)  # so that it comes to stand last
        self._docs[key] = (seq, encoded)
        return True

    def all(self) -> dict[str, bytes]:
        """Every doc that there is, by key."""
        if self._all is None:
            self._all = {key: doc for key, (_, doc) in self._docs.items() if doc != GONE}
        return self._all

    def since(self, seq: int) -> dict[str, bytes]:
        """The docs that changed after `seq`; `null`: gone. Of numbers that it `knows`."""
        changed: dict[str, bytes] = {}
        for key in reversed(self._docs):
            at, doc = self._docs[key]
            if at <= seq:
                break
            changed[key] = doc
        return changed

    def knows(self, seq: int) -> bool:
        """Whether `since(seq)` would be the whole truth."""
        return self._born <= seq <= self.seq

    def patch(self, since: int, at: int) -> bytes:
        """What takes a subscriber from `since` to now; encoded once for all who stand there."""
        patch = self._patches.get(since)
        if patch is None:
            patch = protocol.patch(since=since, seq=self.seq, at=at, docs=self.since(since))
            self._patches[since] = patch
        return patch

    def frame(self, since: int, at: int) -> bytes:
        """The patch as it goes over the wire."""
        frame = self.frames.get(since)
        if frame is None:
            frame = self.frames[since] = protocol.text_frame(self.patch(since, at))
        return frame
