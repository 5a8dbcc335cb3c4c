"""A pasted table becomes people: commas, semicolons or tabs; number, name and unit in any order.

Used by the organiser's roster. A header row, in Chinese or English, says which column is which; without
one a single column is names, two are name and unit, three are number, name and unit. Every problem names its
line. It keeps nothing.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from live.directory.roster import Person
from live.domain.base import NAME_LIMIT, Rejected, clean

PEOPLE_LIMIT = 20_000  # people: a large company; more is the wrong file
PROBLEMS_LIMIT = 20  # problems: who has more has a wrong column, and the first ones show it

Column = Literal["number", "name", "unit"]
Code = Literal[
    "nameless", "name_long", "unit_long", "number_long", "number_twice", "too_many", "no_name_column"
]

TITLES: dict[Column, set[str]] = {
    "number": {
        "工号",
        "编号",
        "员工编号",
        "职工号",
        "学号",
        "人员编号",
        "number",
        "no",
        "no.",
        "id",
        "staff number",
    }
    | {"staff no", "staff id", "employee id", "employee number"},
    "name": {"姓名", "名字", "员工姓名", "name", "full name", "employee", "employee name"},
    "unit": {
        "单位",
        "部门",
        "所属单位",
        "所属部门",
        "班组",
        "车间",
        "科室",
        "unit",
        "department",
        "team",
        "dept",
    },
}
UNTITLED: dict[int, tuple[Column, ...]] = {1: ("name",), 2: ("name", "unit")}
FULL: tuple[Column, ...] = ("number", "name", "unit")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line; `text` is what stands there, or how many there may be."""

    line: int
    code: Code
    text: str = ""


@dataclass(slots=True)
class Table:
    people: list[Person] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(text: str) -> Table:
    """The people of the table, and what keeps it from being one."""
    table = Table()
    rows = _rows(text)
    if not rows:
        return table
    columns = _titles(rows[0][1])
    if columns is not None:
        rows = rows[1:]
        if "name" not in columns.values():
            table.problems.append(Problem(1, "no_name_column"))
            return table
    else:
        widest = max(len(cells) for _, cells in rows)
        columns = dict(enumerate(UNTITLED.get(widest, FULL)))
    _fill(table, rows, columns)
    return table


def _fill(table: Table, rows: list[tuple[int, list[str]]], columns: dict[int, Column]) -> None:
    seen: set[str] = set()
    for line, cells in rows:
        if len(table.people) >= PEOPLE_LIMIT:
            table.problems.append(Problem(line, "too_many", str(PEOPLE_LIMIT)))
        if len(table.problems) >= PROBLEMS_LIMIT or len(table.people) >= PEOPLE_LIMIT:
            return
        person = _person(table, line, {columns[at]: cell for at, cell in enumerate(cells) if at in columns})
        if person is None:
            continue
        if person.number and person.number in seen:
            table.problems.append(Problem(line, "number_twice", person.number))
        seen.add(person.number)
        table.people.append(person)


def _person(table: Table, line: int, cells: dict[Column, str]) -> Person | None:
    before = len(table.problems)
    kept = {column: _kept(table, line, column, cells.get(column, "")) for column in FULL}
    return Person(**kept) if len(table.problems) == before else None


def _kept(table: Table, line: int, column: Column, cell: str) -> str:
    try:
        return clean(" ".join(cell.split()), NAME_LIMIT)
    except Rejected as refusal:
        if refusal.code == "too_long":
            code: dict[Column, Code] = {"name": "name_long", "unit": "unit_long", "number": "number_long"}
            table.problems.append(Problem(line, code[column], cell[:NAME_LIMIT]))
        elif column == "name":
            table.problems.append(Problem(line, "nameless"))
        return ""


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Line number and cells of each row that has any text. A quoted cell may run over several lines."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    delimiter = _delimiter(text)
    text = text.replace("，", ",") if delimiter == "," else text
    return [(line, cells) for line, cells in _parsed(text, delimiter) if any(cell.strip() for cell in cells)]


def _parsed(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:  # a cell of more than 128 KiB: no name is so long, the line is shown as it is
        yield line, [text[:NAME_LIMIT] * 2]


def _delimiter(text: str) -> str:
    """What separates most cells in the first lines: a table copied from a spreadsheet has tabs."""
    start = "\n".join(text.split("\n", 20)[:20]).replace("，", ",")
    return max("\t,;", key=start.count)


def _titles(cells: list[str]) -> dict[int, Column] | None:
    """Which column is which, if the row is a header: two known titles, or one that stands alone."""
    found: dict[int, Column] = {}
    for at, cell in enumerate(cells):
        plain = " ".join(cell.lower().split())
        column = next((each for each, titles in TITLES.items() if plain in titles), None)
        if column is not None and column not in found.values():
            found[at] = column
    return found or None
