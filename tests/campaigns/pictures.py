"""Take the pictures of the documentation from the running program.

    python -m tests.campaigns.pictures docs/pictures

A fresh practice company, the real desk, the real screens; rebuilt when a screen changes.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from textual.pilot import Pilot

from cli.dashboard import build_app
from cli.places import find_places
from tests.system.world import FAST, World, practice, ready

SHOTS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("main", ()),
    ("names", ("n",)),
    ("preview", ("escape", "2", "a", "b")),
)
"""Name of the picture, and the keys that lead there from the one before."""
SIZE = (120, 36)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="docket-qbo-pictures-") as home,
        practice(Path(home), "--invoices", "240") as world,
    ):
        ready(world)
        os.environ.update(FAST, DOCKET_QBO_HOME=home, TEXTUAL_ANIMATIONS="none")
        asyncio.run(_take(world, folder))
    return 0


async def _take(world: World, folder: Path) -> None:
    places = find_places(argparse.Namespace(config=world.config, db=None))
    async with AsyncExitStack() as stack:
        app = build_app(places, stack)
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            await _settle(pilot)
            for name, keys in SHOTS:
                for key in keys:
                    await pilot.press(key)
                    await _settle(pilot)
                picture = folder / f"{name}.svg"
                picture.write_text(_plain(app.export_screenshot(title="docket-qbo")))
                print(picture)
            app.exit(0)


async def _settle(pilot: Pilot[int]) -> None:
    """Give workers and layout their time; a picture is not a test."""
    for _ in range(12):
        await pilot.pause(0.1)


def _plain(svg: str) -> str:
    """Without the random part of class names, so that an unchanged screen is an unchanged file."""
    return re.sub(r"terminal-\d+", "terminal", svg)


if __name__ == "__main__":
    sys.exit(main())
