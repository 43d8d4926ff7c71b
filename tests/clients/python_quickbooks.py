"""python-quickbooks, unmodified but for its base URL, against the practice company.

Runs in .venv-clients; gets the practice company's JSON line on standard input.
"""

from __future__ import annotations

import os
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from intuitlib.client import AuthClient
from quickbooks import QuickBooks
from quickbooks.batch import batch_create, batch_delete
from quickbooks.cdc import change_data_capture
from quickbooks.exceptions import (
    AuthorizationException,
    ObjectNotFoundException,
    QuickbooksException,
)
from quickbooks.objects.base import EmailAddress
from quickbooks.objects.company_info import CompanyInfo
from quickbooks.objects.customer import Customer
from quickbooks.objects.detailline import SalesItemLine, SalesItemLineDetail
from quickbooks.objects.invoice import Invoice
from quickbooks.objects.item import Item
from quickbooks.objects.payment import Payment, PaymentLine
from quickbooks.objects.preferences import Preferences
from steps import Steps, practice

STALE_OBJECT = 5010


def connected(told: dict[str, Any], access_token: str | None) -> QuickBooks:
    """A client of the practice company; only the addresses are not Intuit's.

    Without an access token it fetches one with the refresh token.
    """
    # oauthlib sends a token over plain HTTP only when told that this is meant.
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    QuickBooks.api_url_v3 = f"{told['qbo_url']}/v3"
    auth = AuthClient(
        client_id=told["client_id"],
        client_secret=told["client_secret"],
        redirect_uri="http://localhost:8000/callback",
        environment=f"{told['qbo_url']}/.well-known/openid_configuration",
        access_token=access_token,
        refresh_token=told["refresh_token"],
    )
    return QuickBooks(
        auth_client=auth,
        refresh_token=told["refresh_token"],
        company_id=told["realm_id"],
        minorversion=75,
    )


def invoice(customer: Customer, item: Item, amount: float, number: str = "") -> Invoice:
    """An unsaved invoice with one line."""
    line = SalesItemLine()
    line.Amount = amount
    line.SalesItemLineDetail = SalesItemLineDetail()
    line.SalesItemLineDetail.ItemRef = item.to_ref()
    line.SalesItemLineDetail.Qty = 1
    line.SalesItemLineDetail.UnitPrice = amount
    made = Invoice()
    made.CustomerRef = customer.to_ref()
    made.DocNumber = number or None
    made.Line.append(line)
    return made


def customers(steps: Steps, qb: QuickBooks) -> Customer:
    """Create, update in full, collide, query; gives the customer to go on with."""
    name = f'Pat\'s "Roll-Off" {uuid.uuid4().hex[:8]}'
    customer = Customer()
    customer.DisplayName = name
    customer.PrimaryEmailAddr = EmailAddress()
    customer.PrimaryEmailAddr.Address = "pat@example.com"
    customer = customer.save(qb=qb)
    steps.holds("create a customer", customer.Id is not None and customer.SyncToken == "0")
    stale = Customer.get(customer.Id, qb=qb)
    customer.Notes = "Gate code 4711"
    customer = customer.save(qb=qb)
    steps.holds("update it in full", customer.SyncToken == "1" and "4711" in customer.Notes)
    steps.holds("refuse a stale token", refused(stale.save, qb) == STALE_OBJECT)
    double = Customer()
    double.DisplayName = name.upper()
    steps.holds("refuse a second of that name", refused(double.save, qb) == 6240)
    found = Customer.filter(DisplayName=name, qb=qb)
    steps.holds("find it by its quoted name", [one.Id for one in found] == [customer.Id], found)
    return customer


def refused(act: Any, qb: QuickBooks) -> int:
    """The code of the fault that an act is answered; 0 for none."""
    try:
        act(qb=qb)
    except QuickbooksException as refusal:
        return int(refusal.error_code)
    return 0


