"""The load generator from Python's side: compiled when it is needed, started, told what to do.

`Load` is N WebSocket clients in one C process (load/*.c) on the load core, so that it is never the
bottleneck; `Probe` is one visitor who asks for a page again and again. Times are CLOCK_MONOTONIC.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from bench.measuring import LOAD_CORE, Process

SOURCES = 8  # addresses 127.0.0.2 to .9: each has 28,000 ports
HERE = Path(__file__).parent
PROBE_PAUSE_US = 3_000  # so that the visitor is no load


@lru_cache(maxsize=1)
def workshop() -> Path:
    """Where programs are compiled to and packages are unpacked; kept, so that the next run starts at once."""
    path = Path(tempfile.gettempdir()) / f"live-bench-{os.getuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


@lru_cache(maxsize=8)
def compiled(name: str, *sources: Path) -> str:
    """A C program, made anew in each run of the benchmark."""
    program = str(workshop() / f"{name}-{os.getpid()}")
    subprocess.run(["cc", "-O2", "-o", program, *map(str, sources)], check=True)
    return program


class Load:
    """N clients of one path. With `tokens` each has its own; `docs`: they speak the product's protocol."""

    def __init__(self, port: int, path: str, many: int, tokens: Path | None = None) -> None:
        sources = sorted(each for each in (HERE / "load").glob("*.c") if each.name != "probe.c")
        given = [str(port), path, str(many), str(SOURCES)]
        speaks = [str(tokens), "docs"] if tokens else ["-", "plain"]
        self.many = many
        self.process = Process([compiled("load", *sources), *given, *speaks], LOAD_CORE)

    def tell(self, command: str) -> dict[str, Any]:
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self._answer()

    def arrivals(self) -> dict[str, Any]:
        """After `expect`: when what was expected has come to everyone, in ns."""
        return self._answer()

    def open(self, until: int | None = None) -> None:
        """All that are not open yet; or the first ones of them, so that so many are."""
        wanted = until or self.many
        opened = self.tell(f"open {wanted}")["opened"]
        if opened != wanted:
            raise RuntimeError(f"{opened} of {wanted} connections were opened")

    def greet(self, until: int | None = None) -> None:
        """Those who are open say hello, which the server does not await for ever."""
        wanted = until or self.many
        welcomed = self.tell(f"hello {wanted}")["welcomed"]
        if welcomed != wanted:
            raise RuntimeError(f"{welcomed} of {wanted} were welcomed")

    def end(self) -> None:
        self.process.end()

    def _answer(self) -> dict[str, Any]:
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the load generator has ended: {self.process.running.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer


class Probe:
    """Somebody who asks for a page every few ms; first on the load core, where that is allowed."""

    def __init__(self, port: int, path: str) -> None:
        program = compiled("probe", HERE / "load/probe.c")
        self._process = Process([program, str(port), path, str(PROBE_PAUSE_US)], LOAD_CORE)
        with contextlib.suppress(PermissionError):
            os.sched_setscheduler(self._process.pid, os.SCHED_FIFO, os.sched_param(10))

    def end(self) -> dict[str, float]:
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        answer: dict[str, float] = json.loads(self._process.stdout.readline())
        self._process.end()
        return answer
