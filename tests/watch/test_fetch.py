"""The watch asks the stream's host and nobody else, and takes no more than it can use."""

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import pytest

from live.watch import fetch
from live.watch.fetch import Answer, Door, Failed, Reader
from tests.watch.streamer import Host, answer, hosting

LOOPBACK = (ip_network("127.0.0.0/8"),)
ELSEWHERE = Door(own="http://10.9.9.9:8000", origin="https://live.example.org")


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    async with hosting() as host:
        yield host


@pytest.fixture
async def reader() -> AsyncIterator[Reader]:
    reader = Reader(Door(ELSEWHERE.own, ELSEWHERE.origin, LOOPBACK))
    yield reader
    await reader.close()


async def refused(reader: Reader, url: str, **how: Any) -> tuple[str, str]:
    with pytest.raises(Failed) as caught:
        await reader.get(url, **how)
    return caught.value.code, caught.value.detail


async def test_an_answer_has_its_status_headers_and_body(host: Host, reader: Reader) -> None:
    host.answers["/a.m3u8?key=1"] = answer("#EXTM3U", "200 OK", "X-One: 1", "x-one: 2")
    got = await reader.get(f"{host.url}/a.m3u8?key=1")
    assert (got.status, got.body, got.headers["x-one"]) == (200, b"#EXTM3U", "1, 2")
    asked = host.asked[0]
    assert asked.startswith("GET /a.m3u8?key=1 HTTP/1.1\r\n")
    assert "\r\nOrigin: https://live.example.org\r\n" in asked
    assert f"\r\nHost: 127.0.0.1:{host.port}\r\n" in asked


async def test_one_connection_is_kept_and_made_again_when_it_was_closed(host: Host, reader: Reader) -> None:
    host.answers["/a"] = answer("one")
    for _ in range(3):
        await reader.get(f"{host.url}/a")
    assert host.connections == 1
    host.answers["/a"] = answer("two", "200 OK", "Connection: close")
    await reader.get(f"{host.url}/a")
    assert (await reader.get(f"{host.url}/a")).body == b"two"
    assert host.connections == 2


async def test_a_kept_connection_that_died_meanwhile_is_no_failure(host: Host, reader: Reader) -> None:
    silent = False
    host.answers["/a"] = lambda: b"" if silent else answer("fine")
    await reader.get(f"{host.url}/a")
    silent = True  # the host closes without an answer, as one does that had enough of an idle connection
    host.answers["/b"] = answer("fine")

    def once() -> bytes:
        host.answers["/a"] = answer("again")
        return b""

    host.answers["/a"] = once
    assert (await reader.get(f"{host.url}/a")).body == b"again"
    assert host.connections == 2


# Whom it asks


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a",
        "http://[::1]/a",
        "http://10.1.2.3/a",
        "http://192.168.1.1/a",
        "http://172.16.0.1/a",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/a",
        "http://0.0.0.0/a",
        "http://[::ffff:10.0.0.1]/a",
        "http://[64:ff9b::7f00:1]/a",
        "http://[2002:7f00:1::]/a",
        "http://[fe80::1]/a",
        "http://[fd00::1]/a",
        "http://224.0.0.1/a",
        "http://2130706433/a",
        "http://0x7f.1/a",
        "http://localhost/a",
    ],
)
async def test_no_private_address_is_asked_however_it_is_written(url: str) -> None:
    assert (await refused(Reader(ELSEWHERE), url))[0] in {"private_address", "unreachable"}
    parts = urlsplit(url)
    try:
        address = ip_address(parts.hostname or "")
    except ValueError:
        return
    assert not ELSEWHERE.admits(parts, address)


def test_public_addresses_and_networks_that_were_named_are_asked() -> None:
    url = urlsplit("https://stream.example.org/a")
    assert ELSEWHERE.admits(url, ip_address("93.184.216.34"))
    assert ELSEWHERE.admits(url, ip_address("2606:2800:220:1:248:1893:25c8:1946"))
    named = Door(ELSEWHERE.own, ELSEWHERE.origin, (ip_network("10.0.0.0/8"),))
    assert named.admits(url, ip_address("10.1.2.3"))
    assert not named.admits(url, ip_address("192.168.1.1"))


def test_this_very_server_may_be_asked() -> None:
    assert ELSEWHERE.admits(urlsplit("http://10.9.9.9:8000/demo"), ip_address("10.9.9.9"))
    assert not ELSEWHERE.admits(urlsplit("http://10.9.9.9:5432/"), ip_address("10.9.9.9"))
    assert ELSEWHERE.admits(urlsplit("https://live.example.org/hls/a.m3u8"), ip_address("127.0.1.1"))
    assert ELSEWHERE.absolute("/demo/a.m3u8") == "http://10.9.9.9:8000/demo/a.m3u8"


