"""Writes the protocol down: `docs/protocol.md`, its JSON Schema and `static/protocol.d.ts`.

All three come from the Structs and their docstrings, so they cannot disagree with
the server; a test fails when they are stale. Run by `live protocol` in a source
tree. It never runs in the server.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec

from . import protocol
from .domain import (
    answers,
    attendance,
    base,
    cues,
    driver,
    labels,
    life,
    notices,
    permits,
    polls,
    question_docs,
    reactions,
    rundown,
    scores,
    splits,
    video,
    viewers,
    votes,
)

DOCS: dict[str, type] = {
    "broadcast": life.BroadcastDoc,
    "rundown": rundown.RundownDoc,
    "slide/<id>": rundown.SlideDoc,
    "cue/<n>": cues.CueDoc,
    "driver": driver.DriverDoc,
    "poll/<n>": polls.PollDoc,
    "tally/<n>": votes.TallyDoc,
    "split/<n>": splits.SplitDoc,
    "answers/<n>/<page>": answers.AnswersDoc,
    "question/<id>": question_docs.QuestionDoc,
    "labels": labels.LabelsDoc,
    "scores": scores.ScoresDoc,
    "notice": notices.NoticeDoc,
    "notices": notices.NoticesDoc,
    "reactions": reactions.ReactionsDoc,
    "presence": attendance.PresenceDoc,
    "video": video.VideoDoc,
    "watch": video.WatchDoc,
    "viewers": viewers.ViewersDoc,
    "person/<participant>": attendance.PersonDoc,
}
COMMANDS = tuple(protocol.COMMANDS.values())
UP = (protocol.Hello, protocol.Pulse)
DOWN = get_args(protocol.Down)


def write(root: Path) -> list[Path]:
    """Write the three files below a source tree; gives their paths."""
    files = {
        root / "docs" / "protocol.md": markdown(),
        root / "docs" / "protocol.schema.json": json.dumps(schema(), indent=1, ensure_ascii=False) + "\n",
        root / "static" / "protocol.d.ts": typescript(),
    }
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)


def schema() -> dict[str, Any]:
    """A JSON Schema (2020-12) of every frame and doc."""
    _, components = msgspec.json.schema_components(
        [*UP, *COMMANDS, *DOWN, *DOCS.values()], ref_template="#/$defs/{name}"
    )
    for name, definition in components.items():
        definition.pop("title", None)
        if "properties" in definition and name not in {kind.__name__ for kind in DOWN}:
            definition["additionalProperties"] = False
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "live: frames and docs",
        "description": "Commands travel as {type: 'command', id, do, ...}: see docs/protocol.md.",
        "$defs": dict(sorted(components.items())),
    }


def typescript() -> str:
    """Types for the browser code, which is checked against them by `tsc --checkJs`."""
    definitions = schema()["$defs"]
    lines = ["// Written by `live protocol` from live/protocol.py and live/domain. Do not edit.", ""]
    for name, definition in definitions.items():
        if text := definition.get("description", "").split("\n")[0]:
            lines.append(f"/** {text} */")
        lines += [*_interface(name, definition), ""]
    lines += [_union("Command", [kind.__name__ for kind in COMMANDS])]
    lines += [_union("Down", [kind.__name__ for kind in DOWN])]
    lines += [_union("Doc", [kind.__name__ for kind in DOCS.values()])]
    for name, alias in (("Code", base.Code), ("Role", base.Role), ("Audience", base.Audience)):
        lines += [_union(name, [json.dumps(value) for value in get_args(alias)])]
    return "\n".join(lines)


def _interface(name: str, definition: dict[str, Any]) -> Iterator[str]:
    required = set(definition.get("required", ()))
    yield f"export interface {name} {{"
    for key, value in definition.get("properties", {}).items():
        mark = "" if key in required else "?"
        yield f"  {key}{mark}: {_type(value)};"
    yield "}"


def _union(name: str, members: list[str]) -> str:
    return f"export type {name} =\n" + "\n".join(f"  | {member}" for member in members) + ";\n"


def _type(value: dict[str, Any]) -> str:
    if "$ref" in value:
        return str(value["$ref"]).rpartition("/")[2]
    if "enum" in value:
        return " | ".join(json.dumps(each) for each in value["enum"])
    if "const" in value:
        return json.dumps(value["const"])
    if "anyOf" in value:
        return " | ".join(_type(each) for each in value["anyOf"])
    match value.get("type"):
        case "array":
            inner = _type(value.get("items", {}))
            return f"({inner})[]" if "|" in inner else f"{inner}[]"
        case "object":
            values = value.get("additionalProperties")
            return f"Record<string, {_type(values) if isinstance(values, dict) else 'any'}>"
        case "integer" | "number":
            return "number"
        case "string" | "boolean" | "null" as plain:
            return str(plain)
    return "any"


def markdown() -> str:
    """The protocol for people: frames, commands with who may give them, docs and codes."""
    parts = [
        "# Protocol\n",
        "Written by `live protocol` from `live/protocol.py` and `live/domain`. Do not edit.\n",
        INTRODUCTION,
        "## Frames up\n",
        "### `command`\n",
        '`{type: "command", id, do, ...}`: the page makes `id` (128 random bits) and saves it before it '
        "sends. The rest are the fields of the command named by `do`, below.\n",
        *(_section(kind, str(kind.__struct_config__.tag)) for kind in UP),
        "## Frames down\n",
        *(_section(kind, str(kind.__struct_config__.tag)) for kind in DOWN),
        "## Commands\n",
        *(_command(name, kind) for name, kind in protocol.COMMANDS.items()),
        "## Docs\n",
        *(_section(kind, key) for key, kind in DOCS.items()),
        "## Codes of `rejected`\n",
        ", ".join(f"`{code}`" for code in base.CODES) + ".\n",
    ]
    return "\n".join(parts)


INTRODUCTION = """\
One WebSocket a page, text frames, one JSON object each. A page says `hello`, gets a `welcome` with every
doc it may see (or, with `since` and `epoch`, a `patch` of what it missed), then patches for ever. A doc is
whole: a patch replaces it, `null` removes it. Fields that have their default are left out. `done` is sent
after the command is on disk, never before; the same command id gets the same answer. Only `react` and
`set_pace` pass: they are counted in memory, stand in no log, and may be sent again without harm.
`seq` counts the changes of docs since the server began to serve the broadcast, and `epoch` names that time.
The same commands go over HTTP: `POST /api/broadcasts/{slug}/commands` with a bearer token.
"""


def _section(kind: type, name: str) -> str:
    return f"### `{name}`\n\n{_about(kind)}\n{_fields(kind)}"


def _command(name: str, kind: type) -> str:
    rule = permits.PERMITS[kind]
    roles = ", ".join(role for role in base.ROLES if role in rule.roles)
    phases = "" if len(rule.phases) == 3 else f"; while {' or '.join(sorted(rule.phases, reverse=True))}"
    driving = "; only the driver" if rule.driving else ""
    return f"### `{name}`\n\n{_about(kind)}By: {roles}{phases}{driving}.\n{_fields(kind)}"


def _about(kind: type) -> str:
    inherited = inspect.getdoc(kind) == inspect.getdoc(kind.__mro__[1])
    return "" if inherited else f"{inspect.getdoc(kind)}\n"


def _fields(kind: type) -> str:
    _, components = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    definition = components[kind.__name__]
    tag = kind.__struct_config__.tag_field  # type: ignore[attr-defined]  # every kind is a Struct
    required = definition.get("required", ())
    rows = [
        f"| `{name}` | `{_cell(value)}` | {'yes' if name in required else 'no'} |"
        for name, value in definition.get("properties", {}).items()
        if name != tag
    ]
    return "\n| field | type | always |\n|---|---|---|\n" + "\n".join(rows) + "\n" if rows else ""


def _cell(value: dict[str, Any]) -> str:
    return _type(value).replace("|", r"\|")  # in a table a bar ends the cell, in code too


if __name__ == "__main__":
    for path in write(Path(__file__).parent.parent):
        print(path)
