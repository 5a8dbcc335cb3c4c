"""Polls as a file: YAML to read and to keep under version control, CSV for a spreadsheet; each both ways.

Used by the organiser's page of polls. Fields are those of `AddPoll` and of the ballots, whatever they are:
a new kind or a new field needs no line here. Every problem names its poll. It keeps nothing.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin

import msgspec

from live.domain import ballots
from live.domain.base import TITLE_LIMIT, Code, Rejected, clean
from live.domain.polls import AddPoll

POLLS_LIMIT = 60  # polls: as many as a desk may add in one go; a question bank is taken in parts
PROBLEMS_LIMIT = 20  # problems: who has more has the wrong file, and the first ones show it

KINDS: dict[str, type[ballots.Kind]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(ballots.Ballot)
}
Trouble = Literal["no_polls", "not_yaml", "no_kind_column", "no_kind", "bad_field", "too_many"] | Code
LINES = {str, int, int | str}  # a list of these stands in one cell, one a line
TITLES = {
    "title": {"title", "question", "题目", "问题", "标题"},
    "kind": {"kind", "type", "题型", "类型"},
    "options": {"options", "选项"},
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a poll, counted from 1; `text` is what stands there. Poll 0: the whole file."""

    poll: int
    code: Trouble
    text: str = ""


@dataclass(slots=True)
class Read:
    polls: list[AddPoll] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


# Writing ---------------------------------------------------------------------------------------


def to_yaml(polls: Iterable[AddPoll]) -> str:
    return msgspec.yaml.encode([_plain(poll) for poll in polls]).decode()


