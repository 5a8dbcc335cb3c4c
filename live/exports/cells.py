"""How a value looks in a CSV file that Excel opens: text that is no formula, times, lengths of time.

Used by `tables`. What people typed may begin like a formula and then gets an apostrophe in front; numbers
of our own stay numbers. It knows no table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from typing import TextIO

Cell = str | int | float | None

BOM = "\ufeff"  # without it Excel takes UTF-8 for the local code page
# What makes a cell a formula in Excel and LibreOffice; the wide ones do so in East Asian versions.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_rows(out: TextIO, rows: Iterable[Iterable[Cell]]) -> None:
    """Write the byte order mark and the rows. `out` must leave line ends alone (newline="")."""
    out.write(BOM)
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])


def guarded(cell: Cell) -> Cell:
    """Text that a spreadsheet shows and never computes."""
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell


def moment(at: int | None, zone: tzinfo | None) -> str:
    """ISO 8601 with the offset; in the server's zone where none is given. Empty for no time."""
    if at is None:
        return ""
    return datetime.fromtimestamp(at // 1_000, UTC).astimezone(zone).isoformat(timespec="seconds")


def clock(seconds: int) -> str:
    """1:02:03"""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
