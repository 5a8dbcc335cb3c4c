"""Every sentence in the reader's language: the catalogue, read once when first needed.

The English sentence is the key (msgid); live/locale/zh.po holds the Chinese. Pages use
`negotiate` and `install`, their browser code gets `messages(lang, code)` as JSON in the page. It never
decides where a choice of language is kept. `python -m live.i18n update` keeps zh.po in step with
the source (`catalogue`).
"""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment

from live.paths import LOCALE

SOURCE_LANGUAGE = "en"
LANGUAGES = (SOURCE_LANGUAGE, "zh")
WORDS = re.compile(r"[A-Za-z0-9 .,;:!?()-]+")


class Translator:
    """The sentences of one language. English is the source itself, so its catalogue is empty."""

    def __init__(self, lang: str, catalog: Catalog) -> None:
        self.lang = lang
        self._said: dict[str, tuple[str, ...]] = {}
        self._script: dict[str, str | list[str]] = {}
        for message in catalog:
            if not message.id or not message.string:
                continue
            forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
            if not all(forms):
                continue
            msgid = message.id if isinstance(message.id, str) else message.id[0]
            self._said[msgid] = forms
            if any(path.startswith("static/") for path, _line in message.locations):
                self._script[msgid] = list(forms) if message.pluralizable else forms[0]

    def gettext(self, msgid: str) -> str:
        """The sentence, or the English one where it is not translated."""
        return self._said.get(msgid, (msgid,))[0]

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form for `n` of them. Chinese has one form, English two."""
        english = (one, many)
        forms = self._said.get(one, english)
        return forms[0] if n == 1 or len(forms) == 1 else forms[1]

    def script(self, code: str) -> str:
        """What this code of the browser says, as JSON that may stand inside a script element."""
        said = {msgid: forms for msgid, forms in self._script.items() if _is_in(msgid, code)}
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return text.replace("<", "\\u003c")


@lru_cache(maxsize=len(LANGUAGES))
def translator(lang: str) -> Translator:
    """The catalogue of a language that we speak; English for any other."""
    if lang not in LANGUAGES or lang == SOURCE_LANGUAGE:
        return Translator(SOURCE_LANGUAGE, Catalog())
    return Translator(lang, read_catalogue(LOCALE / f"{lang}.po"))


def read_catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, abort_invalid=True)


def gettext(lang: str, msgid: str) -> str:
    return translator(lang).gettext(msgid)


@lru_cache(maxsize=64)
def messages(lang: str, code: str) -> str:
    """The part of the catalogue that a script says, for `<script type="application/json" id="messages">`."""
    return translator(lang).script(code)


def _is_in(msgid: str, code: str) -> bool:
    """Whether a script may say a sentence. A bundler writes quotes its own way, and words as they are."""
    return max(WORDS.findall(msgid), key=len, default="") in code


def install(environment: Environment, lang: str) -> None:
    """Teach one template environment to speak `lang`: `_()`, `gettext`, `ngettext`, `{% trans %}`.

    Placeholders are %(name)s, given as keywords; a literal percent sign is written %%.
    """
    environment.add_extension("jinja2.ext.i18n")
    speaks = translator(lang)
    # added by the extension, so the type of Environment does not know it
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        speaks.gettext, speaks.ngettext, newstyle=True
    )


def negotiate(header: str | None, offered: Sequence[str] = LANGUAGES) -> str:
    """The language of `offered` that an Accept-Language header likes best; the first one if none."""
    best, liking = offered[0], 0.0
    for part in (header or "").split(",")[:20]:  # a browser sends a handful; the rest is noise
        tag, _, parameter = part.strip().partition(";")
        primary = tag.split("-")[0].strip().lower()
        quality = _quality(parameter)
        if primary in offered and quality > liking:
            best, liking = primary, quality
    return best


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
