"""Is the invoice in QuickBooks already: by Docket's own sync, by hand, by us?

Exactly the same (number, customer, total, sales tax, date) is linked instead of posted
again. Very like it, or another document under its number, is a person's decision. What was
voided or deleted there does not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.money import format_cents
from core.records import Invoice
from core.text import display, name_key, tidy_name
from store.books import Document, InvoiceFile
from store.states import PostingState
from sync.checks.days import posting_day
from sync.checks.document import CREDIT_MEMO, sends_number
from sync.checks.ground import (
    ENTITY_WORDS,
    EXCLUDE,
    OPEN,
    WAIT,
    Ground,
    finding,
    shown_date,
    shown_document,
)
from sync.index import number_key, wanted_name
from sync.shapes import ConflictKind, Finding, WayOut
from sync.sites import party

OTHER_TAX = "twin:tax"
"""Key of the choice about all that is there already with another sales tax."""
TAX = "tax"


@dataclass(frozen=True, slots=True)
class Twin:
    """What QuickBooks has of an unlinked invoice: one to adopt, or a conflict, or neither."""

    adopt: Document | None = None
    conflict: Finding | None = None
    differences: tuple[str, ...] = ()
    """In what an adopted one differs, where a person chose it all the same."""


def number_note(number: str) -> str:
    """Return how PrivateNote names Docket's number, where QuickBooks numbers by itself."""
    return f"Docket invoice no. {number.strip()}"


def find_twin(ground: Ground, file: InvoiceFile) -> Twin:
    """Return what QuickBooks already has of an invoice that is not linked."""
    invoice = file.invoice
    chosen = _chosen(ground, invoice)
    if chosen is not None:
        return Twin(adopt=chosen, differences=unlike_words(ground, invoice, chosen))
    customers = _customers(ground, invoice)
    numbered = _same_number(ground, invoice)
    exact = [
        one
        for one in numbered
        if one.entity == "Invoice" and not _unlike(ground, invoice, one, customers)
    ]
    free = [one for one in exact if not _taken(ground, one)]
    if len(free) == 1 and len(numbered) == 1:
        return Twin(adopt=free[0])
    if posts_anyway(ground, invoice):
        return Twin()
    if len(numbered) == 1 and _other_tax_alone(ground, invoice, numbered[0], customers):
        return _taxed_otherwise(ground, invoice, numbered[0])
    if numbered:
        return Twin(conflict=_number_conflict(ground, invoice, numbered, customers))
    return Twin(conflict=next(_double(ground, invoice, customers), None))


def _chosen(ground: Ground, invoice: Invoice) -> Document | None:
    """Return the document that a person said is this invoice."""
    choice = ground.books.choices.get(("invoice", invoice.id))
    if choice is None or choice.action != "link":
        return None
    found = ground.index.document("Invoice", choice.qbo_id)
    return None if found is None or found.removed or _taken(ground, found) else found


def posts_anyway(ground: Ground, invoice: Invoice) -> bool:
    """Whether a person said that what is like it in QuickBooks is another invoice."""
    choice = ground.books.choices.get(("invoice", invoice.id))
    if choice is None or choice.action != "create":
        return False
    return choice.entity != CREDIT_MEMO


def _customers(ground: Ground, invoice: Invoice) -> frozenset[str]:
    """Return the customers that the invoice's client is, or bears the name of."""
    client = party(ground.books, invoice)
    if client is None:
        return frozenset()
    owned = ground.own_customers(invoice)
    if owned:
        return owned
    name = wanted_name(client, ground.policy)
    return frozenset(
        one.qbo_id
        for key in (name_key(name), name_key(tidy_name(name)))
        if key
        for one in ground.index.names.get(key, ())
        if one.entity == "Customer"
    )


def _same_number(ground: Ground, invoice: Invoice) -> Sequence[Document]:
    """Return what stands in QuickBooks under the invoice's number, or our note of it."""
    if not invoice.number.strip():
        return ()
    if ground.books.company.custom_numbers:
        own = _posted_before(ground, invoice)
        found = ground.index.by_number.get(number_key(invoice.number), ())
        return [own] if own is not None and own in found else found
    note = number_note(invoice.number)
    candidates = [
        one
        for customer in _customers(ground, invoice)
        for one in ground.index.likewise.get((customer, invoice.issued_on, invoice.total), ())
    ]
    return [one for one in candidates if note in one.note.splitlines()]


def _posted_before(ground: Ground, invoice: Invoice) -> Document | None:
    """Return the document that this program made of it before it was unsynced."""
    for row in reversed(ground.books.postings.get(("invoice", invoice.id), ())):
        if row.state == PostingState.CONFIRMED and row.qbo_id:
            found = ground.index.document(row.entity, row.qbo_id)
            return None if found is None or found.removed else found
    return None


def _taken(ground: Ground, document: Document) -> bool:
    return (document.entity, document.qbo_id) in ground.index.linked


def _unlike(
    ground: Ground, invoice: Invoice, one: Document, customers: frozenset[str]
) -> tuple[str, ...]:
    """Return in which of customer, total, tax and date a document differs."""
    unlike = []
    if one.customer_id not in customers:
        unlike.append("customer")
    if one.total != invoice.total:
        unlike.append("total")
    if one.tax != invoice.tax:
        unlike.append(TAX)
    if one.txn_date not in (invoice.issued_on, posting_day(ground, invoice.issued_on)):
        unlike.append("date")
    return tuple(unlike)


