"""The invoices that payments, refunds and credits name, by id or number."""

from __future__ import annotations

from collections.abc import Iterable

from connectors.docket_files.findings import RowProblem
from connectors.docket_files.group import Group
from connectors.docket_files.known import Head, Known
from core.records import Invoice, Kind


class Invoices:
    """Those that some groups name, asked for at once."""

    def __init__(self, known: Known, groups: Iterable[Group]) -> None:
        """Ask for them."""
        ids: set[str] = set()
        numbers: set[str] = set()
        for group in groups:
            for row in group.rows:
                sheet = group.sheets[int(row[0])]
                ids.add(sheet.cell(row, "invoice_id"))
                numbers.add(sheet.cell(row, "invoice_number"))
        self._by_number = known.heads(Kind.INVOICE, numbers - {""})
        self._by_id = {
            key: Head(key, one.client_id, one.total)
            for key, one in known.records(Kind.INVOICE, ids - {""}).items()
            if isinstance(one, Invoice)
        }

    def find(self, invoice_id: str, number: str) -> Head | None:
        """Return the invoice that is meant; None if there is none.

        Raises:
            RowProblem: several have this number.
        """
        if invoice_id in self._by_id:
            return self._by_id[invoice_id]
        heads = self._by_number.get(number, ())
        if len(heads) > 1:
            raise RowProblem("invoice_number", f"{len(heads)} invoices have the number {number}")
        return heads[0] if heads else None
