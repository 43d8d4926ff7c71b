"""Docket under simulation: a handful of clients with invoices, payments over several, refunds."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import timedelta

from core.money import Cents
from core.records import Account, Invoice, Kind, Page, Payment, Record, Refund
from tests.sim.server import Key
from tests.sync_pure import build


class Docket:
    """A `DocketSource` whose records a seed decides; a person may edit them.

    Args:
        chance: the seed's.
        invoices: how many.
        alike: some more, most of one amount, day and client: only their marks tell them apart.
    """

    def __init__(self, chance: random.Random, invoices: int, *, alike: bool = False) -> None:
        self._chance = chance
        self._alike = alike
        self.clients = [build.client(f"c{n}", f"Client {n} LLC") for n in range(3)]
        self.products = [build.product("p1", "20 Yard Dumpster")]
        self.invoices = [self._invoice(n) for n in range(invoices + 2 * alike)]
        self.payments = self._payments()
        self.refunds = self._refunds()
        self._edited: list[str] = []

    async def account(self) -> Account:
        return Account("a1", "Acme Roll-Off")

    async def changes(self, kind: Kind, cursor: str | None) -> AsyncIterator[Page]:
        records: dict[Kind, list[Record]] = {
            Kind.CLIENT: [*self.clients],
            Kind.PRODUCT: [*self.products],
            Kind.INVOICE: [*self.invoices],
            Kind.PAYMENT: [*self.payments],
            Kind.REFUND: [*self.refunds],
        }
        found = records.get(kind, [])
        if cursor is not None:
            found = [one for one in found if one.id in self._edited[int(cursor) :]]
        yield Page(kind, found, cursor=str(len(self._edited)))

    def edit(self, invoice: Invoice) -> Invoice:
        """Somebody corrects the price of an invoice."""
        self._edited.append(invoice.id)
        price = invoice.lines[0].unit_price + 1
        kept = build.invoice(
            invoice.id,
            invoice.number,
            invoice.client_id,
            [build.line(str(price))],
            updated_at=invoice.updated_at + timedelta(minutes=len(self._edited)),
        )
        self.invoices[self.invoices.index(invoice)] = kept
        return kept

    def owed(self) -> dict[Key, tuple[str, str, Cents]]:
        """Return what has to be in QuickBooks once: whose, with kind, Docket id and amount."""
        return {
            **{("Invoice", one.number): ("invoice", one.id, one.total) for one in self.invoices},
            **{("Payment", one.number): ("payment", one.id, one.amount) for one in self.payments},
            **{("CreditMemo", one.number): ("refund", one.id, one.amount) for one in self.refunds},
        }

    def keys_of(self, invoice: Invoice) -> set[Key]:
        """Return an invoice and all that hangs on it: its money, and what the same payment pays."""
        paid = [
            one
            for one in self.payments
            if any(part.invoice_id == invoice.id for part in one.allocations)
        ]
        together = {invoice.id, *(part.invoice_id for one in paid for part in one.allocations)}
        return {
            *(("Invoice", one.number) for one in self.invoices if one.id in together),
            *(("Payment", one.number) for one in paid),
            *(("CreditMemo", one.number) for one in self.refunds if one.invoice_id in together),
        }

    def _invoice(self, n: int) -> Invoice:
        price = f"{self._chance.randint(1_00, 900_00) / 100:.2f}"
        client = self._chance.choice(self.clients).id
        if self._alike and self._chance.random() < 0.8:
            price, client = "100.00", self.clients[0].id
        return build.invoice(f"i{n}", f"10{n}", client, [build.line(price)])

    def _payments(self) -> list[Payment]:
        payments: list[Payment] = []
        paid: set[str] = set()
        for one in self.invoices:
            if one.id in paid or self._chance.random() < 0.3:
                continue
            also = [
                other
                for other in self.invoices
                if other.client_id == one.client_id and other.id not in paid and other.id != one.id
            ]
            parts = [one, *also[: self._chance.choice([0, 0, 1, 2])]]
            paid |= {part.id for part in parts}
            payments.append(self._payment(len(payments), parts))
        return payments

    def _payment(self, n: int, parts: list[Invoice]) -> Payment:
        return build.payment(
            f"y{n}",
            sum(part.total for part in parts),
            {part.id: part.total for part in parts},
            number=f"P-{n}",
            client_id=parts[0].client_id,
        )

    def _refunds(self) -> list[Refund]:
        return [
            build.refund(f"r{n}", 100, number=f"R-{n}", client_id=one.client_id, invoice_id=one.id)
            for n, one in enumerate(self.invoices)
            if self._chance.random() < 0.2
        ]
