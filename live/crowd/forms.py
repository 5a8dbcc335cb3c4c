"""Reads what a person would see of an HTML page: its forms, and what its body says about itself.

`browser` makes a `Page` of it. It knows just enough HTML for the pages of this program, and it
fills in what is asked for by name, so a form may gain a field without breaking the crowd.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Field:
    """Something to fill in. `options` are the values to choose from, where it is a choice."""

    name: str
    value: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)

    def filled(self, answers: Mapping[str, str]) -> dict[str, str]:
        """What a browser would send. A choice that is not offered falls back to the one that is made."""
        return {each.name: _answer(each, answers.get(each.name)) for each in self.fields.values()}


def _answer(asked: Field, answer: str | None) -> str:
    offered = answer is not None and (not asked.options or answer in asked.options)
    return answer if offered and answer is not None else asked.value


class Reader(HTMLParser):
    """Collects forms and the attributes of <body>."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.body: dict[str, str] = {}
        self._form: Form | None = None
        self._select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "body":
            self.body = found
        elif tag == "form":
            self._form = Form(found.get("action", ""), found.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and tag in {"input", "select", "textarea"} and found.get("name"):
            self._ask(self._form, tag, found)
        elif tag == "option" and self._select is not None:
            _offer(self._select, found.get("value", ""), "selected" in found)

    def _ask(self, form: Form, tag: str, found: dict[str, str]) -> None:
        name, kind = found["name"], found.get("type", "text")
        if kind in {"submit", "button", "checkbox", "file"}:
            return
        asked = form.fields.setdefault(name, Field(name))
        if tag == "select":
            self._select = asked
        elif kind == "radio":
            _offer(asked, found.get("value", "on"), "checked" in found)
        else:
            asked.value = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None


def _offer(asked: Field, option: str, chosen: bool) -> None:
    """The first option is the choice until one is marked as such."""
    if chosen or not asked.options:
        asked.value = option
    asked.options.append(option)
