"""A ballot kind is one file in the domain, one for the browser, a line in each index, and its test rows.

Whoever adds a kind must touch nothing else: pages, exports, SQL and the crowd ask a kind what they need,
and none of them may say its name.
"""

import re
from pathlib import Path
from typing import get_args

import pytest

from live.domain.ballots import Ballot
from tests.rules.tree import ROOT, files, name

KINDS = {str(kind.__struct_config__.tag): kind.__name__ for kind in get_args(Ballot)}
HOME = ROOT / "live" / "domain" / "ballots"
BROWSER = ROOT / "static" / "ballots"
# The plan of the demo's course is a text, with the polls of its lecturer in it.
CONTENT = {ROOT / "live" / "demo" / "rundown.py"}
BUILT = ROOT / "static" / "built"


def code() -> list[Path]:
    """All that runs: server, browser, SQL and templates."""
    found = [
        *files("live", ".py"),
        *files("static", ".js"),
        *files("migrations", ".sql"),
        *files("templates", ".html"),
    ]
    return [path for path in found if path not in CONTENT and BUILT not in path.parents]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_named_in_four_places_only(kind: str) -> None:
    said = re.compile(rf"""(?<!inputmode=)(?<!day: )["'`]{kind}["'`]|\b{KINDS[kind]}\b|/{kind}\.js""")
    # What HTML and Intl call the same is their word: inputmode="numeric", day: "numeric".
    naming = {name(path) for path in code() if said.search(_bare(path))}
    assert naming == {
        f"live/domain/ballots/{kind}.py",
        "live/domain/ballots/__init__.py",
        f"static/ballots/{kind}.js",
        "static/ballots/index.js",
    }


def test_each_kind_has_its_two_files() -> None:
    assert {path.stem for path in HOME.glob("*.py")} - {"__init__", "kind"} == set(KINDS)
    assert {path.stem for path in BROWSER.glob("*.js")} - {"index", "options"} == set(KINDS)


def _bare(path: Path) -> str:
    """The text without what only tells people about it."""
    text = path.read_text("utf-8")
    comment = {".js": r"/\*.*?\*/|//[^\n]*", ".sql": r"--[^\n]*", ".py": r'""".*?"""|#[^\n]*'}
    return re.sub(comment.get(path.suffix, r"(?!)"), "", text, flags=re.DOTALL)
