"""Whether both sides agree to the cent, or differ exactly by what the program shows.

Nothing that the program says is taken from it: the servers' own records are summed
here, and its tie-out must come to the same. Then every difference that it lists must
belong to something that it also shows a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product

from core.ids import marker, request_id
from core.money import exact_cents
from sandbox.qbo.proof import prove
from store.books import Books
from store.load import load_books
from store.states import InvoiceStatus
from sync.desk import Desk
from sync.shapes import CountAndMoney, InvoicePlan
from sync.tie_out.pairs import RECORDS
from sync.tie_out.shapes import Cut, Difference, Measure, Period, TieOut
from sync.tie_out.tally import figures_of
from tests.companies.life import REALM, Life
from tests.companies.steps import cents

EVER = Period("2000-01-01", "2099-12-31")
_MEASURE = {
    "invoice": Measure.INVOICES,
    "payment": Measure.PAYMENTS,
    "refund": Measure.REFUNDS,
    "credit": Measure.CREDITS,
}
_ENTITIES = ("Invoice", "Payment", "CreditMemo", "RefundReceipt")
_GENERATIONS = 8


def judge(life: Life, desk: Desk) -> list[str]:
    """Return what is wrong, in words; nothing if all is well."""
    assert life.cache is not None
    books = load_books(life.cache)
    found = desk.tie_out.tie_out(EVER)
    return [
        *prove(life.company)["wrong"],
        *_other_sums(life, books, found),
        *_cells(desk),
        *_doubles(life, books),
        *_unexplained(life, desk, books, found),
        *_synced_but_not_equal(life, books),
    ]


def _other_sums(life: Life, books: Books, found: TieOut) -> Iterator[str]:
    """Where the tie-out's totals are not those of the servers' own records."""
    for record, measure in _MEASURE.items():
        mine = Counter(count=0, cents=0)
        for row in life.records(f"{record}s"):
            if row["voided_at"] is None and row.get("status") != "returned":
                mine.update(count=1, cents=cents(row["total" if record == "invoice" else "amount"]))
        told = _both(found.total.docket[measure], found.total.left_out[measure])
        if told != CountAndMoney(mine["count"], mine["cents"]):
            yield f"Docket's {record}s are {dict(mine)}, the tie-out says {told}"
        theirs = _quickbooks(life, books, record)
        told = _both(found.total.quickbooks[measure], found.total.others[measure])
        if told != theirs:
            yield f"QuickBooks' {record}s are {theirs}, the tie-out says {told}"
    for proof in found.proofs:
        if proof.left != CountAndMoney():
            yield f"{proof.left} of {proof.record}s is nowhere"


def _quickbooks(life: Life, books: Books, record: str) -> CountAndMoney:
    kinds = {(link.entity, link.qbo_id): kind for (kind, _), link in books.links.items()}
    count = amount = 0
    for entity in _ENTITIES:
        for held in life.standing(entity):
            kind = kinds.get((entity, held["Id"]), RECORDS[entity])
            if kind == record:
                sign = -1 if kind == "invoice" and entity != "Invoice" else 1
                count += 1
                amount += sign * exact_cents(held["TotalAmt"])
    return CountAndMoney(count, amount)


def _both(one: CountAndMoney, other: CountAndMoney) -> CountAndMoney:
    return CountAndMoney(one.count + other.count, one.amount + other.amount)


def _cells(desk: Desk) -> Iterator[str]:
    """Where a cell's difference is not the sum of the differences that it lists."""
    for cut in Cut:
        found = desk.tie_out.tie_out(EVER, cut)
        for cell in found.cells:
            for measure in Measure:
                listed = sum(_brings(one, cell.key, measure) for one in found.in_cell(cell.key))
                if cell.difference(measure).amount != listed:
                    yield f"{cut} {cell.label} {measure}: {cell.difference(measure)} ≠ {listed}"


def _brings(one: Difference, cell: str, measure: Measure) -> int:
    ours = figures_of(one.docket, one.record)[measure].amount if one.docket_cell == cell else 0
    theirs = figures_of(one.quickbooks, one.record)[measure].amount if one.qbo_cell == cell else 0
    return ours - theirs


def _doubles(life: Life, books: Books) -> Iterator[str]:
    """Records of Docket that stand in QuickBooks more than once: made by us, or linked."""
    standing: Counter[tuple[str, str]] = Counter()
    notes = {
        (entity, held["Id"]): str(held.get("PrivateNote", ""))
        for entity in _ENTITIES
        for held in life.standing(entity)
    }
    for kind, key in _docket_keys(life, books):
        marks = [
            marker(request_id(REALM, entity, kind, key, "create", generation))
            for entity, generation in product(_ENTITIES, range(_GENERATIONS))
        ]
        link = books.links.get((kind, key))
        for at, note in notes.items():
            linked = link is not None and (link.entity, link.qbo_id) == at
            if linked or any(mark in note for mark in marks):
                standing[kind, key] += 1
    for (kind, key), count in standing.items():
        if count > 1:
            yield f"{kind} {key} stands in QuickBooks {count} times"


