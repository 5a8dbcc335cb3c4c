"""`live protocol`: writes the protocol down, for a source tree in which a frame has changed."""

from __future__ import annotations

import argparse

from live import reference
from live.paths import ROOT
from live.problem import Problem


def arguments(_verb: argparse.ArgumentParser) -> None:
    """It has none."""


async def run(_chosen: argparse.Namespace) -> None:
    if not (ROOT / "pyproject.toml").exists():
        raise Problem("The protocol is written down in a source tree only; here is an installed program.")
    for path in reference.write(ROOT):
        print(path.relative_to(ROOT))
