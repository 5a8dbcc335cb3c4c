"""Who of the roster has not joined is told to the desk, and to nobody else."""

from __future__ import annotations

from pathlib import Path

from tests.doorway import join, site_in


async def test_the_desk_alone_hears_who_is_missing(tmp_path: Path) -> None:
    async with site_in(tmp_path) as site:
        where = await site.broadcast(roster=[("Li Na", "Depot"), ("Wang Jun", "Depot")])
        phone, path = site.browser(), f"/b/{where.slug}/desk/missing"
        await join(phone, where.code, "Li Na")
        assert (await phone.get(path)).status_code == 404
        answer = await (await site.organiser()).get(path)
        assert answer.json() == {
            "expected": 2,
            "missing": 1,
            "people": [{"name": "Wang Jun", "unit": "Depot"}],
        }
