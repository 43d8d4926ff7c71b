"""A practice company that numbers its invoices itself, over loopback.

QuickBooks gives the numbers and forgets request ids: nothing but the look for our mark
keeps a posting whose answer was lost from being made twice.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from connectors.qbo.client import QboClient
from connectors.qbo.faults import QboUnclear
from connectors.qbo.shapes import Answer
from core.ids import marker, request_id
from core.records import Invoice
from store.load import load_books
from sync.checks.twins import number_note
from sync.ports import QboPort
from sync.shapes import Outcome
from tests.engine.company import Practice, practice

EQUAL = 5


class _Losing:
    """The real company, on a line that loses answers, and requests, in turn."""

    def __init__(self, qbo: QboClient) -> None:
        self._qbo = qbo
        self._fates = ["", "answer", "request", "answer", ""]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._qbo, name)

    async def create(self, entity: str, body: bytes, request_id: str, **more: Any) -> Answer:
        fate = self._fates.pop() if entity == "Invoice" and self._fates else ""
        if fate == "request":
            raise QboUnclear("the connection broke off")
        answer = await self._qbo.create(entity, body, request_id, **more)
        if fate == "answer":
            raise QboUnclear("the connection broke off")
        return answer


async def _numbers_itself(here: Practice) -> None:
    answer = await here.http.post(
        f"{here.handle.qbo_url}/sandbox/company",
        json={
            "realm": here.handle.realm_id,
            "preferences": {"SalesFormsPrefs": {"CustomTxnNumbers": False}},
            "switches": {"request_memory": 0},
        },
    )
    answer.raise_for_status()


async def _equal_invoices(here: Practice) -> list[str]:
    """Several invoices of one client, day and total, as a hauler has of equal loads."""
    await here.desk.pull()
    proposed = here.desk.propose_test()
    assert proposed is not None
    like = load_books(here.cache).invoices[proposed].invoice
    line = {"product_id": like.lines[0].product_id, "name": like.lines[0].name}
    for _ in range(EQUAL):
        await here.edit_docket(
            action="add_invoice",
            client=like.client_id,
            issued_on=like.issued_on.isoformat(),
            lines=[{**line, "quantity": "1", "unit_price": "120.00"}],
            tax_lines=[],
        )
    before = set(load_books(here.cache).invoices)
    await here.desk.pull()
    return sorted(set(load_books(here.cache).invoices) - before)


async def test_equal_invoices_without_numbers_are_told_apart_by_their_marks(
    tmp_path: Path,
) -> None:
    async with practice(tmp_path, invoices=12) as here:
        await _numbers_itself(here)
        equal = await _equal_invoices(here)
        assert len(equal) == EQUAL
        first, *others = equal
        tested = await here.desk.test_sync(here.desk.preview([first]))
        assert tested.agreed
        desk = here.another_desk(cast(QboPort, _Losing(here.qbo)))
        result = await desk.bulk_sync(desk.preview(others))
        assert result.totals[Outcome.POSTED].count == EQUAL - 1
        assert result.unclear_found == 2
        assert result.finished

        held = {one["Id"]: one for one in (await here.ledger())["Invoice"]}
        books = load_books(here.cache)
        numbers = set()
        for docket_id in equal:
            invoice = books.invoices[docket_id].invoice
            document = held[books.links["invoice", docket_id].qbo_id]
            assert _mark(here, invoice) in document["PrivateNote"]
            assert number_note(invoice.number) in document["PrivateNote"]
            numbers.add(document["DocNumber"])
        assert len(numbers) == EQUAL
        marked = [one for one in held.values() if "[docket-qbo " in one.get("PrivateNote", "")]
        assert len(marked) == EQUAL


def _mark(here: Practice, invoice: Invoice) -> str:
    realm = here.handle.realm_id
    return marker(request_id(realm, "Invoice", "invoice", invoice.id, "create", 0))
