"""Checks a pack, without a server and without trusting it: is everything as the manifest says?

For `live verify`. Files are read in pieces and never written anywhere. It raises `Problem` for the first
thing that is wrong; of the log it names the event. Somebody who makes a whole new pack passes: only the
seal, kept elsewhere, tells.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import msgspec

from live.archive.contents import CHAIN, LOG, MANIFEST, START, SUMS, File, Manifest, Row, link
from live.problem import Problem

MANIFEST_BYTES = 16 * 1024 * 1024  # of a hundred thousand slides
LINE_BYTES = 16 * 1024 * 1024  # a command has 16 KiB at most; a deck of a thousand pages comes with its text
PIECE = 1024 * 1024
PACKINGS = {ZIP_STORED, ZIP_DEFLATED}  # of others a few bytes may unpack to gigabytes at once
UNREADABLE = (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


@dataclass(frozen=True)
class Checked:
    """A pack in which everything is right. `seal`: the SHA-256 of its manifest."""

    manifest: Manifest
    seal: str


def check(path: Path, seal: str | None = None) -> Checked:
    """`seal`: what the pack's is to be, known from elsewhere."""
    if not path.is_file():
        raise Problem(f"There is no file {path}.")
    with _reading(path.name), ZipFile(path) as pack:
        found = _checked(pack, seal)
        _log(pack, found.manifest)
        for file in found.manifest.files:
            _file(pack, file)
        _sums(pack, found)
    return found


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except UNREADABLE as error:
        raise Problem(f"{name} cannot be read as an archive pack: {error}.") from None


def _checked(pack: ZipFile, seal: str | None) -> Checked:
    names = _names(pack)
    with pack.open(MANIFEST) as entry:
        content = entry.read(MANIFEST_BYTES)
    found = hashlib.sha256(content).hexdigest()
    if seal is not None and seal.strip().lower() != found:
        raise Problem(f"Its seal is {found}, and not the one that was given: it is another pack.")
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError as error:
        raise Problem(f"{MANIFEST} cannot be read: {error}.") from None
    said = (manifest.broadcast, manifest.made_at, *(file.name for file in manifest.files))
    if not "".join(said).isprintable():
        raise Problem(f"{MANIFEST} has signs in it that cannot be shown.")
    listed = {file.name for file in manifest.files} | {MANIFEST, SUMS}
    if stray := next((name for name in names if name not in listed), None):
        raise Problem(f"{stray} is not in the manifest: it was put in later.")
    if lost := next((name for name in sorted(listed | {LOG, CHAIN}) if name not in names), None):
        raise Problem(f"{lost} is missing.")
    return Checked(manifest, found)


def _names(pack: ZipFile) -> Counter[str]:
    """What is in it, in its order: all of it such as we write, so that reading and naming it does no harm."""
    entries = pack.infolist()
    names = Counter(entry.filename for entry in entries)
    if odd := next((name for name in names if not name.isprintable()), None):
        raise Problem(f"{odd!a} is no name for a file.")  # to a terminal it may be a command
    if MANIFEST not in names:
        raise Problem(f"It has no {MANIFEST}: it is no archive pack.")
    if twice := next((name for name, times in names.items() if times > 1), None):
        raise Problem(f"{twice} is in it twice.")
    if other := next((entry.filename for entry in entries if entry.compress_type not in PACKINGS), None):
        raise Problem(f"{other} is packed in a way in which no pack is made.")
    return names


def _log(pack: ZipFile, manifest: Manifest) -> None:
    head, number, last = START, 0, 0
    with pack.open(LOG) as lines, pack.open(CHAIN) as chain:
        for number, (line, told) in enumerate(_pairs(lines, chain), start=1):
            head = link(head, line)
            if head.hex().encode() != told:
                raise Problem(f"{LOG}: event {number} is not what the chain says.")
            if (seq := _seq(line)) <= last:
                raise Problem(f"{LOG}: event {number} is out of order, or no event.")
            last = seq
    if (number, head.hex()) != (manifest.log.events, manifest.log.head):
        raise Problem(f"{LOG} ends with event {number}, and not as the manifest says.")


def _pairs(lines: IO[bytes], chain: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Each line with its hash, until both have ended."""
    while True:
        line, told = lines.readline(LINE_BYTES), chain.readline(len(START) * 2 + 2)
        if not line and not told:
            return
        yield line.removesuffix(b"\n"), told.removesuffix(b"\n")


def _seq(line: bytes) -> int:
    try:
        return msgspec.json.decode(line, type=Row).seq
    except msgspec.DecodeError:
        return 0


def _file(pack: ZipFile, file: File) -> None:
    digest, size = hashlib.sha256(), 0
    with pack.open(file.name) as entry:
        while (piece := entry.read(PIECE)) and size <= file.bytes:
            digest.update(piece)
            size += len(piece)
    if (size, digest.hexdigest()) != (file.bytes, file.sha256):
        raise Problem(f"{file.name} is not what the manifest says: it was changed.")


def _sums(pack: ZipFile, found: Checked) -> None:
    """The same hashes once more, for whoever has nothing but sha256sum."""
    files = (*found.manifest.files, File(MANIFEST, 0, found.seal))
    said = "".join(f"{file.sha256}  {file.name}\n" for file in files).encode()
    with pack.open(SUMS) as entry:
        if entry.read(len(said) + 1) != said:
            raise Problem(f"{SUMS} is not what the manifest says: it was changed.")
