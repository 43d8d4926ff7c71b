"""A small company in which one situation is played, over HTTP, on both sides.

Docket's people act through `docket`, the office acts in QuickBooks through `office`,
and the program through its desk; a test asks what the preview said, what QuickBooks
holds, and how the invoice stands.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from store.details import InvoiceDetail, Records
from store.load import load_books
from sync.desk import Desk
from sync.shapes import ConflictGroup, ConflictKind, InvoicePlan, Plan, RunResult
from tests.engine.company import Practice, practice

Record = dict[str, Any]

LINE = {"name": "Delivery Fee", "quantity": "1", "unit_price": "100.00", "taxable": False}
"""A product that QuickBooks has under the same name."""


@dataclass
class World:
    """The company; `desk` is what the screens and commands use."""

    practice: Practice

    @property
    def desk(self) -> Desk:
        """The program."""
        return self.practice.desk

    # Docket's people

    async def docket(self, resource: str, action: str, **edit: Any) -> Record:
        """Do in Docket what one of its users would; return the record that changed."""
        answer = await self.practice.edit_docket(action=action, **edit)
        found: Record = next(
            row["record"] for row in answer["changed"] if row["resource"] == resource
        )
        return found

    async def client(self, name: str, **fields: Any) -> str:
        """A new client of that company name; its id."""
        made = await self.docket("clients", "add_client", company_name=name, **fields)
        return str(made["id"])

    async def invoice(self, client: str, *lines: Mapping[str, Any], **fields: Any) -> Record:
        """A new invoice, of one delivery for 100.00 unless lines are given."""
        wanted = list(lines) or [LINE]
        return await self.docket("invoices", "add_invoice", client=client, lines=wanted, **fields)

    async def pay(self, invoice: Record, **fields: Any) -> Record:
        """A payment of an invoice, of all that is open unless an amount is given."""
        return await self.docket("payments", "pay", invoice=invoice["id"], **fields)

    # the office, in QuickBooks

    async def office(self, entity: str, record: Mapping[str, Any], **params: str) -> Record:
        """Write in QuickBooks as somebody in the office does; return what it then holds."""
        handle = self.practice.handle
        answer = await self.practice.http.post(
            f"{handle.qbo_url}/v3/company/{handle.realm_id}/{entity.lower()}",
            params={"minorversion": "75", **params},
            content=json.dumps(record, default=str),
            headers={
                "Authorization": f"Bearer {handle.access_token}",
                "Content-Type": "application/json",
                "Accept": "application/json",
            },
        )
        assert answer.status_code < 300, answer.text
        found: Record = json.loads(answer.text, parse_float=Decimal)[entity]
        return found

    async def bookkeeper(self, **edits: Any) -> None:
        """What QuickBooks' API has no word for: closing the books, a lapsed subscription, merging.

        The names are those of `POST /sandbox/company`.
        """
        handle = self.practice.handle
        body = {"realm": handle.realm_id, **edits}
        answer = await self.practice.http.post(f"{handle.qbo_url}/sandbox/company", json=body)
        assert answer.status_code == 200, answer.text

    async def held(self, entity: str, **fields: Any) -> list[Record]:
        """What stands in QuickBooks (deleted and voided left out) with these fields."""
        ledger = json.loads(json.dumps(await self.practice.ledger()), parse_float=Decimal)
        rows = [row for row in ledger[entity] if row.get("status") is None]
        return [row for row in rows if all(row.get(k) == v for k, v in fields.items())]

    async def held_invoice(self, invoice: Record) -> Record:
        """The one invoice in QuickBooks with that number."""
        (found,) = await self.held("Invoice", DocNumber=invoice["number"])
        return found

    # the program

    async def preview(self, *invoices: Record) -> Plan:
        """Fetch what is new and plan these invoices."""
        await self.desk.pull()
        return self.desk.preview([row["id"] for row in invoices])

    async def preview_one(self, invoice: Record) -> InvoicePlan:
        """Fetch what is new and plan this invoice alone."""
        (plan,) = (await self.preview(invoice)).invoices
        return plan

    async def sync(self, *invoices: Record) -> RunResult:
        """Fetch, plan and post; the first time as a test sync of the first invoice."""
        if not self.desk.lock().open:
            first = await self.preview(invoices[0])
            result = await self.desk.test_sync(first)
            if len(invoices) == 1:
                return result
        return await self.desk.bulk_sync(await self.preview(*invoices))

    def conflict(self, kind: ConflictKind) -> ConflictGroup:
        """The one conflict of that kind."""
        (found,) = [group for group in self.desk.conflicts() if group.kind == kind]
        return found

    def alone(self) -> None:
        """Leave the company's own invoices out, so that only the situation's count."""
        self.desk.exclude(list(load_books(self.practice.cache).invoices), "not of this situation")

    def conflicts(self, invoice: Record) -> list[ConflictGroup]:
        """What waits for a person about an invoice, with the ways out."""
        return [one for one in self.desk.conflicts() if invoice["id"] in one.invoices]

    def detail(self, invoice: Record) -> InvoiceDetail:
        """What the detail screen shows of an invoice."""
        found = Records(self.practice.cache).invoice(invoice["id"])
        assert found is not None
        return found


@asynccontextmanager
async def company(tmp_path: Path) -> AsyncIterator[World]:
    """A practice company with a handful of invoices of its own, already fetched."""
    async with practice(tmp_path, invoices=5) as here:
        await here.desk.pull()
        yield World(here)
