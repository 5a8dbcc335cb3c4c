"""The Chinese catalogue: every sentence that is said, none that is not, with the same placeholders."""

import re

from babel.messages.catalog import Message

from live.i18n import catalogue, read_catalogue

CATALOGUE = [message for message in read_catalogue(catalogue.CATALOGUE) if message.id]
BRACES = re.compile(r"\{(\w+)\}")  # browser code and Python
PERCENT = re.compile(r"%\((\w+)\)s|%%")  # templates


def forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else [str(form) for form in text]  # type: ignore[attr-defined]


def english(message: Message) -> str:
    return forms(message.id)[0]


def test_every_sentence_is_in_the_catalogue_and_nothing_else() -> None:
    said = {text for msgid in catalogue.source_messages() for text in forms(msgid)}
    listed = {text for message in CATALOGUE for text in forms(message.id)}
    assert listed - said == set(), "no longer said: run `make messages`"
    assert said - listed == set(), "new: run `make messages`, then write the Chinese"


def test_every_sentence_has_chinese() -> None:
    assert [
        english(message) for message in CATALOGUE if message.fuzzy or not all(forms(message.string))
    ] == []


def test_both_languages_have_the_same_placeholders() -> None:
    different = []
    for message in CATALOGUE:
        # Only the last English form has them all: "one vote", "{n} votes".
        source, said = forms(message.id)[-1], forms(message.string)[0]
        if said and any(set(kind.findall(source)) != set(kind.findall(said)) for kind in (BRACES, PERCENT)):
            different.append(source)
    assert different == []


def test_no_sentence_has_stray_spaces_or_markup() -> None:
    texts = [text for message in CATALOGUE for text in [*forms(message.id), *forms(message.string)]]
    assert [text for text in texts if text != text.strip() or "  " in text] == []
    assert [text for text in texts if re.search(r"</?[a-z]", text)] == [], "markup belongs in the template"
