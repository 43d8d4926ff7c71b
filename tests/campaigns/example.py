"""Rebuild sync.db.example: a cache that holds every status and every kind of conflict.

    python -m tests.campaigns.example sync.db.example

Nothing is put into the tables by hand. A practice company runs in this process, and
an office works with it for some days through the real connectors, the real desk and
the real engine, while its bookkeeper and its Docket users do what makes conflicts.
The clock and the ids are made up, so that a rebuilt file tells the same story.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import date
from pathlib import Path

from store import sqlite
from store.books import Choice
from sync.shapes import NameState
from tests.campaigns.office import Office, StoryClock, open_office


async def first_day(office: Office) -> None:
    """Refresh, decide, test one, post what is clear; things go wrong on the way."""
    desk = office.desk
    await desk.pull()
    desk.set_start_date(date(2026, 9, 9))
    desk.exclude(office.ids("24046"), "Billed through the county's own portal")
    choose_one_of_each(office)
    proposed = desk.propose_test()
    assert proposed is not None
    assert (await desk.test_sync(desk.preview([proposed]))).agreed
    await office.trouble(kind="throttle", path="/invoice", method="POST", after_matches=2)
    await office.trouble(kind="status-after", path="/invoice", method="POST", after_matches=5)
    ids = office.pending(but=KEPT_BACK, through="24048") + office.ids(*LATER)
    await office.customer("24061", Taxable=False)
    await office.post(ids)
    await office.bookkeeper(close_books="2026-09-30")
    await office.post(office.ids("24010"))
    await office.bookkeeper(close_books="2026-08-31")


KEPT_BACK = ("24007", "24010", "24012", "24027", "24029", "24046")
"""New clients, and what the story needs unposted."""
LATER = ("24051", "24061", "24064", "24070")


def choose_one_of_each(office: Office) -> None:
    """Choose for one client and one product, and take one choice back."""
    for kind, entity, times in (("product", "Item", 1), ("client", "Customer", 2)):
        rows = [
            row
            for row in office.desk.names()
            if row.match.kind == kind and row.waiting and row.match.state is NameState.NEARLY
        ]
        for row in rows[:times]:
            best = next(one for one in row.match.candidates if one.usable)
            office.desk.choose(Choice(kind, row.match.key, "use", entity, best.qbo_id))
    office.desk.take_back()


async def others_at_work(office: Office) -> None:
    """What Docket's users and the bookkeeper do to posted invoices, and to new ones."""
    await office.bookkeeper(void={"entity": "Invoice", "id": office.held("24004")["Id"]})
    await office.docket(action="void", invoice="24043", reason="Entered twice")
    await office.edit_there("24017")
    await office.edit_there("24051")
    for number in ("24051", "24021"):
        await office.docket(action="add_line", invoice=number, name="Delivery Fee", unit_price="95")
    for refund in office.invoice("24026").refunds:
        await office.docket(action="void_refund", refund=refund.id)
    for payment in office.invoice("24005").payments:
        await office.docket(action="edit_payment", payment=payment.id, status="returned")
    await office.docket(action="pay", invoice="24064", method="Check", reference="5571")
    await office.customer("24012", Taxable=False)
    nameless = (await office.docket(action="add_client", email="gate@yard.example"))["id"]
    await office.docket(action="delete", invoice="24015")
    await office.copy_there("24036")
    voided = office.invoice("24043").invoice
    again = [
        {"name": line.name, "quantity": str(line.quantity), "unit_price": str(line.unit_price)}
        for line in voided.lines
    ]
    await office.docket(action="add_invoice", client=voided.client_id, number="24072", lines=again)
    await give_credit(office, "24016")
    await office.docket(action="edit_invoice", invoice="24029", discount="20.00")
    for number in ("24071", "2026-11-19/NEW BRAUNFELS-7"):
        client = nameless if number == "24071" else office.invoice("24067").invoice.client_id
        await office.docket(
            action="add_invoice",
            client=client,
            number=number,
            lines=[{"name": "Delivery Fee", "quantity": "1", "unit_price": "95.00"}],
        )


async def give_credit(office: Office, number: str) -> None:
    """Docket gives the client 50.00 back on an open invoice."""
    client = office.invoice(number).invoice.client_id
    credit = await office.docket(
        action="add_credit", client=client, amount="50.00", kind="memo", reason="Gate was blocked"
    )
    await office.docket(action="apply_credit", credit=credit["id"], invoice=number)


async def take_credit_back(office: Office, number: str) -> None:
    """Docket voids it again, after it was posted."""
    invoice = office.ids(number)[0]
    for credit in office.books().credits.values():
        if any(part.invoice_id == invoice for part in credit.allocations):
            await office.docket(action="void_credit", credit=credit.id)


async def second_day(office: Office) -> None:
    """A lapsed subscription, later payments and changes, and a line that drops in the middle."""
    desk = office.desk
    await office.bookkeeper(subscription="EXPIRED")
    await desk.pull()
    await office.bookkeeper(subscription="SUBSCRIBED")
    await desk.pull()
    await office.post(office.ids("24064", "24021", "24016"))
    await take_credit_back(office, "24016")
    for payment in office.invoice("24070").payments:
        await office.docket(action="edit_payment", payment=payment.id, status="settled")
    await office.trouble(
        kind="reset-before", path="/invoice", method="POST", after_matches=2, count=2
    )
    await office.post(office.pending(but=KEPT_BACK), stop_when_unclear=True)
    desk.set_setting("ask_new_customers", "yes")
    desk.set_setting("reconciled_through", "2026-09-12")
    await office.bookkeeper(preferences={"SalesFormsPrefs": {"AllowDiscount": False}})
    await desk.pull()


async def build(target: Path) -> None:
    """Let the story happen, and copy the cache to a file that stands alone."""
    with tempfile.TemporaryDirectory(prefix="docket-qbo-example-") as folder:
        clock = StoryClock()
        async with open_office(Path(folder), clock) as office:
            await first_day(office)
            clock.later(22)
            await others_at_work(office)
            await second_day(office)
            office.cache.backup(target)


def make(target: Path) -> None:
    """Make the file anew."""
    target.unlink(missing_ok=True)
    asyncio.run(build(target))
    shrink(target)


def shrink(target: Path) -> None:
    """Leave no free page; most rows are small, so small pages carry a fifth less."""
    connection = sqlite.connect(target)
    connection.execute("PRAGMA page_size = 1024")
    connection.execute("VACUUM")
    connection.close()
    target.chmod(0o644)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
