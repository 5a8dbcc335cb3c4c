"""The core of the browser code (static/core), tested in node without a browser.

Each file in tests/core is one test here; what it says when it fails is node's own report.
"""

import re
import subprocess
from pathlib import Path

import pytest

from hatch_build import find_node
from live.domain.base import CODES
from live.paths import STATIC

CORE = Path(__file__).parent / "core"


@pytest.mark.parametrize("path", sorted(CORE.glob("*.test.js")), ids=lambda path: path.name)
def test_the_browser_core_keeps_its_promises(path: Path) -> None:
    node, _npm = find_node()
    command = [str(node), "--no-warnings", "--test", "--test-reporter=spec", str(path)]
    done = subprocess.run(command, cwd=CORE, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_refusal_has_a_sentence() -> None:
    source = (STATIC / "core/rejections.js").read_text("utf-8")
    sentences = re.findall(r"^  (\w+): \(\) =>", source, re.MULTILINE)
    assert set(sentences) == set(CODES) | {"offline", "outbox_full"}
