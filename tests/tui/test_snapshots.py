"""A few screens as pictures: kept small in number, made again with UPDATE_SNAPSHOTS=1."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from store.states import InvoiceStatus
from sync.shapes import FieldChange
from tests.tui.conftest import Driven, driven

FOLDER = Path(__file__).parent / "__svg__"

PICTURES: dict[str, tuple[Sequence[str], tuple[int, int], bool]] = {
    "main_80x24": ((), (80, 24), False),
    "main_120x40_light": (("h", "space", "space"), (120, 40), True),
    "conflicts_120x40": (("c", "enter"), (120, 40), False),
    "names_80x24": (("n",), (80, 24), False),
    "preview_80x24": (("h", "2", "a", "b"), (80, 24), False),
    "log_80x24": (("J", "j"), (80, 24), False),
    "log_160x45_light": (("J", "j", "j"), (160, 45), True),
    "posting_80x24": (("J", "j", "enter"), (80, 24), False),
    "result_120x40_light": (("h", "a", "b", "P"), (120, 40), True),
}


one_python = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="pictures are kept for one Python"
)


def _normal(svg: str) -> str:
    """Without the id that Rich makes for each document."""
    return re.sub(r"terminal-\d+", "terminal", svg)


def same_picture(name: str, it: Driven) -> None:
    """Compare the screen with the picture that is kept, or keep it."""
    svg = _normal(it.app.export_screenshot(title=""))
    kept = FOLDER / f"{name}.svg"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        kept.write_text(svg, encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == svg, f"the screen changed: {kept}"


@one_python
@pytest.mark.parametrize("name", PICTURES)
async def test_the_screen_looks_as_it_did(name: str) -> None:
    keys, size, light = PICTURES[name]
    async with driven(size=size, light=light, tested=True) as it:
        await it.press(*keys)
        same_picture(name, it)


CHANGED = (
    FieldChange("memo", "Gate code 4711", "Gate code 9000", "Gate code 4711"),
    FieldChange("line 2", "", "Delivery Fee 30.00 (2 x 15)", ""),
    FieldChange("payment amount", "412.50", "400.00", "412.50"),
    FieldChange("payment date", "2026-10-05", "2026-10-05", "2026-10-06"),
)


@one_python
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_changed_invoice_shows_its_three_states(size: tuple[int, int]) -> None:
    async with driven(size=size, tested=True) as it:
        it.desk.changed = CHANGED
        synced = (row for row in it.listing.rows if row.status is InvoiceStatus.SYNCED)
        it.app.routes.detail(next(synced).docket_id)
        await it.settle()
        same_picture(f"detail_{size[0]}x{size[1]}", it)
