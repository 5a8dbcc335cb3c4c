"""What every benchmark measures with: a process on its own core, its CPU and memory, medians of rounds.

CPU is what the operating system has accounted to the process and all its threads, in user and system
mode; memory is its resident set. Servers run on one core and whoever loads them on another.
"""

from __future__ import annotations

import atexit
import os
import random
import resource
import socket
import statistics
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
OPEN_FILES = 20_000  # 10,000 sockets and room
END_SECONDS = 20  # a server that has not ended by then is killed

_cores = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = _cores[0], _cores[-1]


class Process:
    """A program that a benchmark has started, on a core of its own."""

    def __init__(self, command: Sequence[str], core: int, *, cwd: Path = ROOT) -> None:
        self.running = subprocess.Popen(
            command, cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.pid = self.running.pid
        atexit.register(self._kill)  # a benchmark that fails leaves nobody behind
        os.sched_setaffinity(self.pid, {core})
        _, hard = resource.prlimit(self.pid, resource.RLIMIT_NOFILE)
        wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
        resource.prlimit(self.pid, resource.RLIMIT_NOFILE, (wanted, hard))

    @property
    def stdin(self) -> IO[str]:
        assert self.running.stdin is not None
        return self.running.stdin

    @property
    def stdout(self) -> IO[str]:
        assert self.running.stdout is not None
        return self.running.stdout

    def cpu(self) -> float:
        """Seconds on the processor so far, of all threads."""
        threads = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(_on_processor(thread) for thread in threads) / 1e9

    def memory(self, what: str = "VmRSS") -> float:
        """KiB that are resident now; with VmHWM, the most that ever were."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            name, _, value = line.partition(":")
            if name == what:
                return float(value.split()[0])
        raise LookupError(what)

    def end(self) -> None:
        self.running.terminate()
        try:
            self.running.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill()
        atexit.unregister(self._kill)
        self.stdin.close()
        self.stdout.close()

    def _kill(self) -> None:
        self.running.kill()
        self.running.wait()


def _on_processor(thread: Path) -> int:
    try:
        return int((thread / "schedstat").read_text().split()[0])
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return 0


def free_port() -> int:
    """Of those that no system gives to somebody by itself, so that it is free still when it is used."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_768)
        with socket.socket() as probing, suppress(OSError):
            probing.bind(("127.0.0.1", port))
            return port


def wait_for(port: int, process: Process) -> None:
    """Until somebody listens there."""
    for _ in range(600):
        with socket.socket() as probing:
            if probing.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.running.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"{process.running.args!r} does not listen on port {port}")


Figures = dict[str, float]


def medians(rounds: Iterable[Mapping[str, float]]) -> Figures:
    """Of each figure the median over the rounds that have it."""
    kept: dict[str, list[float]] = {}
    for each in rounds:
        for name, value in each.items():
            kept.setdefault(name, []).append(value)
    return {name: statistics.median(values) for name, values in kept.items()}


def table(rows: Mapping[str, Mapping[str, float]], columns: Sequence[str]) -> str:
    """Rows by name, as a terminal and a README show them."""
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, figures in rows.items():
        cells = (_shown(figures[column]) if column in figures else "" for column in columns)
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _shown(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"
