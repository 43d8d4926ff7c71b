"""Void a test: take back in QuickBooks what one test sync posted, if nobody touched it.

The payment is voided first, then the invoice; each is a posting of its own in the
journal. Both stay in QuickBooks as voided records; in Docket nothing changes, and the
invoice is pending again. Its next posting has a new generation, because the old
request id belongs to what was voided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from connectors.qbo.faults import QboError
from core.errors import Trouble
from core.jsonio import JsonObject, loads
from store import journal, links
from store.books import Link
from store.journal_rows import PostingRow
from store.runs import get_run
from store.states import LinkOrigin, RunKind
from sync.control import RunControl
from sync.engine import Watch
from sync.jobs import Job
from sync.journal import write_run
from sync.judge import is_voided
from sync.planned import PlanRow, thaw
from sync.running import Run, Workshop, at_work
from sync.shapes import Outcome, PlannedPosting, RunResult
from sync.trouble import connection_trouble
from sync.verify import agrees, compare
from sync.view import View

_CAN_BE_VOIDED = frozenset({"invoice", "payment"})


@dataclass(frozen=True, slots=True)
class _Standing:
    """One posting of the test with what QuickBooks holds of it now."""

    row: PostingRow
    held: JsonObject


class Voiding:
    """Takes a test back."""

    def __init__(self, shop: Workshop, view: View) -> None:
        self._shop = shop
        self._view = view

    def preview(self, run_id: int) -> tuple[str, ...]:
        """Return what would be voided, in words, payments first.

        Raises:
            Trouble: it was no test, or it cannot be taken back.
        """
        return tuple(f"void {row.label}" for row in self._rows(run_id))

    async def run(self, run_id: int, watch: Watch) -> RunResult:
        """Void what the test posted.

        Raises:
            Trouble: somebody touched it meanwhile, or it cannot be voided.
        """
        rows = self._rows(run_id)
        try:
            with at_work(self._shop) as owner:
                return await self._one_by_one(rows, owner, watch)
        except QboError as error:
            raise connection_trouble(error) from error
        finally:
            self._view.recheck()

    async def _one_by_one(self, rows: Sequence[PostingRow], owner: str, watch: Watch) -> RunResult:
        """Void one after the other until one is not voided; return the last result."""
        for row in rows:
            await self._untouched(row, by_token=True)
        for row in rows:
            standing = await self._untouched(row, by_token=row.kind == "payment")
            result = await self._void(standing, owner, watch)
            if not result.totals[Outcome.UPDATED].count:
                break
        return result

    def _rows(self, run_id: int) -> list[PostingRow]:
        with self._shop.cache.read() as session:
            run = get_run(session, run_id)
            rows = journal.postings_of(session, run_id=run_id)
            standing = [
                row
                for row in rows
                if self._created(links.find_link(session, row.kind, row.docket_id))
            ]
        if run is None or run.kind is not RunKind.TEST:
            raise _cannot("Only a test can be voided here.")
        documents = [row for row in standing if row.kind not in ("client", "product")]
        fixed = [row.label for row in documents if row.kind not in _CAN_BE_VOIDED]
        if fixed:
            raise _cannot(f"QuickBooks has no void for {', '.join(fixed)}.")
        if not documents:
            raise _cannot("Nothing of this test is in QuickBooks any more.")
        return sorted(documents, key=lambda row: (row.kind == "invoice", row.id))

    def _created(self, link: Link | None) -> bool:
        return link is not None and link.origin is LinkOrigin.CREATED

    async def _untouched(self, row: PostingRow, *, by_token: bool) -> _Standing:
        """Read a record and make sure that it is as we left it.

        Voiding the payment moves its invoice's token; then the contents decide.
        """
        held = await self._shop.qbo.read(row.entity, row.qbo_id)
        with self._shop.cache.read() as session:
            link = links.find_link(session, row.kind, row.docket_id)
        same = row.body is not None and agrees(compare(loads(row.body), held, row.entity))
        token = str(held.get("SyncToken", ""))
        if is_voided(held) or not same or (by_token and (link is None or link.sync_token != token)):
            raise _cannot(f"Somebody has changed {row.label} in QuickBooks since the test.")
        return _Standing(row, held)

    async def _void(self, standing: _Standing, owner: str, watch: Watch) -> RunResult:
        row, held = standing.row, standing.held
        token = str(held["SyncToken"])
        planned = PlannedPosting(
            kind=row.kind,
            docket_id=row.docket_id,
            invoice_id=row.invoice_id,
            entity=row.entity,
            operation=f"void@{token}",
            generation=0,
            label=f"void of {row.label}",
            amount=0,
            body={"Id": row.qbo_id, "SyncToken": token, "sparse": True},
        )
        before = thaw(row.plan, row.plan_sha256)
        kept = {
            "invoices": [
                {
                    "docket_id": row.invoice_id,
                    "number": row.label,
                    "client": "",
                    "total": row.amount,
                    "outcome": str(Outcome.UPDATED),
                    "reason": "",
                    "postings": 1,
                }
            ]
        }
        run_id = write_run(
            self._shop.cache,
            self._shop.qbo.realm_id,
            RunKind.VOID,
            [row.invoice_id],
            "",
            kept,
            [PlanRow(planned, before.fingerprint, before.snapshot)],
            self._shop.actor,
        )
        run = Run(self._shop, run_id, owner)
        return await run.carry_out(watch, RunControl(), _nothing_more)


async def _nothing_more(jobs: Sequence[Job]) -> str:
    """A void needs no look back: what it changed came with its answer."""
    return ""


def _cannot(why: str) -> Trouble:
    return Trouble(
        why,
        books="Nothing was voided.",
        fix="Void it in QuickBooks by hand, if that is what you want; then refresh.",
    )
