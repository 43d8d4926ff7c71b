"""Approval: from the moment a plan is confirmed it stands in the journal, whole or not at all.

One transaction writes the run, every posting with its frozen plan row, request id,
marker and what it depends on, a line of the audit, and raises the epoch by which a
restored backup is noticed. Nothing has been sent by then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.ids import marker, request_id
from core.jsonio import JsonObject
from core.records import Record
from store import audit, journal
from store.books import Books
from store.cache import Cache
from store.epoch import raise_epoch
from store.journal_rows import NewPosting, PostingRow
from store.states import PostingState, RunKind
from sync.fingerprint import fingerprint, snapshot
from sync.jobs import Job
from sync.planned import PlanRow, thaw
from sync.results import compared_from_json
from sync.shapes import Outcome, Plan, PlannedPosting
from sync.tally import Selected


def approve(cache: Cache, books: Books, plan: Plan, kind: RunKind, actor: str) -> int:
    """Write a confirmed plan into the journal and return the run's id.

    Args:
        cache: where.
        books: what the plan was made from, for the Docket records as they are now.
        plan: what the person confirmed.
        kind: test or bulk.
        actor: who confirmed it.
    """
    rows = [_row(books, planned) for planned in in_order(plan)]
    selection = [one.docket_id for one in plan.invoices]
    return write_run(
        cache, books.company.realm_id, kind, selection, plan.digest, run_json(plan), rows, actor
    )


def write_run(
    cache: Cache,
    realm: str,
    kind: RunKind,
    selection: Sequence[str],
    digest: str,
    run: JsonObject,
    rows: Sequence[PlanRow],
    actor: str,
) -> int:
    """Write a run and its postings, in an order in which parents come first."""
    with cache.write() as session:
        run_id = journal.create_run(session, kind, selection, digest, run, actor)
        places = {
            (row.planned.kind, row.planned.docket_id): place for place, row in enumerate(rows)
        }
        waits_for = [
            [
                places[need.kind, need.docket_id]
                for need in row.planned.needs
                if (need.kind, need.docket_id) in places
            ]
            for row in rows
        ]
        postings = [_posting(realm, row) for row in rows]
        journal.add_postings(session, run_id, postings, waits_for)
        audit.append(
            session,
            cache.clock.now(),
            actor,
            "approved",
            f"run:{run_id}",
            after={"kind": str(kind), "plan": digest, "postings": len(rows)},
        )
        raise_epoch(session)
    return run_id


def job_of(row: PostingRow, needs: Mapping[int, tuple[int, ...]]) -> Job:
    """Return the copy in memory of a posting, as the journal has it.

    Raises:
        StoreTrouble: its plan row is not what was approved.
    """
    frozen = thaw(row.plan, row.plan_sha256)
    detail = row.detail or {}
    return Job(
        id=row.id,
        run_id=row.run_id,
        planned=frozen.planned,
        fingerprint=frozen.fingerprint,
        snapshot=frozen.snapshot,
        request_id=row.request_id,
        marker=row.marker,
        parents=needs.get(row.id, ()),
        state=row.state,
        attempts=row.attempts,
        body=row.body,
        last_sent_at=row.last_sent_at,
        next_try_at=row.next_try_at,
        first_sent_at=row.first_sent_at,
        fence=row.fence,
        qbo_id=row.qbo_id,
        reason=row.reason,
        fault_code=row.fault_code,
        adopted=bool(detail.get("adopted", False)),
        unclear=row.state == PostingState.UNKNOWN,
        found=bool(detail.get("found", False)),
        compared=compared_from_json(detail.get("compared", ())),
        held=detail.get("held"),
    )


def in_order(plan: Plan) -> Iterator[PlannedPosting]:
    """Yield the postings of a plan, each after what it depends on."""
    postings = [planned for invoice in plan.invoices for planned in invoice.postings]
    planned_here = {(one.kind, one.docket_id): one for one in postings}
    done: set[tuple[str, str]] = set()

    def visit(one: PlannedPosting) -> Iterator[PlannedPosting]:
        key = (one.kind, one.docket_id)
        if key in done:
            return
        done.add(key)
        for need in one.needs:
            parent = planned_here.get((need.kind, need.docket_id))
            if parent is not None:
                yield from visit(parent)
        yield one

    for one in postings:
        yield from visit(one)


def run_json(plan: Plan) -> JsonObject:
    """Return what a resumed run has to know of its plan besides the postings."""
    return {
        "invoices": [
            {
                "docket_id": one.docket_id,
                "number": one.number,
                "client": one.client,
                "total": one.total,
                "outcome": str(one.outcome),
                "reason": one.reason,
                "postings": len(one.postings),
            }
            for one in plan.invoices
        ]
    }


def selected_of(raw: JsonObject) -> list[Selected]:
    """Read the selected invoices of a run back."""
    return [
        Selected(
            one["docket_id"],
            one["number"],
            one["client"],
            one["total"],
            Outcome(one["outcome"]),
            one["reason"],
            one["postings"],
        )
        for one in raw["invoices"]
    ]


def _posting(realm: str, row: PlanRow) -> NewPosting:
    planned = row.planned
    request = request_id(
        realm,
        planned.entity,
        planned.kind,
        planned.docket_id,
        planned.operation,
        planned.generation,
    )
    return NewPosting(
        realm=realm,
        kind=planned.kind,
        docket_id=planned.docket_id,
        invoice_id=planned.invoice_id,
        entity=planned.entity,
        operation=planned.operation,
        generation=planned.generation,
        label=planned.label,
        amount=planned.amount,
        plan=row.to_json(),
        request_id=request,
        marker=marker(request),
    )


def _row(books: Books, planned: PlannedPosting) -> PlanRow:
    record = _record(books, planned)
    if record is None:
        return PlanRow(planned, "", None)
    return PlanRow(planned, fingerprint(record), snapshot(record))


def _record(books: Books, planned: PlannedPosting) -> Record | None:
    """Return the Docket record behind a posting; None where Docket knows only a name."""
    docket_id = planned.docket_id
    if planned.kind == "client":
        return books.clients.get(docket_id)
    if planned.kind == "product":
        return books.products.get(docket_id)
    if planned.kind == "credit":
        return books.credits.get(docket_id)
    if planned.kind == "payment" and docket_id in books.loose:
        return books.loose[docket_id]
    if planned.kind == "refund" and docket_id in books.lost_refunds:
        return books.lost_refunds[docket_id]
    file = books.invoices.get(planned.invoice_id)
    if file is None or planned.kind == "credit_application":
        return None
    if planned.kind == "invoice":
        return file.invoice
    records: tuple[Record, ...] = file.payments if planned.kind == "payment" else file.refunds
    return next((one for one in records if one.id == docket_id), None)
