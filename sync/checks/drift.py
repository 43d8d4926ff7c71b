"""What happened to a posted invoice since: in QuickBooks, in Docket, or in both.

A newer SyncToken is no change by itself: payments raise it too. The link keeps the token
up to which the content was as we left it (`sync.seen`); past it, the fields decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.money import Cents, format_cents
from core.records import Invoice
from core.text import display
from store.books import Document, InvoiceFile, Link
from store.states import LinkOrigin
from sync.changes import Changes, changes_of
from sync.checks.ground import EXCLUDE, OPEN, Ground, finding, shown_date
from sync.checks.kept import again_way
from sync.checks.twins import links_any_tax, unlike_words
from sync.checks.whose import check_customer, customer_of
from sync.content import content_digest
from sync.fingerprint import changed, fingerprint
from sync.index import alive
from sync.shapes import ConflictKind, Finding, WayOut
from sync.sites import party

LEAVE = "Leave both as they are"
_APPLIED = frozenset({"Payment", "CreditMemo", "JournalEntry", "Deposit", "Check"})


@dataclass(frozen=True, slots=True)
class Drift:
    """How a linked invoice stands to its QuickBooks invoice."""

    changed: bool = False
    """Docket's invoice is not what it was when posted, and that is to be sent."""
    changes: Changes | None = None
    void: bool = False
    """It is to be voided in QuickBooks."""
    kept: tuple[str, ...] = ()
    """How the two differ, where a person said to leave both as they are, or to link them so."""
    forced: bool = False
    """A person said to send Docket's change although QuickBooks' was changed too."""
    findings: tuple[Finding, ...] = ()


def drift_of(ground: Ground, file: InvoiceFile, link: Link) -> Drift:
    """Weigh a linked invoice against its QuickBooks invoice."""
    invoice = file.invoice
    document = ground.index.sale(link)
    own = alive(invoice) and changed(link.fingerprint, invoice)
    if document is None:
        return Drift(changed=own)
    if document.removed:
        return Drift(findings=tuple(_removed(file, document)) if alive(invoice) else ())
    moved = document.sync_token != link.sync_token
    weighed = own or moved
    changes = _changes(ground, file, link, document) if weighed and alive(invoice) else None
    differ = _qbo_changes(ground, file, link, document, own, changes)
    choice = ground.books.choices.get(("invoice", invoice.id))
    if alive(invoice) and not own and not differ and invoice.tax == document.tax and choice is None:
        return Drift(changes=changes)  # the most common case, and the content is not read for it
    seen = seen_now(file, document)
    said = choice.action if choice is not None and choice.name == seen else ""
    if said == "keep":
        return Drift(kept=tuple(differ) or _unlike(ground, invoice, document))
    keep = WayOut("keep", LEAVE, seen, document.entity, document.qbo_id)
    if not alive(invoice):
        return _gone_in_docket(ground, file, document, differ, keep, said)
    if differ and said != "send":
        return Drift(own, changes, findings=(_changed_there(file, own, differ, changes, keep),))
    if not own:
        return Drift(changes=changes, kept=_linked_so(ground, file, link, document))
    unfit = tuple(_unfit_update(ground, file, document, changes, keep))
    return Drift(own, changes, forced=said == "send", findings=unfit)


def seen_now(file: InvoiceFile, document: Document) -> str:
    """Return what tells this state of both sides from any other: a choice about it lasts as long.

    A payment changes neither, so the choice outlives it.
    """
    return f"{content_digest(document.body)}:{_state_of(file)}"


def _state_of(file: InvoiceFile) -> str:
    invoice = file.invoice
    gone = "" if alive(invoice) else "void" if invoice.deleted_at is None else "deleted"
    return gone or fingerprint(invoice)[-12:]


def _about(file: InvoiceFile) -> tuple[str, str, str]:
    invoice = file.invoice
    return ("invoice", invoice.id, f"invoice {display(invoice.number, 30)}")


def _changes(ground: Ground, file: InvoiceFile, link: Link, document: Document) -> Changes | None:
    client = party(ground.books, file.invoice)
    match = None if client is None else ground.matcher.client(client)
    target = None if match is None else match.target
    customer = document.customer_id if target is None else target.qbo_id
    return changes_of(ground, file, link, document, customer)


