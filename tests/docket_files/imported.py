"""What an import makes of files, as plain values that a made-up company can be compared with."""

from __future__ import annotations

import asyncio
import functools
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from connectors.docket_files.choosing import Wishes, as_profile, numbered
from connectors.docket_files.findings import Finding
from core.ids import SeededIds
from core.money import to_cents
from core.records import Invoice
from store.cache import Cache
from tests.docket_files.layouts import (
    HEADERS,
    NAMES,
    OPTIONAL,
    File,
    Look,
    Made,
    email,
    written_to,
)
from tests.docket_files.world import Held, chosen, desk, opened, quiet
from tests.store.worlds import StillClock

Plain = dict[str, tuple[Any, ...]]
"""The fields of an invoice, and what was paid on it and given back, by its number."""


@functools.cache
def _empty() -> bytes:
    """A new cache, made once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cache.db"
        with opened(path):
            pass
        return path.read_bytes()


def imported(
    files: Sequence[File], look: Look, *, mapped: bool = False
) -> tuple[Plain, list[Finding]]:
    """Import files as they are proposed, or with the columns `mapped` by a person.

    Dates and amounts are in the order and style that a person said.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = []
        for file in files:
            wishes = Wishes(
                kind=file.kind if mapped else None,
                columns=file.columns if mapped else None,
                dates=look.dates if look.dates in ("mdy", "dmy") else "",
                decimals=look.decimals,
            )
            (one,) = chosen([written_to(folder, file, look)], wishes)
            assert not one.problems, (file.name, one.problems)
            found.append((one.table, as_profile(one, file.kind.value, "USD")))
        path = folder / "cache.db"
        path.write_bytes(_empty())
        cache = Cache.open(path, clock=StillClock(), ids=SeededIds(1), scratch=True)
        with closing(cache):
            result = asyncio.run(desk(cache).run(numbered(found), quiet))
            return _plain(Held(cache)), list(result.findings)


def meant(company: Sequence[Made], look: Look) -> Plain:
    """What an import must make of a company's files."""
    return {one.number: _meant(one, look) for one in company}


def _meant(one: Made, look: Look) -> tuple[Any, ...]:
    said = {name: name not in look.left_out for name in OPTIONAL}
    lines: Any = [
        (f"Item {at}", item.quantity, item.price, item.quantity * item.price)
        for at, item in enumerate(one.items)
    ]
    if look.split == "whole":
        lines = sum(amount for *_, amount in lines)
    names = [HEADERS[f"tax_{at}_amount"] for at in (1, 2)]
    parts = [(names[at][look.words % 3], cents) for at, cents in enumerate(one.taxes) if cents]
    whole = [("Sales tax", sum(one.taxes))] if any(one.taxes) else []
    return (
        one.issued,
        one.due if said["due_on"] else None,
        NAMES[one.client],
        f"C{one.client}" if said["client_display_id"] or look.listed else "",
        email(one.client) if look.listed else "",
        one.po if said["po_number"] else "",
        lines,
        one.discount,
        parts if look.parts else whole,
        one.total,
        one.street if said["service_address_line1"] else "",
        [(f"{one.number}-{at}", one.issued, cents) for at, cents in enumerate(one.paid)],
        [(f"R{one.number}-{at}", one.issued, cents) for at, cents in enumerate(one.refunded)],
    )


def _plain(held: Held) -> Plain:
    paid: dict[str, list[Any]] = {}
    for payment in held.payments.values():
        (part,) = payment.allocations
        assert part.amount == payment.amount
        fact = (payment.number, payment.received_on, payment.amount)
        paid.setdefault(part.invoice_id, []).append(fact)
    back: dict[str | None, list[Any]] = {}
    for refund in held.refunds.values():
        back.setdefault(refund.invoice_id, []).append(
            (refund.number, refund.refunded_on, refund.amount)
        )
    return {
        one.number: (*_of_invoice(one, held), sorted(paid.get(key, [])), sorted(back.get(key, [])))
        for key, one in held.invoices.items()
    }


def _of_invoice(one: Invoice, held: Held) -> tuple[Any, ...]:
    client = held.clients[one.client_id]
    lines: Any = [
        (line.name, int(line.quantity), to_cents(line.unit_price), line.amount)
        for line in one.lines
    ]
    if one.lines[0].name == "As invoiced":
        lines = one.lines[0].amount
    places = {place.id: place.address.line1 for place in client.service_addresses}
    return (
        one.issued_on,
        one.due_on,
        client.customer_name,
        client.display_id,
        client.email,
        one.po_number,
        lines,
        one.discount,
        [(tax.name, tax.amount) for tax in one.tax_lines],
        one.total,
        places.get(one.service_address_id or "", ""),
    )
