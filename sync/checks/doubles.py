"""An invoice that is linked, and stands in QuickBooks a second time.

Docket's own sync may be pressed after ours, or a request of ours may land after a
person linked another document. Which of the two stays is the person's choice; nothing
is voided by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from core.records import Invoice
from core.text import display
from store.books import Document, InvoiceFile, Link
from sync.checks.ground import Ground, finding, shown_document
from sync.checks.twins import number_note, of_another
from sync.index import number_key
from sync.shapes import ConflictKind, Finding, WayOut

DOUBLE = "double"
"""Kind of a choice about two documents: `keep` both, or `link` the other one instead."""

_OURS = "[docket-qbo "


def double_key(docket_id: str, other: str) -> str:
    """Return the key of a choice about an invoice and the Id of its possible double."""
    return f"{docket_id}|{other}"


def invoice_of(key: str) -> str:
    """Return the Docket id in such a key."""
    return key.rpartition("|")[0]


def check_doubles(ground: Ground, file: InvoiceFile, link: Link) -> Iterator[Finding]:
    """Yield each document in QuickBooks that may be this linked invoice once more."""
    linked = ground.index.document(link.entity, link.qbo_id)
    if linked is None or linked.removed or linked.entity != "Invoice":
        return
    for other in _others(ground, file.invoice, linked):
        key = double_key(file.invoice.id, other.qbo_id)
        choice = ground.books.choices.get((DOUBLE, key))
        if choice is None or choice.action != "keep":
            yield _double(ground, key, file.invoice, linked, other)


def _others(ground: Ground, invoice: Invoice, linked: Document) -> list[Document]:
    """Return what is like the linked document and belongs to no Docket record, by Id."""
    index = ground.index
    likewise = index.likewise.get((linked.customer_id, linked.txn_date, linked.total), ())
    numbered = index.by_number.get(number_key(invoice.number), ()) if invoice.number else ()
    found = {one.qbo_id: one for one in likewise if not of_another(ground, invoice, one)}
    for one in numbered:
        same = one.customer_id == linked.customer_id or _OURS in one.note
        if one.entity == "Invoice" and same and _of_this(ground, invoice, one):
            found[one.qbo_id] = one
    return [
        one
        for key, one in sorted(found.items())
        if key != linked.qbo_id and (one.entity, key) not in index.linked
    ]


def _of_this(ground: Ground, invoice: Invoice, one: Document) -> bool:
    """Whether the number means the Docket invoice: QuickBooks' own numbers mean nothing."""
    if ground.books.company.custom_numbers:
        return True
    return number_note(invoice.number) in one.note.splitlines()


def _double(
    ground: Ground, key: str, invoice: Invoice, linked: Document, other: Document
) -> Finding:
    first, second = shown_document(ground, linked), shown_document(ground, other)
    return finding(
        ConflictKind.POSSIBLE_DOUBLE,
        (DOUBLE, key, f"invoice {display(invoice.number, 30)}"),
        f"Possible double: it is linked with {first}, and QuickBooks also has {second}. If they"
        " are one, void the other there; nothing is voided by itself.",
        (
            WayOut("wait", f"The linked one stays{_number(linked)}: void the other there"),
            WayOut(
                "link",
                f"The other one stays{_number(other)}: link it instead",
                entity=other.entity,
                qbo_id=other.qbo_id,
            ),
            WayOut("keep", "They are two different invoices: leave both"),
            WayOut("open", "Look in QuickBooks"),
        ),
    )


def _number(document: Document) -> str:
    shown = display(document.number, 30)
    return f" (no. {shown})" if shown else ""
