"""Void in QuickBooks what was posted: the last run, chosen postings, or a test.

A plan of its own (`sync.undo`), confirmed on its own. Payments are voided first, then the
invoices that they had settled, then names are made inactive if that was ticked; each is a
posting of its own in the journal. What is voided stays in QuickBooks with 0.00; in Docket
nothing changes, and the invoice is pending again. Its next posting has a new generation,
because the old request id belongs to what was voided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from connectors.qbo.faults import QboError
from connectors.qbo.query import select, where_in
from core.errors import Trouble
from core.jsonio import JsonObject
from store import journal, links
from store.books import Books, Document
from store.journal_rows import PostingRow
from store.runs import all_runs, get_run
from store.states import PostingState, RunKind
from sync.content import same_content
from sync.control import RunControl
from sync.engine import Watch
from sync.jobs import Job
from sync.journal import write_run
from sync.planned import PlanRow, thaw
from sync.running import Run, Workshop, at_work
from sync.shapes import CountAndMoney, InvoiceResult, Outcome, PlannedPosting, Proof, RunResult
from sync.trouble import connection_trouble
from sync.undo import NAMES, Undo, UndoLine, UndoPlan, plan_undo
from sync.view import View

BATCH = 50
_PHASES: Sequence[Callable[[UndoLine], bool]] = (
    lambda line: line.entity == "Payment",
    lambda line: line.entity == "Invoice",
    lambda line: line.entity in NAMES,
)
_WORST = (Outcome.NEEDS_YOU, Outcome.CHECKING, Outcome.NOT_SENT, Outcome.UPDATED)
_POSTED = frozenset({RunKind.TEST, RunKind.BULK})


class Voiding:
    """Plans and carries out a void."""

    def __init__(self, shop: Workshop, view: View) -> None:
        self._shop = shop
        self._view = view

    # --- the preview

    def of_run(self, run_id: int | None, *, inactive: bool = False) -> UndoPlan:
        """Return what voiding a run, or the last one that posted something, would do.

        Raises:
            Trouble: there is no such run, or nothing in it can be voided at all.
        """
        with self._shop.cache.read() as session:
            run = get_run(session, run_id) if run_id is not None else None
            if run_id is None:
                posted = (one for one in all_runs(session) if one.kind in _POSTED)
                run = next(posted, None)
            rows = [] if run is None else journal.postings_of(session, run_id=run.id)
        if run is None or run.kind not in _POSTED:
            raise _cannot("There is no such sync.")
        return self._plan(rows, inactive=inactive)

    def of_postings(self, posting_ids: Sequence[int], *, inactive: bool = False) -> UndoPlan:
        """Return what voiding these lines of the sync log would do.

        Raises:
            Trouble: one is unknown, or nothing of it can be voided at all.
        """
        with self._shop.cache.read() as session:
            found = [journal.get_posting(session, one) for one in posting_ids]
        rows = [row for row in found if row is not None]
        if len(rows) < len(found):
            raise _cannot("The sync log has no line of that number.")
        return self._plan(rows, inactive=inactive)

    def test(self, run_id: int) -> UndoPlan:
        """Return what voiding a whole test would do.

        Raises:
            Trouble: some of it cannot be voided, with the reason.
        """
        plan = self.of_run(run_id)
        left = plan.of(Undo.LEFT)
        if left:
            raise _cannot(f"{left[0].label} cannot be voided: {left[0].reason}.")
        return plan

    def _plan(self, rows: Sequence[PostingRow], *, inactive: bool) -> UndoPlan:
        posted = [row for row in rows if row.qbo_id]
        realm = self._view.books().company.realm_id
        with self._shop.cache.read() as session:
            bodies = {
                (row.kind, row.docket_id): links.posted_body(
                    session, realm, row.kind, row.docket_id
                )[0]
                for row in posted
            }
        plan = plan_undo(self._view.books(), posted, bodies, inactive=inactive)
        if not plan.lines:
            raise _cannot("Nothing of it is in QuickBooks any more.")
        return plan

    # --- carrying it out

    async def run(self, plan: UndoPlan, watch: Watch) -> RunResult:
        """Void exactly what a plan says.

        Raises:
            Trouble: something changed since the preview, here or in QuickBooks.
        """
        again = self.of_postings(plan.postings, inactive=plan.inactive)
        if again.digest != plan.digest:
            raise _cannot("The data changed since the preview.")
        lines = [*plan.of(Undo.VOID), *plan.of(Undo.INACTIVE)]
        if not lines:
            raise _cannot("Nothing of it can be voided.")
        try:
            with at_work(self._shop) as owner:
                return await self._phases(lines, owner, watch)
        except QboError as error:
            raise connection_trouble(error) from error
        finally:
            self._view.recheck()

    async def _phases(self, lines: Sequence[UndoLine], owner: str, watch: Watch) -> RunResult:
        """Void the payments, then the invoices that they left, then the names."""
        books = self._view.books()
        documents = [line for line in lines if line.entity not in NAMES]
        for line, held in (await self._held(documents)).items():
            if not _untouched(books.documents.get((line.entity, line.qbo_id)), held):
                raise _cannot(f"Somebody has changed {line.label} in QuickBooks since the preview.")
        results: list[RunResult] = []
        for belongs in _PHASES:
            there = await self._held([line for line in lines if belongs(line)])
            tokens = {
                line: str(held["SyncToken"])
                for line, held in there.items()
                if not _settled(line, held)
            }
            if tokens:
                results.append(await self._carry_out(books, tokens, owner, watch))
            if results and not results[-1].finished:
                break
        if not results:
            raise _cannot("Nothing of it stands in QuickBooks any more.")
        return _together(results)

    async def _held(self, lines: Sequence[UndoLine]) -> dict[UndoLine, JsonObject]:
        """Return what QuickBooks holds of these now, fifty in one query."""
        found: dict[UndoLine, JsonObject] = {}
        for entity in dict.fromkeys(line.entity for line in lines):
            some = [line for line in lines if line.entity == entity]
            for begin in range(0, len(some), BATCH):
                batch = {line.qbo_id: line for line in some[begin : begin + BATCH]}
                for row in await self._shop.qbo.query(select(entity, where_in("Id", list(batch)))):
                    found[batch[str(row["Id"])]] = row
        return found

    async def _carry_out(
        self, books: Books, tokens: Mapping[UndoLine, str], owner: str, watch: Watch
    ) -> RunResult:
        with self._shop.cache.read() as session:
            rows = {line: journal.get_posting(session, line.posting_id) for line in tokens}
        plans = []
        for line, token in tokens.items():
            row = rows[line]
            assert row is not None  # it was planned from the journal
            before = thaw(row.plan, row.plan_sha256)
            plans.append(PlanRow(_posting(books, line, token), before.fingerprint, before.snapshot))
        chosen = list(dict.fromkeys(line.invoice_id for line in tokens))
        run_id = write_run(
            self._shop.cache,
            self._shop.qbo.realm_id,
            RunKind.VOID,
            chosen,
            "",
            {"invoices": [_selected(books, one, tokens) for one in chosen]},
            plans,
            self._shop.actor,
        )
        return await Run(self._shop, run_id, owner).carry_out(watch, RunControl(), _nothing_more)


def _untouched(known: Document | None, held: JsonObject) -> bool:
    return known is not None and same_content(known.body, held)


def _settled(line: UndoLine, held: JsonObject) -> bool:
    """Whether something is still applied to an invoice, whose payment could not be voided."""
    return line.entity == "Invoice" and held.get("Balance") != held.get("TotalAmt")


def _posting(books: Books, line: UndoLine, token: str) -> PlannedPosting:
    void = line.action is Undo.VOID
    operation = f"{'void' if void else 'deactivate'}@{token}"
    rows = books.postings.get((line.kind, line.docket_id), ())
    ended = [
        row.generation
        for row in rows
        if row.operation == operation and row.state != PostingState.DRAFT
    ]
    body: JsonObject = {"Id": line.qbo_id, "SyncToken": token, "sparse": True}
    return PlannedPosting(
        kind=line.kind,
        docket_id=line.docket_id,
        invoice_id=line.invoice_id,
        entity=line.entity,
        operation=operation,
        generation=max(ended, default=-1) + 1,
        label=f"void of {line.label}" if void else f"{line.label}, made inactive",
        amount=0,
        body=body if void else {**body, "Active": False},
    )


def _selected(books: Books, docket_id: str, lines: Mapping[UndoLine, str]) -> JsonObject:
    file = books.invoices.get(docket_id)
    return {
        "docket_id": docket_id,
        "number": docket_id if file is None else file.invoice.number,
        "client": "",
        "total": 0 if file is None else file.invoice.total,
        "outcome": str(Outcome.UPDATED),
        "reason": "",
        "postings": sum(line.invoice_id == docket_id for line in lines),
    }


def _together(results: Sequence[RunResult]) -> RunResult:
    """Return the results of the phases as one; an invoice is what its worst phase came to."""
    last = results[-1]
    invoices: dict[str, InvoiceResult] = {}
    for result in results:
        for one in result.invoices:
            before = invoices.get(one.docket_id)
            worse = before is None or _WORST.index(one.outcome) < _WORST.index(before.outcome)
            invoices[one.docket_id] = one if worse or before is None else before
    kept = tuple(invoices.values())
    return replace(
        last,
        finished=all(one.finished for one in results),
        stopped_because=next((one.stopped_because for one in results if one.stopped_because), ""),
        totals={outcome: _sum([x for x in kept if x.outcome == outcome]) for outcome in Outcome},
        selected=_sum(kept),
        invoices=kept,
        proof=Proof(
            sum(one.proof.docket for one in results), sum(one.proof.quickbooks for one in results)
        ),
        agreed=all(one.agreed for one in results),
        postings=tuple(posting for one in results for posting in one.postings),
        metered_reads=sum(one.metered_reads for one in results),
        started_at=results[0].started_at,
    )


def _sum(invoices: Sequence[InvoiceResult]) -> CountAndMoney:
    return CountAndMoney(len(invoices), sum(one.total for one in invoices))


async def _nothing_more(jobs: Sequence[Job]) -> str:
    """A void needs no look back: what it changed came with its answer."""
    return ""


def _cannot(why: str) -> Trouble:
    return Trouble(
        why,
        books="Nothing was voided.",
        fix="Refresh and look again; or void it in QuickBooks by hand, if that is what you want.",
    )
