"""One class for each way to fan out, ours among them. `fanout` asks all of them the same things."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from websockets.sync.client import connect

from bench.load import compiled, workshop
from bench.measuring import OPEN_FILES, SERVER_CORE, Process, free_port, wait_for
from bench.venue import Served, Venue
from hatch_build import find_node

HERE = Path(__file__).parent
NGINX_FOLDER = Path("/var/lib/nginx")


class Missing(Exception):
    """This peer cannot be had on this machine; the message is one sentence."""


class Subject(Protocol):
    """Who is measured."""

    process: Process
    port: int
    path: str  # where a viewer subscribes

    @property
    def tokens(self) -> Path | None:
        """Of the viewers, where they need one."""

    def cue(self) -> None:
        """Send the next frame to everyone."""

    @property
    def mark(self) -> str:
        """What stands in the next frame and in none before."""

    def end(self) -> None: ...


class Live:
    """The shipped server: a lecturer at the desk moves between two slides."""

    def __init__(self, venue: Venue) -> None:
        self.venue = venue
        self._served = Served(venue)
        self.process, self.port = self._served.process, self._served.port
        self.path, self.tokens = venue.path, venue.tokens
        self._desk = self._served.desk()
        self._desk.take_the_stage()
        self.cue()
        self.cue()  # both slides have been shown: from now on a cue is a cue and nothing else

    @property
    def mark(self) -> str:
        return f'"cue/{self._desk.cues + 1}"'

    def cue(self) -> None:
        self._desk.cue()

    def end(self) -> None:
        self._desk.leave()
        self._served.end()


class _Peer:
    """What the peers have in common: a frame like the cue of ours, published at /pub."""

    tokens: Path | None = None
    path = "/sub"

    def __init__(self, command: Callable[[int], list[str]]) -> None:
        self.port = free_port()
        self.process = Process(command(self.port), SERVER_CORE)
        wait_for(self.port, self.process)
        self._number = 0

    @property
    def mark(self) -> str:
        return f'"cue/{self._number + 1}"'

    def frame(self) -> str:
        self._number += 1
        cue = f'{{"at":{time.time_ns() // 1_000_000},"item":"s1","slide":"0123456789abcdef"}}'
        head = (
            f'"from":{10_000 + self._number},"seq":{10_001 + self._number},"at":{time.time_ns() // 1_000_000}'
        )
        return f'{{"type":"patch",{head},"docs":{{"cue/{self._number}":{cue}}}}}'

    def end(self) -> None:
        self.process.end()


class _OverSocket(_Peer):
    """Published by a text from a client of /pub."""

    def __init__(self, command: Callable[[int], list[str]]) -> None:
        super().__init__(command)
        self._open = ExitStack()
        connecting = connect(f"ws://127.0.0.1:{self.port}/pub", compression=None, ping_interval=None)
        self._publisher = self._open.enter_context(connecting)

    def cue(self) -> None:
        self._publisher.send(self.frame())

    def end(self) -> None:
        self._open.close()
        super().end()


class Floor(_OverSocket):
    """A C program that does nothing but write()."""

    def __init__(self) -> None:
        program = compiled("floor", HERE / "floor.c")
        super().__init__(lambda port: [program, str(port)])


class Naive(_OverSocket):
    """Starlette, a queue and `send_text` for each viewer."""

    def __init__(self) -> None:
        app = "bench.peers.naive:app"
        pings = ["--ws-ping-interval", "3600"]  # they would be heard while others are measured
        options = ["--log-level", "warning", "--no-access-log", *pings]
        super().__init__(lambda port: [sys.executable, "-m", "uvicorn", app, "--port", str(port), *options])


class Node(_OverSocket):
    """Node with the package `ws`."""

    def __init__(self) -> None:
        node, script = _node_with_ws()
        super().__init__(lambda port: [str(node), str(script), str(port)])


class Nchan(_Peer):
    """nginx with Nchan, from Debian's packages, unpacked and not installed."""

    def __init__(self) -> None:
        self._root = _nchan_root()
        super().__init__(self._command)
        self._http = http.client.HTTPConnection("127.0.0.1", self.port)

    def cue(self) -> None:
        self._http.request("POST", "/pub", self.frame())
        self._http.getresponse().read()

    def end(self) -> None:
        self._http.close()
        self.process.running.kill()  # asked to end, it frees something twice and says so
        super().end()

    def _command(self, port: int) -> list[str]:
        given = {"{root}": str(self._root), "{port}": str(port), "{files}": str(OPEN_FILES)}
        text = (HERE / "nchan.conf").read_text()
        for name, value in given.items():
            text = text.replace(name, value)
        path = self._root / f"{port}.conf"
        path.write_text(text)
        return [str(self._root / "usr/sbin/nginx"), "-c", str(path), "-p", str(self._root), "-e", "stderr"]


def _node_with_ws() -> tuple[Path, Path]:
    """The node program, and the script in a folder with `ws` in it."""
    node, npm = find_node()
    home = workshop() / "node"
    home.mkdir(exist_ok=True)
    if not (home / "node_modules/ws/package.json").exists():
        install = [
            *npm,
            "install",
            "ws@8",
            "--ignore-scripts",
            "--fetch-retries=1",
            "--no-audit",
            "--no-fund",
        ]
        path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        done = subprocess.run(install, cwd=home, env={**os.environ, "PATH": path}, capture_output=True)
        if done.returncode:
            raise Missing("npm could not install ws, so Node is left out.")
    return node, Path(shutil.copy(HERE / "node_ws.js", home))


def _nchan_root() -> Path:
    """A folder with nginx and the module, as they are in the packages."""
    root = workshop() / "nchan"
    _make_room_for_nginx()
    (root / "var").mkdir(parents=True, exist_ok=True)
    if (root / "usr/lib/nginx/modules/ngx_nchan_module.so").exists():
        return root
    if shutil.which("apt-get") is None:
        raise Missing("Nchan is taken from Debian's packages and there is no apt-get, so it is left out.")
    fetched = subprocess.run(
        ["apt-get", "download", "nginx", "libnginx-mod-nchan"], cwd=root, capture_output=True
    )
    if fetched.returncode:
        raise Missing("apt-get could not download nginx and libnginx-mod-nchan, so Nchan is left out.")
    for package in root.glob("*.deb"):
        subprocess.run(["dpkg", "-x", str(package), str(root)], check=True)
    return root


def _make_room_for_nginx() -> None:
    """Nchan has a location of its own that no configuration reaches: it wants the folder it was built for."""
    try:
        NGINX_FOLDER.mkdir(parents=True, exist_ok=True)
    except PermissionError:
        raise Missing(f"Nchan needs {NGINX_FOLDER}, which only root can make, so it is left out.") from None


def subjects(venue: Callable[[], Venue]) -> dict[str, Callable[[], Subject]]:
    """Everyone who can be measured, the floor first."""
    return {
        "C write()": Floor,
        "live": lambda: Live(venue()),
        "Nchan": Nchan,
        "Node ws": Node,
        "naive": Naive,
    }