async def test_one_bad_address_of_a_name_is_enough_and_what_was_checked_is_what_is_asked(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that says one thing to the check and another to the connection gains nothing."""
    host.answers["/a"] = answer("reached")
    said = [["93.184.216.34", "10.0.0.7"], ["127.0.0.1"]]
    looked_up: list[str] = []

    async def look_up(name: str, port: int, **_: Any) -> list[Any]:
        looked_up.append(name)
        family = socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (each, port)) for each in said[len(looked_up) - 1]]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", look_up)
    url = f"http://stream.example.org:{host.port}/a"
    assert await refused(Reader(ELSEWHERE), url) == ("private_address", "10.0.0.7")
    reader = Reader(Door(ELSEWHERE.own, ELSEWHERE.origin, LOOPBACK))
    assert (await reader.get(url)).body == b"reached"
    await reader.close()
    # the connection went to the address: asyncio looks that one up, and no name a second time
    assert [each for each in looked_up if "example" in each] == ["stream.example.org"] * 2


# Where it is led


async def test_a_redirect_on_the_host_is_followed(host: Host, reader: Reader) -> None:
    host.answers["/a"] = answer("", "302 Found", "Location: /b?x=1")
    host.answers["/b?x=1"] = answer("there")
    got: Answer = await reader.get(f"{host.url}/a")
    assert (got.body, got.url) == (b"there", f"{host.url}/b?x=1")


@pytest.mark.parametrize(
    ("location", "where"),
    [
        ("http://169.254.169.254/latest/meta-data", "169.254.169.254"),
        ("//other.example.org/a", "other.example.org"),
        ("http://127.0.0.1:1/a", "127.0.0.1"),
        ("file:///etc/passwd", ""),
        ("gopher://127.0.0.1/a", "127.0.0.1"),
    ],
)
async def test_a_redirect_to_anywhere_else_is_not_followed(
    host: Host, reader: Reader, location: str, where: str
) -> None:
    host.answers["/a"] = answer("", "302 Found", f"Location: {location}")
    assert await refused(reader, f"{host.url}/a") == ("moved", where)
    assert len(host.asked) == 1


async def test_a_redirect_that_goes_round_ends(host: Host, reader: Reader) -> None:
    host.answers["/a"] = answer("", "307 Temporary Redirect", "Location: /a")
    assert (await refused(reader, f"{host.url}/a"))[0] == "moved"
    assert len(host.asked) == fetch.HOPS + 1


# How much it takes


@pytest.mark.parametrize(
    "raw",
    [
        answer(b"x" * (10 * 1024 * 1024)),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"10000\r\n%b\r\n" % (b"x" * 65_536) * 20,
        answer(gzip.compress(b"x" * (20 * 1024 * 1024)), "200 OK", "Content-Encoding: gzip"),
    ],
    ids=["long", "endless", "unfolding"],
)
async def test_a_body_of_ten_megabytes_is_not_read(host: Host, reader: Reader, raw: bytes) -> None:
    host.answers["/a"] = raw
    assert await refused(reader, f"{host.url}/a") == ("too_large", "")


async def test_a_head_without_end_is_not_read(host: Host, reader: Reader) -> None:
    host.answers["/a"] = b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1_000_000
    assert await refused(reader, f"{host.url}/a") == ("unreachable", "connection")


async def test_of_a_page_only_the_head_is_read(host: Host, reader: Reader) -> None:
    host.answers["/a"] = answer(b"x" * (10 * 1024 * 1024), "200 OK", "X-Frame-Options: DENY")
    got = await reader.get(f"{host.url}/a", whole=False)
    assert (got.body, got.headers["x-frame-options"]) == (b"", "DENY")


async def test_a_body_that_was_compressed_is_read(host: Host, reader: Reader) -> None:
    host.answers["/a"] = answer(gzip.compress(b"#EXTM3U"), "200 OK", "Content-Encoding: gzip")
    assert (await reader.get(f"{host.url}/a")).body == b"#EXTM3U"
    host.answers["/a"] = answer(b"#EXTM3U", "200 OK", "Content-Encoding: gzip")
    assert (await refused(reader, f"{host.url}/a"))[0] == "not_a_playlist"


async def test_a_host_that_does_not_answer_is_given_up(
    host: Host, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "SECONDS", 0.05)
    host.answers["/a"] = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n#EXT"
    assert await refused(reader, f"{host.url}/a") == ("unreachable", "timeout")


@pytest.mark.parametrize(
    ("raw", "detail"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "connection"),
        (b"HTTP/1.0 \r\n\r\n", "connection"),
        (b"", "connection"),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\nshort", "connection"),
    ],
)
async def test_what_does_not_speak_http_cannot_be_reached(
    host: Host, reader: Reader, raw: bytes, detail: str
) -> None:
    host.answers["/a"] = raw
    assert await refused(reader, f"{host.url}/a") == ("unreachable", detail)


async def test_a_name_that_is_none_and_a_port_that_nobody_listens_on(reader: Reader) -> None:
    assert await refused(reader, "http://stream.invalid/a") == ("unreachable", "name")
    assert await refused(reader, "http://127.0.0.1:1/a") == ("unreachable", "connection")


async def test_a_host_without_a_certificate_cannot_be_reached_by_https(
    host: Host, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "SECONDS", 0.3)
    code, detail = await refused(reader, f"https://127.0.0.1:{host.port}/a")
    assert code == "unreachable"
    assert detail in {"tls", "connection", "timeout"}
