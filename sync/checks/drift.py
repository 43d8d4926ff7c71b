"""What happened to a posted invoice since: in QuickBooks, in Docket, or in both.

A payment applied in QuickBooks raises the invoice's SyncToken too, so the token
alone says nothing; total, customer and standing do.
"""

from __future__ import annotations

from collections.abc import Iterator

from core.money import Cents, format_cents
from core.text import display
from store.books import Document, InvoiceFile, Link
from sync.checks.ground import EXCLUDE, OPEN, Ground, finding, shown_date
from sync.index import alive
from sync.shapes import ConflictKind, Finding, WayOut


def live_link(ground: Ground, file: InvoiceFile) -> Link | None:
    """Return the invoice's link, unless a person said to post anew what was removed."""
    link = ground.index.link("invoice", file.invoice.id)
    choice = ground.books.choices.get(("invoice", file.invoice.id))
    if link is None or choice is None or choice.action != "create":
        return link
    document = ground.index.document(link.entity, link.qbo_id)
    gone = document is not None and bool(document.removed)
    return None if gone and choice.qbo_id == link.qbo_id else link


def check_link(ground: Ground, file: InvoiceFile, link: Link, changed: bool) -> Iterator[Finding]:
    """Yield how a linked invoice no longer agrees with its QuickBooks invoice."""
    invoice = file.invoice
    about = ("invoice", invoice.id, f"invoice {display(invoice.number, 30)}")
    document = ground.index.document(link.entity, link.qbo_id)
    if not alive(invoice):
        if document is not None and not document.removed:
            yield finding(ConflictKind.REMOVED_IN_DOCKET, about, _removed_words(file), _LEAVE)
        return
    if document is None:
        return
    if document.removed:
        yield finding(
            ConflictKind.REMOVED_IN_QBO,
            about,
            f"The invoice was {document.removed.lower()} in QuickBooks; in Docket it still stands.",
            (
                WayOut("create", "Post it again", entity=document.entity, qbo_id=document.qbo_id),
                EXCLUDE,
                OPEN,
            ),
        )
        return
    differ = _qbo_changes(ground, file, link, document, changed)
    if differ and changed:
        words = f"Changed in Docket and in QuickBooks since it was posted: {'; '.join(differ)}."
        yield finding(ConflictKind.CHANGED_BOTH, about, words, (OPEN, EXCLUDE))
    elif differ:
        words = f"Changed in QuickBooks since it was posted: {'; '.join(differ)}."
        yield finding(ConflictKind.CHANGED_IN_QBO, about, words, (OPEN, EXCLUDE))
    elif changed:
        yield from _unfit_update(ground, file, document)


_LEAVE = (OPEN, WayOut("exclude", "Leave it in QuickBooks as it is"))


def _removed_words(file: InvoiceFile) -> str:
    if file.invoice.deleted_at is not None:
        what = "deleted in Docket"
    else:
        reason = display(file.invoice.void_reason, 60)
        what = f"voided in Docket{f' ({reason})' if reason else ''}"
    return (
        f"The invoice was {what} after it was posted; in QuickBooks it still stands."
        " Void it there, or leave it."
    )


def _qbo_changes(
    ground: Ground, file: InvoiceFile, link: Link, document: Document, changed: bool
) -> list[str]:
    """Return what somebody changed in QuickBooks, in words."""
    if _linked_all_the_same(ground, file, link):
        return []
    words = []
    then = _total_then(ground, file, link, changed)
    if then is not None and then != document.total:
        words.append(f"total {format_cents(then)} when posted, {format_cents(document.total)} now")
    customer = _customer_then(ground, file, changed)
    if customer and customer != document.customer_id:
        words.append(
            f"customer {ground.customer_name(customer)} when posted,"
            f" {ground.customer_name(document.customer_id)} now"
        )
    return words


def _linked_all_the_same(ground: Ground, file: InvoiceFile, link: Link) -> bool:
    """Whether a person linked it knowing that the two differ."""
    choice = ground.books.choices.get(("invoice", file.invoice.id))
    return choice is not None and choice.action == "link" and choice.qbo_id == link.qbo_id


def _customer_then(ground: Ground, file: InvoiceFile, changed: bool) -> str:
    """Return the customer that its client is linked to; empty where a choice may differ."""
    key = ("client", file.invoice.client_id)
    link = ground.books.links.get(key)
    if changed or link is None or key in ground.books.choices:
        return ""
    return link.qbo_id


def _total_then(ground: Ground, file: InvoiceFile, link: Link, changed: bool) -> Cents | None:
    """Return the total with which it was posted, as far as it can be told.

    Where QuickBooks computes the tax, its total may differ from Docket's on purpose.
    """
    if ground.policy.tax != "docket":
        return None
    return file.invoice.total if link.total is None and not changed else link.total


def _unfit_update(ground: Ground, file: InvoiceFile, document: Document) -> Iterator[Finding]:
    """Yield why a change in Docket cannot simply be sent."""
    invoice = file.invoice
    about = ("invoice", invoice.id, f"invoice {display(invoice.number, 30)}")
    closed = ground.books.company.books_closed_on
    paid = document.total - document.balance
    if invoice.total < paid:
        yield finding(
            ConflictKind.CHANGED_BOTH,
            about,
            f"Docket now has a total of {format_cents(invoice.total)}, but QuickBooks already"
            f" has {format_cents(paid)} paid on it. Settle the difference there first.",
            (OPEN, EXCLUDE),
        )
    if closed is not None and document.txn_date <= closed < invoice.issued_on:
        yield finding(
            ConflictKind.CLOSED_BOOKS,
            ("invoice", f"closed:{shown_date(closed)}", f"closed through {shown_date(closed)}"),
            f"It was posted on {shown_date(document.txn_date)}, and the books are closed"
            f" through {shown_date(closed)}: the change cannot be sent.",
            (OPEN, EXCLUDE),
        )
    client = ground.books.clients.get(invoice.client_id)
    match = None if client is None else ground.matcher.client(client)
    moved = match is None or match.target is None or match.target.qbo_id != document.customer_id
    if moved and paid:
        yield finding(
            ConflictKind.CHANGED_BOTH,
            about,
            "The client was changed in Docket, and QuickBooks has payments on the invoice of"
            f" {ground.customer_name(document.customer_id)}. Move it there by hand.",
            (OPEN, EXCLUDE),
        )
