"""Prints the demo course deck: `demo/course/*.html` → `live/demo/course.pdf`.

Run by hand after a page has changed: `python -m demo.build`. Each file in `course/`
is the inside of one slide; this script adds what all slides share (section mark,
progress lane, page number), puts in the drawings of `figures.py`, and lets a headless
Chromium print it all with its fonts embedded. The same source gives the same bytes
with the same Chromium. The running program never calls it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from demo import figures

HERE = Path(__file__).parent
PAGES = sorted((HERE / "course").glob("[0-9][0-9]-*.html"))
TARGET = HERE.parent / "live" / "demo" / "course.pdf"

TITLE = "绿色低碳 安全发展 / Green and Low-Carbon Safe Development"
SECTIONS = {
    1: ("开篇", "Opening"),
    4: ("厂内", "In the plant"),
    12: ("路上", "On the road"),
    18: ("行动", "Act"),
}
DARK = {1, 19, 20}
DRAWINGS: dict[str, Callable[[], str]] = {
    "{{braking}}": figures.braking,
    "{{turning}}": figures.turning,
    "{{alertness}}": figures.alertness,
    "{{seats}}": figures.seats,
    "{{carbon}}": figures.carbon,
    "{{symbols}}": (HERE / "course" / "symbols.svg").read_text,
    "{{scene}}": (HERE / "course" / "scene.svg").read_text,
}
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
]


def section_mark(number: int) -> str:
    start = max(first for first in SECTIONS if first <= number)
    chinese, english = SECTIONS[start]
    index = list(SECTIONS).index(start) + 1
    return f'<div class="mark"><span>{index:02}</span>{chinese}<i>{english}</i></div>'


def lane(number: int) -> str:
    dashes = "".join(
        f'<span class="{"done" if n <= number else "ahead"}"></span>' for n in range(1, len(PAGES) + 1)
    )
    return f'<div class="lane">{dashes}</div><div class="number">{number} / {len(PAGES)}</div>'


def page(number: int, inside: str) -> str:
    tone = "page dark" if number in DARK else "page"
    return f'<section class="{tone}">{section_mark(number)}{inside}{lane(number)}</section>'


def document() -> str:
    """The whole deck as one HTML text; in the pages <i> is the English line, so it says so."""
    pages = "\n".join(page(n, file.read_text()) for n, file in enumerate(PAGES, start=1))
    body = "{{symbols}}" + pages
    for placeholder, draw in DRAWINGS.items():
        body = body.replace(placeholder, draw())
    body = body.replace("<i>", '<i lang="en">').replace('class="en', 'lang="en" class="en')
    style = (HERE / "course" / "style.css").read_text()
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{TITLE}</title>'
        f"<style>{style}</style><body>{body}</body></html>"
    )


def print_pdf(html: str, target: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("chromium is missing: apt-get install chromium fonts-noto-cjk")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "course.html"
        source.write_text(html)
        output = [f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run([chromium, *CHROMIUM_FLAGS, *output], check=True, stderr=subprocess.DEVNULL)


def undate(target: Path) -> None:
    """Chromium writes the time of printing into the file; without it, an unchanged deck is no change in git."""
    printed = target.read_bytes()
    target.write_bytes(re.sub(rb"Date \(D:\d{14}\+00'00'\)", b"Date (D:20250101000000+00'00')", printed))


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    print_pdf(document(), TARGET)
    undate(TARGET)
    print(f"{TARGET.name}: {len(PAGES)} pages, {TARGET.stat().st_size / 1e6:.2f} MB")