def _removed(file: InvoiceFile, document: Document) -> Iterator[Finding]:
    yield finding(
        ConflictKind.REMOVED_IN_QBO,
        _about(file),
        f"The invoice was {document.removed.lower()} in QuickBooks; in Docket it still stands.",
        (again_way(document), EXCLUDE, OPEN),
    )


# --- voided or deleted in Docket


def _gone_in_docket(
    ground: Ground,
    file: InvoiceFile,
    document: Document,
    differ: list[str],
    keep: WayOut,
    said: str,
) -> Drift:
    """Void it in QuickBooks if Docket voided it; if Docket deleted it, a person says so first."""
    leave = WayOut("keep", "Leave it in QuickBooks as it is", *_rest(keep))
    what = _gone_words(file)
    asked = file.invoice.voided_at is not None or said == "void"
    ways: tuple[WayOut, ...] = (OPEN, leave)
    if differ:
        words = f"{what} Meanwhile somebody changed it in QuickBooks: {'; '.join(differ)}."
    elif _applied(ground, document):
        words = (
            f"{what} It cannot be voided there while {_applied(ground, document)} is applied to"
            " it: take that off first, then refresh."
        )
    elif document.entity != "Invoice":
        words = f"{what} QuickBooks has no void for it: delete it there, if that is right."
    elif _closed(ground, document):
        words = f"{what} {_closed(ground, document)}"
    elif asked:
        return Drift(void=True)
    else:
        words = f"{what} Leave it, or void it there."
        ways = (leave, WayOut("void", "Void it in QuickBooks", *_rest(keep)), OPEN)
    return Drift(findings=(finding(ConflictKind.REMOVED_IN_DOCKET, _about(file), words, ways),))


def _rest(keep: WayOut) -> tuple[str, str, str]:
    return keep.name, keep.entity, keep.qbo_id


def _gone_words(file: InvoiceFile) -> str:
    invoice = file.invoice
    what = "deleted in Docket"
    if invoice.deleted_at is None:
        reason = display(invoice.void_reason, 60)
        what = f"voided in Docket{f' ({reason})' if reason else ''}"
    return f"The invoice was {what} after it was posted; in QuickBooks it still stands."


def _applied(ground: Ground, document: Document) -> str:
    """Return what settles an invoice in QuickBooks, in words; empty if nothing does."""
    settled = document.total - document.balance
    found = [part for part in document.applied if part.entity in _APPLIED]
    if not found:
        return f"{format_cents(settled)} of payments or credits" if settled else ""
    kinds = {"Payment": "a payment", "CreditMemo": "a credit memo"}
    one = found[0]
    there = ground.index.document(one.entity, one.qbo_id)
    number = f" {display(there.number, 30)}" if there is not None and there.number else ""
    words = f"{kinds.get(one.entity, 'a record')}{number} of {format_cents(one.amount or settled)}"
    return f"{words} and {len(found) - 1} more" if len(found) > 1 else words


def _closed(ground: Ground, document: Document) -> str:
    closed = ground.books.company.books_closed_on
    if closed is None or document.txn_date > closed:
        return ""
    return (
        f"Its date, {shown_date(document.txn_date)}, is in the closed books (through"
        f" {shown_date(closed)}): a void would change a closed month. Ask the accountant, or"
        " enter a credit memo in an open month."
    )


# --- changed in QuickBooks


def _changed_there(
    file: InvoiceFile, own: bool, differ: list[str], changes: Changes | None, keep: WayOut
) -> Finding:
    about = _about(file)
    if not own:
        words = f"Changed in QuickBooks since it was posted: {'; '.join(differ)}."
        return finding(ConflictKind.CHANGED_IN_QBO, about, words, (OPEN, keep, EXCLUDE))
    words = f"Changed in Docket and in QuickBooks since it was posted: {'; '.join(differ)}."
    ways: tuple[WayOut, ...] = (OPEN, keep, EXCLUDE)
    if changes is not None and changes.in_docket:
        docket = ", ".join(changes.in_docket)
        words = f"{words} Docket changed {docket}."
        if not changes.clash and not changes.unmatched and changes.in_quickbooks:
            send = WayOut("send", f"Send only what Docket changed: {docket}", *_rest(keep))
            ways = (send, *ways)
    return finding(ConflictKind.CHANGED_BOTH, about, words, ways)


