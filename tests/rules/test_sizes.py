"""Files and functions stay small enough to be read in one go."""

import ast
from pathlib import Path

import pytest

from tests.rules.tree import ALL_PYTHON, SCRIPTS, name, syntax

FILE_LIMIT = 350  # lines; most files have 60-300
FUNCTION_LIMIT = 40  # lines; the median is below 8


@pytest.mark.parametrize("path", ALL_PYTHON + SCRIPTS, ids=name)
def test_a_file_is_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= FILE_LIMIT


@pytest.mark.parametrize("path", ALL_PYTHON, ids=name)
def test_a_function_is_short(path: Path) -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = [node for node in ast.walk(syntax(path)) if isinstance(node, kinds)]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > FUNCTION_LIMIT]
    assert not long, f"more than {FUNCTION_LIMIT} lines: {', '.join(long)}"


@pytest.mark.parametrize("path", ALL_PYTHON, ids=name)
def test_a_module_says_what_it_is(path: Path) -> None:
    said = ast.get_docstring(syntax(path))
    assert said or not path.read_text().strip(), "start the module with a docstring"


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_script_says_what_it_is(path: Path) -> None:
    assert path.read_text("utf-8").lstrip().startswith("/*"), "start with a comment that says what it is"
