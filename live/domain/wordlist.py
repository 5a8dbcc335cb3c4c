"""The list of words with which a question waits for a moderator, however it is written.

Case, width, compatibility forms, marks that show nothing and spaces between Chinese characters make no
difference. A word in letters must stand alone, so that a longer one that happens to contain it does not wait;
Chinese has no such borders. Used by `questions`; the organiser's page reads the list with `words`. Nothing
is ever refused or lost because of a word.
"""

from __future__ import annotations

import re
import unicodedata

WORDS_LIMIT = 500  # words: more is no list that anybody keeps up
_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Spaces and ornaments; a comma stays, or the end of one word and the beginning of the next would be a third.
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])[\s·・._*~|-]+(?=[{_HAN}])")
_SPACES = re.compile(r"\s+")


def words(typed: str) -> tuple[str, ...]:
    """The words of a list as somebody has typed it: one a line, or with commas between; each once."""
    parts = (" ".join(each.split()) for each in re.split(r"[\n,，、;；]", typed))
    return tuple(dict.fromkeys(each for each in parts if each))


def contains(text: str, listed: tuple[str, ...]) -> bool:
    """Whether one of the words stands in a text."""
    plain = _plain(text)
    return any(_stands(_plain(each), plain) for each in listed)


def _stands(word: str, text: str) -> bool:
    if not word:
        return False
    before = r"(?<!\w)" if _lettered(word[0]) else ""
    after = r"(?!\w)" if _lettered(word[-1]) else ""
    return re.search(f"{before}{re.escape(word)}{after}", text) is not None


def _lettered(character: str) -> bool:
    """Of a script that puts spaces between its words."""
    return character.isalnum() and not re.match(f"[{_HAN}\u3040-\u30ff]", character)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(each for each in folded if unicodedata.category(each) != "Cf")
    return _SPACES.sub(" ", _BETWEEN_HAN.sub("", seen)).strip()
