"""Decks made by hand for the tests of uploads: good ones, and each kind of bad one that people send.

A PDF is written object by object, because no library writes the broken ones. Nothing here is random.
"""

import hashlib
import io
import struct
import zipfile
import zlib
from itertools import cycle

from PIL import Image

PASSWORD_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
FILE_ID = bytes(range(16))
SLIDE = (960, 540)  # points: 16:9, as PowerPoint exports it


def pdf(
    *pages: bytes, box: tuple[float, float] = SLIDE, more: tuple[bytes, ...] = (), trailer: bytes = b""
) -> bytes:
    """One page for each piece of drawing instructions. `more` objects follow; the first is the XObject /X."""
    first = 4
    more_at = first + 2 * len(pages)
    kids = b" ".join(b"%d 0 R" % (first + 2 * index) for index in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for index, drawing in enumerate(pages):
        resources = b"<</Font<</F 3 0 R>>/XObject<</X %d 0 R>>>>" % more_at
        size = b"[0 0 %g %g]" % box
        contents = b"/Contents %d 0 R/Resources%s" % (first + 2 * index + 1, resources)
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox%s%s>>" % (size, contents))
        objects.append(stream(drawing))
    return _file([*objects, *more], trailer)


def words(text: str) -> bytes:
    return b"BT /F 40 Tf 60 400 Td (%s) Tj ET" % text.encode("ascii")


def lines_of_words(line: str, times: int) -> bytes:
    """Small print: up to 100 lines fit on a page."""
    shown = b"(%s) Tj T* " % line.encode("ascii")
    return b"BT /F 4 Tf 5 TL 20 520 Td " + shown * times + b"ET"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def _file(objects: list[bytes], trailer: bytes) -> bytes:
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out.write(b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, table))
    return out.getvalue()


def locked_pdf(user_password: bytes = b"secret") -> bytes:
    """Encrypted with 40-bit RC4 (PDF 1.7, 7.6.3, revision 2): a reader without the password must fail."""
    padded = (user_password + PASSWORD_PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    permissions = struct.pack("<i", -4)
    key = hashlib.md5(padded + owner + permissions + FILE_ID).digest()[:5]
    user = _rc4(key, PASSWORD_PADDING)
    entries = (owner.hex().encode(), user.hex().encode(), FILE_ID.hex().encode(), FILE_ID.hex().encode())
    trailer = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<%s><%s>]" % entries
    return pdf(words("unreadable"), trailer=trailer)


def _rc4(key: bytes, content: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i, byte in zip(range(256), cycle(key), strict=False):
        j = (j + box[i] + byte) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def endless_pdf(*, depth: int = 14) -> bytes:
    """Page 1 is ordinary; page 2 draws ten forms that each draw ten forms, and so on: 10^14 rectangles."""
    numbers = range(9, 9 + depth)  # objects 4-7 are the two pages; 8 is /X
    forms = [
        stream(
            b"/N Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 960 540]/Resources<</XObject<</N %d 0 R>>>>" % number,
        )
        for number in numbers
    ]
    last = stream(b"0 0 100 100 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 960 540]")
    return pdf(words("before"), b"/X Do", more=(*forms, last))


def greedy_pdf() -> bytes:
    """100 KB that unpack to 100 MB of instructions, each of which the reader keeps."""
    squeeze = zlib.compressobj(9)
    packed = b"".join(squeeze.compress(b"0 0 m 9 5 5 0 0 5 c S " * 50_000) for _ in range(100))
    entries = b"/Filter/FlateDecode/Type/XObject/Subtype/Form/BBox[0 0 960 540]"
    return pdf(b"/X Do", more=(stream(packed + squeeze.flush(), entries),))


def picture(
    kind: str = "PNG", size: tuple[int, int] = (64, 36), colour: str = "red", **options: object
) -> bytes:
    return saved(Image.new("RGB", size, colour), kind, **options)


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def bomb_png(width: int, height: int) -> bytes:
    """A few hundred bytes that claim to be a picture of many gigabytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def locked_zip() -> bytes:
    """The flag of encryption set by hand in both headers; nobody gets as far as needing a password."""
    out = bytearray(zipped({"1.png": picture()}))
    out[6] |= 1
    out[out.index(b"PK\x01\x02") + 8] |= 1
    return bytes(out)


def pptx() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"})


def odp() -> bytes:
    return zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.presentation", "content.xml": b"<office:document/>"}
    )


def ole(stream_name: str) -> bytes:
    """The container of old Office files, as far as anybody looks: its magic and the name of one stream."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + stream_name.encode("utf-16-le")
