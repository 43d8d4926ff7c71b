"""The practice QuickBooks as a person sees it in a browser."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import httpx

from tests.browser.chromium import Page
from tests.system.world import World


def write(world: World, entity: str, body: dict[str, Any]) -> dict[str, Any]:
    """What a client's write over the API makes."""
    servers = world.servers
    answer = httpx.post(
        f"{servers['qbo_url']}/v3/company/{servers['realm_id']}/{entity.lower()}",
        headers={"Authorization": f"Bearer {servers['access_token']}"},
        json=body,
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()[entity]
    return found


def one_of(world: World, entity: str, **fits: Any) -> dict[str, Any]:
    """A record from the server's ledger."""
    records = world.ledger()[entity]
    return next(one for one in records if all(one.get(k) == v for k, v in fits.items()))


def invoice(world: World, customer: str, number: str, amount: float) -> dict[str, Any]:
    """A new invoice with one line, as a sync would post it."""
    item = one_of(world, "Item", Type="Service", Active=True)["Id"]
    detail = {"ItemRef": {"value": item}, "Qty": 1, "UnitPrice": amount}
    line = {
        "Amount": amount,
        "DetailType": "SalesItemLineDetail",
        "Description": "20 Yard Dumpster",
        "SalesItemLineDetail": detail,
    }
    body = {"CustomerRef": {"value": customer}, "DocNumber": number, "Line": [line]}
    return write(world, "Invoice", body)


def test_the_pictures_of_the_documentation_can_be_taken(page: Page, world: World) -> None:
    """`PICTURES=docs make test-system` renews docs/sandbox-*.png."""
    seen = world.ledger()["Invoice"]
    taxed = [one for one in seen if one["TxnTaxDetail"]["TotalTax"] and one["LinkedTxn"]]
    wanted = os.environ.get("PICTURES")
    page.call("Emulation.setScrollbarsHidden", hidden=True)
    for name, path, height in (("home", "", 520), ("invoice", f"invoice/{taxed[0]['Id']}", 1010)):
        page.size(1000, height)
        page.open(f"{world.servers['qbo_url']}/{path}")
        picture = page.picture()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) < 150_000
        if wanted:
            Path(wanted, f"sandbox-{name}.png").write_bytes(picture)


def test_the_home_page_lists_invoices_payments_and_customers(page: Page, world: World) -> None:
    page.open(world.servers["qbo_url"])
    assert "Acme Roll-Off" in page.text()
    assert "PRACTICE COMPANY" in page.text()
    for name in ("Invoices", "Payments", "Customers"):
        assert re.search(rf"{name} \([\d,]+\)", page.text())
    page.click("nav a:nth-child(3)")
    customers = world.ledger()["Customer"]
    assert f"Customers ({len(customers)})" in page.text()


def test_an_invoice_is_found_by_number_and_shows_lines_tax_balance_and_history(
    page: Page, world: World
) -> None:
    customer = one_of(world, "Customer", Active=True)["Id"]
    made = invoice(world, customer, "SEEN-1", 1412.5)
    payment = {"CustomerRef": {"value": customer}, "TotalAmt": 400, "PaymentRefNum": "CK-77"}
    link = {"TxnId": made["Id"], "TxnType": "Invoice"}
    write(world, "Payment", payment | {"Line": [{"Amount": 400, "LinkedTxn": [link]}]})
    page.open(world.servers["qbo_url"])
    page.search("seen-1")
    page.click("tbody tr td a")
    text = page.text()
    for seen in ("Invoice SEEN-1", "20 Yard Dumpster", "1,412.50", "Partly paid", "Tax", "Open"):
        assert seen in text
    assert f"{made['TotalAmt'] - 400:,.2f}" in text
    history = str(page.value("[...document.querySelectorAll('section')].at(-1).innerText"))
    assert "created" in history
    assert "payment" in history
    page.click("section:nth-of-type(3) tbody a")
    assert "Payment CK-77" in page.text()
    assert "Applied" in page.text()
    page.click("dd a")
    assert "SEEN-1" in page.text()


def test_a_customer_is_found_by_part_of_its_name(page: Page, world: World) -> None:
    name = "Ωmega Hauling & <Söhne>"
    write(world, "Customer", {"DisplayName": name, "Notes": "<b>Gate</b> 4711"})
    page.open(world.servers["qbo_url"])
    page.search("ωMEGA haul")
    page.click("tbody tr td a")
    assert name in page.text()
    assert "<b>Gate</b> 4711" in page.text()


def test_a_synced_invoice_shows_within_a_second_without_a_touch(page: Page, world: World) -> None:
    page.open(world.servers["qbo_url"])
    customer = one_of(world, "Customer", Active=True)["Id"]
    made = invoice(world, customer, "LIVE-1", 99)
    took = page.until("document.body.innerText.includes('LIVE-1')", 3)
    assert took < 1
    assert page.value(f"document.querySelector('#Invoice{made['Id']}').className") == "new"


def test_what_is_being_typed_outlasts_a_sync(page: Page, world: World) -> None:
    page.open(world.servers["qbo_url"])
    page.value("document.querySelector('input[type=search]').focus()")
    page.call("Input.insertText", text="half a na")
    customer = one_of(world, "Customer", Active=True)["Id"]
    invoice(world, customer, "LIVE-2", 99)
    page.until("document.body.innerText.includes('LIVE-2')", 3)
    assert page.value("document.querySelector('input[type=search]').value") == "half a na"


def test_light_and_dark_follow_the_person(page: Page, world: World) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    seen = []
    for scheme in ("light", "dark"):
        page.scheme(scheme)
        page.open(world.servers["qbo_url"])
        seen.append(sum(map(int, re.findall(r"\d+", str(page.value(background))))))
    page.scheme("light")
    assert seen[0] > 600 > 120 > seen[1]


def test_the_page_fits_a_small_window(page: Page, world: World) -> None:
    page.size(390, 800)
    page.open(world.servers["qbo_url"])
    assert page.value("document.documentElement.scrollWidth <= 390") is True
    page.size(1060, 640)
