"""Money of Docket that is on no invoice: prepayments, overpaid rests, unused credit memos.

What was paid, given or given back on an invoice that was voided or deleted since is on no
invoice either. An invoice's check does not see any of it, so it has a check of its own.
Each has a key such as `credit:c-7`, by which it is selected for a preview as an invoice
is by its id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from core.records import Refund
from store.books import Document
from store.states import OPEN_STATES
from sync.checks.document import check_company
from sync.checks.ground import WAIT, Ground, finding
from sync.checks.memos import memo_standing
from sync.checks.money import (
    Money,
    Standing,
    State,
    day_of,
    is_memo,
    kind_of,
    label_of,
    stands,
)
from sync.checks.names import check_party
from sync.checks.payment_doubles import check_payment_doubles
from sync.checks.payments import unlinked_standing
from sync.checks.posted import stopped
from sync.checks.posted_money import posted_standing
from sync.checks.receipts import pair_loose
from sync.checks.refunds import lost_refund
from sync.checks.whose import check_moved
from sync.index import alive
from sync.shapes import ConflictGroup, ConflictKind, Finding

LooseRecord: TypeAlias = Money | Refund


@dataclass(frozen=True, slots=True)
class Loose:
    """One payment, credit or refund of Docket on no invoice, weighed."""

    key: str
    standing: Standing
    findings: tuple[Finding, ...]
    """What is in the way."""
    underway: bool
    """A run still has it in hand."""

    @property
    def record(self) -> LooseRecord:
        """Docket's payment, credit or refund."""
        return self.standing.record

    @property
    def trouble(self) -> str:
        """What is in the way, in words; empty if nothing is."""
        if self.findings:
            return self.findings[0].words
        return "being sent to QuickBooks" if self.underway else ""

    @property
    def earlier(self) -> bool:
        """Whether it is from before the start date, and so nobody's business here."""
        kinds = {one.kind for one in self.standing.findings}
        return ConflictKind.BEFORE_START in kinds

    @property
    def due(self) -> bool:
        """Whether a sync would post or link it."""
        return self.standing.to_send and not self.trouble


def loose_key(record: LooseRecord) -> str:
    """Return the key by which it is selected."""
    return f"{kind_of(record)}:{record.id}"


def loose_money(ground: Ground) -> Mapping[str, Loose]:
    """Weigh all money of Docket that is on no invoice, by key, oldest first."""
    records = sorted(_records(ground), key=lambda one: (day_of(one), one.id))
    paid: list[Money] = [one for one in records if not (isinstance(one, Refund) or is_memo(one))]
    pairs = pair_loose(ground, paid)
    found = {}
    for record in records:
        standing = _standing(ground, record, pairs)
        if standing.state != State.GONE and not _elsewhere(ground, standing):
            key = loose_key(record)
            found[key] = _weighed(ground, key, standing)
    return found


def loose_groups(
    ground: Ground, shown: Collection[tuple[str, str]] = frozenset()
) -> Iterator[ConflictGroup]:
    """Yield the conflicts about money on no invoice; no invoice waits for them.

    Args:
        ground: the books.
        shown: the groups that invoices show already, by kind and subject: a closed month,
            a client without a customer.
    """
    first: dict[tuple[str, str], Finding] = {}
    amounts: defaultdict[tuple[str, str], int] = defaultdict(int)
    for loose in loose_money(ground).values():
        doubles = check_payment_doubles(ground, loose.standing)
        moved = check_moved(ground, loose.standing)
        for found in (*(() if loose.earlier else loose.findings), *doubles, *moved):
            if found.group not in shown:
                first.setdefault(found.group, found)
                amounts[found.group] += loose.record.amount
    for group, found in first.items():
        yield ConflictGroup(
            kind=found.kind,
            subject_kind=found.subject_kind,
            subject_key=found.subject_key,
            subject=found.subject,
            words=found.words,
            invoices=(),
            amount=amounts[group],
            candidates=found.candidates,
            ways_out=tuple(way for way in found.ways_out if way.action != "exclude"),
        )


def _records(ground: Ground) -> Iterator[LooseRecord]:
    books = ground.books
    yield from books.loose.values()
    yield from books.lost_refunds.values()
    for credit in books.credits.values():
        if not any(_counts(ground, part.invoice_id) for part in credit.allocations):
            yield credit


def _counts(ground: Ground, invoice_id: str) -> bool:
    file = ground.books.invoices.get(invoice_id)
    return file is not None and alive(file.invoice)


def _elsewhere(ground: Ground, standing: Standing) -> bool:
    """Whether an invoice that is gone in Docket, but linked, asks about its money itself."""
    record = standing.record
    if stands(record) and standing.state != State.REVERSE:
        return False
    paid = (
        [record.invoice_id]
        if isinstance(record, Refund)
        else [part.invoice_id for part in record.allocations]
    )
    return any(one is not None and ground.index.link("invoice", one) is not None for one in paid)


def _standing(
    ground: Ground, record: LooseRecord, pairs: Mapping[tuple[str, str], Document]
) -> Standing:
    if isinstance(record, Refund):
        return lost_refund(ground, record)
    if is_memo(record):
        return memo_standing(ground, record, "", None)
    link = ground.index.link(kind_of(record), record.id)
    if link is not None:
        return posted_standing(ground, record, link, 0, None)
    return unlinked_standing(ground, record, record.amount, pairs)


def _weighed(ground: Ground, key: str, standing: Standing) -> Loose:
    kind, docket_id = standing.kind, standing.record.id
    found = [*standing.findings, *stopped(ground, kind, docket_id)]
    row = ground.index.newest_posting(kind, docket_id)
    if standing.to_send and not found:
        found += [*check_company(ground), *_no_customer(ground, standing.record)]
    return Loose(key, standing, tuple(found), row is not None and row.state in OPEN_STATES)


def _no_customer(ground: Ground, record: LooseRecord) -> Iterator[Finding]:
    """Yield why nobody in QuickBooks can be the one whose money it is."""
    if loose_customer(ground, record):
        return
    client = ground.books.clients.get(record.client_id)
    in_the_way = [] if client is None else list(check_party(ground, client))
    yield from in_the_way
    if in_the_way:
        return
    label = label_of(record)
    yield finding(
        ConflictKind.CREDIT if is_memo(record) else ConflictKind.PAYMENT,
        (kind_of(record), record.id, label),
        f"{label[:1].upper()}{label[1:]}: its client has no customer in QuickBooks yet. It can be"
        " posted once an invoice of the client was.",
        (WAIT,),
    )


def loose_customer(ground: Ground, record: LooseRecord) -> str:
    """Return the Id of the customer whose money it is; empty while there is none."""
    client = ground.books.clients.get(record.client_id)
    match = None if client is None else ground.matcher.client(client)
    return "" if match is None else match.target_id
