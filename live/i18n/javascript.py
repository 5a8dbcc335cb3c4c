"""Finds the sentences in JavaScript: `_("…")`, `ngettext("…", "…", n)`, `N_("…")`.

Called by live/i18n/catalogue.py. It knows just enough of the language to tell code from strings, comments,
regular expressions and template literals, which may stand inside one another to any depth, as they
do in lit-html. It never runs the code. A sentence that is no plain string is an error, not a gap.
"""

import json
import re
from collections.abc import Iterator, Mapping

Msgid = str | tuple[str, str]
Token = tuple[str, str]

TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
  | (?P<name>[A-Za-z_$][\w$]*)
  | (?P<number>\d[\w.]*)
  | (?P<mark>=>|[-+*%&|^!=<>?:.,;(){}\[\]~@#/`\\])
    """,
    re.VERBOSE | re.DOTALL,
)
REGEX = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
TEXT = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)
# After one of these a slash divides; after anything else it starts a regular expression.
ENDS_A_VALUE = {")", "]", "}"}
WORDS_BEFORE_A_REGEX = {"return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "await"}


class Unreadable(Exception):
    """JavaScript that this small reader does not understand, or a sentence that it cannot know."""


def extract_javascript(source: str, keywords: Mapping[str, tuple[int, ...] | None]) -> Iterator[Msgid]:
    tokens = list(tokenize(source))
    for index, (kind, text) in enumerate(tokens):
        called = tokens[index + 1 : index + 2] == [("mark", "(")]
        before = tokens[index - 1][1] if index else ""
        if kind != "name" or text not in keywords or not called or before in {"function", "."}:
            continue
        if _is_definition(tokens, index + 1):
            continue
        wanted = len(keywords[text] or (1,))
        found = _strings(tokens, index + 2, wanted)
        yield found[0] if wanted == 1 else (found[0], found[1])


def tokenize(source: str) -> Iterator[Token]:
    """Names, strings and marks in order; the text of template literals is left out."""
    position, last = 0, ("mark", ";")
    # One entry for each open brace: True where it is the `${` of a template literal.
    braces: list[bool] = []
    while position < len(source):
        regex = REGEX.match(source, position) if _may_be_regex(source, position, last) else None
        match = regex or TOKEN.match(source, position)
        if not match:
            line = source.count("\n", 0, position) + 1
            raise Unreadable(f"line {line}: {source[position : position + 30]!r}")
        position = match.end()
        kind, text = ("regex", match[0]) if regex else (match.lastgroup or "", match[0])
        if kind in {"space", "comment"}:
            continue
        if text == "{":
            braces.append(False)
        elif text == "`" or (text == "}" and braces and braces.pop()):
            position, inside = _skip_text(source, position)
            if inside:
                braces.append(True)
            kind, text = ("mark", "`{") if inside else ("string", "``")
        last = (kind, text)
        yield last


def _may_be_regex(source: str, position: int, last: Token) -> bool:
    if source[position] != "/" or source[position : position + 2] in {"//", "/*"}:
        return False
    kind, text = last
    if kind == "name":
        return text in WORDS_BEFORE_A_REGEX
    return kind == "mark" and text not in ENDS_A_VALUE


def _skip_text(source: str, position: int) -> tuple[int, bool]:
    """Past the text of a template literal: to after its `${` (True) or its closing backtick (False)."""
    match = TEXT.match(source, position)
    end = match.end() if match else position
    return (end + 2, True) if source.startswith("${", end) else (end + 1, False)


def _is_definition(tokens: list[Token], opening: int) -> bool:
    """`_(msgid) {` is how a method is written, not a call."""
    depth = 0
    for index in range(opening, len(tokens)):
        mark = tokens[index][1] if tokens[index][0] == "mark" else ""
        depth += (mark == "(") - (mark == ")")
        if depth == 0:
            return tokens[index + 1 : index + 2] == [("mark", "{")]
    return False


def _strings(tokens: list[Token], index: int, wanted: int) -> list[str]:
    """The first arguments of a call, each a string or several joined by +."""
    found = [""]
    while index < len(tokens):
        kind, text = tokens[index]
        if kind == "string" and text != "``":
            found[-1] += _value(text)
        elif text == "," and len(found) < wanted:
            found.append("")
        elif text in {",", ")"} and len(found) == wanted and all(found):
            return found
        elif text != "+":
            break
        index += 1
    near = " ".join(text for _kind, text in tokens[max(index - 3, 0) : index + 2])
    raise Unreadable(f"a sentence must be a plain string, not {near}")


def _value(literal: str) -> str:
    """The text of a JavaScript string; its escapes are those of JSON but for the quote."""
    inner = literal[1:-1].replace("\\'", "'")
    if literal[0] == "'":
        inner = re.sub(r'(?<!\\)"', r"\"", inner)
    value: str = json.loads(f'"{inner}"')
    return value
