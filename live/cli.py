"""The command line: `live serve`, `live demo`, `live export`, `live copy`, `live setup-link`, …

It reads the arguments, starts what they ask for, and turns every expected failure into one line on
standard error and exit code 2. What is below it prints nothing but what the demo says of itself.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from importlib.metadata import version
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from starlette.applications import Starlette

from live import copying, demo, exports, loop, reference
from live.app import secret
from live.auth import Auth
from live.database import Database, DatabaseProblem, connect, telling
from live.directory import accounts, broadcasts
from live.directory.broadcasts import Broadcast
from live.domain.base import TITLE_LIMIT, Rejected, clean
from live.pages.invitations import ROLES
from live.paths import ROOT
from live.server import CannotServe, serve
from live.settings import EVERYWHERE, Settings

FAILED = 2  # what was asked cannot be done; the sentence says why


def main(arguments: Sequence[str] | None = None) -> None:
    """The `live` program."""
    chosen = parser().parse_args(arguments)
    try:
        with asyncio.Runner(loop_factory=loop.new) as runner:
            runner.run(chosen.run(chosen))
    except (CannotServe, DatabaseProblem, Unusable) as problem:
        stop(str(problem))
    except KeyboardInterrupt:
        sys.exit(0)
    except BrokenPipeError:  # `live export … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Unusable(Exception):
    """An argument that names nothing there is; the message is one sentence."""


def stop(sentence: str) -> NoReturn:
    print(f"live: {sentence}", file=sys.stderr)
    sys.exit(FAILED)


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as everything here does, and where to read on."""

    def error(self, message: str) -> NoReturn:
        stop(f"{message}. Try {self.prog} --help.")


def parser() -> argparse.ArgumentParser:
    program = Parser(prog="live", description="A companion for hybrid broadcasts.")
    program.add_argument("--version", action="version", version=f"live {version('live')}")
    verbs = program.add_subparsers(metavar="VERB", required=True)

    verb = verbs.add_parser("serve", help="serve broadcasts, and keep them in a folder")
    verb.add_argument("--data", type=Path, required=True, metavar="DIR", help="the folder for everything")
    _add_address(verb)
    verb.add_argument(
        "--recording-gb", type=_gigabytes, default=8, metavar="N", help="the largest recording to upload (8)"
    )
    verb.set_defaults(run=run_serve)

    verb = verbs.add_parser("demo", help="a broadcast to look at, with a course, a rundown and a crowd")
    verb.add_argument("--data", type=Path, metavar="DIR", help="keep the demo in this folder")
    verb.add_argument("--people", type=_count, default=30, metavar="N", help="how many attend (30)")
    verb.add_argument("--no-autopilot", action="store_true", help="nobody drives the slides but you")
    _add_address(verb)
    verb.set_defaults(run=run_demo)

    _add_kept(verbs)

    verb = verbs.add_parser("setup-link", help="print a new link that makes an organiser's account")
    verb.add_argument("--data", type=Path, required=True, metavar="DIR")
    _add_address(verb)
    verb.set_defaults(run=run_setup_link)

    verb = verbs.add_parser("protocol", help="write the protocol down (in a source tree)")
    verb.set_defaults(run=run_protocol)
    return program


def _add_kept(verbs: argparse._SubParsersAction[Parser]) -> None:
    """What can be done with a broadcast that is there, also while it is served."""
    verb = verbs.add_parser("export", help="write a table of a broadcast as CSV to standard output")
    verb.add_argument("--data", type=Path, required=True, metavar="DIR")
    verb.add_argument("--lang", choices=("zh", "en"), default="en", help="of the headings (en)")
    verb.add_argument("broadcast", metavar="BROADCAST", help="as in its address: /b/BROADCAST/")
    verb.add_argument("table", metavar="TABLE", choices=exports.NAMES, help=", ".join(exports.NAMES))
    verb.set_defaults(run=run_export)

    verb = verbs.add_parser("copy", help="hold a broadcast again: a new one that is prepared the same way")
    verb.add_argument("--data", type=Path, required=True, metavar="DIR")
    verb.add_argument("--title", help="of the new one (the same)")
    verb.add_argument("--people", action="store_true", help="with the same roster")
    verb.add_argument("broadcast", metavar="BROADCAST", help="as in its address: /b/BROADCAST/")
    verb.set_defaults(run=run_copy)


def _add_address(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1; 0.0.0.0: all)")
    verb.add_argument("--port", type=_port, default=8000, help="port to listen on (8000)")
    verb.add_argument("--url", type=_url, help="how people reach it, if not at http://HOST:PORT")
    verb.add_argument(
        "--proxies", default="127.0.0.1", help="addresses whose X-Forwarded headers are believed (127.0.0.1)"
    )
    verb.add_argument(
        "--stream-networks",
        type=_networks,
        default=(),
        metavar="NETWORKS",
        help="private networks whose streams the server may look at, like 10.0.0.0/8,192.168.1.7 (none)",
    )


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(each.strip(), strict=False) for each in text.split(",") if each.strip())
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a list of networks like 10.0.0.0/8") from None


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise argparse.ArgumentTypeError(f"{text} is not a port: give a number from 1 to 65535")
    return int(text)


