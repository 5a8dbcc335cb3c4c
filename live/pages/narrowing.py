"""Small pictures for slides that were drawn before phones were given any.

Started by `app` at each start, and over at once where no slide is without. A picture is read again where
uploads are read, in a child process that steps aside for everything else; until then, and where that fails,
phones are sent the large one.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import tempfile
import zipfile
from functools import partial
from pathlib import Path

from live.database import Database
from live.decks import Limits, Page, render
from live.directory import decks
from live.directory.decks import Wide

logger = logging.getLogger(__name__)

WIDTH = Limits().small_width
MANY = 20  # pictures: some 2 MB, and seconds of work
SPARE_BYTES = 512 * 1024 * 1024  # left to those who are live: without room nobody votes, and this can wait


async def narrow(database: Database) -> None:
    """Until each slide has one that needs one."""
    after = ""
    while wide := await database.read(partial(decks.without_small, width=WIDTH, after=after, most=MANY)):
        after = wide[-1].slide
        if shutil.disk_usage(database.path.parent).free < SPARE_BYTES:
            logger.warning(
                "Slides have no small pictures yet: the disk is nearly full; the next start tries again"
            )
            return
        if not await _drawn(database, wide) and not any([await _drawn(database, [each]) for each in wide]):
            logger.error("Slides have no small pictures yet; the next start tries again")
            return


async def _drawn(database: Database, wide: list[Wide]) -> bool:
    """Whether all of them were; where one of many cannot be read, none may be."""
    try:
        await _draw(database, wide)
    except Exception:  # phones see these slides, too
        logger.warning("No small picture of %s", ", ".join(each.slide for each in wide), exc_info=True)
        return False
    return True


async def _draw(database: Database, wide: list[Wide]) -> None:
    async def on_count(_pages: int) -> None: ...

    async def on_page(page: Page) -> None:
        slide, small = wide[page.number - 1].slide, page.small
        if small is not None:
            await database.write(lambda db: decks.add_small(db, slide, small))

    with tempfile.TemporaryDirectory(prefix="live-small-", ignore_cleanup_errors=True) as room:
        deck = Path(room) / "deck.zip"
        await asyncio.to_thread(_pack, deck, wide)
        await render(deck, on_count=on_count, on_page=on_page)


def _pack(deck: Path, wide: list[Wide]) -> None:
    """As somebody would upload them."""
    with zipfile.ZipFile(deck, "w") as archive:
        for number, each in enumerate(wide):
            archive.writestr(f"{number}.webp", each.picture)
