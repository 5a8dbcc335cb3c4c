"""The address of a bundled file: `url("attendee.js")` gives `/static/built/attendee-<hash>.js`.

Called by the templates. The names come from the manifest that the build wrote (hatch_build.py); it is
read once and again only when it changed, so that a rebuild shows without a restart. It never builds.
"""

import json
from functools import lru_cache
from pathlib import Path

from live.paths import BUILT

PREFIX = "/static/built/"
REBUILD = "Run `make build` in the source tree, or install the package again."


class MissingAsset(Exception):
    """The browser code was not built, or a page asks for a file that the build does not make."""


def url(name: str, built: Path = BUILT) -> str:
    """The address of an entry of the build: "attendee.js", "pages/login.js", "app.css"."""
    names = manifest(built)
    if name not in names:
        raise MissingAsset(f"The build made no {name}. {REBUILD}")
    return PREFIX + names[name]


def text(name: str, built: Path = BUILT) -> str:
    """What a bundled script says, with the parts that it loads when it needs them: "attendee-….js"."""
    stem = f"{Path(name).stem}-"
    parts = [each for each in manifest(built) if each.startswith(stem) and each.endswith(".js")]
    return "".join(_text(built / url(each, built).removeprefix(PREFIX)) for each in (name, *parts))


def manifest(built: Path = BUILT) -> dict[str, str]:
    """Entry name → file name with its hash."""
    path = built / "manifest.json"
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        raise MissingAsset(f"The browser code was not built: {path} does not exist. {REBUILD}") from None
    return _read(path, changed)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> dict[str, str]:
    names: dict[str, str] = json.loads(path.read_text("utf-8"))
    return names


@lru_cache(maxsize=32)
def _text(path: Path) -> str:
    return path.read_text("utf-8")
