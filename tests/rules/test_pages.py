"""Templates carry no code and no style of their own, and ask only for files that exist."""

import re
from html.parser import HTMLParser

import pytest

from hatch_build import entries, parts
from live.paths import STATIC
from tests.rules.tree import SCRIPTS, TEMPLATES, name

ASSET = re.compile(r"""(?:assets\.url|asset|url)\(\s*["']([\w./-]+\.(?:js|css|svg|png|ico|webp))["']""")
# In a script: lit-html writes attributes, listens with @click=, and makes no markup of text.
REFUSED = (
    r"<[a-z][^>`]*\sstyle=",
    r"<[a-z][^>`]*\son[a-z]+=",
    r"\.(?:inner|outer)HTML\b|insertAdjacentHTML|unsafeHTML|document\.write",
)
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


def test_no_template_has_an_inline_script_or_style() -> None:
    inline = {}
    for path in TEMPLATES:
        reader = Inline()
        reader.feed(without_jinja(path.read_text("utf-8")))
        inline[name(path)] = reader.found
    assert {file: found for file, found in inline.items() if found} == {}


def test_templates_ask_only_for_files_that_the_build_makes() -> None:
    made = entries(STATIC).keys() | set(parts())
    asked = {name(path): set(ASSET.findall(path.read_text("utf-8"))) - made for path in TEMPLATES}
    assert {file: found for file, found in asked.items() if found} == {}


@pytest.mark.parametrize("refused", REFUSED)
def test_markup_in_scripts_has_no_inline_style_or_handler(refused: str) -> None:
    assert [name(path) for path in SCRIPTS if re.search(refused, path.read_text("utf-8"))] == []


def test_nothing_is_loaded_from_outside() -> None:
    assert [name(path) for path in TEMPLATES + SCRIPTS if OUTSIDE.search(path.read_text("utf-8"))] == []
