"""Migrations are numbered without a gap and without a double: two written side by side meet here."""

from tests.rules.tree import files


def test_each_migration_has_a_number_of_its_own() -> None:
    numbers = [int(path.name.partition("_")[0]) for path in files("migrations", ".sql")]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
