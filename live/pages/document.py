"""What the record's document is drawn from: the same on the organiser's page and in an archive.

Called by `record` and by the archive, which draws it without a request. It reads nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from live.directory.broadcasts import Broadcast
from live.domain.base import Site
from live.exports import attended, corrected, tables
from live.exports.attended import Standing
from live.exports.cells import clock
from live.exports.record import Record
from live.pages import details, times
from live.pages.render import N_

STANDINGS: dict[Standing, str] = {
    "room": N_("On site"),
    "remote": N_("Remote"),
    "made_up": N_("Made up"),
    "short": N_("Too short"),
    "missing": N_("Missing"),
}


def of(
    broadcast: Broadcast, found: Record, sites: Iterable[Site], share: int, lang: str, now: int
) -> dict[str, object]:
    """What `record_document.html` is given. `share`: percent of the live time that counts as taking part.

    In an archive, which says so itself, pictures lie elsewhere, nothing leads on, and the zone is known.
    """
    return {
        "broadcast": broadcast,
        "record": found,
        "sites": list(sites),
        "kinds": details.KINDS,
        "units": attended.by_unit(found.people, found.whole, share),
        "absent": _absent(found, share),
        "share": share,
        "standing": lambda one: one.standing(found.whole, share),
        "standings": STANDINGS,
        "roles": tables.ROLES,
        "titles": corrected.TITLES,
        "percent": attended.percent,
        "took_part": lambda one: one.standing(found.whole, share) not in ("short", "missing"),
        "in_hours": lambda length: attended.hours(length, found.hour) if found.hour else "",
        "clock": lambda ms: clock(ms // 1_000),
        "now": now,
        "zone": "",
        "archived": False,
        "picture": lambda slide: f"/b/{broadcast.slug}/{slide}.thumb.webp",
        "shown": lambda at: times.shown(at, lang),
        "hours": times.hours,
        "machine": times.machine,
    }


def _absent(found: Record, share: int) -> dict[str, list[str]]:
    """Who was expected and did not take part, or not enough: names by unit, as the roster has them."""
    names: dict[str, list[str]] = {}
    for one in found.people:
        if one.expected and one.standing(found.whole, share) in ("short", "missing"):
            names.setdefault(one.unit, []).append(one.name)
    return names
