"""Keys that a person wants instead of ours: `[keys]` of the configuration, by action id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from core.errors import UsageTrouble
from core.text import display
from tui.keys import ACTIONS, Action

_FIXED = frozenset({"enter", "escape"})
"""Enter opens and answers no, esc goes back: nothing else may happen by them."""
_MEETS_ALL = frozenset({"app", "list", "side", "table", "line", "write"})
"""Places whose actions hold beside those of a screen."""


def keyed(found: Iterable[Action], own: Mapping[str, str]) -> Iterator[Action]:
    """The actions with the keys that they have for this person."""
    return (replace(one, keys=own[one.id]) if one.id in own else one for one in found)


def checked(own: Mapping[str, str]) -> Mapping[str, str]:
    """Return a person's keys if they can be used.

    Raises:
        UsageTrouble: an action is not known, a key is fixed, or two would answer to one.
    """
    known = {one.id for one in ACTIONS if one.keys}
    for name, keys in own.items():
        if name not in known:
            raise _wrong(name, "there is no action of this name that has a key")
        if not keys or _FIXED & set(keys.split(",")):
            raise _wrong(name, "enter, esc and no key at all cannot be set")
    for one in (action for action in ACTIONS if action.id in own):
        for other in keyed(ACTIONS, own):
            shared = set(own[one.id].split(",")) & set(other.keys.split(","))
            if other.id != one.id and shared and _meet(one, other):
                raise _wrong(one.id, f"{min(shared)} is the key of {other.id} ({other.words})")
    return own


def _meet(one: Action, other: Action) -> bool:
    return one.where == other.where or bool({one.where, other.where} & _MEETS_ALL)


def _wrong(name: str, why: str) -> UsageTrouble:
    return UsageTrouble(
        f"The key for {display(name, 60)} cannot be set so: {display(why, 120)}.",
        books="Nothing was started.",
        fix="Mend it under [keys] in the configuration; the reference lists every action.",
    )
