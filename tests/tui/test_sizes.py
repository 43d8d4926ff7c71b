from __future__ import annotations

from rich.cells import cell_len

from tests.tui.conftest import driven
from tests.tui.places import PLACES, arrive, leave, office

FULL = (
    *("main", "detail", "names", "conflicts", "preview", "result", "log", "posting"),
    *("test_result", "proof", "deposits", "month"),
)
"""Places that are resized: full screens, each of another make."""


async def test_banner_and_keys_are_on_every_screen_of_every_size_or_which_size_is_needed() -> None:
    async with office() as it:
        for place in (one for one in PLACES if one.name in FULL):
            await arrive(it, place)
            for size in ((79, 20), (120, 40), (220, 60), (80, 24)):
                await it.pilot.resize_terminal(*size)
                await it.settle()
                if size == (79, 20):
                    assert "This window is too small." in it.text, place.name
                    assert "It has 79 x 20; 80 x 22 is the least." in it.text, place.name
                else:
                    assert "PRACTICE COMPANY" in it.lines[0], place.name
                    assert "? All keys" in it.lines[-1], place.name
                    assert {cell_len(line) for line in it.lines} == {size[0]}, place.name
            await leave(it)


async def test_nothing_acts_behind_the_cover_and_nothing_is_lost() -> None:
    async with driven(tested=True) as it:
        await it.press("space", "space", "a", "b")
        await it.pilot.resize_terminal(79, 20)
        await it.press("P")
        assert it.asked("bulk_sync") == []
        await it.pilot.resize_terminal(80, 24)
        await it.settle()
        assert it.screen_name == "PreviewScreen"
        assert len(it.app.selection) == 240


async def test_resizing_keeps_the_invoice_at_the_cursor_in_sight() -> None:
    async with driven(size=(120, 50)) as it:
        await it.press("h", *["pagedown"] * 2)
        row = it.app.main_screen.table.current
        assert row is not None
        await it.pilot.resize_terminal(80, 24)
        await it.settle()
        assert any(row.number in line for line in it.lines[4:-2])
