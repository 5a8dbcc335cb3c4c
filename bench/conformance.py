"""Conformance: Autobahn|Testsuite's cases 1 to 7 and 10 against the shipped stack.

The product's socket wants a seat and a hello, so what is tested is an echo that is handed the same wire by
the same server with the same limits. `wstest` is found on PATH, or named by the variable WSTEST; it runs
under Python 2.7 (`pip install autobahntestsuite` in a virtualenv). Figures: how many cases ended how.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from websockets.frames import Frame, Opcode

from bench.measuring import SERVER_CORE, Figures, Process
from live import protocol, wire
from live.server import listen

CASES = ["1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*"]
ENDINGS = ("OK", "NON-STRICT", "INFORMATIONAL", "FAILED")
PATIENCE_SECONDS = 300

Say = Callable[[str], None]


class Echo:
    """A talk that says again what it hears. What comes while the line is full waits; then nothing is read."""

    def __init__(self, line: wire.Line) -> None:
        self._line = line
        self._waiting: list[bytes] = []

    def hear(self, frame: str | bytes) -> None:
        said = protocol.text_frame(frame.encode()) if isinstance(frame, str) else _binary(frame)
        if self._line.paused:
            self._waiting.append(said)
        else:
            self._line.write(said)

    def withhold(self) -> None: ...

    def resume(self) -> None:
        waiting, self._waiting = self._waiting, []
        for said in waiting:
            self._line.write(said)

    def lost(self) -> None: ...


def _binary(payload: bytes) -> bytes:
    return Frame(Opcode.BINARY, payload).serialize(mask=False)


async def _door(scope: dict[str, Any]) -> wire.Take | HTTPStatus:
    return Echo if scope["path"] == "/" else HTTPStatus.NOT_FOUND


def echo_server(door: wire.Door = _door, *routes: BaseRoute) -> wire.Server:
    """The shipped wire and its limits, with somebody else on it."""
    config = uvicorn.Config(
        Starlette(routes=routes),
        **wire.protocols(door),
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    return wire.Server(config)


def run(say: Say) -> Figures:
    """How many cases ended how; each that is not OK is told by its number."""
    program = os.environ.get("WSTEST") or shutil.which("wstest")
    if program is None:
        raise SystemExit("wstest is not on PATH and WSTEST does not name it: see bench/README.md.")
    with tempfile.TemporaryDirectory(prefix="live-conformance-") as folder:
        server = Process([sys.executable, "-m", "bench.conformance"], SERVER_CORE)
        try:
            port = int(server.stdout.readline())
            report = _wstest(program, Path(folder), port)
        finally:
            server.end()
    return _summary(report, say)


def _wstest(program: str, folder: Path, port: int) -> dict[str, dict[str, Any]]:
    """The report: by case how its behaviour and its close were judged."""
    specification = {
        "outdir": str(folder),
        "servers": [{"agent": "live", "url": f"ws://127.0.0.1:{port}"}],
        "cases": CASES,
        "exclude-cases": [],
        "exclude-agent-cases": {},
    }
    (folder / "spec.json").write_text(json.dumps(specification))
    command = [program, "--mode", "fuzzingclient", "--spec", str(folder / "spec.json")]
    subprocess.run(command, cwd=folder, check=True, timeout=PATIENCE_SECONDS, stdout=subprocess.DEVNULL)
    report: dict[str, dict[str, Any]] = json.loads((folder / "index.json").read_text())["live"]
    return report


def _summary(report: dict[str, dict[str, Any]], say: Say) -> Figures:
    kinds = sorted({case.partition(".")[0] for case in report}, key=int)
    say("| cases | " + " | ".join(ENDINGS) + " |")
    say("|---" * (len(ENDINGS) + 1) + "|")
    for kind in kinds:
        counted = Counter(_ending(each) for case, each in report.items() if case.partition(".")[0] == kind)
        say(f"| {kind} | " + " | ".join(str(counted[ending]) for ending in ENDINGS) + " |")
    for case in sorted(report, key=lambda name: [int(part) for part in name.split(".")]):
        if _ending(report[case]) != "OK":
            say(f"{case}: {report[case]['behavior']}, close {report[case]['behaviorClose']}")
    counted = Counter(_ending(each) for each in report.values())
    return {ending.lower().replace("-", "_"): float(counted[ending]) for ending in ENDINGS}


def _ending(case: dict[str, Any]) -> str:
    """The worse of the two judgements."""
    judged: set[str] = {case["behavior"], case["behaviorClose"]}
    if not judged <= set(ENDINGS):
        return "FAILED"  # WRONG CODE, UNCLEAN, FAILED BY CLIENT
    return max(judged, key=ENDINGS.index)


async def _serve() -> None:
    listening = listen("127.0.0.1", 0)
    print(listening.getsockname()[1], flush=True)
    await echo_server().serve(sockets=[listening])


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve())