def to_csv(polls: Iterable[AddPoll]) -> str:
    """A row for each poll; a list stands in one cell, an item a line; with the BOM that Excel wants."""
    rows = [{**_settings(poll), **_plain(poll.ballot)} for poll in polls]
    used = {name for row in rows for name in row}
    out = io.StringIO()
    writer = csv.DictWriter(out, [name for name in _columns() if name in used], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + out.getvalue()


def _plain(value: msgspec.Struct) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(value)
    plain.pop("do", None)
    return plain


def _settings(poll: AddPoll) -> dict[str, Any]:
    """A poll without its ballot; what has parts stands in a column for each: "quiz.points"."""
    flat: dict[str, Any] = {}
    for name, value in _plain(poll).items():
        if name == "ballot":
            continue
        if isinstance(value, dict):
            flat |= {f"{name}.{part}": each for part, each in value.items()}
        else:
            flat[name] = value
    return flat


def _columns() -> list[str]:
    """All that a poll can have, the question and its kind first."""
    fields = [each.name for kind in KINDS.values() for each in msgspec.structs.fields(kind)]
    return list(dict.fromkeys(["title", "kind", *fields, *_types(AddPoll)]))


def _types(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """What a cell of each column is."""
    types: dict[str, Any] = {}
    for each in msgspec.structs.fields(kind):
        either = get_args(each.type)  # of a field that may be left out
        parts = next((one for one in either if isinstance(one, type(AddPoll))), None)
        if parts is None or get_origin(each.type) is tuple:
            types[each.name] = each.type
        elif each.name != "ballot":
            types |= {f"{each.name}.{part}": inner for part, inner in _types(parts).items()}
    return types


def _cell(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case list() | tuple() if all(isinstance(each, str | int) for each in value):
            return "\n".join(str(each) for each in value)
        case list() | tuple() | dict():
            return json.dumps(value, ensure_ascii=False)
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


# Reading ---------------------------------------------------------------------------------------


def read(text: str, kind_names: Callable[[str], str]) -> Read:
    """The polls of a file, and what keeps it from being one. `kind_names`: a kind's name → its tag."""
    found = Read()
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    rows = _yaml_rows(found, text) if _is_yaml(text) else _csv_rows(found, text, kind_names)
    for number, row in enumerate(rows, start=1):
        if number > POLLS_LIMIT:
            found.problems.append(Problem(0, "too_many", str(POLLS_LIMIT)))
            break
        _take(found, number, row)
        if len(found.problems) >= PROBLEMS_LIMIT:
            break
    if not found.polls and not found.problems:
        found.problems.append(Problem(0, "no_polls"))
    return found


def _take(found: Read, number: int, row: object) -> None:
    """A poll with a mistake in it is a problem, never half a poll."""
    title = str(row.get("title", ""))[:40] if isinstance(row, dict) else ""
    try:
        poll = msgspec.convert(row, AddPoll, strict=False)
        title = clean(poll.title, TITLE_LIMIT)
        kept = msgspec.structs.replace(poll, title=title, ballot=poll.ballot.cleaned())
    except msgspec.ValidationError as error:
        found.problems.append(_unreadable(number, row, title, str(error)))
    except Rejected as refusal:
        found.problems.append(Problem(number, refusal.code, title))
    else:
        found.polls.append(kept)


def _unreadable(number: int, row: object, title: str, error: str) -> Problem:
    """Which field it is, from what msgspec says: "missing required field `min`", "… - at `$.ballot.min`"."""
    ballot = row.get("ballot") if isinstance(row, dict) else None
    if not isinstance(ballot, dict) or ballot.get("kind") not in KINDS:
        return Problem(number, "no_kind", title)
    names = re.findall(r"`([^`]+)`", error)
    name = names[0] if "field" in error else names[-1].rpartition(".")[2]
    return Problem(number, "bad_field", name)


def _is_yaml(text: str) -> bool:
    """A list begins with a dash, or with a comment before it; a table never does."""
    first = next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")
    return first.startswith(("- ", "-\n", "[", "---"))


def _yaml_rows(found: Read, text: str) -> list[object]:
    try:
        decoded = msgspec.yaml.decode(text)
    except (msgspec.DecodeError, ValueError):
        found.problems.append(Problem(0, "not_yaml"))
        return []
    return decoded if isinstance(decoded, list) else []


def _csv_rows(found: Read, text: str, kind_names: Callable[[str], str]) -> Iterator[object]:
    delimiter = max("\t,;", key=text.partition("\n")[0].count)
    lines = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    names = [_title(cell) for cell in lines[0]] if lines else []
    if lines and not {"title", "kind"} <= set(names):
        found.problems.append(Problem(0, "no_kind_column"))
        return
    for cells in lines[1:]:
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name and cell.strip()}
        if row:
            yield _nested(row, kind_names)


def _title(cell: str) -> str:
    plain = " ".join(cell.lower().split())
    return next((name for name, titles in TITLES.items() if plain in titles), plain)


def _nested(row: dict[str, str], kind_names: Callable[[str], str]) -> dict[str, Any]:
    """A row as `AddPoll` has it. What its kind does not have is left out: the columns are everybody's."""
    kind = row.pop("kind", "")
    tag = kind if kind in KINDS else kind_names(kind)
    ballot: dict[str, Any] = {"kind": tag}
    if tag in KINDS:
        ballot |= _values(row, KINDS[tag])
    return {**_values(row, AddPoll), "ballot": ballot}


def _values(row: dict[str, str], kind: type[msgspec.Struct]) -> dict[str, Any]:
    types = _types(kind)
    values: dict[str, Any] = {}
    for name, cell in row.items():
        if name in types:
            whole, _, part = name.partition(".")
            value = _value(cell, types[name])
            if part:
                values.setdefault(whole, {})[part] = value
            else:
                values[name] = value
    return values


def _value(cell: str, kind: Any) -> object:
    """A cell as its field wants it; `msgspec` makes numbers of digits and says what is none."""
    listed = next((each for each in (kind, *get_args(kind)) if get_origin(each) is tuple), None)
    if listed is not None:
        if (inner := get_args(listed)[0]) in LINES:
            lines = [line.strip() for line in cell.split("\n") if line.strip()]
            return lines if inner is str else [_numbered(line) for line in lines]
        try:
            return json.loads(cell)
        except ValueError:
            return cell
    if kind is bool:
        return {"yes": True, "是": True, "no": False, "否": False}.get(cell.lower(), cell)
    return cell


def _numbered(text: str) -> int | str:
    """The number of an option, where it is one."""
    return int(text) if text.isascii() and text.isdigit() else text
