"""Python's garbage collector kept out of the way of big loads, and of what they loaded."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_ALL = 2
"""The generation of a search through everything."""


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep Python from searching a growing heap for garbage that a load does not make.

    It takes a third of the time otherwise.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def nothing_looked_through() -> Iterator[None]:
    """Keep what is loaded now from being searched for garbage again and again meanwhile.

    With 10,000 invoices one search takes half a second, in which no call leaves and no key
    is answered. What a full search finds alive meanwhile is not looked through again either.
    """
    was_on = gc.isenabled()
    if was_on:
        gc.freeze()
        gc.callbacks.append(_keep)
    try:
        yield
    finally:
        if was_on:
            gc.callbacks.remove(_keep)
            gc.unfreeze()


def _keep(phase: str, about: dict[str, int]) -> None:
    """Python calls this before and after each search."""
    if phase == "stop" and about["generation"] == _ALL:
        gc.freeze()
