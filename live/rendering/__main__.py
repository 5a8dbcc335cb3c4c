"""The child's first lines: limits, then the work. `render SOURCE LIMITS` or `convert SOURCE LIMITS SOFFICE`.

Started by `live.decks` in a private directory, with an empty environment and a session of its own. Frames go
to the pipe that was standard output; whatever a library prints goes to standard error and cannot spoil them.
"""

import os
import sys
from pathlib import Path

import msgspec

from live.rendering.confine import confine
from live.rendering.frames import Limits, write


def main(verb: str, source: str, limits_json: str, *rest: str) -> None:
    limits = msgspec.json.decode(limits_json, type=Limits)
    if verb == "convert":
        _convert(Path(source), limits, *rest)
    else:
        _render(Path(source), limits)


def _render(source: Path, limits: Limits) -> None:
    # 64 descriptors: the source, the pipe and the fonts. 1 MiB on disk: only complaints, to standard error.
    confine(memory_mb=limits.memory_mb, cpu_seconds=limits.cpu_seconds, file_mb=1, open_files=64)
    with os.fdopen(os.dup(1), "wb") as pipe:
        os.dup2(2, 1)
        from live.rendering.reader import frames  # loads the readers: only now, inside the limits

        for frame in frames(source, limits):
            write(pipe, frame)


def _convert(deck: Path, limits: Limits, soffice: str) -> None:
    from live.rendering.office import prepare

    command = prepare(soffice, deck)
    confine(
        memory_mb=limits.office_memory_mb,
        cpu_seconds=limits.office_cpu_seconds,
        file_mb=limits.office_file_mb,
        open_files=1024,  # LibreOffice opens hundreds of its own files
    )
    os.execv(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
