"""What the screens ask of the rooms behind them, as protocols.

Screens know these few calls and nothing else, so the example cache, the tests and
the real program hand in what they have. `sync.desk.Desk` is the real one; it is
built after the first paint because its imports are slow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from store.books import Choice
from sync.control import RunControl
from sync.shapes import (
    Banner,
    BulkLock,
    Candidate,
    ConflictGroup,
    Estimate,
    NameRow,
    Plan,
    PullProgress,
    PullResult,
    RunProgress,
    RunResult,
)


class Desk(Protocol):
    """The use-cases, as sync.desk.Desk offers them."""

    def banner(self) -> Banner: ...
    def estimate(self) -> Estimate: ...
    def names(self) -> Sequence[NameRow]: ...
    def conflicts(self) -> Sequence[ConflictGroup]: ...
    def candidates(self, kind: str, key: str, text: str) -> Sequence[Candidate]: ...
    def propose_test(self) -> str | None: ...
    def lock(self) -> BulkLock: ...
    def preview(self, docket_ids: Sequence[str]) -> Plan: ...
    def unfinished(self) -> RunProgress | None: ...
    def choose(self, choice: Choice) -> int: ...
    def take_back(self) -> str | None: ...
    def exclude(self, docket_ids: Sequence[str], reason: str) -> None: ...
    def include(self, docket_ids: Sequence[str]) -> None: ...
    def unsync_invoices(self, docket_ids: Sequence[str]) -> int: ...
    def unsync_client(self, client_id: str) -> int: ...
    def retry(self, posting_id: int) -> None: ...
    def hold(self, posting_id: int) -> None: ...
    def set_start_date(self, day: date) -> None: ...
    def last_result(self) -> RunResult | None: ...

    async def pull(
        self, watch: Callable[[PullProgress], None] | None = None, full: bool = False
    ) -> PullResult: ...
    async def test_sync(
        self, plan: Plan, watch: Callable[[RunProgress], None] | None = None
    ) -> RunResult: ...
    async def bulk_sync(
        self,
        plan: Plan,
        watch: Callable[[RunProgress], None] | None = None,
        control: RunControl | None = None,
    ) -> RunResult: ...
    async def resume(
        self,
        watch: Callable[[RunProgress], None] | None = None,
        control: RunControl | None = None,
    ) -> RunResult: ...
    async def void_test(self, run_id: int) -> RunResult: ...


class Records(Protocol):
    """The store's read models of one record."""

    def invoice(self, docket_id: str) -> object: ...


@dataclass(frozen=True, slots=True)
class Backstage:
    """What is ready a moment after the first paint."""

    desk: Desk
    records: Records
