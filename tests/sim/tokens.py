"""The connection to QuickBooks under simulation: tokens that end, are renewed, and get lost.

Intuit gives a new refresh token with each renewal and takes the old one no more. What
is lost between its answer and our file is lost for good: a person has to connect anew.
"""

from __future__ import annotations

import random

from core.errors import ConnectionTrouble
from tests.sim.process import Process


class Connection:
    """The tokens as they are kept on the disk, beside those that Intuit takes.

    Args:
        chance: the seed's.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._life = chance.choice([3600.0, 3600.0, 90.0])
        """Seconds; some end in the middle of a run."""
        self._ends = self._life
        self._kept = self._good = 0
        """Refresh tokens by number."""
        self._renewing: Process | None = None

    @property
    def lost(self) -> bool:
        """Whether only a person can mend it."""
        return self._kept != self._good

    def end(self, *, lost: bool) -> None:
        """The access token ends now; with `lost` the refresh token is no good either."""
        self._ends = 0.0
        self._good += lost

    def reconnect(self) -> None:
        """A person lets the program in again."""
        self._kept = self._good

    async def let_in(self, process: Process, trouble: float) -> None:
        """Pass with a token that is good, renewed where it has ended, one process at a time.

        Args:
            process: who wants to call; it may die on the way.
            trouble: the share of renewals that Intuit does not answer.

        Raises:
            ConnectionTrouble: no token is to be had.
        """
        while self._renewing is not None and not self._renewing.dead:
            await process.clock.sleep(0.1)  # the kernel's lock dies with its holder
        if process.clock.monotonic() < self._ends:
            return
        self._renewing = process
        try:
            await self._renew(process, trouble)
        finally:
            self._renewing = None

    async def _renew(self, process: Process, trouble: float) -> None:
        await process.cross()
        if self._chance.random() < trouble:
            raise _trouble("QuickBooks did not answer when the connection was renewed.")
        if self.lost:
            raise _trouble("The connection to QuickBooks was lost.")
        self._good += 1
        await process.cross()  # dying here loses the new token
        if self._chance.random() < trouble:
            raise _trouble("The answer was lost on its way.")
        self._kept = self._good
        self._ends = process.clock.monotonic() + self._life


def _trouble(what: str) -> ConnectionTrouble:
    return ConnectionTrouble(what, books="Nothing was sent.", fix="Try again, or connect anew.")
