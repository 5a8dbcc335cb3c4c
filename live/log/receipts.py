"""Receipts: which commands have been done already, so that one sent again is answered and not done again.

The stage asks before it decides and notes after. Kept as two 64-bit numbers a command, since a long
broadcast has a million votes; the log has the commands' ids, and `note` is called with them when it is
folded. Anonymous acts have no receipt: what makes their retry harmless is in `domain.questions`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from live import protocol
from live.domain.base import Rejected
from live.domain.permits import Command


def digest(command: Command) -> int:
    """What a command says, in 64 bits that SQLite can keep."""
    content = hashlib.blake2b(protocol.encode(command), digest_size=8)
    return int.from_bytes(content.digest(), "big", signed=True)


# Of an actor and a command's id: 64 bits with a key of this process, never kept and not to be guessed.
_name = hash


class Receipts:
    def __init__(self) -> None:
        self._digests: dict[int, int | None] = {}
        self._made: dict[int, str] = {}

    def note(self, actor: str, command_id: str, content: int | None, made: str | None = None) -> None:
        """Remember a command that was done; `made` is the key of the doc it brought into being.

        `content` None: it was a secret vote, and nothing may be known of what it said.
        """
        self._digests[_name((actor, command_id))] = content
        if made is not None:
            self._made[_name((actor, command_id))] = made

    def note_all(self, actors: Iterable[str], command_ids: Iterable[str], contents: Iterable[int]) -> None:
        """The same for many that have made nothing."""
        self._digests.update(zip(map(_name, zip(actors, command_ids, strict=True)), contents, strict=True))

    def find(self, actor: str, command_id: str, content: int) -> tuple[str | None] | None:
        """None: never seen. `(made,)`: done before. Raises `Rejected` when it said something else."""
        name = _name((actor, command_id))
        if name not in self._digests:
            return None
        if self._digests[name] not in (content, None):
            raise Rejected("id_reused")
        return (self._made.get(name),)
