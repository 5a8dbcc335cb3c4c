"""The `live` program: which verbs there are, and how it ends.

It loads the module of the verb that was asked for and no other, runs it, and turns what cannot be done into
one line. It prints nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from live import loop
from live.problem import Problem

FAILED = 2  # what was asked cannot be done; the sentence says why


def main(arguments: Sequence[str] | None = None) -> None:
    """The `live` program."""
    chosen = parser().parse_args(arguments)
    try:
        with asyncio.Runner(loop_factory=loop.new) as runner:
            runner.run(chosen.run(chosen))
    except Problem as problem:
        stop(str(problem))
    except KeyboardInterrupt:
        sys.exit(0)
    except BrokenPipeError:  # `live export … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def stop(sentence: str) -> NoReturn:
    print(f"live: {sentence}", file=sys.stderr)
    sys.exit(FAILED)


def parser() -> argparse.ArgumentParser:
    program = Parser(prog="live", description="A companion for hybrid broadcasts.")
    program.add_argument("--version", action=Version, nargs=0, help="print the version")
    verbs = program.add_subparsers(metavar="VERB", required=True, parser_class=Verb)
    verbs.add_parser("serve", module="serve", help="serve broadcasts, and keep them in a folder")
    verbs.add_parser(
        "demo", module="demo", help="a broadcast to look at, with a course, a rundown and a crowd"
    )
    verbs.add_parser(
        "export", module="export", help="write a table of a broadcast as CSV, or an archive pack of all of it"
    )
    verbs.add_parser("verify", module="verify", help="check an archive pack, without a server")
    verbs.add_parser(
        "copy", module="copy", help="hold a broadcast again: a new one that is prepared the same way"
    )
    verbs.add_parser(
        "setup-link", module="setup_link", help="print a new link that makes an organiser's account"
    )
    verbs.add_parser("protocol", module="protocol", help="write the protocol down (in a source tree)")
    return program


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as everything here does, and where to read on."""

    def error(self, message: str) -> NoReturn:
        stop(f"{message}. Try {self.prog} --help.")


class Verb(Parser):
    """What follows a verb. `module`, beside this one, is loaded when the verb stands on the command line."""

    def __init__(self, *, module: str, **given: Any) -> None:
        super().__init__(**given)
        self._module = f"{__package__}.{module}"

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """What argparse calls once it has read the verb."""
        verb = import_module(self._module)
        verb.arguments(self)
        self.set_defaults(run=verb.run)
        return super().parse_known_args(args, namespace)


class Version(argparse.Action):
    """Prints the version, which is looked up only when asked for: that takes as long as all of argparse."""

    def __call__(self, parser: argparse.ArgumentParser, *_given: Any) -> NoReturn:
        from importlib.metadata import version

        print(f"live {version('live')}")
        parser.exit()