def invoices(steps: Steps, qb: QuickBooks, customer: Customer, item: Item) -> None:
    """Create once by request id, pay, void, delete, mail, print."""
    number = uuid.uuid4().hex[:12]
    request_id = uuid.uuid4().hex
    first = invoice(customer, item, 412.50, number).save(qb=qb, request_id=request_id)
    again = invoice(customer, item, 412.50, number).save(qb=qb, request_id=request_id)
    steps.holds("replay a request id", first.Id == again.Id, (first.Id, again.Id))
    listed = Invoice.where(f"DocNumber = '{number}'", qb=qb)
    steps.holds("find one invoice by its number", len(listed) == 1)
    first.PrivateNote = "edited"
    first = first.save(qb=qb)
    steps.holds("update an invoice in full", (first.SyncToken, first.TotalAmt) == ("1", 412.5))
    first = paid(steps, qb, customer, first)
    steps.holds("print it", first.download_pdf(qb=qb).startswith(b"%PDF-1."))
    first.send(qb=qb, send_to="pat@example.com")
    steps.holds("mail it", Invoice.get(first.Id, qb=qb).EmailStatus == "EmailSent")
    second = invoice(customer, item, 99).save(qb=qb)
    second.void(qb=qb)
    second = Invoice.get(second.Id, qb=qb)
    steps.holds("void an invoice", second.TotalAmt == 0 and second.PrivateNote == "Voided")
    second.delete(qb=qb)
    try:
        Invoice.get(second.Id, qb=qb)
    except ObjectNotFoundException as refusal:
        steps.holds("delete an invoice", refusal.error_code == 610)
    else:
        steps.holds("delete an invoice", False)


def paid(steps: Steps, qb: QuickBooks, customer: Customer, bill: Invoice) -> Invoice:
    """Pay an invoice, void the payment, pay it again."""
    for times in (1, 2):
        line = PaymentLine()
        line.Amount = 412.50
        line.LinkedTxn.append(bill.to_linked_txn())
        payment = Payment()
        payment.CustomerRef = customer.to_ref()
        payment.TotalAmt = 412.50
        payment.Line.append(line)
        payment = payment.save(qb=qb)
        steps.holds(f"pay it ({times})", Invoice.get(bill.Id, qb=qb).Balance == 0)
        if times == 1:
            payment.void(qb=qb)
            steps.holds("void the payment", Invoice.get(bill.Id, qb=qb).Balance == 412.5)
    return Invoice.get(bill.Id, qb=qb)


def many(steps: Steps, qb: QuickBooks, customer: Customer, item: Item) -> None:
    """A batch, a query in pages, what changed since."""
    since = datetime.now(UTC) - timedelta(minutes=1)
    made = batch_create([invoice(customer, item, 10 + n) for n in range(35)], qb=qb)
    steps.holds("create 35 in two batches", (len(made.successes), len(made.faults)) == (35, 0))
    gone = batch_delete(made.successes[:5], qb=qb)
    steps.holds("delete 5 in a batch", not gone.faults, gone.faults)
    wrong = batch_create([Invoice()], qb=qb)
    steps.holds("one item's fault stays its own", len(wrong.faults) == 1)
    where = f"CustomerRef = '{customer.Id}'"
    count = Invoice.count(where, qb=qb)
    pages = [
        Invoice.where(where, order_by="Id", start_position=start, max_results=10, qb=qb)
        for start in (1, 11, 21, 31)
    ]
    ids = [one.Id for page in pages for one in page]
    steps.holds("count and page", count == len(ids) == len(set(ids)) == 31, (count, len(ids)))
    answer = change_data_capture([Invoice, Customer], since.isoformat("T", "seconds"), qb=qb)
    changed = {one.Id: getattr(one, "status", "") for one in answer.Invoice}
    deleted = {one for one, status in changed.items() if status == "Deleted"}
    expected = {one.Id for one in made.successes[:5]}
    steps.holds("see changes and deletions", set(ids) <= set(changed) and expected <= deleted)


def main() -> None:
    """Every step in order."""
    told = practice()
    steps = Steps("python-quickbooks")
    try:
        CompanyInfo.get(told["realm_id"], qb=connected(told, "x" * 40))
    except AuthorizationException as refusal:
        steps.holds("refuse an unknown access token", refusal.error_code == 401)
    else:
        steps.holds("refuse an unknown access token", False)
    qb = connected(told, None)
    name = CompanyInfo.get(told["realm_id"], qb=qb).CompanyName
    steps.holds("refresh and read the company", name == told["companies"][0]["name"], name)
    steps.holds("read preferences", Preferences.get(qb=qb).SalesFormsPrefs is not None)
    item = Item.where("Type = 'Service'", max_results=1, qb=qb)[0]
    steps.holds("list items with their SKU", bool(Item.all(qb=qb)))
    customer = customers(steps, qb)
    invoices(steps, qb, customer, item)
    many(steps, qb, customer, item)
    customer = Customer.get(customer.Id, qb=qb)
    customer.Active = False
    steps.holds("keep a customer who owes", refused(customer.save, qb) == 6220)
    idle = Customer()
    idle.DisplayName = f"Idle {uuid.uuid4().hex[:8]}"
    idle = idle.save(qb=qb)
    idle.Active = False
    steps.holds("deactivate one who does not", idle.save(qb=qb).DisplayName.endswith("(deleted)"))
    steps.end()


if __name__ == "__main__":
    main()
