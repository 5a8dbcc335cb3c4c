"""The source tree as the rules see it: what git tracks, or would, by kind."""

import ast
import subprocess
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@lru_cache(maxsize=1)
def tracked() -> tuple[Path, ...]:
    """All files that are in git or new and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(path for name in sorted(listed.split("\0")) if name and (path := ROOT / name).is_file())


def files(folder: str, suffix: str) -> list[Path]:
    return [path for path in tracked() if path.suffix == suffix and path.is_relative_to(ROOT / folder)]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module(path: Path) -> str:
    """live/domain/base.py → live.domain.base; a package is called by its folder."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@lru_cache(maxsize=512)
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


PYTHON = files("live", ".py")
ALL_PYTHON = [path for path in tracked() if path.suffix == ".py"]
SCRIPTS = files("static", ".js")
TEMPLATES = [path for path in tracked() if path.is_relative_to(ROOT / "templates")]
