"""The bundles and the wheel: what hatch_build.py makes, and that an installed copy finds it."""

import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

import hatch_build
from live.paths import ROOT

LOOK = """
from live import assets, i18n, paths
assert paths.ROOT == paths.PACKAGE, paths.ROOT
for name, file in assets.manifest().items():
    assert (paths.BUILT / file).is_file(), name
assert list(paths.TEMPLATES.rglob("*.html"))
assert list(paths.MIGRATIONS.glob("*.sql"))
assert i18n.translator("zh").gettext("Closed") != "Closed"
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_all_that_is_served_and_no_sources_of_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("templates", "migrations"):
        assert {f"live/{folder}/{path.name}" for path in (ROOT / folder).glob("*.*")} <= names
    scripts = [name for name in names if name.startswith("live/static/built/") and name.endswith(".js")]
    assert {f"{name}{suffix}" for name in scripts for suffix in hatch_build.SMALLER} <= names
    assert "live/locale/zh.po" in names
    assert "live/demo/course.pdf" in names
    assert not [name for name in names if "node_modules" in name or name.startswith("live/static/core")]


def test_an_installed_copy_finds_its_files(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    subprocess.run([sys.executable, "-c", LOOK], cwd=tmp_path, env=environment, check=True)


def test_every_page_script_and_the_style_sheet_are_entries(tmp_path: Path) -> None:
    inside = ["core/link.js", "protocol.d.ts"]
    for name in ["attendee.js", "pages/login.js", "css/app.css", "css/attendee.css", "favicon.svg", *inside]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    named = {"attendee.js", "pages/login.js", *hatch_build.STYLES, "favicon.svg"}
    assert hatch_build.entries(tmp_path).keys() == named


def test_a_rebuild_keeps_the_files_of_pages_that_are_open_and_drops_older_ones(tmp_path: Path) -> None:
    built = tmp_path / "static/built"
    built.mkdir(parents=True)
    ancient = 2 * hatch_build.KEEP_OLD_SECONDS
    ages = {
        "a-new.js": 0,
        "a-new.js.gz": ancient,
        "a-old.js": 60,
        "a-ancient.js": ancient,
        "a-ancient.js.gz": ancient,
    }
    for name, age in ages.items():
        (built / name).touch()
        os.utime(built / name, (time.time() - age,) * 2)
    hatch_build.write_manifest(built, {"a.js": "a-new.js"}, ["a-new.js"])
    assert json.loads((built / "manifest.json").read_text()) == {"a.js": "a-new.js"}
    assert sorted(path.name for path in built.iterdir()) == [
        "a-new.js",
        "a-new.js.gz",
        "a-old.js",
        "manifest.json",
    ]


def test_without_a_registry_the_build_says_what_to_do(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "package-lock.json").write_text("{}")
    script = tmp_path / "npm"
    script.write_text("#!/bin/sh\necho ECONNREFUSED >&2\nexit 1\n")
    script.chmod(0o755)
    with pytest.raises(SystemExit, match="registry cannot be reached"):
        hatch_build.install(tmp_path, script, [str(script)], checking=False)
    assert "ECONNREFUSED" in capfd.readouterr().err
