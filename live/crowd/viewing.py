"""How somebody follows the broadcast: in the hall itself, or some seconds behind it with the video.

It says of a simulated page what static/core/video/media.js says of a real one: on which rung it stands and
what time it is in its picture. `Link` asks with each pulse, `Attendee` with each vote. It plays nothing:
how far behind somebody is was drawn once, as habits are.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from math import log
from typing import Any

from .outbox import Frame

BEHIND_SECONDS = 8.0  # a player three segments back; see live/demo/stream.py
OWN_DELAY = 0.15  # share of those who have set by eye how far behind they are


class Viewing:
    """What one person sees, by the docs of the page."""

    def __init__(self, rng: random.Random) -> None:
        self._behind_ms = round(1_000 * rng.lognormvariate(log(BEHIND_SECONDS), 0.2))
        self._measured = rng.random() < OWN_DELAY

    def now(self, docs: Mapping[str, Any], you: Mapping[str, Any], at: int) -> Frame:
        """The part of a pulse that tells it; `at` is the server's time (ms)."""
        rung, behind_ms = self._stand(docs.get("video", {}), _kind_of_site(docs, you))
        return {"rung": rung, "media_at": max(0, at - behind_ms), "playing": rung != "now"}

    def _stand(self, video: Mapping[str, Any], site: str) -> tuple[str, int]:
        if site == "room" or video.get("kind", "none") == "none":
            return "now", 0
        usual = int(video.get("delay_ms", 0))
        if site == "shared":  # they look at one screen together: their phones know its usual delay
            return ("site", usual) if usual else ("now", 0)
        if self._measured:
            return "calibrated", self._behind_ms
        if video["kind"] == "hls":
            return "playlist", self._behind_ms
        return ("site", usual) if usual else ("now", 0)


def _kind_of_site(docs: Mapping[str, Any], you: Mapping[str, Any]) -> str:
    """Who is at no place that is known looks on from afar."""
    sites = docs.get("broadcast", {}).get("sites", ())
    return next((str(site["kind"]) for site in sites if site["id"] == you.get("site")), "remote")
