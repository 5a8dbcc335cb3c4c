"""Files and functions stay small enough to be read in one go."""

import ast

from tests.rules.tree import ALL_PYTHON, SCRIPTS, name, syntax

FILE_LIMIT = 350  # lines; most files have 60-300
FUNCTION_LIMIT = 40  # lines; the median is below 8


def test_every_file_is_short() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in ALL_PYTHON + SCRIPTS}
    assert {file: lines for file, lines in lengths.items() if lines > FILE_LIMIT} == {}


def test_every_function_is_short() -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        f"{name(path)}: {node.name}"
        for path in ALL_PYTHON
        for node in ast.walk(syntax(path))
        if isinstance(node, kinds) and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LIMIT
    ]
    assert long == [], f"more than {FUNCTION_LIMIT} lines"


def test_every_module_says_what_it_is() -> None:
    silent = [
        name(path)
        for path in ALL_PYTHON
        if path.read_text("utf-8").strip() and not ast.get_docstring(syntax(path))
    ]
    assert silent == [], "start the module with a docstring"


def test_every_script_says_what_it_is() -> None:
    silent = [name(path) for path in SCRIPTS if not path.read_text("utf-8").lstrip().startswith("/*")]
    assert silent == [], "start with a comment that says what it is"
