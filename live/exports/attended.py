"""Who has seen how much of a broadcast: live, in the replay, and both together.

Part of `record`. A person of the roster is one, on however many devices; a moment that was seen live and
again in the replay counts once. Whether that is enough is for the reader to say, as a share of the live time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from live.directory import corrections
from live.directory.corrections import Correction
from live.directory.makeup import Played, united
from live.exports.cells import clock
from live.exports.quizzes import ASKED
from live.exports.reading import N_, Reader, Rows, Table, select

Standing = Literal["room", "remote", "made_up", "short", "missing"]
ON_SITE = {"room", "shared"}

EXPECTED = "SELECT id, number, name, unit FROM person WHERE broadcast = :broadcast ORDER BY position"
GUESTS = """
SELECT id, name, unit FROM participant
WHERE broadcast = :broadcast AND role = 'attendee' AND person IS NULL ORDER BY created_at, id
"""
EVIDENCE = """
SELECT
  seen.who, seen.evidence, seen.since, seen.until, seen.site,
  coalesce(place.name, seen.site) AS place, place.kind
FROM attendance_evidence AS seen
LEFT JOIN site AS place ON place.broadcast = seen.broadcast AND place.id = seen.site
WHERE seen.broadcast = :broadcast AND seen.evidence IN ('connected', 'live') ORDER BY seen.since, seen.until
"""
SITES = "SELECT id, name, kind FROM site WHERE broadcast = :broadcast"
PLAYED = """
SELECT coalesce(participant.person, participant.id) AS who, makeup.played FROM makeup
JOIN participant ON participant.id = makeup.participant WHERE makeup.broadcast = :broadcast
"""
ANSWERED = """
SELECT DISTINCT coalesce(participant.person, participant.id) AS who, vote.poll FROM vote
JOIN participant ON participant.id = vote.participant WHERE vote.broadcast = :broadcast
"""
EARNED = """
SELECT coalesce(participant.person, participant.id) AS who, answer.poll, max(answer.points) AS points
FROM quiz_answer AS answer JOIN participant ON participant.id = answer.participant
WHERE answer.broadcast = :broadcast GROUP BY who, answer.poll
"""
HOUR = "SELECT hour FROM broadcast WHERE id = :broadcast"
KNOWN = "SELECT at FROM known_until WHERE broadcast = :broadcast"
LIVE = "SELECT since, until FROM live_period WHERE broadcast = :broadcast"
NAMED = """
SELECT count(DISTINCT run.poll) AS polls FROM poll_round AS run
JOIN poll_rule AS rule ON rule.broadcast = run.broadcast AND rule.poll = run.poll
WHERE run.broadcast = :broadcast AND NOT rule.secret
"""


@dataclass
class Attended:
    """Somebody who was expected or came. Times are ms: moments since 1970, and lengths.

    What the organiser has set right counts instead of what was counted, which stays beside it.
    """

    expected: bool
    number: str
    name: str
    unit: str
    site: str = ""  # its id
    place: str = ""
    kind: str = ""  # of the place
    first_seen: int | None = None
    last_seen: int | None = None
    live: Played = field(default_factory=list)
    played: Played = field(default_factory=list)
    polls: set[int] = field(default_factory=set)
    earned: int = 0
    who: int | str = ""  # a person of the roster, or a participant who is none
    said_live: int | None = None  # ms
    said_points: int | None = None
    corrections: list[int] = field(default_factory=list)  # by their numbers

    @property
    def points(self) -> int:
        return self.earned if self.said_points is None else self.said_points

    @property
    def counted_ms(self) -> int:
        """Live, as the server has seen it."""
        return _length(self.live)

    @property
    def live_ms(self) -> int:
        return self.counted_ms if self.said_live is None else self.said_live

    @property
    def played_ms(self) -> int:
        return _length(self.played)

    @property
    def together_ms(self) -> int:
        """A live time that was said is of no known moments: then this is the least that it can be."""
        both = _length([*self.live, *self.played])
        if self.said_live is None:
            return both
        return max(self.said_live, both if self.said_live >= self.counted_ms else self.played_ms)

    def standing(self, whole: int, share: int) -> Standing:
        """Whether it was enough: at least `share` percent of the `whole` live time (ms), and not nothing."""
        if _enough(self.live_ms, whole, share):
            return "room" if self.kind in ON_SITE else "remote"
        if self.played and _enough(self.together_ms, whole, share):
            return "made_up"
        return "missing" if self.first_seen is None and not self.played else "short"


def everybody(db: sqlite3.Connection, broadcast_id: int) -> list[Attended]:
    """The roster in its order, then whoever came besides."""
    known: dict[int | str, Attended] = {
        row["id"]: Attended(True, row["number"], row["name"], row["unit"], who=row["id"])
        for row in select(db, EXPECTED, broadcast_id)
    }
    known |= {
        row["id"]: Attended(False, "", row["name"], row["unit"], who=row["id"])
        for row in select(db, GUESTS, broadcast_id)
    }
    for row in select(db, EVIDENCE, broadcast_id):
        if one := known.get(row["who"]):
            _see(one, row)
    for row in select(db, PLAYED, broadcast_id):
        if one := known.get(row["who"]):
            one.played += [(since, until) for since, until in json.loads(row["played"])]
    for row in select(db, ANSWERED, broadcast_id):
        if one := known.get(row["who"]):
            one.polls.add(row["poll"])
    for row in select(db, EARNED, broadcast_id):
        if one := known.get(row["who"]):
            one.earned += row["points"]
    _correct(db, broadcast_id, known)
    return [each for each in known.values() if each.expected or each.first_seen is not None or each.played]


def _see(one: Attended, row: sqlite3.Row) -> None:
    if row["evidence"] == "live":
        one.live.append((row["since"], row["until"]))
        return
    one.site, one.place, one.kind = row["site"] or "", row["place"] or "", row["kind"] or ""
    one.first_seen = row["since"] if one.first_seen is None else one.first_seen
    one.last_seen = max(one.last_seen or 0, row["until"])


def _correct(db: sqlite3.Connection, broadcast_id: int, known: dict[int | str, Attended]) -> None:
    """The latest word counts; an empty one is that it was counted rightly."""
    sites = {row["id"]: row for row in select(db, SITES, broadcast_id)}
    for each in corrections.of(db, broadcast_id):
        if (who := each.change.who) is not None and (one := known.get(who)):
            one.corrections.append(each.number)
            _say(one, each, sites)


def _say(one: Attended, said: Correction, sites: dict[str, sqlite3.Row]) -> None:
    after = said.change.after
    match said.change.what:
        case "live":
            one.said_live = int(after) * 1_000 if after else None
        case "points":
            one.said_points = int(after) if after else None
        case "place":
            site = sites.get(after)
            one.site, one.place, one.kind = (after, site["name"], site["kind"]) if site else ("", "", "")


@dataclass(frozen=True)
class Answerable:
    """What a person can have answered: polls whose votes have names; and the points to be had in them."""

    polls: int
    points: int


def answerable(db: sqlite3.Connection, broadcast_id: int) -> Answerable:
    points = sum(row["points"] for row in select(db, ASKED, broadcast_id))
    return Answerable(next(select(db, NAMED, broadcast_id))["polls"], points)


def known_until(db: sqlite3.Connection, broadcast_id: int) -> int | None:
    """The last that is known of it (ms)."""
    row = next(select(db, KNOWN, broadcast_id), None)
    return row["at"] if row else None


def live_ms(db: sqlite3.Connection, broadcast_id: int) -> int:
    """How long it was live, without its pauses; what goes on is counted as far as anything is known."""
    known = known_until(db, broadcast_id) or 0
    spans = select(db, LIVE, broadcast_id)
    return sum((known if span["until"] is None else span["until"]) - span["since"] for span in spans)


def percent(part: int, whole: int) -> int:
    """Cut off, not rounded."""
    return min(100, 100 * part // whole) if whole else 0


def hours(length: int, minutes: int) -> str:
    """A length (ms) in hours of training of so many minutes, to a tenth: cut off, not rounded."""
    tenths = length * 10 // (minutes * 60_000)
    return f"{tenths // 10}.{tenths % 10}"


@dataclass
class Unit:
    """A unit in figures; `guests` came and are not on the roster, and are in no other figure."""

    name: str
    expected: int = 0
    room: int = 0
    remote: int = 0
    made_up: int = 0
    short: int = 0
    missing: int = 0
    guests: int = 0

    def count(self, one: Attended, standing: Standing) -> None:
        if not one.expected:
            self.guests += standing != "short"
            return
        self.expected += 1
        setattr(self, standing, getattr(self, standing) + 1)

    @property
    def complete(self) -> int:
        return self.room + self.remote + self.made_up


def by_unit(people: Iterable[Attended], whole: int, share: int) -> list[Unit]:
    """In the order of the roster, then the units that only guests have named."""
    units: dict[str, Unit] = {}
    for one in people:
        units.setdefault(one.unit, Unit(one.unit)).count(one, one.standing(whole, share))
    return list(units.values())


def _length(stretches: Played) -> int:
    return sum(until - since for since, until in united(stretches))


def _enough(part: int, whole: int, share: int) -> bool:
    return part > 0 and part * 100 >= share * whole


def _people(db: sqlite3.Connection, broadcast_id: int, reader: Reader) -> Rows:
    whole, possible = live_ms(db, broadcast_id), answerable(db, broadcast_id)
    hour = next(select(db, HOUR, broadcast_id))["hour"]
    for one in everybody(db, broadcast_id):
        lengths = (one.live_ms // 1_000, one.played_ms // 1_000)
        yield [
            reader.yes(one.expected),
            one.number,
            one.name,
            one.unit,
            one.place,
            reader.at(one.first_seen),
            reader.at(one.last_seen),
            *(cell for seconds in lengths for cell in (seconds, clock(seconds))),
            percent(one.live_ms, whole),
            percent(one.together_ms, whole),
            len(one.polls),
            possible.polls,
            one.points,
            possible.points,
            ", ".join(map(str, one.corrections)),
            hours(one.together_ms, hour) if hour else None,
            hour,
        ]


PEOPLE = Table(
    N_("Person by person"),
    (
        N_("On the roster"),
        N_("Number"),
        N_("Full name"),
        N_("Unit"),
        N_("Place"),
        N_("First seen"),
        N_("Last seen"),
        N_("Live, seconds"),
        N_("Live, h:mm:ss"),
        N_("Played, seconds"),
        N_("Played, h:mm:ss"),
        N_("Percent live"),
        N_("Percent live and played together"),
        N_("Polls answered"),
        N_("Polls asked"),
        N_("Points"),
        N_("Points to be had"),
        N_("Corrections"),
        N_("Hours of training, live and played together"),
        N_("Minutes of an hour of training"),
    ),
    _people,
)
