"""Every page that the server writes: `routes` is their table, `handlers` what is shown when one fails.

Collected here for the composition root. A page module exports its own `routes` and knows no other.
"""

from __future__ import annotations

import importlib
import importlib.util

from starlette.routing import BaseRoute

routes: list[BaseRoute] = []
for _name in ("live.pages.organiser",):
    if importlib.util.find_spec(_name):
        routes += importlib.import_module(_name).routes