def _docket_keys(life: Life, books: Books) -> set[tuple[str, str]]:
    keys = {
        (kind, row["id"])
        for kind in ("invoice", "payment", "refund", "credit")
        for row in life.records(f"{kind}s")
    }
    deleted = life.docket_server.snapshot()["deleted"]
    keys |= {
        (kind, key)
        for kind in ("invoice", "payment", "refund", "credit")
        for key in deleted[f"{kind}s"]
    }
    return keys | {key for key in books.links if key[0] == "credit_application"}


def _unexplained(life: Life, desk: Desk, books: Books, found: TieOut) -> Iterator[str]:
    """Differences that no list of the program's names; and the plan where nothing differs."""
    waiting = {
        one: str(group.kind)
        for group in desk.conflicts()
        for one in (*group.invoices, group.subject_key)
    }
    plans = {one.docket_id: one for one in desk.preview(sorted(books.invoices)).invoices}
    kept = {choice.key for choice in books.choices.values() if choice.action == "keep"}
    for one in found.differences:
        plan = plans.get(one.invoice_id)
        why = _explained(one, plan, waiting, kept) or _paid_by_others(life, books, one)
        if not why:
            told = f"{plan.status}, {plan.outcome}, {plan.reason}" if plan else ""
            yield f"nothing names {one.kind} {one.record} {one.number} ({told}): {one.words}"
            continue
        life.told[f"difference: {why}"] += 1
    for key, plan in plans.items():
        if plan.postings:
            yield f"invoice {plan.number} ({plan.status}) still has {len(plan.postings)} to post"
        if plan.status == InvoiceStatus.CONFLICTED and key not in waiting:
            yield f"invoice {plan.number} needs a person, but is in no list"


def _paid_by_others(life: Life, books: Books, one: Difference) -> str:
    """Whether an open balance differs by exactly what payments bring that are not ours."""
    if one.docket._replace(open=0) != one.quickbooks._replace(open=0):
        return ""
    ours = {(link.entity, link.qbo_id) for link in books.links.values()}
    brought = sum(
        exact_cents(line["Amount"])
        for held in life.standing("Payment")
        if ("Payment", held["Id"]) not in ours
        for line in held["Line"]
        for to in line.get("LinkedTxn", ())
        if (to["TxnType"], to["TxnId"]) == (one.entity, one.qbo_id)
    )
    paid = brought and one.docket.open == one.quickbooks.open + brought
    return "paid in QuickBooks by somebody" if paid else ""


def _explained(
    one: Difference, plan: InvoicePlan | None, waiting: Mapping[str, str], kept: set[str]
) -> str:
    for key in (one.invoice_id, one.docket_id):
        if key in waiting:
            return f"needs you, {waiting[key]}"
    if plan is not None and plan.apart:
        return "in the red block"
    if plan is not None and "waits for" in plan.reason:
        return "its payment waits for another invoice"
    if {one.invoice_id, one.docket_id} & kept:
        return "kept as it is"
    if plan is not None and plan.status == InvoiceStatus.EXCLUDED:
        return "left out"
    if not one.invoice_id and one.kind == "missing":
        return "money without an invoice"
    return ""


def _synced_but_not_equal(life: Life, books: Books) -> Iterator[str]:
    """Invoices that show as synced, but whose document has another total or tax, or is gone."""
    there = {
        (entity, held["Id"]): held
        for entity in ("Invoice", "CreditMemo", "SalesReceipt")
        for held in life.standing(entity)
    }
    kept = {choice.key for choice in books.choices.values() if choice.action == "keep"}
    for row in life.records("invoices"):
        file = books.invoices[row["id"]]
        if file.status != InvoiceStatus.SYNCED or row["voided_at"] or row["id"] in kept:
            continue
        life.told["invoices synced"] += 1
        link = books.links.get(("invoice", row["id"]))
        held = there.get((link.entity, link.qbo_id)) if link else None
        if held is None:
            if cents(row["total"]):
                yield f"invoice {row['number']} shows as synced and is not there"
            continue
        sign = 1 if link is not None and link.entity != "CreditMemo" else -1
        total = sign * exact_cents(held["TotalAmt"])
        if total != cents(row["total"]):
            yield f"invoice {row['number']} shows as synced with {total}, not {row['total']}"
