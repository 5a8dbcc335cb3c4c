"""An address as a QR code: black on white in every theme, since cameras want it so.

Used by the organiser's pages and by the screen's code. It knows nothing of what the address opens.
"""

from __future__ import annotations

import io

import segno
from starlette.responses import Response

QUIET = 2  # modules of white around it: the page adds more, as padding


def svg(address: str) -> bytes:
    out = io.BytesIO()
    # M: a fifth of it may be hidden by a thumb or by glare on the projection
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=QUIET, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return out.getvalue()


def answer(address: str) -> Response:
    return Response(svg(address), media_type="image/svg+xml")
