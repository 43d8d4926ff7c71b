"""What a session carries besides the transaction: the clock and the source of ids."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from core.clock import Clock
from core.ids import Ids

_CLOCK = "clock"
_IDS = "ids"


def furnish(session: Session, clock: Clock, ids: Ids) -> None:
    """Give a session its clock and ids."""
    session.info[_CLOCK] = clock
    session.info[_IDS] = ids


def now(session: Session) -> datetime:
    """Return the instant by the cache's clock."""
    clock: Clock = session.info[_CLOCK]
    return clock.now()
