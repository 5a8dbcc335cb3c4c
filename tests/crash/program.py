"""The installed program as an operator starts it: `live serve` in a process of its own, killed at will.

Used by the tests of crashes and of the command line. It prepares nothing and looks into no file.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from tests.patience import PATIENCE

LIVE = Path(sys.executable).with_name("live")
# What it prints is read through a pipe, line by line; a test speaks to no proxy.
ENVIRONMENT = {**os.environ, "PYTHONUNBUFFERED": "1"}


class Program:
    """One folder that is served again and again on one port."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.said: list[str] = []  # lines of standard output of the latest start
        self._process: asyncio.subprocess.Process | None = None

    @property
    def process(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process

    async def start(self) -> None:
        """Returns at once: it has only begun to start."""
        arguments = ("serve", "--data", str(self.folder), "--port", str(self.port))
        self._process = await asyncio.create_subprocess_exec(
            str(LIVE),
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=ENVIRONMENT,
        )
        self.said = []

    async def ready(self) -> None:
        """Returns when people can come in."""
        if self.said:
            return
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            line = (await self.process.stdout.readline()).decode()
        assert line.startswith("live is serving"), (line, await self._complaints())
        self.said.append(line)

    async def kill(self) -> None:
        """SIGKILL: it gets no chance to tidy up. What it has complained of before is a failure."""
        self.process.kill()
        complaints = await self._complaints()
        await self.process.wait()
        assert complaints == ""

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """End it in good order: exit code, and what it has said on both outputs."""
        self.process.send_signal(number)
        async with asyncio.timeout(PATIENCE):
            out, err = await self.process.communicate()
        return self.process.returncode or 0, "".join(self.said) + out.decode(), err.decode()

    async def _complaints(self) -> str:
        assert self.process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            return (await self.process.stderr.read()).decode()
