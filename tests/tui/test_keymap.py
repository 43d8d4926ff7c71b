"""Keys that a person wants instead of ours: they act, they are shown, and clashes are refused."""

from __future__ import annotations

import pytest

from core.errors import UsageTrouble
from tests.tui.conftest import driven
from tui.keymap import checked


async def test_an_own_key_acts_and_shows_and_the_built_in_one_no_longer_does() -> None:
    async with driven(rows=5, own_keys=checked({"main.names": "f6", "main.log": "f7"})) as it:
        assert "f6 Names" in it.text
        await it.press("n", "J")
        assert it.screen_name == "MainScreen"
        await it.press("f6")
        assert it.screen_name == "NamesScreen"
        await it.press("escape", "question_mark")
        assert "f6" in it.text
        await it.press("escape", "f7")
        assert it.screen_name == "SyncLogScreen"


@pytest.mark.parametrize(
    ("own", "why"),
    [
        ({"main.nothing": "f5"}, "no action of this name"),
        ({"result.void": "f5"}, "no action of this name"),
        ({"preview.post": "enter"}, "enter, esc and no key"),
        ({"main.refresh": ""}, "enter, esc and no key"),
        ({"main.refresh": "f5,n"}, "n is the key of main.names"),
        ({"main.refresh": "q"}, "q is the key of app.quit"),
        ({"main.refresh": "j"}, "j is the key of list.down"),
        ({"main.refresh": "f5", "main.log": "f5"}, "f5 is the key of main."),
    ],
)
def test_a_key_that_cannot_be_is_refused_at_the_start(own: dict[str, str], why: str) -> None:
    with pytest.raises(UsageTrouble, match=why):
        checked(own)


def test_keys_may_be_exchanged_and_reused_on_other_screens() -> None:
    assert checked({"main.names": "t", "main.test": "n", "preview.post": "f9", "log.retry": "f8"})
