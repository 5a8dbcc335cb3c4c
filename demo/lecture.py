"""Draws the demo's live picture: 100 seconds of a lecture in a hall → `live/demo/lecture.mp4`.

Run by hand after a change: `python -m demo.lecture`; it needs ffmpeg, the running program does not.
The film is a loop: second 0 comes after second 99. What is burnt in is true whenever the loop is played
in step with the wall clock: the two digits are its seconds modulo 100, the ring its fraction of a
second, and every ten seconds the lecturer presses the clicker and the next picture comes up. It says
nothing that would need a language.
"""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from demo import hall, pictograms
from live.demo.stream import BEAT_SECONDS, FILM, LOOP_SECONDS, SEGMENT_SECONDS

WIDTH, HEIGHT, RATE = 768, 432, 15  # enough for a phone and a quarter of a desktop, 12 KiB a second
FINER = 2  # everything is drawn so many times larger, then made smaller: smooth edges
CURTAIN_SECONDS = 0.35  # a picture comes up in this time
MARK = (668, 74)  # middle of the running mark
MARK_RADIUS = 50
TYPEFACE = "DejaVuSans-Bold.ttf"

ENCODE = [
    "ffmpeg", "-y", "-loglevel", "error",
    "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "-",
    # no B frames: a frame is shown when it is decoded, so times are what they seem
    "-an", "-c:v", "libx264", "-profile:v", "main", "-preset", "veryslow", "-tune", "animation",
    "-bf", "0", "-crf", "29", "-pix_fmt", "yuv420p", "-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
    "-g", str(RATE * SEGMENT_SECONDS), "-keyint_min", str(RATE * SEGMENT_SECONDS), "-sc_threshold", "0",
    "-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4", str(FILM),
]  # fmt: skip


def frames() -> Iterator[Image.Image]:
    for number in range(LOOP_SECONDS * RATE):
        yield frame(number / RATE)


def frame(second: float) -> Image.Image:
    """The picture at this second of the loop."""
    picture = _room().copy()
    _projection(picture, second)
    pen = ImageDraw.Draw(picture)
    hall.lecturer(pen, FINER, second, press=_press(second))
    hall.lectern(pen, FINER)
    hall.audience(pen, FINER, second)
    _mark(pen, second)
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


@cache
def _room() -> Image.Image:
    picture = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER))
    hall.room(ImageDraw.Draw(picture), FINER)
    return picture


def _press(second: float) -> float:
    """How far the arm is up, 0 to 1: highest at each beat, when the next picture comes."""
    off = (second + BEAT_SECONDS / 2) % BEAT_SECONDS - BEAT_SECONDS / 2
    rise, stay = 0.9, 1.6
    reach = 1 + off / rise if off < 0 else 1 - max(0.0, off - stay) / rise
    return (1 - math.cos(math.pi * min(1.0, max(0.0, reach)))) / 2


def _projection(picture: Image.Image, second: float) -> None:
    """The pictures on the wall: at each beat the next one is drawn over the last from the left."""
    beat, since = divmod(second, BEAT_SECONDS)
    left, top, right, bottom = (FINER * each for each in hall.WALL)
    new = _slide(int(beat))
    drawn = min(1.0, since / CURTAIN_SECONDS)
    edge = round((right - left) * (1 - (1 - drawn) ** 2))
    if edge < right - left:
        picture.paste(_slide(int(beat - 1) % len(pictograms.ALL)), (left, top))
    picture.paste(new.crop((0, 0, edge, bottom - top)), (left, top))


@cache
def _slide(number: int) -> Image.Image:
    left, top, right, bottom = hall.WALL
    size = ((right - left) * FINER, (bottom - top) * FINER)
    return pictograms.slide(number, size)


def _mark(pen: ImageDraw.ImageDraw, second: float) -> None:
    """Two digits, and around them a ring that closes once a second."""
    x, y, radius = (FINER * each for each in (*MARK, MARK_RADIUS))
    box = (x - radius, y - radius, x + radius, y + radius)
    pen.ellipse(box, hall.STAGE)
    pen.arc(box, 0, 360, hall.GREEN, 6 * FINER)
    pen.arc(box, -90, -90 + 360 * (second % 1), hall.AMBER, 6 * FINER)
    face = ImageFont.truetype(TYPEFACE, 50 * FINER)
    pen.text((x, y + FINER), f"{int(second):02}", hall.PAPER, face, anchor="mm")


def main() -> None:
    encoder = subprocess.Popen(ENCODE, stdin=subprocess.PIPE)
    assert encoder.stdin is not None
    with encoder.stdin as pipe:
        for each in frames():
            pipe.write(each.tobytes())
    if encoder.wait():
        sys.exit("ffmpeg has failed; it says why above")
    print(f"{FILM.name}: {FILM.stat().st_size / 1024:,.0f} KiB")


if __name__ == "__main__":
    main()
