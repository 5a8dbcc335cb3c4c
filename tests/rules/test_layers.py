"""Imports run strictly down: the layers of the design, top first, and nothing sideways."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.rules.tree import PYTHON, module, name, syntax

# A module may import what stands below its own row. A package is one thing: inside it imports are free
# unless its own parts have rows here.
LAYERS = (
    {"live.__main__"},
    {"live.cli"},
    {"live.demo"},
    {"live.crowd"},
    {"live.server"},
    {"live.app"},
    {"live.archive"},
    {"live.pages", "live.socket", "live.api"},
    {"live.exports", "live.copying"},
    {"live.auth"},
    {"live.security", "live.decks", "live.watch"},
    {"live.stage"},
    {"live.stage.stages"},
    {"live.stage.stage"},
    {"live.stage.admission"},
    {"live.stage.inbox"},
    {"live.stage.errands", "live.fanout.audiences"},
    {"live.log.fold"},
    {"live.directory", "live.fanout.hub", "live.log.eventlog"},
    {"live.wire", "live.fanout.following"},
    {"live.stage.alarm", "live.stage.turnstile"}
    | {"live.fanout.feed", "live.fanout", "live.limits"}
    | {"live.log.receipts", "live.log.unlinked", "live.log", "live.database"},
    {"live.protocol"},
    {"live.domain"},
)
# Beside the tower: each may be used by anyone above the domain, and imports only what is listed.
BESIDE = {
    "live.paths": set[str](),
    "live.assets": {"live.paths"},
    "live.problem": set[str](),
    "live.built": {"live.paths"},
    "live.settings": {"live.paths"},
    "live.steady": set[str](),
    "live.loop": set[str](),
    "live.i18n": {"live.paths"},
    "live.rendering": set[str](),
    "live.reference": {"live.protocol", "live.domain", "live.paths"},
}
ROWS = set[str]().union(*LAYERS) | BESIDE.keys()
# The domain decides from what it is given: no clock, no chance, no input or output.
PURE = {"__future__", "base64", "collections", "dataclasses", "enum", "functools", "hashlib", "itertools"}
PURE |= {"heapq", "math", "msgspec", "re", "types", "typing", "unicodedata", "operator", "bisect", "copy"}


def imports(path: Path) -> Iterator[str]:
    """Full names of all that a module imports, those for type hints only left out."""
    here = module(path).split(".")
    package = here if path.name == "__init__.py" else here[:-1]
    for node in _statements(syntax(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *(node.module.split(".") if node.module else [])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            continue
        yield child
        yield from _statements(child)


def room(dotted: str) -> str:
    """The row's name that a module belongs to: live.pages.attendee → live.pages. The longest one."""
    parts = dotted.split(".")
    names = (".".join(parts[:count]) for count in range(len(parts), 1, -1))
    return next((name for name in names if name in ROWS), ".".join(parts[:2]))


def height(dotted: str) -> int | None:
    """The row, counted from the top."""
    return next((row for row, rooms in enumerate(LAYERS) if dotted in rooms), None)


def test_every_module_has_its_place() -> None:
    rooms = {room(module(path)) for path in PYTHON}
    assert rooms <= ROWS | {"live"}, "give the new module a row in LAYERS or BESIDE"


def test_imports_run_down() -> None:
    for path in PYTHON:
        here = room(module(path))
        others = {room(imported) for imported in imports(path) if imported.startswith("live.")} - {here}
        for there in others:
            _check(here, there)


def _check(here: str, there: str) -> None:
    if here in BESIDE:
        assert there in BESIDE[here], f"{here} stands beside the layers and may not import {there}"
    elif there not in BESIDE:
        mine, theirs = height(here), height(there)
        assert theirs is not None, f"{there} has no row"
        assert mine is not None, f"{here} has no row"
        assert theirs > mine, f"{here} may not import {there}: imports run down, and never sideways"
    else:
        assert here not in {"live.domain", "live.protocol"}, f"{here} is given all it needs"


def test_the_domain_has_no_clock_no_chance_and_no_input_or_output() -> None:
    domain = [path for path in PYTHON if "domain" in path.parts]
    outside = {name(path): {dotted.split(".")[0] for dotted in imports(path)} - {"live"} for path in domain}
    assert {file: found - PURE for file, found in outside.items() if found - PURE} == {}
