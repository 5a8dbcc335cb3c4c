"""The written protocol: complete, and true of what the server sends and takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from live import protocol, reference
from live.domain import ballots, base, permits, polls, rundown
from live.domain.question_docs import QuestionDoc

SCHEMA = reference.schema()
DEFINITIONS: dict[str, Any] = SCHEMA["$defs"]
MARKDOWN = reference.markdown()
TYPES = reference.typescript()


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def interface(name: str) -> str:
    found = re.search(rf"export interface {name} \{{\n(.*?)\}}", TYPES, re.DOTALL)
    assert found, name
    return found[1]


def test_three_files_are_written(tmp_path: Path) -> None:
    written = reference.write(tmp_path)
    names = ["docs/protocol.md", "docs/protocol.schema.json", "static/protocol.d.ts"]
    assert [path.relative_to(tmp_path).as_posix() for path in written] == names
    assert json.loads(written[1].read_text("utf-8")) == json.loads(json.dumps(SCHEMA))


def test_every_reference_of_the_schema_leads_somewhere() -> None:
    assert {each.removeprefix("#/$defs/") for each in references(SCHEMA)} <= set(DEFINITIONS)


@pytest.mark.parametrize("kind", [*reference.UP, *reference.COMMANDS], ids=lambda kind: kind.__name__)
def test_what_goes_up_takes_no_unknown_field(kind: type) -> None:
    assert DEFINITIONS[kind.__name__]["additionalProperties"] is False


@pytest.mark.parametrize("name", protocol.COMMANDS)
def test_the_page_about_the_protocol_says_who_may_give(name: str) -> None:
    section = MARKDOWN.split(f"### `{name}`\n")[-1].split("\n### ")[0]
    line = next(line for line in section.splitlines() if line.startswith("By: "))
    rule = permits.PERMITS[protocol.COMMANDS[name]]
    assert {role for role in base.ROLES if re.search(rf"\b{role}\b", line)} == rule.roles
    assert ("only the driver" in line) == rule.driving
    assert ("while" in line) == (len(rule.phases) < 3)


@pytest.mark.parametrize(
    "heading", [*reference.DOCS, *(str(k.__struct_config__.tag) for k in reference.DOWN)]
)
def test_the_page_about_the_protocol_has_a_section_for(heading: str) -> None:
    assert f"### `{heading}`\n" in MARKDOWN


def test_the_page_about_the_protocol_lists_every_code() -> None:
    listed = MARKDOWN.split("## Codes of `rejected`")[1]
    assert re.findall(r"`(\w+)`", listed) == list(base.CODES)


def test_every_table_of_the_page_has_three_columns() -> None:
    rows = [line for line in MARKDOWN.splitlines() if line.startswith("|")]
    assert {len(re.split(r"(?<!\\)\|", line)) for line in rows} == {5}


def test_types_name_every_frame_command_and_doc() -> None:
    for kind in (*reference.COMMANDS, *reference.DOWN, *reference.DOCS.values()):
        assert f"  | {kind.__name__}" in TYPES
        assert interface(kind.__name__)


def test_types_know_what_may_be_left_out_and_what_may_be_null() -> None:
    text = interface("QuestionDoc")
    assert '  state: "' in text
    assert "  by?: string | null;" in text
    assert "  votes?: number;" in text
    assert "  item: SlideItem | PollItem | NoticeItem | BreakItem;" in interface("Place")
    assert "  items: (SlideItem | PollItem | NoticeItem | BreakItem)[];" in interface("RundownDoc")
    assert "  docs: Record<string, any>;" in interface("Welcome")
    assert "  from: number;" in interface("Patch")


def test_a_field_that_may_be_left_out_is_left_out_when_it_has_its_default() -> None:
    assert protocol.encode(QuestionDoc(state="pending")) == b'{"state":"pending"}'
    draft = polls.PollDoc(title="?", ballot=ballots.Rating(), state="draft", round=0, shown=False)
    written = json.loads(protocol.encode(draft))
    assert set(written) == set(DEFINITIONS["PollDoc"]["required"])


def test_what_a_page_counts_is_bounded_in_the_schema() -> None:
    assert DEFINITIONS["Vote"]["properties"]["n"] == {"type": "integer", "minimum": 0, "maximum": 2**53 - 1}


def test_every_kind_of_ballot_and_item_is_in_the_schema() -> None:
    assert {kind.__name__ for kind in (*get_args(ballots.Ballot), *get_args(rundown.Item))} <= set(
        DEFINITIONS
    )
