"""The secret key from which the tokens of links are derived, in a file of its own beside the database.

Made on the first start. Whoever has it can make links, so it is never copied into the database or a backup
of it; without it every link has to be made anew.
"""

from __future__ import annotations

import secrets
from pathlib import Path

KEY_BYTES = 32  # 256 bits, the strength of the HMAC that it is for


def key_in(path: Path) -> bytes:
    """The key, made where there is none; readable by nobody else."""
    if not path.exists():
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(KEY_BYTES))
        fresh.replace(path)  # in one step: a key that is there is whole
    return path.read_bytes()
