"""A seeded event loop: virtual time, and what is ready runs in an order that the seed decides."""

from __future__ import annotations

import random
from collections import deque
from typing import Any

from tests.engine.virtual import VirtualLoop


class SeededLoop(VirtualLoop):
    """The same seed gives the same interleaving of everything that runs on it."""

    _ready: deque[Any]

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance
        self.set_exception_handler(lambda loop, context: None)  # the dead leave errors behind

    def _run_once(self) -> None:
        if len(self._ready) > 1:
            waiting = list(self._ready)
            self._chance.shuffle(waiting)
            self._ready.clear()
            self._ready.extend(waiting)
        super()._run_once()  # type: ignore[misc]  # asyncio keeps it out of its types
