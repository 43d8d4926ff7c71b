from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tests.tui.conftest import driven

SCREENS: dict[str, Sequence[str]] = {
    "MainScreen": (),
    "DetailScreen": ("enter",),
    "NamesScreen": ("n",),
    "ConflictsScreen": ("c",),
    "PreviewScreen": ("a", "b"),
    "ResultScreen": ("a", "b", "P"),
    "SyncLogScreen": ("J",),
    "PostingScreen": ("J", "enter"),
    "ComparisonScreen": ("t", "P"),
    "ProofScreen": ("M",),
    "DepositsScreen": ("d",),
    "MonthScreen": ("M", "j", "enter"),
}


async def test_banner_and_keys_are_on_every_screen_of_every_size_or_which_size_is_needed() -> None:
    async with driven(tested=True) as it:
        for name, keys in SCREENS.items():
            await it.press(*keys)
            assert it.screen_name == name
            for size in ((79, 20), (120, 40), (220, 60), (80, 24)):
                await it.pilot.resize_terminal(*size)
                await it.settle()
                if size == (79, 20):
                    assert "This window is too small." in it.text, name
                    assert "It has 79 x 20; 80 x 22 is the least." in it.text, name
                else:
                    assert "PRACTICE COMPANY" in it.lines[0], name
                    assert "? All keys" in it.lines[-1], name
                    assert {cell_len(line) for line in it.lines} == {size[0]}, name
            await it.home()


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
