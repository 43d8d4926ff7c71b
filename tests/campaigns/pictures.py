"""Take the pictures of the documentation from the running program.

    python -m tests.campaigns.pictures docs/pictures

A fresh practice company that answers as slowly as QuickBooks does, the real desk, the
real screens; run again when a screen has changed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from textual.pilot import Pilot

from cli.dashboard import build_app
from cli.places import Places, find_places
from core.clock import SystemClock
from core.ids import SystemIds
from store.cache import Cache
from tests.campaigns.small_svg import small
from tests.campaigns.tour import TOUR, Step
from tests.system.world import World, practice

SIZE = (112, 32)
PATIENCE = 90.0
"""Seconds for one step; the longest is a bulk sync."""
CALM = 0.4
"""Seconds that a screen is given to come to rest before its picture is taken."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="docket-qbo-pictures-") as home,
        practice(Path(home), "--invoices", "240", "--latency", "recorded") as world,
    ):
        os.environ.update(DOCKET_QBO_HOME=home, TEXTUAL_ANIMATIONS="none")
        asyncio.run(_take(_empty(world), folder))
    return 0


def _empty(world: World) -> Places:
    """Where an empty cache of this company is: its first start fetches the books."""
    places = find_places(argparse.Namespace(config=world.config, db=None))
    Cache.open(places.cache_file, clock=SystemClock(), ids=SystemIds()).close()
    return places


async def _take(places: Places, folder: Path) -> None:
    async with AsyncExitStack() as stack:
        app = build_app(places, stack)
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            for step in TOUR:
                app.clear_notifications()  # what was said to an earlier step
                for key in step.keys:
                    await pilot.press(key)
                    await pilot.pause(CALM)
                await _until(pilot, step)
                if step.picture:
                    picture = folder / f"{step.picture}.svg"
                    picture.write_text(small(app.export_screenshot(simplify=True)), "utf-8")
                    print(picture, flush=True)
            app.exit(0)


async def _until(pilot: Pilot[int], step: Step) -> None:
    """Wait until the screen shows what ends a step.

    Raises:
        AssertionError: it did not come; the message holds the screen.
    """
    clock = asyncio.get_running_loop().time
    end = clock() + PATIENCE
    while not re.search(step.shows, text := _text(pilot)):
        assert clock() < end, f"no {step.shows!r} on the screen:\n{text}"
        if step.again:
            await pilot.press(step.again)
        await pilot.pause(CALM if step.again else 0.05)


def _text(pilot: Pilot[int]) -> str:
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


if __name__ == "__main__":
    sys.exit(main())
