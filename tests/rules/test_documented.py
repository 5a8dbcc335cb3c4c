"""The README and docs/ tell of each command line verb, each setting and each address."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from live import exports
from tests.rules.tree import PYTHON, ROOT, files, name, syntax

ROUTES = {"Route", "WebSocketRoute", "Mount"}
DOCUMENTS = [ROOT / "README.md", *files("docs", ".md")]
FILE = re.compile(r"`((?:live|static|tests|migrations|docs)/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def documents() -> str:
    return "\n".join(path.read_text("utf-8") for path in DOCUMENTS)


def first_arguments(called: set[str]) -> Iterator[str]:
    """The first argument of every call of one of these, where it is a plain string."""
    for path in PYTHON:
        for node in ast.walk(syntax(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            function, argument = node.func, node.args[0]
            named = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            if named in called and isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def test_each_verb_of_the_command_line_is_told() -> None:
    verbs = set(first_arguments({"add_parser"}))
    assert verbs
    text = documents()
    assert [verb for verb in sorted(verbs) if f"live {verb}" not in text] == []


def test_each_option_of_the_command_line_is_told() -> None:
    options = {option for option in first_arguments({"add_argument"}) if option.startswith("--")}
    text = documents()
    assert [option for option in sorted(options) if option not in text] == []


def test_each_table_of_the_record_is_told() -> None:
    text = (ROOT / "docs/record.md").read_text("utf-8")
    assert [table for table in exports.NAMES if f"| `{table}` |" not in text] == []


def test_each_address_is_told() -> None:
    addresses = {address for address in first_arguments(ROUTES) if address.startswith("/")}
    assert addresses
    # {slug:str} in the code is {slug} in the docs
    plain = {re.sub(r"\{(\w+):\w+\}", r"{\1}", address) for address in addresses}
    text = documents()
    assert [address for address in sorted(plain) if f"`{address}`" not in text] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    lost = [link for link in LINK.findall(path.read_text("utf-8")) if not (path.parent / link).exists()]
    assert lost == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_files_that_a_document_names_are_there(path: Path) -> None:
    named = set(FILE.findall(path.read_text("utf-8")))
    assert [each for each in sorted(named) if not (ROOT / each).exists() and "/built" not in each] == []
