"""What QuickBooks may be like: each world breaks one of the assumptions that the engine rests on.

Two locks keep a posting from being made twice: QuickBooks' memory of request ids, and
our look before every create. A bug in one hides behind the other, so the worlds switch
them off in turn.
"""

from __future__ import annotations

from dataclasses import dataclass

FOR_EVER = 1e12


@dataclass(frozen=True, slots=True)
class World:
    """One QuickBooks.

    `memory` is how many seconds a request id is remembered, `blind` that queries and CDC
    never show a document, `zombie` how many seconds after a request was given up it may
    still be carried out, `racy` that two requests with one id may both pass its check,
    `own_numbers` that the company numbers its documents itself.
    """

    name: str
    memory: float = FOR_EVER
    blind: bool = False
    zombie: float = 115.0
    lag: float = 20.0
    """Seconds until a query shows what was written, at most."""
    racy: bool = False
    own_numbers: bool = False
    spoils: float = 0.01
    """How often an invoice's total is stored otherwise than it was sent."""
    rounds: int = 5
    """How often the engine sends; with fewer, what lands late finds nobody waiting."""

    @property
    def one_lock(self) -> bool:
        """Whether only one of the two locks holds for the whole of a simulation."""
        return self.blind or self.racy or self.memory < FOR_EVER


WORLDS = (
    World("both locks"),
    World("ids ignored", memory=0.0),
    World("look-up blind", blind=True),
    World("short memory", memory=600.0),
    World("slow zombies", zombie=400.0),
    World("racy server", racy=True),
    World("own numbers", memory=0.0, own_numbers=True),
)
"""In each of these nothing may ever be twice or lost."""

BROKEN = World("both locks broken", memory=0.0, blind=True)
"""Here duplicates must appear: it shows that the rig can see them."""


ROUNDING = World("rounds in its own way", spoils=0.5)
LATE = World("lands when nobody waits", zombie=800.0, rounds=1)
"""Narrow ones, in which a mutant shows that is rare elsewhere."""

BY_NAME = {one.name: one for one in (*WORLDS, ROUNDING, LATE)}


def world_of(seed: int) -> World:
    """Return the world that a seed is played in."""
    return WORLDS[seed % len(WORLDS)]
