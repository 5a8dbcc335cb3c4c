"""What people see when a request fails: a sentence that says so, and a way on.

`handlers` is for the application; `foreign_post` answers a post that came from another site. It never
tells what went wrong inside: that is in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from live import security
from live.pages import state
from live.pages.render import N_, render

# status → what it is, and what to do
SENTENCES: dict[int, tuple[str, str]] = {
    400: (N_("This could not be read"), N_("Go back, reload the page and try once more.")),
    403: (N_("This is not open to you"), N_("Open the link that you were sent, or sign in.")),
    404: (
        N_("There is nothing here"),
        N_("Check the address, or type the code of your broadcast on the start page."),
    ),
    405: (N_("This cannot be done here"), N_("Go back, reload the page and try once more.")),
    413: (N_("This is too large"), N_("Shorten what you typed, or send it in parts.")),
    415: (N_("This could not be read"), N_("Go back, reload the page and try once more.")),
    500: (
        N_("Something went wrong on the server"),
        N_("What was confirmed before is kept. Reload the page in a moment."),
    ),
}
FOREIGN = (
    N_("This came from another site"),
    N_("For your safety it was not carried out. Open the page here and do it again."),
)


def error(request: Request, status: int, said: tuple[str, str] | None = None, **context: Any) -> Response:
    """The page of a failure; `said` where there is more to say than its number."""
    title, advice = said or SENTENCES.get(status, SENTENCES[400])
    return render(request, "error.html", status, title=title, advice=advice, **{"sign_in": None, **context})


async def failed(request: Request, problem: Exception) -> Response:
    """An answer that a page gave by raising HTTPException."""
    assert isinstance(problem, HTTPException)
    response = error(request, problem.status_code)
    response.headers.update(problem.headers or {})
    return response


async def crashed(request: Request, _problem: Exception) -> Response:
    """A mistake of ours. It is answered outside of all middleware, so the headers are added here."""
    response = error(request, 500)
    security.secure(response.headers, request.scope, 500, state.settings(request).origin)
    return response


async def hung_up(_request: Request, _problem: Exception) -> Response:
    """Somebody who went away in the middle of a request: no mistake of ours, and nobody reads this."""
    return Response(status_code=400)


async def foreign_post(scope: Scope, receive: Receive, send: Send) -> None:
    await error(Request(scope), 403, FOREIGN)(scope, receive, send)


Handler = Callable[[Request, Exception], Any]
handlers: Mapping[Any, Handler] = {HTTPException: failed, ClientDisconnect: hung_up, Exception: crashed}
