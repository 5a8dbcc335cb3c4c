"""The words of the project: its own nouns, and none of those that mean nothing."""

import ast
import re

from tests.rules.tree import PYTHON, ROOT, SCRIPTS, name, syntax, tracked

EMPTY_WORDS = {"manager", "service", "helper", "helpers", "util", "utils", "data", "info", "misc", "common"}
# Hosts of package registries and places on one developer's machine, in pieces so that this file passes.
HOSTS = ["npm" + "js.", "npm" + "mirror", "py" + "pi.org", "python" + "hosted", "deb." + "debian"]
PLACES = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Use" + "rs/"]
TEXT = {".py", ".js", ".ts", ".css", ".html", ".md", ".toml", ".json", ".po", ".sql", ".svg", ".sh", ""}


def words(identifier: str) -> set[str]:
    """QuestionHelper → question, helper; poll_utils → poll, utils."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", identifier)}


def test_every_file_has_a_name_that_means_something() -> None:
    assert [name(path) for path in PYTHON + SCRIPTS if words(path.stem) & EMPTY_WORDS] == []


def test_every_class_has_a_name_that_means_something() -> None:
    classes = [
        f"{name(path)}: {node.name}"
        for path in PYTHON
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ClassDef) and words(node.name) & EMPTY_WORDS
    ]
    assert classes == []


def test_nothing_points_to_one_machine_or_one_registry() -> None:
    pointing = []
    for path in tracked():
        if path.suffix in TEXT:
            text = path.read_text("utf-8")
            found = [word for word in HOSTS if word in text.lower()]
            found += [place for place in PLACES if re.search(rf"(?<![\w.}}*]){place}", text)]
            pointing += [f"{name(path)}: {each}" for each in found]
    assert pointing == []


def test_no_link_leads_out_of_the_tree() -> None:
    links = [path for path in tracked() if path.is_symlink()]
    assert not [path for path in links if not path.resolve().is_relative_to(ROOT)]
