"""What is generated from the source is fresh: whoever changes a Struct runs `live protocol`."""

from pathlib import Path

from live import reference
from tests.rules.tree import ROOT


def test_the_written_protocol_is_what_the_server_speaks(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "static").mkdir()
    stale = [
        made.relative_to(tmp_path).as_posix()
        for made in reference.write(tmp_path)
        if made.read_text("utf-8") != (ROOT / made.relative_to(tmp_path)).read_text("utf-8")
    ]
    assert not stale, "run `live protocol`"
