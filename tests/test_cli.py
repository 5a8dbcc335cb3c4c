"""The command line: every failure is one sentence and exit code 2, and an end is an end."""

from __future__ import annotations

import asyncio
import signal
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import websockets

from bench.measuring import free_port
from live.auth import Auth, new_id
from live.cli import main
from live.database import Database
from live.database.migrations import APPLICATION_ID, migrate
from live.directory import accounts, broadcasts, people
from live.directory.people import Newcomer
from tests.crash.program import LIVE, Program
from tests.patience import END_SECONDS, PATIENCE
from tests.serving import START


async def run(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(str(LIVE), *arguments, stdout=pipe, stderr=pipe)
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


def one_sentence(err: str) -> str:
    """What `live` says on standard error when it gives up: one line, a whole sentence."""
    assert err.startswith("live: "), err
    assert err.endswith(".\n"), err
    assert err.count("\n") == 1, err
    return err


# What keeps it from serving ------------------------------------------------------------------------

Obstacle = Callable[[Path, int], AbstractContextManager[None]]


@contextmanager
def port_in_use(_folder: Path, port: int) -> Iterator[None]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        yield


@contextmanager
def file_in_the_way(folder: Path, _port: int) -> Iterator[None]:
    folder.write_text("no folder")
    yield


@contextmanager
def newer_version(folder: Path, _port: int) -> Iterator[None]:
    folder.mkdir()
    migrate(folder / "live.db")
    with sqlite3.connect(folder / "live.db") as database:
        database.execute("INSERT INTO migration VALUES (9999, '9999_moon', '')")
    database.close()
    yield


@contextmanager
def no_database(folder: Path, _port: int) -> Iterator[None]:
    folder.mkdir()
    (folder / "live.db").write_text("Dear diary, " * 1_000)
    yield


@contextmanager
def database_of_another_program(folder: Path, _port: int) -> Iterator[None]:
    folder.mkdir()
    with sqlite3.connect(folder / "live.db") as database:
        database.execute("CREATE TABLE contact (name TEXT)")
    database.close()
    yield


OBSTACLES: dict[str, tuple[Obstacle, str]] = {
    "the port is in use": (port_in_use, "Choose another one with --port."),
    "the folder is a file": (file_in_the_way, "cannot be made"),
    "the file is from a newer version": (newer_version, "was made by a newer version of live"),
    "the file is no database": (no_database, "is not a database of live"),
    "the file is another program's": (database_of_another_program, "is not a database of live"),
}


@pytest.mark.parametrize("name", OBSTACLES)
async def test_what_keeps_it_from_serving_is_said_in_a_sentence(tmp_path: Path, name: str) -> None:
    obstacle, sentence = OBSTACLES[name]
    folder, port = tmp_path / "show", free_port()
    with obstacle(folder, port):
        code, out, err = await run("serve", "--data", str(folder), "--port", str(port))
    assert (code, out) == (2, "")
    assert sentence in one_sentence(err)


async def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, _, err = await run("serve", "--data", str(tmp_path / "file" / "show"), "--port", str(free_port()))
    assert code == 2
    assert "cannot be made: Not a directory" in one_sentence(err)


async def test_a_second_server_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    first = await Database.open(tmp_path / "live.db")
    try:
        code, _, err = await run("serve", "--data", str(tmp_path), "--port", str(free_port()))
    finally:
        await first.close()
    assert code == 2
    assert "Another live server is using" in one_sentence(err)


async def test_a_file_that_cannot_be_used_is_left_as_it_was(tmp_path: Path) -> None:
    for name in (
        "the file is from a newer version",
        "the file is no database",
        "the file is another program's",
    ):
        folder = tmp_path / name
        with OBSTACLES[name][0](folder, 0):
            before = (folder / "live.db").read_bytes()
            await run("serve", "--data", str(folder), "--port", str(free_port()))
            assert (folder / "live.db").read_bytes() == before


# Arguments -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["serve", "--data", "x", "--port", "0"], "0 is not a port: give a number from 1 to 65535"),
        (["serve", "--data", "x", "--port", "65536"], "65536 is not a port"),
        (["serve", "--data", "x", "--port", "http"], "http is not a port"),
        (["serve", "--data", "x", "--port=-1"], "-1 is not a port"),
        (["serve", "--data", "x", "--url", "live.example.org"], "is not an address like https://"),
        (
            ["serve", "--data", "x", "--url", "https://live.example.org/sub"],
            "is not an address like https://",
        ),
        (["serve"], "the following arguments are required: --data"),
        (["export", "--data", "x", "show", "everything"], "invalid choice: 'everything'"),
        (["demo", "--people", "many"], "many is not a number of people"),
        (["dance"], "invalid choice: 'dance'"),
        ([], "the following arguments are required: VERB"),
    ],
)
def test_an_argument_that_cannot_be_is_said_in_a_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert sentence in one_sentence(capsys.readouterr().err)


async def test_proxies_are_named_and_never_everybody(tmp_path: Path) -> None:
    code, _, err = await run("serve", "--data", str(tmp_path / "show"), "--proxies", "*")
    assert code == 2
    assert "--proxies must name addresses" in one_sentence(err)
    assert not (tmp_path / "show").exists()


