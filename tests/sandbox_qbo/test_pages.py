"""The pages for people: what they show, find and notice."""

from __future__ import annotations

import httpx
import pytest

from sandbox.main import SandboxOptions, running
from tests.sandbox_qbo.kit import Books


async def seen(books: Books, path: str, **params: str) -> str:
    """A page of this company."""
    answer = await books.http.get(path, params={"realm": books.realm, **params})
    assert answer.status_code == 200
    return answer.text


async def test_every_change_to_the_books_is_another_version(books: Books) -> None:
    versions = [await seen(books, "/version")]
    customer = await books.customer()
    versions.append(await seen(books, "/version"))
    invoice = await books.invoice(customer)
    versions.append(await seen(books, "/version"))
    base = {"Id": invoice["Id"], "SyncToken": "0", "sparse": True}
    books.world.clock.advance(1)
    await books.post("Invoice", base | {"PrivateNote": "x"})
    versions.append(await seen(books, "/version"))
    await books.post("Invoice", base | {"SyncToken": "1"}, operation="delete")
    versions.append(await seen(books, "/version"))
    await books.http.post("/sandbox/reset")
    versions.append(await seen(books, "/version"))
    assert len(set(versions)) == len(versions)
    assert await seen(books, "/version") == versions[-1]


async def test_many_invoices_are_shown_a_page_at_a_time(books: Books) -> None:
    customer = await books.customer()
    for number in range(60):
        await books.invoice(customer, DocNumber=f"P{number:02}")
    first = await seen(books, "/")
    assert "1 to 50 of 60" in first
    assert "P59" in first
    assert "P09" not in first
    second = await seen(books, "/", start="50")
    assert "51 to 60 of 60" in second
    assert "P09" in second


@pytest.mark.parametrize("start", ["-1", "x", "²", "9" * 30, "70"])
async def test_a_page_that_is_not_there_is_no_failure(books: Books, start: str) -> None:
    await seen(books, "/", start=start, view="Nothing")


async def test_a_search_opens_the_list_that_holds_what_was_searched(books: Books) -> None:
    customer = await books.customer("Zebra Ranch")
    await books.payment(customer, 20, PaymentRefNum="CK-9")
    assert "CK-9" in await seen(books, "/", q="ck-9")
    by_name = await seen(books, "/", q="zebra")
    assert "Payments (1)" in by_name
    assert "Customers (1)" in by_name
    assert "Nothing found for" in await seen(books, "/", q="okapi")


async def test_what_was_deleted_or_voided_keeps_its_page_and_says_so(books: Books) -> None:
    customer = await books.customer()
    for verb in ("void", "delete"):
        invoice = await books.invoice(customer, 80)
        body = {"Id": invoice["Id"], "SyncToken": "0"}
        await books.post("Invoice", body, operation=verb)
        assert f"<dd>{verb.title().rstrip('e')}ed</dd>" in await seen(
            books, f"/invoice/{invoice['Id']}"
        )


async def test_a_payment_and_its_invoice_and_customer_lead_to_each_other(books: Books) -> None:
    customer = await books.customer("Linked & Co")
    invoice = await books.invoice(customer, 80, DocNumber="L-1")
    payment = await books.payment(customer, 80, {invoice["Id"]: 80}, PaymentRefNum="CK-1")
    paths = [f"/invoice/{invoice['Id']}", f"/payment/{payment['Id']}", f"/customer/{customer}"]
    for path in paths:
        page = await seen(books, path)
        for other in paths:
            assert other == path or f"{other}?realm={books.realm}" in page
    for entity in ("invoice", "payment", "customer"):
        assert (await books.http.get(f"/{entity}/9999")).status_code == 404


async def test_a_form_can_be_printed_from_its_page(books: Books) -> None:
    invoice = await books.invoice(await books.customer(), 80)
    answer = await books.http.get(f"/invoice/{invoice['Id']}/pdf", params={"realm": books.realm})
    assert answer.content.startswith(b"%PDF-")
    assert (await books.http.get("/invoice/9999/pdf")).status_code == 404


async def test_every_record_of_both_companies_has_a_page() -> None:
    options = SandboxOptions(invoices=40, company="rolloff,intuit-sample")
    async with running(options) as handle, httpx.AsyncClient(base_url=handle.qbo_url) as http:
        for realm, company in handle.qbo.companies.items():
            for entity in ("Invoice", "Payment", "Customer"):
                home = await http.get("/", params={"realm": realm, "view": entity})
                assert "Other companies" in home.text
                for key in company.tables[entity].records:
                    page = await http.get(f"/{entity.lower()}/{key}", params={"realm": realm})
                    assert page.status_code == 200
