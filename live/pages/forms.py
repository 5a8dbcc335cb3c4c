"""Forms as browsers send them without files: one small, capped parser, and fields with their errors.

Called by the page modules. There is no multipart parser in this program: decks come as a raw body.
What was typed is kept as it was typed, so that a form with an error can be shown again filled in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from live.domain.base import Rejected, clean
from live.pages import body

BODY_LIMIT = 64 * 1024  # bytes: a roster pasted into a field is about 20 KiB
FIELDS_LIMIT = 200
KIND = "application/x-www-form-urlencoded"


@dataclass
class Form:
    """What was typed, by the name of the field, and what is wrong with it."""

    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.typed.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.typed

    def error(self, name: str) -> str:
        """What to say beside the field: nothing, most often."""
        return self.errors.get(name, "")

    def text(self, name: str, limit: int, *, empty: str | None, too_long: str) -> str:
        """The field, cleaned. `empty` and `too_long` are what to say; without `empty` it may be left out."""
        try:
            return " ".join(clean(self[name], limit).split())
        except Rejected as refusal:
            if refusal.code == "empty" and empty is None:
                return ""
            self.errors[name] = empty or "" if refusal.code == "empty" else too_long
            return ""


def percent(text: str) -> int:
    """From 0 to 100, and 0 for what is no number."""
    return min(100, int(text)) if text.isascii() and text.isdigit() and len(text) <= 3 else 0


async def read(request: Request, *, limit: int = BODY_LIMIT) -> Form:
    """The body of a form. 413: over `limit` (bytes); 415: no form; 400: broken."""
    kind = request.headers.get("content-type", KIND if request.headers.get("content-length") == "0" else "")
    if kind.partition(";")[0].strip().lower() != KIND:
        raise HTTPException(415)
    typed = await body.whole(request, limit)
    try:
        pairs = parse_qsl(
            typed.decode("ascii"), keep_blank_values=True, errors="replace", max_num_fields=FIELDS_LIMIT
        )
    except ValueError:  # too many fields, or bytes that are no form
        raise HTTPException(400) from None
    return Form(dict(pairs))
