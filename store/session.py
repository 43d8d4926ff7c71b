"""The session: one transaction, with the clock and the source of ids it carries.

Everything here is written in SQLAlchemy's Core; its ORM would take each statement
through a bookkeeping of objects that there are none of, for half the time again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Executable, NestedTransaction
from sqlmodel import Session

from core.clock import Clock
from core.ids import Ids

_CLOCK = "clock"
_IDS = "ids"


class CoreSession(Session):
    """A session that is one transaction on one connection, and nothing else.

    It begins with the first statement. What is not committed when it is closed never was.
    """

    def __init__(self, engine: Engine) -> None:
        """Nothing is opened yet."""
        super().__init__(engine)
        self._engine = engine
        self._held: Connection | None = None

    def connection(self, *_: object, **__: object) -> Connection:
        """Return the connection, for what is no statement of Core's."""
        if self._held is None:
            self._held = self._engine.connect()
        return self._held

    def execute(  # type: ignore[override]  # of all the ORM takes, what Core has a use for
        self,
        statement: Executable,
        params: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> CursorResult[Any]:
        """Carry out a statement of Core's."""
        return (self._held or self.connection()).execute(statement, params)

    def begin_nested(self) -> NestedTransaction:  # type: ignore[override]  # Core's own
        """Begin what can be undone without the rest."""
        return self.connection().begin_nested()

    def commit(self) -> None:
        """Have it on the disk."""
        if self._held is not None:
            self._held.commit()

    def close(self) -> None:
        """Give the connection back."""
        if self._held is not None:
            self._held.close()
            self._held = None


def furnish(session: Session, clock: Clock, ids: Ids) -> None:
    """Give a session its clock and ids."""
    session.info[_CLOCK] = clock
    session.info[_IDS] = ids


def now(session: Session) -> datetime:
    """Return the instant by the cache's clock."""
    clock: Clock = session.info[_CLOCK]
    return clock.now()
