"""Templates carry no code and no style of their own, and ask only for files that exist."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hatch_build import entries
from live.paths import STATIC
from tests.rules.tree import SCRIPTS, TEMPLATES, name

ASSET = re.compile(r"""(?:assets\.url|asset|url)\(\s*["']([\w./-]+\.(?:js|css|svg|png|ico|webp))["']""")
OUTSIDE = re.compile(r"""(?:src|href|action|from|import\()\s*=?\s*["'(]?\s*["']?(?:https?:)?//""")


class Inline(HTMLParser):
    """Collects what a strict content security policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or "style" in given:
            self.found.append(f"style in <{tag}>")
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.found.append("inline <script>")
        self.found += [f"{key} in <{tag}>" for key in given if key.startswith("on")]
        addresses = [value for value in given.values() if value and value.startswith("javascript:")]
        self.found += [f"script address in <{tag}>" for _ in addresses]


def without_jinja(text: str) -> str:
    return re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_has_no_inline_script_or_style(path: Path) -> None:
    reader = Inline()
    reader.feed(without_jinja(path.read_text("utf-8")))
    assert reader.found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_asks_only_for_files_that_the_build_makes(path: Path) -> None:
    assert set(ASSET.findall(path.read_text("utf-8"))) <= entries(STATIC).keys()


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_markup_in_a_script_has_no_inline_style_or_handler(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<[a-z][^>`]*\sstyle=", text)
    assert not re.search(r"<[a-z][^>`]*\son[a-z]+=", text), "lit-html listens with @click="
    assert not re.search(r"\.(?:inner|outer)HTML\b|insertAdjacentHTML|unsafeHTML|document\.write", text)


@pytest.mark.parametrize("path", TEMPLATES + SCRIPTS, ids=name)
def test_nothing_is_loaded_from_outside(path: Path) -> None:
    assert not OUTSIDE.search(path.read_text("utf-8"))
