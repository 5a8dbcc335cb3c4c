"""Addresses of bundled files."""

import json
import os
from pathlib import Path

import pytest

from live import assets


def test_a_page_gets_the_name_with_its_hash(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"attendee.js": "attendee-ABC.js"}')
    assert assets.url("attendee.js", tmp_path) == "/static/built/attendee-ABC.js"


def test_a_rebuild_is_seen_without_a_restart(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    for turn, name in enumerate(["a-1.js", "a-2.js"]):
        manifest.write_text(json.dumps({"a.js": name}))
        os.utime(manifest, ns=(turn, turn))
        assert assets.url("a.js", tmp_path).endswith(name)


def test_a_missing_build_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(assets.MissingAsset, match=r"was not built: .* Run `make build`"):
        assets.url("attendee.js", tmp_path)


def test_a_file_that_the_build_does_not_make_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(assets.MissingAsset, match=r"made no nothing\.js"):
        assets.url("nothing.js", tmp_path)
