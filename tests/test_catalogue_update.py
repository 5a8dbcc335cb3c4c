"""The catalogue follows the source: new sentences come, old ones go, translations stay."""

from pathlib import Path

import pytest

from live.i18n import Translator, catalogue, read_catalogue

SOURCE = {
    "live/pages/join.py": 'TEXT = N_("Join")\nother = ngettext("{n} seat", "{n} seats", 2)\n',
    "templates/join.html": "<h1>{{ _('Join') }}</h1>{% trans count=n %}{{ count }} page{% endtrans %}",
    "static/attendee.js": 'export const view = () => html`<b>${x ? html`${_("Vote")}` : ""}</b>`;\n',
    "static/core/more.js": '_("{n} seat", { n });\n',
    "static/built/attendee-X.js": '_("Minified");\n',
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in SOURCE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_sentences_are_found_in_python_templates_and_scripts(tree: Path) -> None:
    assert catalogue.source_messages(tree) == {
        "Join": {"live/pages/join.py", "templates/join.html"},
        "%(count)s page": {"templates/join.html"},
        "Vote": {"static/attendee.js"},
        # said alone in one place and as a plural in another: one entry
        ("{n} seat", "{n} seats"): {"live/pages/join.py", "static/core/more.js"},
    }


def test_an_update_keeps_what_is_translated_drops_what_is_gone_and_names_what_is_new(tree: Path) -> None:
    path = tree / "zh.po"
    said = {"Join": "加入", "{n} seats": "{n} 个座位", "No longer said": "不再说"}
    assert catalogue.update(said, path, tree) == ["%(count)s page", "Vote"]
    chinese = Translator("zh", read_catalogue(path))
    assert chinese.gettext("Join") == "加入"
    assert chinese.ngettext("{n} seat", "{n} seats", 5) == "{n} 个座位"
    assert "No longer said" not in path.read_text()
    assert dict(catalogue.known(path)) == {"Join": "加入", "{n} seat": "{n} 个座位"}


def test_an_update_without_changes_changes_no_byte(tree: Path) -> None:
    path = tree / "zh.po"
    catalogue.update({"Join": "加入", "Vote": "投票", "{n} seat": "{n} 个座位"}, path, tree)
    before = path.read_bytes()
    catalogue.update(dict(catalogue.known(path)), path, tree)
    assert path.read_bytes() == before


def test_the_browser_gets_the_sentences_of_its_scripts_only(tree: Path) -> None:
    path = tree / "zh.po"
    catalogue.update({"Join": "加入", "Vote": "投票", "{n} seat": "{n} 个座位"}, path, tree)
    said = Translator("zh", read_catalogue(path)).script("Join, Vote, {n} seats")
    assert said == '{"Vote": "投票", "{n} seat": ["{n} 个座位"]}'
