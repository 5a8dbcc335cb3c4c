"""A feed: what one audience may see of a broadcast, as encoded docs, and when each changed last.

The stage refreshes it after each commit; subscribers hold nothing but a number and ask `since(number)`.
So the first load, the live stream, a reconnect and a slow phone are one code path, and nothing queues
up for anybody. It encodes each doc once, however many people look at it.
"""

from __future__ import annotations

from collections.abc import Iterable

from live import protocol
from live.domain import notices, sight
from live.domain.base import Audience
from live.domain.known import Doc, State

GONE = b"null"


class Feed:
    """The docs of one audience as of `seq`, a number that only rises and that all feeds of a stage share."""

    place = notices.ANYWHERE

    def __init__(self, audience: Audience, state: State, seq: int) -> None:
        self.audience = audience
        self.began = self.seq = seq  # it knows no older change
        self._docs: dict[str, tuple[int, bytes]] = {}  # the one that changed last stands last
        self._patches: dict[int, bytes] = {}  # up to `seq`, by what they start from
        self._frames: dict[int, bytes] = {}  # the same as they go over the wire
        self._all: dict[str, bytes] | None = None
        self._joined: bytes | None = None  # the same as one object: all who come now get these bytes
        for key in sight.keys(state):
            doc = sight.view(state, key, audience)
            if doc is not None:
                self._docs[key] = (seq, protocol.encode(doc))

    def refresh(self, state: State, dirty: Iterable[str], seq: int) -> bool:
        """Look again at the docs that may have changed; if one has, the feed now stands at `seq`."""
        changed = [key for key in dirty if self._look(state, key, seq)]
        if changed:
            self.seq = seq
            self._forget()
        return bool(changed)

    def _forget(self) -> None:
        """What was made for those who stood before."""
        self._patches.clear()
        self._frames.clear()
        self._all = self._joined = None

    def _look(self, state: State, key: str, seq: int) -> bool:
        return self._take(key, sight.view(state, key, self.audience), seq)

    def _take(self, key: str, doc: Doc | None, seq: int) -> bool:
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

    def joined(self) -> bytes:
        """The same as one JSON object; encoded once for all who come before the next change."""
        if self._joined is None:
            self._joined = protocol.joined(self.all())
        return self._joined

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
        return self.began <= seq <= self.seq

    def patch(self, since: int, at: int) -> bytes:
        """What takes a subscriber from `since` to now; encoded once for all who stand there."""
        patch = self._patches.get(since)
        if patch is None:
            patch = protocol.patch(since=since, seq=self.seq, at=at, docs=self.since(since))
            self._patches[since] = patch
        return patch

    def frame(self, since: int, at: int) -> bytes:
        """The patch as it goes over the wire."""
        frame = self._frames.get(since)
        if frame is None:
            frame = self._frames[since] = protocol.text_frame(self.patch(since, at))
        return frame


class Aside(Feed):
    """A feed for those of an audience who are at one place: all of theirs, and what goes to that place alone.

    It begins when something first goes there. Its numbers are the audience's, so whoever changes over from
    the one to the other goes on where they stood.
    """

    def __init__(self, main: Feed, place: notices.Place, state: State, seq: int) -> None:
        self.audience, self.place = main.audience, place
        self._main = main
        self._docs = {}
        self._patches, self._frames = {}, {}
        self._all = self._joined = None
        self.seq = seq
        for key, doc in sight.aside(state, place).items():
            self._take(key, doc, seq)

    def refresh(self, state: State, dirty: Iterable[str], seq: int) -> bool:
        """After the audience's own feed."""
        own = sight.aside(state, self.place)
        changed = [key for key in own.keys() & dirty if self._take(key, own[key], seq)]
        if not changed and self._main.seq < seq:
            return False
        self.seq = seq
        self._forget()
        return True

    def all(self) -> dict[str, bytes]:
        if self._all is None:
            self._all = self._main.all() | {key: doc for key, (_, doc) in self._docs.items() if doc != GONE}
        return self._all

    def since(self, seq: int) -> dict[str, bytes]:
        return self._main.since(seq) | super().since(seq)

    def knows(self, seq: int) -> bool:
        return self._main.began <= seq <= self.seq