def _qbo_changes(
    ground: Ground,
    file: InvoiceFile,
    link: Link,
    document: Document,
    own: bool,
    changes: Changes | None,
) -> list[str]:
    """Return what somebody changed in QuickBooks, in words."""
    if _linked_all_the_same(ground, file, link, document):
        return []
    words = []
    then = _total_then(ground, file, link, own)
    if then is not None and then != document.total:
        words.append(f"total {format_cents(then)} when posted, {format_cents(document.total)} now")
    elif then is not None and not own and file.invoice.tax != document.tax:
        tax, there = format_cents(file.invoice.tax), format_cents(document.tax)
        words.append(f"sales tax {tax} when posted, {there} now")
    customer = "" if own else customer_of(ground, file.invoice.client_id, document)
    lost = any(check_customer(ground, file.invoice.client_id, document))
    moved = bool(customer) and customer != document.customer_id
    if moved and not lost:
        words.append(
            f"customer {ground.customer_name(customer)} when posted,"
            f" {ground.customer_name(document.customer_id)} now"
        )
    if changes is not None:
        its_own = document.customer_id in ground.own_customers(file.invoice)
        told = {"customer"} if moved or lost or its_own else set()
        words += [
            f"{one.field} {one.posted or 'nothing'} when posted, {one.quickbooks or 'nothing'} now"
            for one in changes.fields
            if one.field in changes.in_quickbooks and one.field not in told
        ]
    return words


def _linked_all_the_same(ground: Ground, file: InvoiceFile, link: Link, document: Document) -> bool:
    """Whether a person linked it knowing that the two differ, and nobody changed it since."""
    if document.sync_token != link.sync_token:
        return False
    choice = ground.books.choices.get(("invoice", file.invoice.id))
    if choice is not None and choice.action == "link" and choice.qbo_id == link.qbo_id:
        return True
    return link.origin == LinkOrigin.ADOPTED and links_any_tax(ground)


def _linked_so(
    ground: Ground, file: InvoiceFile, link: Link, document: Document
) -> tuple[str, ...]:
    """Return how the two differ that a person linked all the same."""
    if not _linked_all_the_same(ground, file, link, document):
        return ()
    return unlike_words(ground, file.invoice, document)


def _unlike(ground: Ground, invoice: Invoice, document: Document) -> tuple[str, ...]:
    return unlike_words(ground, invoice, document) or ("Docket changed it since it was posted",)


def _total_then(ground: Ground, file: InvoiceFile, link: Link, own: bool) -> Cents | None:
    """Return the total with which it was posted, as far as it can be told.

    Where QuickBooks computes the tax, its total may differ from Docket's on purpose.
    """
    if ground.policy.tax != "docket":
        return None
    return file.invoice.total if link.total is None and not own else link.total


# --- changed in Docket


def _unfit_update(
    ground: Ground,
    file: InvoiceFile,
    document: Document,
    changes: Changes | None,
    keep: WayOut,
) -> Iterator[Finding]:
    """Yield why a change in Docket cannot simply be sent."""
    invoice = file.invoice
    closed = ground.books.company.books_closed_on
    paid = document.total - document.balance
    ways = (OPEN, keep, EXCLUDE)
    if changes is not None and changes.unmatched:
        yield finding(
            ConflictKind.CHANGED_BOTH,
            _about(file),
            "Docket changed its lines, but the invoice in QuickBooks has other lines than Docket"
            " had. Change it there by hand.",
            ways,
        )
    if abs(invoice.total) < abs(paid):
        yield finding(
            ConflictKind.CHANGED_BOTH,
            _about(file),
            f"Docket now has a total of {format_cents(invoice.total)}, but QuickBooks already"
            f" has {format_cents(paid)} paid on it. Settle the difference there first.",
            ways,
        )
    if closed is not None and document.txn_date <= closed < invoice.issued_on:
        yield finding(
            ConflictKind.CLOSED_BOOKS,
            ("invoice", f"closed:{shown_date(closed)}", f"closed through {shown_date(closed)}"),
            f"It was posted on {shown_date(document.txn_date)}, and the books are closed"
            f" through {shown_date(closed)}: the change cannot be sent.",
            (OPEN, EXCLUDE),
        )
    if paid and document.customer_id not in ground.own_customers(invoice):
        yield finding(
            ConflictKind.CHANGED_BOTH,
            _about(file),
            "The client was changed in Docket, and QuickBooks has payments on the invoice of"
            f" {ground.customer_name(document.customer_id)}. Move it there by hand.",
            ways,
        )
