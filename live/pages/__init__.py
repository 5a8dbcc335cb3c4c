"""Every page that the server writes: `routes` is their table, `handlers` what is shown when one fails.

Collected here for the composition root. A page module exports its own `routes` and knows no other.
"""

from __future__ import annotations

from starlette.routing import BaseRoute

from live.pages import account, audience, enter, entrance, join, mark, missing, organiser, replay
from live.pages.errors import foreign_post, handlers

__all__ = ["foreign_post", "handlers", "routes"]

routes: list[BaseRoute] = [
    *entrance.routes,
    *join.routes,
    *enter.routes,
    *account.routes,
    *organiser.routes,
    *audience.routes,
    *missing.routes,
    *mark.routes,
    *replay.routes,
]