@pytest.mark.parametrize("verb", [["export", "show", "votes"], ["setup-link"]], ids=lambda verb: verb[0])
@pytest.mark.parametrize("name", ["nothing", "the file is no database", "the file is another program's"])
async def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path, verb: list[str], name: str) -> None:
    folder = tmp_path / "show"
    if name in OBSTACLES:
        with OBSTACLES[name][0](folder, 0):
            pass
    code, out, err = await run(verb[0], "--data", str(folder), *verb[1:])
    assert (code, out) == (2, "")
    assert "live.db" in one_sentence(err)


async def test_an_export_of_no_such_broadcast_is_said_in_a_sentence(tmp_path: Path) -> None:
    await (await Database.open(tmp_path / "live.db")).close()
    code, _, err = await run("export", "--data", str(tmp_path), "show", "votes")
    assert code == 2
    assert "There is no broadcast show in" in one_sentence(err)


async def test_a_pack_is_made_and_checked_and_a_changed_one_is_told_with_exit_code_2(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "live.db")
    where = await database.write(lambda db: broadcasts.create(db, title="Course", created_by=None, now=0))
    await database.close()
    out = tmp_path / "course.zip"
    code, told, err = await run("export", "--data", str(tmp_path), "--pack", str(out), where.slug)
    assert (code, err) == (0, "")
    seal = told.split()[-1]
    code, told, _ = await run("verify", "--seal", seal, str(out))
    assert code == 0
    assert told.startswith("Right: ")
    out.write_bytes(out.read_bytes().replace(b"READ-ME.txt", b"READ-MY.txt"))
    code, told, err = await run("verify", str(out))
    assert (code, told) == (2, "")
    assert "READ-MY.txt is not in the manifest" in one_sentence(err)
    code, _, err = await run("export", "--data", str(tmp_path), where.slug)
    assert code == 2
    assert "Name a table" in one_sentence(err)


# Serving -------------------------------------------------------------------------------------------


@pytest.fixture
async def program(tmp_path: Path) -> AsyncIterator[Program]:
    program = Program(tmp_path / "show", free_port())
    await program.start()
    yield program
    if program.process.returncode is None:
        program.process.kill()
        await program.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=str)
async def test_it_ends_when_told_to_with_somebody_connected(program: Program, number: signal.Signals) -> None:
    await program.ready()
    token, slug = await _somebody(program.folder)
    address = f"ws://127.0.0.1:{program.port}/b/{slug}/socket/attendee"
    headers = {"Authorization": f"Bearer {token}"}
    async with websockets.connect(address, additional_headers=headers, proxy=None) as phone:
        await phone.send('{"type":"hello"}')
        assert '"welcome"' in str(await phone.recv())
        async with asyncio.timeout(END_SECONDS):
            code, _, err = await program.stop(number)
        heard = [str(frame) async for frame in _rest(phone)]
    assert (code, err) == (0, "")
    assert '"restart"' in heard[-1]
    assert phone.close_code == 1012


async def _rest(phone: websockets.ClientConnection) -> AsyncIterator[str | bytes]:
    try:
        while True:
            yield await phone.recv()
    except websockets.ConnectionClosed:
        return


async def _somebody(folder: Path) -> tuple[str, str]:
    """An attendee of a broadcast, made beside the server: bearer token and slug."""
    database = await Database.beside(folder / "live.db")
    try:
        made = await database.write(
            lambda db: broadcasts.create(db, title="Course", created_by=None, now=START)
        )
        newcomer = Newcomer(id=new_id(), broadcast=made.id, role="attendee", name="Ann")
        await database.write(lambda db: people.add(db, newcomer, START))
        return await Auth(database, b"").token_for(made.id, newcomer.id, "attendee"), made.slug
    finally:
        await database.close()


async def test_the_first_start_prints_a_setup_link_and_no_later_one_does(program: Program) -> None:
    await program.ready()
    beside = await run("setup-link", "--data", str(program.folder), "--port", str(program.port))
    _, out, _ = await program.stop()
    assert f"http://127.0.0.1:{program.port}/setup#" in out
    assert beside[0] == 0
    assert beside[2] == ""
    assert beside[1].startswith(f"http://127.0.0.1:{program.port}/setup#")
    database = await Database.open(program.folder / "live.db")
    try:
        assert (
            await database.read(lambda db: db.execute("SELECT count(*) FROM setup_link").fetchone()[0]) == 2
        )
        await database.write(lambda db: _account(db))
    finally:
        await database.close()
    await program.start()
    await program.ready()
    _, out, err = await program.stop()
    assert "/setup#" not in out
    assert err == ""


def _account(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO account (name, password, created_at) VALUES ('Wang', 'x', 0)")
    assert accounts.any_account(db)


def test_the_file_says_whose_it_is(tmp_path: Path) -> None:
    migrate(tmp_path / "live.db")
    assert (tmp_path / "live.db").read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big") == b"live"


async def test_a_copy_says_how_it_is_called_and_no_such_broadcast_in_a_sentence(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "live.db")
    earlier = await database.write(
        lambda db: broadcasts.create(db, title="Fire drill", created_by=None, now=START)
    )
    await database.close()
    code, out, _ = await run("copy", "--data", str(tmp_path), "--title", "Next month", earlier.slug)
    with sqlite3.connect(tmp_path / "live.db") as db:
        titles = dict(db.execute("SELECT slug, title FROM broadcast"))
    assert (code, titles) == (0, {earlier.slug: "Fire drill", out.strip(): "Next month"})
    code, _, err = await run("copy", "--data", str(tmp_path), "nowhere")
    assert code == 2
    assert "no broadcast nowhere" in one_sentence(err)
