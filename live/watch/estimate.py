"""The estimate: how late a stream's segments come after the end that their dates say, at the earliest.

A segment cannot be in the playlist before its last frame was taken, encoded and uploaded; so the smallest
difference between its coming and its end is the error of the stream's clock plus that way, and no more.
How much of it is the way the playlist cannot tell. It is given playlists and times, and asks for nothing.
"""

from __future__ import annotations

from .playlist import Media, Segment

# When to look: no divisor of a usual segment, so that each is met another moment after it came; and closely
# around the earliest moment at which the next one can come.
POLL_MS = 470
CLOSELY_MS = 120
CLOSELY_FOR_MS = 600

ENOUGH = 3  # segments: one of them is then seen soon after its coming
ENOUGH_MS = 5_000  # and for short ones, as long as that
WINDOW_MS = 300_000  # a slow upload of a minute or two does not look like another clock
SLIP_MS = 500  # a date that far from where the one before leads to: the encoder began anew


class Estimate:
    """Fed by `take` with each look at the playlist, in order."""

    def __init__(self) -> None:
        self.begun: int | None = None  # the date from which a stream that began anew is measured
        self.changed: int | None = None  # when something new came last, on the steady clock
        self._last: Segment | None = None
        self._shift = 0  # the server's clock less the steady one, ms: what was seen holds when it is set
        self._seen: list[tuple[int, int]] = []  # (steady ms, how late by that), of each segment when it came

    def take(self, media: Media, at: int, steady: int) -> None:
        """What the playlist held at `at` (server ms); `steady` is a clock that nobody sets (ms)."""
        self._shift = at - steady
        newest, before = media.segments[-1] if media.segments else None, self._last
        if newest is None or (before is not None and self._same(newest, before)):
            return
        self._last, self.changed = newest, steady
        if before is None:
            return  # nobody knows since when it has been there
        fresh = _beginning(media, before)
        if fresh is not None:
            self._seen.clear()
            self.begun = fresh.pdt
        if newest.end is not None:
            self._seen = [each for each in self._seen if each[0] > steady - WINDOW_MS]
            self._seen.append((steady, steady - newest.end))

    @property
    def offset_ms(self) -> int | None:
        """None until enough has come to say it."""
        seen = self._seen
        if len(seen) < ENOUGH or seen[-1][0] - seen[0][0] < ENOUGH_MS:
            return None
        return min(late for _, late in seen) + self._shift

    def pause_ms(self, at: int) -> int:
        """How long to wait before the next look, at `at` (server ms)."""
        last = self._last
        if not self._seen or last is None or last.end is None:
            return POLL_MS
        ahead = last.end + last.ms + min(late for _, late in self._seen) + self._shift - at
        if ahead > CLOSELY_MS:
            return min(POLL_MS, ahead - CLOSELY_MS)
        return CLOSELY_MS if ahead > -CLOSELY_FOR_MS else POLL_MS

    @staticmethod
    def _same(newest: Segment, before: Segment) -> bool:
        return (newest.number, newest.uri, newest.pdt) == (before.number, before.uri, before.pdt)


def _beginning(media: Media, before: Segment) -> Segment | None:
    """The last segment since `before` at which the stream began anew; None: it has gone on."""
    if media.segments[-1].number <= before.number:  # the numbers start again: an encoder that was restarted
        return media.segments[0]
    found, previous = None, before
    for each in media.segments:
        if each.number <= before.number:
            continue
        slipped = (
            each.pdt is not None
            and previous.end is not None
            and each.number == previous.number + 1
            and abs(each.pdt - previous.end) > SLIP_MS
        )
        if each.fresh or slipped:
            found = each
        previous = each
    return found
