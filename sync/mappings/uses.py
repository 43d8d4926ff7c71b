"""Which invoices use a name: those that another choice would touch, and those it leaves; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from core.records import TaxLine
from core.text import name_key
from store.books import InvoiceFile
from store.states import TO_DO, InvoiceStatus
from sync.index import Index, alive
from sync.names import names_of
from sync.shapes import Preflight
from sync.short_lists import METHOD, TERM
from sync.sites import party_id

Key: TypeAlias = tuple[str, str]
"""A kind of name, and its key among those of this kind."""

TAX = "tax"
EVERY: Key = ("invoice", "")
"""Whatever is not voided or deleted."""


@dataclass(slots=True)
class Use:
    """The invoices that use a name, by Docket id."""

    name: str
    """As Docket writes it; empty for a client or product, whose match has it."""
    to_do: list[str] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)


def uses_of(index: Index, checked: Preflight) -> dict[Key, Use]:
    """Return every name that Docket's invoices and money have, with its invoices."""
    found: dict[Key, Use] = {EVERY: Use("")}
    for docket_id, check in checked.invoices.items():
        file = index.books.invoices.get(docket_id)
        if file is None or not alive(file.invoice):
            continue
        for key, (name, waits) in _named(index, file).items():
            use = found.get(key)
            if use is None:
                use = found[key] = Use(name)
            if check.status == InvoiceStatus.SYNCED or not waits:
                use.posted.append(docket_id)
            elif check.status in TO_DO:
                use.to_do.append(docket_id)
    for payment in index.books.loose.values():
        if payment.method:
            found.setdefault((METHOD, name_key(payment.method)), Use(payment.method))
    return found


def _named(index: Index, file: InvoiceFile) -> Mapping[Key, tuple[str, bool]]:
    """Return the names of an invoice as Docket writes them, and whether they are still to go."""
    invoice = file.invoice
    named = dict.fromkeys(names_of(index, file), ("", True))
    named["client", party_id(index.books, invoice)] = ("", True)
    named[EVERY] = ("", True)
    if invoice.terms_days is not None:
        named[TERM, str(invoice.terms_days)] = (_term_words(invoice.terms_days), True)
    for part in invoice.tax_lines:
        words = _tax_words(part)
        named[TAX, name_key(words)] = (words, True)
    for method, waits in _methods(index, file):
        key = (METHOD, name_key(method))
        before = named.get(key, ("", False))
        named[key] = (before[0] or method, before[1] or waits)
    return named


def _methods(index: Index, file: InvoiceFile) -> Iterator[tuple[str, bool]]:
    """Yield the methods of an invoice's money, and whether it is still to be posted."""
    links = index.books.links
    for payment in file.payments:
        if payment.method:
            yield payment.method, ("payment", payment.id) not in links
    for credit in index.credits.get(file.invoice.id, ()):
        if credit.method:
            yield credit.method, ("credit", credit.id) not in links
    if index.policy.refunds == "refund_receipt":  # a credit memo has no method
        for refund in file.refunds:
            if refund.method:
                yield refund.method, ("refund", refund.id) not in links


def _term_words(days: int) -> str:
    if days == 0:
        return "due on receipt"
    return "1 day" if days == 1 else f"{days} days"


def _tax_words(part: TaxLine) -> str:
    return f"{part.name} {part.rate.normalize():f} %".strip()
