"""The whole cache, checked: every invoice's status, its reason, its conflicts.

Pure: no clock, no I/O. An invoice's status is the first that holds of excluded,
conflicted, syncing, pending, synced (docs/architecture.md, "Words"). Two cases that
the words alone do not settle:

- voided or deleted in Docket before it was posted: excluded ("voided"), for there is
  nothing to do and nothing is left out by oversight;
- a total of zero: excluded too ("zero_total"): QuickBooks would take it, but it moves
  no money, and a pending list that can never be emptied hides what is really due.
"""

from __future__ import annotations

from collections.abc import Iterable

from core.money import Cents, format_cents
from core.records import InvoiceLine, RefundLine
from core.text import display
from store.books import Books, Document, InvoiceFile
from store.heap import no_collection
from store.states import InvoiceStatus, PostingState
from sync.checks.ground import Ground
from sync.checks.money import State, open_in_docket
from sync.conflict_words import reason_of
from sync.policy import Policy
from sync.shapes import InvoiceCheck, Preflight
from sync.sites import party
from sync.standing import Standing, apart_words, assess

CHECKING = "checking"
"""Reason code of an invoice with a posting whose outcome is not known."""


def preflight(books: Books, policy: Policy) -> Preflight:
    """Check every invoice in the books."""
    with no_collection():
        ground = Ground.of(books, policy)
        invoices = {key: check_one(ground, file) for key, file in books.invoices.items()}
        match_all(ground, books.invoices.values())
    return Preflight(invoices, ground.matcher.clients, ground.matcher.products)


def check_one(ground: Ground, file: InvoiceFile) -> InvoiceCheck:
    """Check one invoice; `ground` may be shared by many."""
    return judge(ground, assess(ground, file))


def judge(ground: Ground, standing: Standing) -> InvoiceCheck:
    """Make a status of where an invoice stands."""
    status, code, reason = _status(ground, standing)
    document = standing.document if standing.link is not None else None
    return InvoiceCheck(
        docket_id=standing.invoice.id,
        status=status,
        reason_code=code,
        reason=reason,
        findings=standing.findings if status == InvoiceStatus.CONFLICTED else (),
        open_docket=0 if standing.dead else open_in_docket(ground, standing.file),
        open_qbo=None if document is None else 0 if document.removed else document.balance,
        qbo_id="" if standing.link is None else standing.link.qbo_id,
        qbo_number="" if document is None else document.number,
    )


def _status(ground: Ground, standing: Standing) -> tuple[InvoiceStatus, str, str]:
    excluded = _excluded(standing)
    if excluded is not None:
        return InvoiceStatus.EXCLUDED, *excluded
    if standing.findings:
        first = standing.findings[0]
        more = len(standing.findings) - 1
        reason = reason_of(first) + (f" (and {more} more)" if more else "")
        return InvoiceStatus.CONFLICTED, str(first.kind), reason
    if standing.underway is not None:
        return InvoiceStatus.SYNCING, *_underway(standing.underway.state)
    pending = _pending(standing)
    if pending is not None:
        return InvoiceStatus.PENDING, *_apart(ground, standing, *pending)
    if standing.dead and standing.drift.kept:
        return InvoiceStatus.EXCLUDED, "left", "gone in Docket; left in QuickBooks as it is"
    if standing.dead:
        return InvoiceStatus.EXCLUDED, "voided", "voided in Docket and in QuickBooks"
    return InvoiceStatus.SYNCED, "synced", _synced(ground, standing)


def _synced(ground: Ground, standing: Standing) -> str:
    """Say that both sides agree, or in what a person left them different."""
    if standing.drift.kept:
        return f"in QuickBooks, and left as it is: {'; '.join(standing.drift.kept)}"
    document = standing.document
    if document is not None and document.tax != standing.invoice.tax:
        there, ours = format_cents(document.tax), format_cents(standing.invoice.tax)
        return f"in QuickBooks, with its own sales tax: {there} there, {ours} in Docket"
    if document is not None and document.balance != open_in_docket(ground, standing.file):
        others = _paid_by_others(ground, document)
        if others:
            return f"in QuickBooks, where {format_cents(others)} was paid that Docket has not"
    if document is not None and _given_another(ground, standing, document):
        held = ground.customer_name(document.customer_id)
        return f"in QuickBooks, with {held}: its client was given another customer since"
    return "in QuickBooks, and both sides agree"


