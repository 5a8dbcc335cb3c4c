"""How the tests of uploads run live.decks, and what they look at afterwards."""

from pathlib import Path
from typing import Any

import pytest

from live.decks import DeckError, Limits, Page, render


async def pages_of(source: Path, limits: Limits = Limits()) -> list[Page]:  # noqa: B008  it is frozen
    got: list[Page] = []
    counts: list[int] = []

    async def on_count(count: int) -> None:
        assert not got, "the count comes first"
        counts.append(count)

    async def on_page(page: Page) -> None:
        got.append(page)

    await render(source, on_count=on_count, on_page=on_page, limits=limits)
    assert counts == [len(got)]
    return got


async def refusal(source: Path, **limits: Any) -> tuple[str, dict[str, int]]:
    with pytest.raises(DeckError) as caught:
        await pages_of(source, Limits(**limits))
    return caught.value.code, caught.value.params


def children() -> set[str]:
    """Processes of this one, dead but unburied ones included."""
    return {pid for thread in Path("/proc/self/task").iterdir() for pid in children_of(thread)}


def children_of(thread: Path) -> list[str]:
    try:
        return (thread / "children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):  # it has just ended: others have its children
        return []
