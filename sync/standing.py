"""Where one invoice stands between Docket and QuickBooks; pure.

Preflight makes its status of this, and plan its postings; both see the same, so a
preview never promises what the status denies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.records import Invoice
from store.books import Choice, Document, InvoiceFile, Link, Posted
from store.states import OPEN_STATES, PostingState
from sync.checks import document as about_document
from sync.checks import drift, names
from sync.checks.days import check_day
from sync.checks.doubles import check_doubles
from sync.checks.drift import Drift
from sync.checks.ground import Ground
from sync.checks.kept import keep_way, live_link
from sync.checks.memos import credit_records, memo_standings
from sync.checks.money import Standing as MoneyStanding
from sync.checks.money import State, stands
from sync.checks.payment_doubles import check_payment_doubles
from sync.checks.payments import payment_standings
from sync.checks.posted import posting_findings
from sync.checks.rebilled import check_rebilled
from sync.checks.refunds import refund_standings
from sync.checks.settled import settled_words
from sync.checks.twins import Twin, find_twin
from sync.checks.whose import check_customer, check_moved
from sync.index import alive
from sync.shapes import FieldChange, Finding
from sync.sites import party


@dataclass(frozen=True, slots=True)
class Standing:
    """One invoice, weighed: what it is linked to, what is due, what is in the way."""

    file: InvoiceFile
    link: Link | None
    document: Document | None
    """The QuickBooks invoice that it is linked to, or will be."""
    twin: Twin
    drift: Drift
    """What changed since it was posted, on either side."""
    money: tuple[MoneyStanding, ...]
    """Its payments and prepayments, its credit memos, its refunds."""
    underway: Posted | None
    """A posting that a run still has in hand."""
    was_voided: bool
    """This program has voided what it had posted of it, and posted nothing since."""
    findings: tuple[Finding, ...]

    @property
    def invoice(self) -> Invoice:
        """Docket's invoice."""
        return self.file.invoice

    @property
    def changed(self) -> bool:
        """Docket's invoice is not what it was when posted, and that is to be sent."""
        return self.drift.changed

    @property
    def dead(self) -> bool:
        """Voided or deleted in Docket."""
        return not alive(self.file.invoice)

    @property
    def voids(self) -> bool:
        """Whether a void is due: of the invoice, or of its money in Docket's stead."""
        return self.drift.void or any(one.state == State.REVERSE for one in self.money)

    @property
    def pointless(self) -> bool:
        """Nothing to post and nothing to link: a total of zero."""
        return (
            self.link is None
            and self.twin.adopt is None
            and self.invoice.total == 0
            and bool(self.invoice.lines)
        )


def assess(ground: Ground, file: InvoiceFile) -> Standing:
    """Weigh one invoice of the books."""
    link = live_link(ground, "invoice", file.invoice.id)
    twin = Twin()
    if link is None and alive(file.invoice) and not file.excluded:
        twin = find_twin(ground, file)
    document = twin.adopt
    if link is not None:
        document = ground.index.sale(link)
    weighed = Drift() if link is None else drift.drift_of(ground, file, link)
    standing = Standing(
        file=file,
        link=link,
        document=document,
        twin=twin,
        drift=weighed,
        money=(
            *payment_standings(ground, file, document),
            *memo_standings(ground, file, document),
            *refund_standings(ground, file, document),
        ),
        underway=_underway(ground, file),
        was_voided=_was_voided(ground, file),
        findings=(),
    )
    if file.excluded or (standing.dead and link is None) or standing.pointless:
        return standing
    found: dict[tuple[str, str], Finding] = {}
    for one in _findings(ground, standing):
        found.setdefault(one.group, one)
    return replace(standing, findings=tuple(found.values())) if found else standing


def apart_words(ground: Ground, standing: Standing) -> tuple[str, ...]:
    """Return why what is due changes what is settled in QuickBooks; empty if it does not."""
    words = []
    if standing.drift.void:
        words.append("it voids the invoice in QuickBooks")
    if any(one.state == State.REVERSE for one in standing.money):
        words.append("it voids a payment in QuickBooks")
    if any(one.state == State.CHANGE for one in standing.money):
        words.append("it changes a payment in QuickBooks")
    if standing.changed and standing.document is not None:
        words += settled_words(ground, standing.document)
        if standing.drift.forced:
            words.append("somebody changed it in QuickBooks too")
    return tuple(words)


def changes_of(standing: Standing) -> tuple[FieldChange, ...]:
    """Return what differs three ways since it was posted, of the invoice and of its money."""
    changes = standing.drift.changes
    own = () if changes is None else changes.fields
    moved = (one.change.fields for one in standing.money if one.change is not None)
    return (*own, *(field for fields in moved for field in fields))


