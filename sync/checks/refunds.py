"""The refunds of one invoice: posted, due, already there, or in the way."""

from __future__ import annotations

from collections.abc import Iterator

from core.money import format_cents
from core.records import Refund
from core.text import display
from store.books import Document, InvoiceFile
from sync.checks.days import check_day
from sync.checks.ground import EXCLUDE, OPEN, WAIT, Ground, finding
from sync.checks.kept import (
    again_way,
    is_kept,
    is_left_out,
    keep_way,
    leave_out_way,
    link_way,
    live_link,
)
from sync.checks.money import Standing, State, refund_label, stands
from sync.checks.names import check_lines
from sync.checks.receipts import pair_refund
from sync.fingerprint import changed
from sync.shapes import ConflictKind, Finding, WayOut


def refund_standings(
    ground: Ground, file: InvoiceFile, document: Document | None
) -> list[Standing]:
    """Weigh the refunds of an invoice."""
    return [_refund(ground, one, document) for one in file.refunds]


def lost_refund(ground: Ground, refund: Refund) -> Standing:
    """Weigh a refund of an invoice that Docket voided, deleted or never had.

    Nothing says what it takes back, so it is never posted: it is linked if QuickBooks has
    it, and else a person says what becomes of it.
    """
    standing = _refund(ground, refund, None)
    if standing.state not in (State.DUE, State.STUCK) or standing.document is not None:
        return standing
    if is_left_out(ground, refund):
        return Standing(refund, State.GONE, None, refund.amount)
    number = f" with the number {display(refund.number, 30)}" if refund.number.strip() else ""
    words = (
        f"of {format_cents(refund.amount)} is of an invoice that does not stand in Docket any"
        " more, so it is not posted. If the money went back, enter a credit memo or refund"
        f" receipt{number} in QuickBooks: the next refresh finds it. Else leave it out"
    )
    held = _refund_finding(refund, words, (OPEN, leave_out_way(refund)))
    return Standing(refund, State.STUCK, None, refund.amount, (held,))


def _refund(ground: Ground, refund: Refund, document: Document | None) -> Standing:
    link = live_link(ground, "refund", refund.id)
    if link is not None:
        there = ground.index.document(link.entity, link.qbo_id)
        wrong = _posted_refund_words(refund, link.fingerprint, there)
        if not wrong or there is None or is_kept(ground, refund, there):
            return Standing(refund, State.POSTED, there, refund.amount)
        again = (again_way(there),) if there.removed else ()
        ways = (*again, OPEN, keep_way(refund, there), EXCLUDE)
        held = _refund_finding(refund, wrong, ways)
        return Standing(refund, State.STUCK, there, refund.amount, (held,))
    if not stands(refund):
        return Standing(refund, State.GONE, None, refund.amount)
    twin = pair_refund(ground, refund, document)
    if twin is not None and (twin.tax == refund.tax or is_kept(ground, refund, twin)):
        return Standing(refund, State.ADOPT, twin, refund.amount)
    if twin is not None:
        words = f"is in QuickBooks already, with another sales tax: {_taxes(refund, twin)}"
        held = _refund_finding(refund, words, (link_way(refund, twin), OPEN, EXCLUDE))
        return Standing(refund, State.STUCK, twin, refund.amount, (held,))
    found = tuple(_due_refund(ground, refund))
    return Standing(refund, State.STUCK if found else State.DUE, None, refund.amount, found)


def _posted_refund_words(refund: Refund, then: str, there: Document | None) -> str:
    removed = there is not None and bool(there.removed)
    if not stands(refund):
        if removed:
            return ""
        what = "voided" if refund.deleted_at is None else "deleted"
        return f"was {what} in Docket after it was posted. Take it out in QuickBooks, or leave it"
    if there is None:
        return ""
    if removed:
        return f"was {there.removed.lower()} in QuickBooks; in Docket it still counts"
    if changed(then, refund):
        return "was changed in Docket after it was posted. Correct it in QuickBooks"
    if there.total != refund.amount:
        return (
            f"was changed in QuickBooks: {format_cents(refund.amount)} in Docket,"
            f" {format_cents(there.total)} there"
        )
    if there.tax != refund.tax:
        return f"has another sales tax in QuickBooks: {_taxes(refund, there)}"
    return ""


def _taxes(refund: Refund, there: Document) -> str:
    return f"{format_cents(refund.tax)} in Docket, {format_cents(there.tax)} there"


def _refund_finding(
    refund: Refund, words: str, ways: tuple[WayOut, ...] = (OPEN, EXCLUDE)
) -> Finding:
    label = refund_label(refund)
    about = ("refund", refund.id, label)
    return finding(ConflictKind.REFUND, about, f"{label[:1].upper()}{label[1:]} {words}.", ways)


def _due_refund(ground: Ground, refund: Refund) -> Iterator[Finding]:
    lines = sum(line.amount for line in refund.lines)
    if refund.lines and lines + refund.tax != refund.amount:
        yield _refund_finding(
            refund,
            f"of {format_cents(refund.amount)} does not add up: lines"
            f" {format_cents(lines)}, tax {format_cents(refund.tax)}. Correct it in Docket",
            (WAIT, EXCLUDE),
        )
    if refund.tax and not ground.books.company.uses_sales_tax:
        yield _refund_finding(
            refund,
            f"has a tax of {format_cents(refund.tax)}, but sales tax is not set up in"
            " QuickBooks, which would drop it. Set it up there, then refresh",
            (WAIT, EXCLUDE),
        )
    if ground.policy.refunds == "refund_receipt" and not ground.index.refund_account:
        yield _refund_finding(
            refund,
            "needs the account that the money leaves from. Choose it in the settings",
            (WAIT, EXCLUDE),
        )
    yield from check_lines(ground, refund.lines)
    yield from check_day(ground, "refund", refund.refunded_on)
