"""What a file is, by its first bytes and never by its name.

Called by `reader` with the open upload. A ZIP is looked into: a presentation, or pictures and nothing else.
It unpacks no more than the first bytes of each member, and never writes any of them to disk.
"""

import re
import zipfile
from typing import BinaryIO, Literal

from live.rendering.frames import DeckError, Limits

Kind = Literal["pdf", "picture", "pictures", "pptx", "ppt", "odp"]

HEAD_BYTES = 1024  # a PDF may start with that much of something else; readers agree on it
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .ppt, and of a PPTX with a password
LITTER = re.compile(r"(^|/)(__MACOSX/|\.|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)  # left by file managers


def kind_of(source: BinaryIO, limits: Limits) -> Kind:
    head = source.read(HEAD_BYTES)
    if not head:
        raise DeckError("empty")
    if is_picture(head):
        return "picture"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(source, limits)
    if head.startswith(OLE):
        return _kind_of_ole(source)
    if b"%PDF-" in head:
        return "pdf"
    raise DeckError("not_a_deck")


def is_picture(head: bytes) -> bool:
    if head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return True
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of a ZIP that somebody put there on purpose, page 2 before page 10."""
    files = [each for each in archive.infolist() if not each.is_dir() and not LITTER.search(each.filename)]
    return sorted(files, key=lambda each: natural(each.filename))


def natural(name: str) -> list[tuple[int, str]]:
    """Numbers by size (longer is larger, without building a huge int), the rest as text."""
    parts = re.split(r"([0-9]+)", name.casefold())
    numbers = [(len(part.lstrip("0")), part.lstrip("0")) for part in parts[1::2]]
    words = [(0, part) for part in parts[0::2]]
    return [words[0], *(each for pair in zip(numbers, words[1:], strict=True) for each in pair)]


def _kind_of_zip(source: BinaryIO, limits: Limits) -> Kind:
    with zipfile.ZipFile(source) as archive:
        names = set(archive.namelist())
        if "[Content_Types].xml" in names:
            return _presentation("ppt/presentation.xml" in names, "pptx")
        if "mimetype" in names and "content.xml" in names:
            return _presentation(b"opendocument.presentation" in _head(archive, "mimetype"), "odp")
        files = members(archive)
        if not files:
            raise DeckError("empty")
        if len(files) > limits.pages and is_picture(_head(archive, files[0])):
            raise DeckError("too_many_pages", max=limits.pages)
        if not all(is_picture(_head(archive, each)) for each in files[: limits.pages + 1]):
            raise DeckError("not_a_deck")
    return "pictures"


def _presentation(right: bool, kind: Kind) -> Kind:
    if not right:
        raise DeckError("not_a_deck")
    return kind


def _head(archive: zipfile.ZipFile, member: zipfile.ZipInfo | str) -> bytes:
    info = archive.getinfo(member) if isinstance(member, str) else member
    if info.flag_bits & 1:
        raise DeckError("encrypted")
    with archive.open(info) as opened:
        return opened.read(HEAD_BYTES)


def _kind_of_ole(source: BinaryIO) -> Kind:
    source.seek(0)
    whole = source.read()
    if "EncryptedPackage".encode("utf-16-le") in whole:
        raise DeckError("encrypted")
    return _presentation("PowerPoint Document".encode("utf-16-le") in whole, "ppt")
