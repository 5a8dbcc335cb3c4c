"""What can be set, read once from the command line: each value with its unit and its reason.

Made by `live.cli`, handed down by `app`. Nothing else reads the environment or changes a setting.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from urllib.parse import urlsplit

EVERYWHERE = {"0.0.0.0", "::"}  # listens on every network there is


@dataclass(frozen=True)
class Settings:
    """`data` holds everything that is kept: live.db, lock, secret.key, recordings."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    url: str | None = None  # how people reach it, when that is not http://host:port: behind a proxy, say
    network: str | None = None  # this machine's address on its network, where it listens on all of them
    recording_gb: int = 8  # the largest recording that is taken: two hours of a good picture are 2-4 GB
    proxies: str = "127.0.0.1"  # addresses that may say for whom they ask (X-Forwarded-For, -Proto)
    stream_networks: tuple[IPv4Network | IPv6Network, ...] = ()  # private ones, to look at streams in

    @property
    def database(self) -> Path:
        return self.data / "live.db"

    @property
    def recordings(self) -> Path:
        """The folder of uploaded recordings."""
        return self.data / "recordings"

    @property
    def secret(self) -> Path:
        return self.data / "secret.key"

    @property
    def origin(self) -> str | None:
        """The one origin that is allowed, where it is known: `https://live.example.org`."""
        if self.url is None:
            return None
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def address(self) -> str:
        """Where to point a browser: what links and QR codes begin with."""
        if self.url is not None:
            return self.url.rstrip("/")
        host = self.network or "127.0.0.1" if self.host in EVERYWHERE else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
