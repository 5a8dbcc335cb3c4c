"""One upload into frames: decides what it is, and turns each failure of a reader into a code.

Called by `__main__`, in the child, after the limits are set; imported only then, as it loads the readers.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from live.rendering.frames import DeckError, Frame, Limits, Office, Refused
from live.rendering.kinds import kind_of
from live.rendering.pdf import read_pdf
from live.rendering.pictures import read_picture, read_pictures

# What Pillow, zipfile and pdfium raise for bytes that make no sense. UnidentifiedImageError is an OSError.
NONSENSE = (
    pypdfium2.PdfiumError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    NotImplementedError,
)


def frames(source: Path, limits: Limits) -> Iterator[Frame]:
    try:
        yield from _read(source, limits)
    except DeckError as error:
        yield Refused(error.code, error.params)
    except MemoryError:
        yield Refused("out_of_memory", {})
    except NONSENSE:
        yield Refused("damaged", {})


def _read(source: Path, limits: Limits) -> Iterator[Frame]:
    with source.open("rb") as file:
        kind = kind_of(file, limits)
        file.seek(0)
        match kind:
            case "pdf":
                yield from read_pdf(source, limits)
            case "picture":
                yield from read_picture(file, limits)
            case "pictures":
                yield from read_pictures(file, limits)
            case suffix:
                yield Office(suffix)
