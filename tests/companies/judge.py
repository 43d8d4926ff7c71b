"""Whether both sides agree to the cent, or differ exactly by what the program shows.

Nothing that the program says is taken from it: the servers' own records are summed
here, and its tie-out must come to the same. Then every difference that it lists must be
named by something that it also shows a person (tests/companies/named.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

from core.ids import marker, request_id
from core.money import exact_cents
from sandbox.qbo.proof import prove
from store.books import Books
from store.load import load_books
from store.states import InvoiceStatus
from sync.desk import Desk
from sync.shapes import CountAndMoney
from sync.tie_out.pairs import RECORDS
from sync.tie_out.shapes import Cut, Difference, Measure, Period, TieOut
from sync.tie_out.tally import figures_of
from tests.companies.life import REALM, Life
from tests.companies.named import invoices_of, unnamed
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
        *_left_out(life, books, found),
        *unnamed(life, desk, books, found),
        *_still_due(desk, books),
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


def _left_out(life: Life, books: Books, found: TieOut) -> Iterator[str]:
    """Where the tie-out sets apart what nobody left out of QuickBooks."""
    out = {key for key, file in books.invoices.items() if file.status == InvoiceStatus.EXCLUDED}
    standing = {row["id"] for row in life.records("invoices") if row["voided_at"] is None}
    there = {(entity, held["Id"]) for entity in _ENTITIES for held in life.standing(entity)}
    for record, measure in _MEASURE.items():
        mine = Counter(count=0, cents=0)
        for row in life.records(f"{record}s"):
            of = {row["id"]} if record == "invoice" else invoices_of(row) & standing
            link = books.links.get((record, row["id"]))
            posted = link is not None and (link.entity, link.qbo_id) in there
            counts = row["voided_at"] is None and row.get("status") not in ("returned", "pending")
            if counts and of and of <= out and not posted:
                mine.update(count=1, cents=cents(row["total" if record == "invoice" else "amount"]))
        told = found.total.left_out[measure]
        if told != CountAndMoney(mine["count"], mine["cents"]):
            yield f"of the {record}s {dict(mine)} are left out, the tie-out says {told}"


def _still_due(desk: Desk, books: Books) -> Iterator[str]:
    """What a sync would still post although nothing was left to do; what waits in no list."""
    waiting = {one for group in desk.conflicts() for one in group.invoices}
    for plan in desk.preview(sorted(books.invoices)).invoices:
        if plan.postings:
            yield f"invoice {plan.number} ({plan.status}) still has {len(plan.postings)} to post"
        if plan.status == InvoiceStatus.CONFLICTED and plan.docket_id not in waiting:
            yield f"invoice {plan.number} needs a person, but is in no list"
    for row in desk.money.loose():
        if row.due and not desk.preview([row.key]).invoices[0].apart:
            yield f"{row.label} is still to post"


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