def keeps_of(standing: Standing) -> tuple[Choice, ...]:
    """Return the choices that leave both sides as they are, of what `apart_words` names."""
    own, document = standing.drift, standing.document
    kept = [keep for one in standing.money if (keep := keep_of(one)) is not None]
    if document is not None and (own.void or own.changed):
        seen = drift.seen_now(standing.file, document)
        about = ("invoice", standing.invoice.id)
        kept.insert(0, Choice(*about, "keep", document.entity, document.qbo_id, seen))
    return tuple(kept)


def keep_of(one: MoneyStanding) -> Choice | None:
    """Return the choice that leaves posted money as it is, where a change or void of it is due."""
    if one.document is None or one.state not in (State.CHANGE, State.REVERSE):
        return None
    way = keep_way(one.record, one.document)
    return Choice(one.kind, one.record.id, way.action, way.entity, way.qbo_id, way.name)


def _underway(ground: Ground, file: InvoiceFile) -> Posted | None:
    """Return the open posting of the invoice, its payments and refunds; unclear ones first."""
    if not ground.index.any_open:
        return None
    ids = [
        ("invoice", file.invoice.id),
        *(("payment", payment.id) for payment in file.payments),
        *(("refund", refund.id) for refund in file.refunds),
        *credit_records(ground, file.invoice.id),
    ]
    rows = [row for key in ids if (row := ground.index.newest_posting(*key)) is not None]
    under = [row for row in rows if row.state in OPEN_STATES]
    return min(under, key=lambda row: row.state != PostingState.UNKNOWN, default=None)


def _was_voided(ground: Ground, file: InvoiceFile) -> bool:
    row = ground.index.newest_posting("invoice", file.invoice.id)
    return (
        row is not None
        and row.operation.startswith("void@")
        and row.state == PostingState.CONFIRMED
    )


def _findings(ground: Ground, standing: Standing) -> Iterator[Finding]:
    file = standing.file
    yield from posting_findings(ground, standing.file)
    if standing.link is not None:
        yield from standing.drift.findings
        if not standing.dead:
            yield from check_doubles(ground, file, standing.link)
            yield from _whose(ground, standing)
            for one in standing.money:
                yield from check_payment_doubles(ground, one)
    elif standing.underway is None or standing.underway.kind != "invoice":
        yield from _before_posting(ground, standing)
    for one in standing.money:
        if not (standing.dead and stands(one.record)):
            yield from one.findings
    if standing.link is None or standing.dead:
        return
    if standing.changed:
        yield from names.check_client(ground, file)
        yield from names.check_lines(ground, file.invoice.lines)
        yield from about_document.check_sums(file)
        yield from about_document.check_turned(standing.link, file.invoice)
        yield from check_day(ground, "invoice", file.invoice.issued_on)
    if standing.changed or any(one.to_send for one in standing.money):
        yield from about_document.check_company(ground)


def _whose(ground: Ground, standing: Standing) -> Iterator[Finding]:
    """Yield what is with another customer in QuickBooks than its client's."""
    document = standing.document
    if document is not None and not document.removed:
        yield from check_customer(ground, standing.invoice.client_id, document)
    for one in standing.money:
        yield from check_moved(ground, one)


def _before_posting(ground: Ground, standing: Standing) -> Iterator[Finding]:
    """Yield what is in the way of an invoice that is not in QuickBooks yet, or not linked."""
    file, invoice = standing.file, standing.invoice
    if standing.twin.conflict is not None:
        yield standing.twin.conflict
    if standing.twin.adopt is not None:
        return
    company = ground.books.company
    if company.start_date is not None and invoice.issued_on < company.start_date:
        yield from check_day(ground, "invoice", invoice.issued_on)
        return
    yield from check_rebilled(ground, invoice)
    yield from names.check_client(ground, file)
    yield from names.check_lines(ground, invoice.lines)
    yield from about_document.check_sums(file)
    yield from about_document.check_negative(ground, invoice)
    yield from about_document.check_number(ground, invoice)
    yield from check_day(ground, "invoice", invoice.issued_on)
    client = party(ground.books, invoice)
    match = None if client is None else ground.matcher.client(client)
    target = None if match is None or match.target is None else match.target.qbo_id
    customer = None if target is None else ground.index.customers.get(target)
    yield from about_document.check_currency(ground, invoice, customer)
    yield from about_document.check_tax(ground, invoice, client, customer)
    yield from about_document.check_company(ground)
