"""The demo's roster: 40 invented people in 6 units, and the places from which they take part.

`prepare` imports it as an organiser would, and the crowd is the first so many of them. Guests
come behind when a larger crowd is wanted. Nothing here is anybody's real name or number.
"""

from __future__ import annotations

from dataclasses import dataclass

from live.domain.base import Site

WORKSHOP, STORES, POWER = "生产一车间", "仓储物流部", "设备动力部"
FLEET, QUALITY, OFFICE = "运输车队", "质量环保部", "综合办公室"
UNITS = (WORKSHOP, STORES, POWER, FLEET, QUALITY, OFFICE)

REMOTE = "remote"
SITES = (
    Site(id="hall", name="一号报告厅 / Hall 1", kind="room"),
    Site(id="branch", name="南区分会场 / South site", kind="shared"),
    Site(id=REMOTE, name="线上 / Remote", kind="remote"),
)

_NAMES: dict[str, tuple[str, ...]] = {
    WORKSHOP: ("王建国", "李秀兰", "陈志强", "刘洋", "赵海燕", "孙立军", "吴晓峰", "郑小梅", "Miguel Santos"),
    STORES: ("张伟民", "马丽娟", "胡永刚", "朱文静", "林志远", "何春生", "Anna Kowalska"),
    POWER: ("高志明", "罗丹", "梁国栋", "宋佳宁", "唐勇", "Lukas Brandt", "韩雪"),
    FLEET: ("冯大勇", "曹卫平", "彭立新", "董明霞", "袁浩", "欧阳建华", "Samir Haddad"),
    QUALITY: ("蒋文博", "沈雨桐", "卢思远", "Emily Carter", "姚静"),
    OFFICE: ("崔红梅", "谭俊杰", "廖清", "Nguyễn Thị Lan", "邹文"),
}


@dataclass(frozen=True)
class Listed:
    """A line of the roster."""

    number: str
    name: str
    unit: str


def _listed() -> tuple[Listed, ...]:
    """In turn from each unit, so that the first thirty come from all of them."""
    lines: list[tuple[int, int, str, str]] = []
    for place, (unit, names) in enumerate(_NAMES.items(), start=1):
        lines += [(turn, place, name, unit) for turn, name in enumerate(names, start=1)]
    return tuple(
        Listed(number=f"{place}{turn:03}", name=name, unit=unit) for turn, place, name, unit in sorted(lines)
    )


ROSTER = _listed()


def attending(people: int) -> tuple[Listed, ...]:
    """The first `people` of the roster, and guests behind them."""
    guests = (Listed(number="", name=f"访客 {n} / Guest {n}", unit=OFFICE) for n in range(1, people + 1))
    return (ROSTER + tuple(guests))[:people]