def _gigabytes(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 1_000:
        raise argparse.ArgumentTypeError(f"{text} is not a size in GB: give a number from 1 to 1000")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) > 2_000:
        raise argparse.ArgumentTypeError(f"{text} is not a number of people: give one from 0 to 2000")
    return int(text)


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
        raise argparse.ArgumentTypeError(f"{text} is not an address like https://live.example.org")
    return text.rstrip("/")


def settings(chosen: argparse.Namespace, data: Path) -> Settings:
    if "*" in chosen.proxies:
        raise Unusable("--proxies must name addresses: with * anybody could say who they are.")
    network = own_address() if chosen.host in EVERYWHERE else None
    return Settings(
        data=data,
        host=chosen.host,
        port=chosen.port,
        url=chosen.url,
        network=network,
        recording_gb=getattr(chosen, "recording_gb", Settings.recording_gb),
        proxies=chosen.proxies,
        stream_networks=chosen.stream_networks,
    )


def own_address() -> str | None:
    """This machine's address on its network, as phones in the same room reach it; None without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; 192.0.2.0/24 is for documentation (RFC 5737)
        except OSError:
            return None
        address: str = probe.getsockname()[0]
        return address


async def run_serve(chosen: argparse.Namespace) -> None:
    given = settings(chosen, chosen.data)

    async def started(app: Starlette) -> None:
        print(f"live is serving {given.address} and keeps everything in {given.data}/. Ctrl-C ends it.")
        if not await app.state.database.read(accounts.any_account):
            link = await app.state.database.write(app.state.auth.setup_link)
            print(f"Make the organiser's account here, within an hour:\n\n  {given.address}/setup#{link}\n")
        sys.stdout.flush()

    await serve(given, started)


async def run_demo(chosen: argparse.Namespace) -> None:
    await demo.run(
        lambda data: settings(chosen, data),
        data=chosen.data,
        people=chosen.people,
        autopilot=not chosen.no_autopilot,
    )


async def run_export(chosen: argparse.Namespace) -> None:
    path = _existing(chosen.data)
    with telling(path), closing(connect(path)) as reader:
        found = _found(reader, chosen)
        exports.write(reader, found.id, chosen.table, chosen.lang, sys.stdout)


async def run_copy(chosen: argparse.Namespace) -> None:
    """Prints how the new one is called in addresses."""
    given = Settings(data=chosen.data)
    _existing(chosen.data)
    database = await Database.beside(given.database)
    auth = Auth(database, secret(given.secret), given.origin)
    try:
        with telling(given.database):
            earlier = await database.read(lambda db: _found(db, chosen))
            title = earlier.title if chosen.title is None else _title(chosen.title)
            sites = await database.read(lambda db: broadcasts.sites(db, earlier.id))

            def make(db: sqlite3.Connection) -> Broadcast:
                made = broadcasts.create(
                    db,
                    title=title,
                    lecturer=earlier.lecturer,
                    languages=earlier.languages,
                    sites=sites,
                    created_by=None,
                    now=auth.now(),
                )
                for role in ROLES:
                    auth.make_link(db, made.id, role)
                return made

            made = await copying.copy(database, earlier.id, make, people=chosen.people, now=auth.now())
    finally:
        await database.close()
    print(made.slug)


def _title(text: str) -> str:
    try:
        return clean(text, TITLE_LIMIT)
    except Rejected:
        raise Unusable(f"A title has from 1 to {TITLE_LIMIT} characters.") from None


def _found(db: sqlite3.Connection, chosen: argparse.Namespace) -> Broadcast:
    found = broadcasts.find(db, chosen.broadcast)
    if found is None:
        raise Unusable(f"There is no broadcast {chosen.broadcast} in {chosen.data}.")
    return found


async def run_setup_link(chosen: argparse.Namespace) -> None:
    given = settings(chosen, chosen.data)
    _existing(chosen.data)
    database = await Database.beside(given.database)
    try:
        with telling(given.database):
            link = await database.write(Auth(database, secret(given.secret), given.origin).setup_link)
    finally:
        await database.close()
    print(f"{given.address}/setup#{link}")


async def run_protocol(_chosen: argparse.Namespace) -> None:
    if not (ROOT / "pyproject.toml").exists():
        raise Unusable("The protocol is written down in a source tree only; here is an installed program.")
    for path in reference.write(ROOT):
        print(path.relative_to(ROOT))


def _existing(data: Path) -> Path:
    path = Settings(data=data).database
    if not path.exists():
        raise Unusable(f"There is no live.db in {data}.")
    return path
