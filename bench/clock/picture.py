"""The test picture: each frame carries the moment at which it was taken, as a row of black and white cells.

Run as a program (`python picture.py SECONDS`) it is the camera: raw frames on standard output, 25 a second,
each at its time. `meter.js` reads the cells in a browser, `read` those of a decoded frame here.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from functools import cache

WIDTH, HEIGHT, RATE = 320, 180, 25
FRAME_MS = 1_000 // RATE
COLUMNS, ROWS = 16, 2  # cells of 20 × 90: a codec does not hurt them
CELL = WIDTH // COLUMNS
TIME_BITS = 24  # ms: the time comes again after four and a half hours
CHECK = 0xA5  # exclusive or with the other bytes gives the last: a frame of one grey is no time
BLACK, WHITE = 16, 235
MIDDLE = 128


def code(at: int) -> int:
    """The 32 bits that stand for a moment (ms)."""
    low = at % (1 << TIME_BITS)
    check = CHECK ^ (low >> 16) ^ (low >> 8 & 0xFF) ^ (low & 0xFF)
    return low << 8 | check


def moment(coded: int, now: int) -> int | None:
    """The last moment before `now` (ms) that has this code; None if it is none."""
    low = coded >> 8
    return None if code(low) != coded else now - (now - low) % (1 << TIME_BITS)


def draw(at: int) -> bytes:
    """A grey frame."""
    coded = code(at)
    bits = [coded >> (COLUMNS * ROWS - 1 - place) & 1 for place in range(COLUMNS * ROWS)]
    return b"".join(_row(tuple(bits[row * COLUMNS : (row + 1) * COLUMNS])) for row in range(ROWS))


@cache
def _row(bits: tuple[int, ...]) -> bytes:
    line = b"".join(bytes([WHITE if bit else BLACK]) * CELL for bit in bits)
    return line * (HEIGHT // ROWS)


def read(frame: bytes) -> int:
    """The code in a grey frame of the same size."""
    coded = 0
    for row in range(ROWS):
        line = (row * 2 + 1) * HEIGHT // (ROWS * 2) * WIDTH
        for column in range(COLUMNS):
            coded = coded << 1 | (frame[line + column * CELL + CELL // 2] > MIDDLE)
    return coded


def main() -> None:
    seconds = float(sys.argv[1])
    start = time.time()
    with suppress(BrokenPipeError):
        for number in range(int(seconds * RATE)):
            due = start + number / RATE
            time.sleep(max(0.0, due - time.time()))
            sys.stdout.buffer.write(draw(round(due * 1_000)))
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
