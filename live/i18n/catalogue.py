"""Keeps live/locale/zh.po in step with the source: what developers run as `make messages`.

Finds every sentence in live/**/*.py, templates/** (Babel's extractors) and static/**/*.js (ours:
Babel's loses its way in nested template literals), and writes the catalogue sorted and without line
numbers. Translations may be merged from JSON files {"English": "中文"}. Nothing at run time uses it.
"""

import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po

from live.i18n import read_catalogue
from live.i18n.javascript import extract_javascript
from live.paths import LOCALE, ROOT

Msgid = str | tuple[str, str]

# N_ marks a sentence that is looked up elsewhere, for example in a table of codes.
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
JINJA_OPTIONS = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
CATALOGUE = LOCALE / "zh.po"
HEADER = """\
# Chinese for every sentence of live. Kept in step with the source by `make messages`:
# sorted by the English, with the files that say it, without line numbers.
msgid ""
msgstr ""
"Language: zh\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def main(arguments: list[str]) -> None:
    """`update [translations.json …]`: rewrite zh.po and say what still has no Chinese."""
    if not arguments or arguments[0] != "update":
        sys.exit("usage: python -m live.i18n update [translations.json …]")
    said = dict(known(CATALOGUE))
    for name in arguments[1:]:
        said |= json.loads(Path(name).read_text("utf-8"))
    missing = update(said, CATALOGUE)
    for msgid in missing:
        print(msgid)
    print(f"{CATALOGUE.name}: {len(missing)} sentences without Chinese", file=sys.stderr)


def update(said: dict[str, str], path: Path, root: Path = ROOT) -> list[str]:
    """Write the catalogue of all that the source says; the answer is what lacks a translation."""
    catalog = Catalog(locale="zh")
    missing = []
    for msgid, places in sorted(source_messages(root).items(), key=lambda item: _first(item[0])):
        forms = (msgid,) if isinstance(msgid, str) else msgid
        chinese = next((said[form] for form in forms if said.get(form)), "")
        if not chinese:
            missing.append(forms[0])
        string = chinese if isinstance(msgid, str) else (chinese,)
        catalog.add(msgid, string, locations=[(place, 0) for place in sorted(places)])
    file = io.BytesIO(HEADER.encode())
    file.seek(0, io.SEEK_END)
    write_po(file, catalog, width=100, omit_header=True, sort_output=True, include_lineno=False)
    path.write_bytes(file.getvalue())  # whole or not at all
    return missing


def known(path: Path) -> Iterator[tuple[str, str]]:
    """What the catalogue already says, by the English (of a plural: its singular)."""
    if not path.exists():
        return
    for message in read_catalogue(path):
        if message.id and message.string:
            yield _first(message.id), _first(message.string)


def source_messages(root: Path = ROOT) -> dict[Msgid, set[str]]:
    """Every sentence of the source, and the files that say it."""
    found: dict[Msgid, set[str]] = {}
    for path in sorted(root.glob("live/**/*.py")):
        _collect(found, path.relative_to(root), _babel("python", path, {}))
    for path in sorted(path for path in root.glob("templates/**/*") if path.is_file()):
        _collect(found, path.relative_to(root), _babel("jinja2.ext:babel_extract", path, JINJA_OPTIONS))
    for path in sorted(root.glob("static/**/*.js")):
        if not path.is_relative_to(root / "static/built"):
            said = extract_javascript(path.read_text("utf-8"), KEYWORDS)
            _collect(found, path.relative_to(root), said)
    return _join_plurals(found)


def _babel(method: str, path: Path, options: dict[str, str]) -> Iterator[Msgid]:
    with path.open("rb") as file:
        for _line, msgid, _comments, _context in extract(method, file, KEYWORDS, options=options):
            if isinstance(msgid, str):
                yield msgid
            else:
                one, many, *_ = map(str, msgid)
                yield one, many


def _collect(found: dict[Msgid, set[str]], path: Path, msgids: Iterable[Msgid]) -> None:
    for msgid in msgids:
        found.setdefault(msgid, set()).add(path.as_posix())


def _join_plurals(found: dict[Msgid, set[str]]) -> dict[Msgid, set[str]]:
    """A sentence used alone and as the singular of a plural is one entry: gettext knows it once."""
    plurals = {msgid[0]: msgid for msgid in found if not isinstance(msgid, str)}
    joined: dict[Msgid, set[str]] = {}
    for msgid, places in found.items():
        key = plurals.get(msgid, msgid) if isinstance(msgid, str) else msgid
        joined.setdefault(key, set()).update(places)
    return joined


def _first(forms: str | Sequence[str]) -> str:
    return forms if isinstance(forms, str) else forms[0]
