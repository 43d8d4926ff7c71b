"""The model of QuickBooks answers as the practice QuickBooks does, over the real client."""

from __future__ import annotations

import random
from pathlib import Path

from connectors.qbo.faults import QboRefused
from connectors.qbo.query import select, where_in
from core.jsonio import JsonObject
from core.money import exact_cents
from sync.judge import is_voided
from sync.planned import freeze
from sync.ports import QboPort
from tests.engine.company import practice
from tests.engine.fake_qbo import FakeQbo
from tests.sim.server import Server
from tests.sim.worlds import World


async def _story(qbo: QboPort) -> list[object]:
    """What an engine asks of QuickBooks, and what came back, without what differs by nature."""
    items = await qbo.query(select("Item"))
    item = next(one["Id"] for one in items if one["Type"] == "Service")
    customer = await qbo.create("Customer", freeze({"DisplayName": "Model Check LLC"}), "m-1")
    body: JsonObject = {
        "DocNumber": "MODEL-1",
        "CustomerRef": {"value": customer.object["Id"]},
        "TxnDate": "2026-11-02",
        "PrivateNote": "[docket-qbo abcdefghijklmnop]",
        "Line": [
            {
                "Amount": 120,
                "DetailType": "SalesItemLineDetail",
                "SalesItemLineDetail": {"ItemRef": {"value": item}, "Qty": 1, "UnitPrice": 120},
            }
        ],
    }
    invoice = (await qbo.create("Invoice", freeze(body), "m-2")).object
    again = (await qbo.create("Invoice", freeze(body), "m-2")).object
    payment = {
        "CustomerRef": body["CustomerRef"],
        "TotalAmt": 120,
        "TxnDate": "2026-11-02",
        "PaymentRefNum": "MODEL-P",
        "Line": [
            {"Amount": 120, "LinkedTxn": [{"TxnId": invoice["Id"], "TxnType": "Invoice"}]},
        ],
    }
    paid = (await qbo.create("Payment", freeze(payment), "m-3")).object
    after = await qbo.read("Invoice", invoice["Id"])
    stale = {"Id": invoice["Id"], "SyncToken": "77", "sparse": True, "PrivateNote": "x"}
    void = {"Id": paid["Id"], "SyncToken": paid["SyncToken"]}
    voided = (await qbo.void("Payment", freeze(void), "m-4")).object
    freed = await qbo.read("Invoice", invoice["Id"])
    return [
        again["Id"] == invoice["Id"],
        exact_cents(invoice["TotalAmt"]),
        exact_cents(invoice["Balance"]),
        [exact_cents(one["TotalAmt"]) for one in await _numbered(qbo, "MODEL-1")],
        await _numbered(qbo, "MODEL-2"),
        exact_cents(paid["UnappliedAmt"]),
        exact_cents(after["Balance"]),
        after["LinkedTxn"] == [{"TxnId": paid["Id"], "TxnType": "Payment"}],
        is_voided(voided),
        exact_cents(freed["Balance"]),
        await _code(qbo.create("Customer", freeze({"DisplayName": "MODEL check LLC"}), "m-5")),
        await _code(qbo.create("Invoice", freeze(body), "m-6")),
        await _code(qbo.update("Invoice", freeze(stale), "m-7")),
        await _code(qbo.read("Invoice", "999999")),
    ]


async def _numbered(qbo: QboPort, number: str) -> list[JsonObject]:
    return await qbo.query(select("Invoice", where_in("DocNumber", [number])))


async def _code(call: object) -> str:
    try:
        await call  # type: ignore[misc]  # any of the port's calls
    except QboRefused as refused:
        return refused.code
    return "no refusal"


def _model() -> FakeQbo:
    server = Server(World("model", lag=0.0), random.Random(1))
    server.unique_numbers = True
    server.add("Item", Name="20 Yard Dumpster", Type="Service")
    return server


async def test_the_model_and_the_practice_quickbooks_answer_alike(tmp_path: Path) -> None:
    async with practice(tmp_path) as company:
        real = await _story(company.qbo)
    assert real[-4:] == ["6240", "6140", "5010", "610"]
    assert real == await _story(_model())
