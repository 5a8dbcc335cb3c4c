"""The running server: what keeps it from starting, how it ends, and what a stuck or hostile client costs."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.measuring import free_port
from live import server as server_module
from live.database import Database, DatabaseProblem
from live.server import CannotServe, Server, listen, serve
from live.settings import Settings
from tests.backstage import failure
from tests.patience import END_SECONDS, PATIENCE
from tests.serving import House


async def never(_app: object) -> None:
    raise AssertionError("nobody can come in")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that is in use."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


async def test_a_port_in_use_is_said_before_anything_is_made(tmp_path: Path, taken: int) -> None:
    with pytest.raises(CannotServe, match=r"Port \d+ on 127\.0\.0\.1 cannot be used: .*--port\.$"):
        await serve(Settings(data=tmp_path / "show", port=taken), never)
    assert not (tmp_path / "show").exists()


def test_an_address_that_is_not_ours_cannot_be_listened_on() -> None:
    with pytest.raises(CannotServe, match="cannot be used"):
        listen("192.0.2.1", 8000)
    with pytest.raises(CannotServe, match="cannot be used"):
        listen("no.such.host.invalid", 8000)


async def test_a_failed_start_gives_port_and_folder_back(tmp_path: Path) -> None:
    port, folder = free_port(), tmp_path / "show"
    folder.mkdir()
    (folder / "live.db").write_text("Dear diary")
    with pytest.raises(DatabaseProblem):
        await serve(Settings(data=folder, port=port), never)
    listen("127.0.0.1", port).close()
    (folder / "live.db").unlink()
    await (await Database.open(folder / "live.db")).close()


async def test_it_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "show", port=free_port())
    started: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    async def on_start(app: Any) -> None:
        started.set_result(app)

    serving = asyncio.create_task(serve(settings, on_start))
    app = await asyncio.wait_for(started, PATIENCE)
    assert app.state.settings is settings
    signal.raise_signal(signal.SIGTERM)
    await asyncio.wait_for(serving, END_SECONDS)
    listen("127.0.0.1", settings.port).close()


async def test_signals_are_ours_again_when_it_has_ended(house: House) -> None:
    before = signal.getsignal(signal.SIGTERM)
    await house.stop()
    assert signal.getsignal(signal.SIGTERM) != before


async def test_a_page_that_reads_nothing_does_not_keep_it_from_ending(house: House) -> None:
    where = await house.broadcast()
    desk = await house.guest(where, "lecturer")
    _, writer = await _stuck(house, desk.where.slug, desk.token)
    for n in range(20):
        await desk.do("notify", text=f"{n}" + "x" * 480)
    async with asyncio.timeout(END_SECONDS):  # the goodbye waits two, a request that hangs five
        await house.stop()
    writer.close()


async def _stuck(house: House, slug: str, token: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A socket whose other side says hello and never reads again."""
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port, limit=1)
    head = (
        f"GET /b/{slug}/socket/desk HTTP/1.1\r\nHost: live\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        f"Authorization: Bearer {token}\r\n\r\n"
    )
    hello = b'{"type":"hello"}'
    writer.write(head.encode() + bytes([0x81, 0x80 | len(hello), 0, 0, 0, 0]) + hello)
    await writer.drain()
    return reader, writer


async def test_a_disk_that_fails_ends_the_server_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(data=tmp_path / "show", port=free_port())

    async def on_start(app: Any) -> None:
        app.state.stages._on_fatal(failure(sqlite3.SQLITE_IOERR))

    with caplog.at_level(logging.CRITICAL), pytest.raises(CannotServe, match="could not be written any more"):
        await asyncio.wait_for(serve(settings, on_start), PATIENCE)


async def test_a_key_is_made_once_and_for_nobody_else_to_read(house: House) -> None:
    secret = house.data / "secret.key"
    key = secret.read_bytes()
    assert len(key) == 32
    assert secret.stat().st_mode & 0o777 == 0o600
    await house.stop()
    await house.open()
    assert secret.read_bytes() == key


async def test_a_key_that_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "secret.key").mkdir()
    with pytest.raises(CannotServe, match=r"secret\.key cannot be made or read: Is a directory\.$"):
        await serve(Settings(data=tmp_path, port=free_port()), never)


async def test_no_request_is_logged_and_no_token_with_it(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "uvicorn"):
        phone = await house.guest(await house.broadcast())
        await phone.leave()
    assert phone.token not in caplog.text
    assert server_module._config(house.server.app, Settings(data=house.data)).access_log is False
    assert isinstance(house.server, Server)
