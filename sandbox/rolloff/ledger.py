"""What QuickBooks already holds: invoices from Docket's own sync, and the bookkeeper's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sandbox.docket.amounts import Record, money
from sandbox.rolloff import catalogue
from sandbox.rolloff.dice import Dice
from sandbox.rolloff.documents import Job
from sandbox.rolloff.mix import IN_QBO
from sandbox.rolloff.operation import Operation, create, ref
from sandbox.rolloff.parties import slug
from sandbox.rolloff.receipts import Receipts

UNDEPOSITED_FUNDS = "4"
TERM_OF_DAYS = {0: "1", 15: "2", 30: "3"}
METHODS = {"Cash": "1", "Check": "2", "Credit Card": "@method/card", "ACH": "@method/ach"}

OWN_CUSTOMERS = (
    "Oakhurst Water Supply Corp", "Fredericksburg Fairgrounds", "VFW Post 8397",
    "Bandera Feed Barn", "Quarry Lake Apartments", "Helotes Little League",
)  # fmt: skip
"""Customers who never were in Docket."""


def sent_by_docket(jobs: Sequence[Job], money_in: Receipts) -> Iterator[Operation]:
    """Invoices that Docket's own sync posted, most of them with their payments."""
    for job in jobs:
        if job.kind not in IN_QBO:
            continue
        key = f"invoice/{job.record['id']}"
        yield create("Invoice", key, _invoice(job))
        if job.kind == "in_qbo_open":
            continue
        for payment in money_in.paid_by.get(job.record["id"], []):
            yield create("Payment", f"payment/{payment['id']}", _payment(job, payment, key))


def _invoice(job: Job) -> Record:
    sent = job.sent
    return {
        "DocNumber": sent["number"],
        "TxnDate": sent["issued_on"],
        "DueDate": sent["due_on"],
        "CustomerRef": ref(f"@customer/{job.party.id}"),
        "SalesTermRef": ref(TERM_OF_DAYS[sent["terms_days"]]),
        "Line": [_invoice_line(line) for line in sent["lines"]],
        "TxnTaxDetail": {"TotalTax": sent["tax"]},
    }


def _invoice_line(line: Mapping[str, Any]) -> Record:
    key = str(line["product_id"]).removeprefix("pr-")
    return {
        "DetailType": "SalesItemLineDetail",
        "Amount": line["amount"],
        "Description": line["description"] or line["name"],
        "SalesItemLineDetail": {
            "ItemRef": ref(f"@item/{key}"),
            "Qty": line["quantity"],
            "UnitPrice": line["unit_price"],
            "TaxCodeRef": ref("TAX" if line["taxable"] else "NON"),
        },
    }


def _payment(job: Job, payment: Mapping[str, Any], key: str) -> Record:
    body = {
        "CustomerRef": ref(f"@customer/{job.party.id}"),
        "TxnDate": payment["received_on"],
        "TotalAmt": payment["amount"],
        "PaymentMethodRef": ref(METHODS[payment["method"]]),
        "DepositToAccountRef": ref(UNDEPOSITED_FUNDS),
        "PaymentRefNum": payment["reference"],
        "Line": [
            {
                "Amount": payment["amount"],
                "LinkedTxn": [{"TxnId": f"@{key}", "TxnType": "Invoice"}],
            }
        ],
    }
    return {name: value for name, value in body.items() if value}


def keyed_by_hand(dice: Dice, jobs: Sequence[Job], today: date) -> Iterator[Operation]:
    """Invoices of the bookkeeper's own, two of them under numbers that Docket uses too."""
    taken = [job.record["number"] for job in jobs if job.kind == "number_taken"]
    own = [str(1001 + place) for place in range(12)]
    for place, number in enumerate([*own, *taken]):
        name = OWN_CUSTOMERS[place % len(OWN_CUSTOMERS)]
        rental = catalogue.RENTALS[place % len(catalogue.RENTALS)]
        price = money(dice.between(9000, 68000))
        line = {
            "product_id": rental.id,
            "name": rental.name,
            "description": "",
            "quantity": "1",
            "unit_price": price,
            "amount": price,
            "taxable": False,
        }
        day = today - timedelta(days=dice.between(5, 60))
        body = {
            "DocNumber": number,
            "TxnDate": day.isoformat(),
            "CustomerRef": ref(f"@customer/{slug(name)}"),
            "Line": [_invoice_line(line)],
        }
        yield create("Invoice", f"invoice/own-{number}", body)
        if place % 3 == 0:
            yield create("Payment", f"payment/own-{number}", _own_payment(body, number))


def _own_payment(invoice: Mapping[str, Any], number: str) -> Record:
    amount = invoice["Line"][0]["Amount"]
    link = {"TxnId": f"@invoice/own-{number}", "TxnType": "Invoice"}
    return {
        "CustomerRef": invoice["CustomerRef"],
        "TxnDate": invoice["TxnDate"],
        "TotalAmt": amount,
        "PaymentMethodRef": ref(METHODS["Check"]),
        "Line": [{"Amount": amount, "LinkedTxn": [link]}],
    }