def _given_another(ground: Ground, standing: Standing, document: Document) -> bool:
    """Whether a person chose another customer for the client than the invoice is with."""
    chosen = ("client", standing.invoice.client_id) in ground.books.choices
    return chosen and document.customer_id not in ground.own_customers(standing.invoice)


def _paid_by_others(ground: Ground, document: Document) -> Cents:
    """Return what payments settle of an invoice that belong to nothing in Docket."""
    return sum(
        part.amount
        for there in ground.index.paying.get(document.qbo_id, ())
        for part in there.applied
        if part.qbo_id == document.qbo_id
        and part.entity == "Invoice"
        and (there.entity, there.qbo_id) not in ground.index.linked
    )


def _excluded(standing: Standing) -> tuple[str, str] | None:
    if standing.file.excluded:
        return "excluded", display(standing.file.excluded_reason, 120) or "left out"
    if standing.link is None and standing.dead and standing.underway is None:
        code = "deleted" if standing.invoice.deleted_at is not None else "voided"
        if standing.was_voided:
            return code, f"{_gone(standing)} and voided in QuickBooks"
        return code, f"{_gone(standing)} before it was posted"
    if standing.pointless:
        return "zero_total", "the total is zero: nothing to post"
    return None


def _gone(standing: Standing) -> str:
    return f"{'voided' if standing.invoice.deleted_at is None else 'deleted'} in Docket"


def _underway(state: PostingState) -> tuple[str, str]:
    if state == PostingState.UNKNOWN:
        return CHECKING, "checking with QuickBooks"
    if state == PostingState.SENDING:
        return "sending", "being sent to QuickBooks"
    return "approved", "confirmed, and waiting in a sync"


def _apart(ground: Ground, standing: Standing, code: str, reason: str) -> tuple[str, str]:
    """Say with the reason that it waits to be ticked on its own, and why."""
    apart = apart_words(ground, standing)
    return code, f"{reason}; tick it on its own: {', '.join(apart)}" if apart else reason


def _pending(standing: Standing) -> tuple[str, str] | None:
    if standing.drift.void:
        return "void_due", f"{_gone(standing)}, to be voided in QuickBooks"
    if standing.link is None:
        if standing.twin.adopt is not None:
            return "there", "already in QuickBooks; will be linked"
        return "new", "not in QuickBooks yet"
    if standing.changed:
        return "changed", "changed in Docket since it was posted"
    if any(one.state == State.REVERSE for one in standing.money):
        return "reversal_due", "a payment that Docket no longer counts is to be voided"
    if standing.dead:
        return None
    if any(one.state == State.CHANGE for one in standing.money):
        return "payment_changed", "a payment was changed in Docket since it was posted"
    for kind in ("payment", "credit", "refund"):
        due = [one for one in standing.money if one.kind == kind and one.to_send]
        if due:
            amount = format_cents(sum(one.amount for one in due))
            what = f"{len(due)} {kind}s of" if len(due) > 1 else f"a {kind} of"
            return f"{kind}_due", f"{what} {amount} not posted yet"
    return None


def match_all(ground: Ground, files: Iterable[InvoiceFile]) -> None:
    """Match what only synced or blocked invoices name, so that every name can be shown."""
    for file in files:
        client = party(ground.books, file.invoice)
        if client is not None:
            ground.matcher.client(client)
        lines: list[InvoiceLine | RefundLine] = [*file.invoice.lines]
        lines += [line for refund in file.refunds for line in refund.lines]
        for line in lines:
            ground.matcher.product(ground.index.product_key(line), line.name)
