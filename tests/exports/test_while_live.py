"""Before, during and after a broadcast on a real server: every table is there, and an end loses nothing."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from pathlib import Path

from live.database import connect
from live.exports import NAMES, write
from tests.serving import House, at_home


def tables(house: House, broadcast_id: int) -> dict[str, list[dict[str, str]]]:
    """All of them, from the file that the server is writing to."""
    told = {}
    with closing(connect(house.data / "live.db")) as db:
        for name in NAMES:
            out = io.StringIO(newline="")
            write(db, broadcast_id, name, "en", out)
            told[name] = list(csv.DictReader(io.StringIO(out.getvalue().removeprefix("\ufeff"), newline="")))
    return told


async def test_a_broadcast_is_exported_before_during_and_after(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        where = await house.broadcast()
        assert tables(house, where.id) == {name: [] for name in NAMES}

        lecturer = await house.guest(where, "lecturer", "Chen Wei")
        li = await house.guest(where, name="Li Na", unit="Depot", site="room")
        await lecturer.do("start")
        ballot = {"kind": "single", "options": ["Red", "Green"]}
        await lecturer.do("add_poll", title="Which?", ballot=ballot)
        await lecturer.do("open_poll", poll=1)
        await li.do("vote", poll=1, round=1, n=1, choice=[1])
        await li.do("ask", key="a" * 22, text="Who am I?", anonymous=True)
        house.now += 61_000
        await li.do("ask", key="b" * 22, text="Why?", anonymous=False)

        during = tables(house, where.id)
        assert [(row["Full name"], row["Choice"]) for row in during["votes"]] == [("Li Na", "Green")]
        assert [row["Votes for it"] for row in during["polls"]] == ["0", "1"]
        assert {(row["Question"], row["Name of the asker"]) for row in during["questions"]} == {
            ("Who am I?", ""),
            ("Why?", "Li Na"),
        }
        assert {row["Full name"]: row["Connected while live, seconds"] for row in during["attendance"]} == {
            "Chen Wei": "61",
            "Li Na": "61",
        }

        await lecturer.do("end")
        house.now += 60_000
        await lecturer.do("notify", text="Thank you")  # the last that is known: Li Na is still there
        after = tables(house, where.id)
        assert after["votes"] == during["votes"]
        assert after["questions"] == during["questions"]
        [row] = [row for row in after["attendance"] if row["Full name"] == "Li Na"]
        assert (row["Connected, seconds"], row["Connected while live, seconds"]) == ("121", "61")
        assert (row["Place"], row["Unit"], row["Role"]) == ("会场", "Depot", "Attendee")
