"""Where the server listens and how people reach it: the options that several verbs share.

`arguments` declares them, `settings` makes of them what the server is given. A text that cannot be one of
them is refused by argparse in one line.
"""

from __future__ import annotations

import argparse
import socket
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from live.problem import Problem
from live.settings import EVERYWHERE, Settings


def arguments(verb: argparse.ArgumentParser) -> None:
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


def settings(chosen: argparse.Namespace, data: Path) -> Settings:
    if "*" in chosen.proxies:
        raise Problem("--proxies must name addresses: with * anybody could say who they are.")
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


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(each.strip(), strict=False) for each in text.split(",") if each.strip())
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a list of networks like 10.0.0.0/8") from None


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise argparse.ArgumentTypeError(f"{text} is not a port: give a number from 1 to 65535")
    return int(text)


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
        raise argparse.ArgumentTypeError(f"{text} is not an address like https://live.example.org")
    return text.rstrip("/")