def unlike_words(ground: Ground, invoice: Invoice, one: Document) -> tuple[str, ...]:
    """Return in words how a document differs from an invoice, both sides given."""
    words = {
        "customer": f"customer {ground.client_name(invoice.client_id)} in Docket,"
        f" {ground.customer_name(one.customer_id)} in QuickBooks",
        "total": f"total {format_cents(invoice.total)} in Docket,"
        f" {format_cents(one.total)} in QuickBooks",
        TAX: f"sales tax {format_cents(invoice.tax)} in Docket,"
        f" {format_cents(one.tax)} in QuickBooks",
        "date": f"date {shown_date(invoice.issued_on)} in Docket,"
        f" {shown_date(one.txn_date)} in QuickBooks",
    }
    return tuple(words[part] for part in _unlike(ground, invoice, one, _customers(ground, invoice)))


def _number_conflict(
    ground: Ground, invoice: Invoice, numbered: Sequence[Document], customers: frozenset[str]
) -> Finding | None:
    like = [one for one in numbered if _far(_unlike(ground, invoice, one, customers)) < 2]
    if not sends_number(ground) and not like:
        return None
    shown = display(invoice.number, 30)
    about = ("invoice", invoice.id, f"invoice {shown}")
    one = min(like or numbered, key=lambda found: _far(_unlike(ground, invoice, found, customers)))
    ways = [_link(found) for found in numbered if _linkable(ground, found)]
    if like and not _taken(ground, one):
        differ = "; ".join(unlike_words(ground, invoice, one))
        several = f" {len(numbered)} documents have this number." if len(numbered) > 1 else ""
        words = (
            f"QuickBooks has {ENTITY_WORDS[one.entity]} with the number {shown} already, very"
            f" like this one{f', but: {differ}' if differ else ''}.{several}"
        )
        return finding(ConflictKind.ALREADY_THERE, about, words, (*ways, EXCLUDE))
    words = (
        f"QuickBooks uses the number {shown} for {shown_document(ground, one)}."
        " Renumber one of the two, or leave this invoice out."
    )
    return finding(ConflictKind.NUMBER_TAKEN, about, words, (*ways, EXCLUDE))


def _other_tax_alone(
    ground: Ground, invoice: Invoice, one: Document, customers: frozenset[str]
) -> bool:
    return _linkable(ground, one) and _unlike(ground, invoice, one, customers) == (TAX,)


def _taxed_otherwise(ground: Ground, invoice: Invoice, one: Document) -> Twin:
    """Return the same invoice with another sales tax: one choice holds for all that are so."""
    differences = unlike_words(ground, invoice, one)
    if links_any_tax(ground):
        return Twin(adopt=one, differences=differences)
    words = (
        f"QuickBooks has {shown_document(ground, one)}, the same but for its tax:"
        f" {differences[0]}. Correct one of the two, or link them as they are."
    )
    about = ("invoice", OTHER_TAX, "already there with another sales tax")
    ways = (
        WAIT,
        WayOut("link", "Link all whose sales tax alone differs; the proof lists the tax"),
        OPEN,
        EXCLUDE,
    )
    return Twin(conflict=finding(ConflictKind.ALREADY_THERE, about, words, ways))


def links_any_tax(ground: Ground) -> bool:
    """Whether a person said that invoices are the same although their sales tax differs."""
    choice = ground.books.choices.get(("invoice", OTHER_TAX))
    return choice is not None and choice.action == "link"


def _far(unlike: Sequence[str]) -> int:
    """Return how far a document is from the invoice; another tax alone makes it no other one."""
    return len(set(unlike) - {TAX})


def _linkable(ground: Ground, document: Document) -> bool:
    return document.entity == "Invoice" and not _taken(ground, document)


def _link(document: Document) -> WayOut:
    words = f"Link it with the invoice of {format_cents(document.total)} already there"
    return WayOut("link", words, entity=document.entity, qbo_id=document.qbo_id)


def _double(ground: Ground, invoice: Invoice, customers: frozenset[str]) -> Iterator[Finding]:
    """Yield the same customer, day and total under a number that Docket does not have."""
    if invoice.total == 0:
        return
    for customer in sorted(customers):
        for one in ground.index.likewise.get((customer, invoice.issued_on, invoice.total), ()):
            if of_another(ground, invoice, one) or _taken(ground, one):
                continue
            yield finding(
                ConflictKind.ALREADY_THERE,
                ("invoice", invoice.id, f"invoice {display(invoice.number, 30)}"),
                f"Possible double: QuickBooks has {shown_document(ground, one)}, of the same"
                " customer, day and amount. Is it this invoice?",
                (_link(one), WayOut("create", "It is another one: post this too"), EXCLUDE),
            )


def of_another(ground: Ground, invoice: Invoice, one: Document) -> bool:
    """Whether a document is known to be of another Docket invoice, by number or by note."""
    if sends_number(ground):
        return number_key(one.number) in ground.index.docket_numbers
    notes = [line for line in one.note.splitlines() if line.startswith(number_note(""))]
    return bool(notes) and number_note(invoice.number) not in notes
