"""What the composition root put into `app.state`, with its types.

Every page module takes the database, the stages and the rest from here, so that no handler repeats a
name that the type checker cannot see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from live.auth import Auth
from live.database import Database
from live.settings import Settings

if TYPE_CHECKING:
    from live.stage import Stages


def auth(connection: HTTPConnection) -> Auth:
    found: Auth = connection.app.state.auth
    return found


def database(connection: HTTPConnection) -> Database:
    found: Database = connection.app.state.database
    return found


def stages(connection: HTTPConnection) -> Stages:
    found: Stages = connection.app.state.stages
    return found


def settings(connection: HTTPConnection) -> Settings:
    found: Settings = connection.app.state.settings
    return found
