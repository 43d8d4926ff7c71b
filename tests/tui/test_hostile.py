"""What tries to act, where no walk over screens comes by: faults, toasts, crashes, long names."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Sequence
from contextlib import suppress

import pytest
from rich.cells import cell_len

from core.errors import Trouble
from tests.tui.conftest import PATIENCE, Driven, driven
from tests.tui.fakes import HOSTILE

WAYS: dict[str, Sequence[str]] = {
    "detail": ("enter",),
    "names": ("n",),
    "conflicts": ("c",),
    "preview": ("a", "b"),
    "log": ("J",),
}
LONG = "Very " * 2_000 + "Long Name"


def _harmless(it: Driven, width: int, way: str) -> None:
    for strip in it.app.screen._compositor.render_strips():
        text = "".join(segment.text for segment in strip)
        assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs")], (way, text)
        assert not any(c in text for c in "\u202e\u200b\u2066"), (way, text)
        assert cell_len(text) == width, (way, text)
        for segment in strip:
            assert not (segment.style and segment.style.meta.get("@click")), (way, text)


async def test_a_name_of_ten_thousand_letters_stays_in_its_column() -> None:
    async with driven(client=LONG, tested=True) as it:
        for way, keys in WAYS.items():
            await it.press(*keys)
            _harmless(it, 80, way)
            await it.home()


async def test_a_fault_with_markup_and_escapes_is_told_as_text() -> None:
    async with driven(tested=True) as it:
        it.desk.trouble = Trouble(HOSTILE, books=HOSTILE, fix=HOSTILE)
        await it.press("t")
        _harmless(it, 80, "")
        assert "[@click=app.quit]" in it.text
        assert it.app.is_running


async def test_a_toast_with_markup_is_text() -> None:
    async with driven(client=HOSTILE) as it:
        await it.press("y")
        await it.until(lambda: "[@click=app.quit]" in it.text)
        assert "[@click=app.quit]" in it.text
        _harmless(it, 80, "")


SECRET = "marked-secret-of-this-crash"


async def test_a_crash_ends_in_sentences_and_shows_no_variable(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Textual's own report prints the variables of every frame, keys and names among them."""

    def crash(words: str) -> None:
        raise ValueError(words)

    with suppress(ValueError):  # the harness raises it again
        async with driven() as it:
            it.app.call_later(crash, f"{SECRET} \x1b[2J {HOSTILE}")
            async with asyncio.timeout(PATIENCE):
                while it.app.return_code is None:  # it does not come to rest any more
                    await it.pilot.pause(0.01)
    said = capsys.readouterr().err
    assert "Nothing is lost" in said
    assert SECRET not in said
    assert "Acme" not in said
    assert "\x1b" not in said
