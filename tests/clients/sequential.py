"""A plain script with python-quickbooks: one call after the other, no limits, no journal.

Runs in .venv-clients; gets the practice company's JSON line on standard input, and then one
JSON line of invoices to post: `[{"customer", "number", "date", "lines": [{"amount",
"description"}]}]`, the customer by its QuickBooks Id. Pays each in full, and prints how many
seconds they took. It is what `make bench-throughput` compares with.
"""

from __future__ import annotations

import json
import sys
import time
import uuid
from typing import Any

from python_quickbooks import connected
from quickbooks import QuickBooks
from quickbooks.objects.customer import Customer
from quickbooks.objects.detailline import SalesItemLine, SalesItemLineDetail
from quickbooks.objects.invoice import Invoice
from quickbooks.objects.item import Item
from quickbooks.objects.payment import Payment, PaymentLine
from steps import practice


def customer_of(qbo_id: str, known: dict[str, Customer], qb: QuickBooks) -> Customer:
    """Get a customer, once."""
    if qbo_id not in known:
        known[qbo_id] = Customer.get(qbo_id, qb=qb)
    return known[qbo_id]


def post(row: dict[str, Any], customer: Customer, item: Item, qb: QuickBooks) -> None:
    """Create an invoice and its payment, each with a request id of its own."""
    made = Invoice()
    made.CustomerRef = customer.to_ref()
    made.DocNumber, made.TxnDate = row["number"], row["date"]
    for one in row["lines"]:
        line = SalesItemLine()
        line.Amount, line.Description = one["amount"], one["description"]
        line.SalesItemLineDetail = SalesItemLineDetail()
        line.SalesItemLineDetail.ItemRef = item.to_ref()
        made.Line.append(line)
    made = made.save(qb=qb, request_id=uuid.uuid4().hex)
    paid = PaymentLine()
    paid.Amount = made.TotalAmt
    paid.LinkedTxn.append(made.to_linked_txn())
    payment = Payment()
    payment.CustomerRef = customer.to_ref()
    payment.TotalAmt = made.TotalAmt
    payment.Line.append(paid)
    payment.save(qb=qb, request_id=uuid.uuid4().hex)


def main() -> None:
    """Post all of them."""
    qb = connected(practice(), None)
    rows = json.loads(sys.stdin.readline())
    item = Item.where("Type = 'Service'", max_results=1, qb=qb)[0]
    known: dict[str, Customer] = {}
    begun = time.monotonic()
    for row in rows:
        post(row, customer_of(row["customer"], known, qb), item, qb)
    print(json.dumps({"seconds": time.monotonic() - begun}))


if __name__ == "__main__":
    main()
