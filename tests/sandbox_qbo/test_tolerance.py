"""What widely used clients send, and QBO takes: each form of it is taken here too."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from sandbox.qbo.wire import write_json
from tests.sandbox_qbo.kit import Books, Json, Refusal, line


async def test_empty_places_of_a_form_are_as_if_not_sent(books: Books) -> None:
    body = {
        "CustomerRef": {"value": await books.customer(), "name": "", "type": ""},
        "DueDate": "",
        "TxnDate": "",
        "TotalAmt": "",
        "SyncToken": 0,
        "Deposit": 0,
        "BillEmail": {},
        "LinkedTxn": [],
        "CustomField": [],
        "Line": [
            {
                "Id": "",
                "LineNum": 0,
                "Amount": 100,
                "DetailType": "SalesItemLineDetail",
                "SalesItemLineDetail": {
                    "ItemRef": {"name": "", "type": "", "value": "1"},
                    "Qty": 0,
                    "UnitPrice": 0,
                    "ServiceDate": "",
                },
            }
        ],
    }
    made = await books.post("Invoice", body)
    assert (made["TotalAmt"], made["TxnDate"]) == (100, "2026-11-23")
    assert "Qty" not in made["Line"][0]["SalesItemLineDetail"]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM creditMemo",
        "select * from Invoice where id = '1'",
        "select * from invoice where Metadata.LastUpdatedTime > '2026-01-01T00:00:00Z'",
        "select * from Invoice where Balance > '0'",
        "SELECT *, Sku FROM Item",
        "select * from Customer where displayname = 'ACME hauling' ORDER BY Id",
        "select * from Customer orderby Id desc maxresults 5 startposition 1",
        "select * from Employee where Active IN ( true, false )",
    ],
)
async def test_statements_are_taken_by_get_and_by_post(books: Books, statement: str) -> None:
    await books.invoice(await books.customer())
    got = await books.query(statement)
    media = {"Content-Type": "application/text"}
    posted = await books.call("POST", "query", content=statement.encode(), headers=media)
    assert posted["QueryResponse"] == got


async def test_ids_are_sorted_as_numbers(books: Books) -> None:
    for number in range(12):
        await books.customer(f"Hauler {number}")
    rows = (await books.query("select * from Customer orderby Id"))["Customer"]
    assert [row["Id"] for row in rows] == [str(key) for key in range(1, 13)]


async def test_a_doubled_ampersand_between_parameters_is_one(books: Books) -> None:
    answer = await books.call("GET", "query?query=select%20*%20from%20Term&&minorversion=75")
    assert len(answer["QueryResponse"]["Term"]) == 4


async def test_operation_update_beside_sparse_is_an_update(books: Books) -> None:
    key = await books.customer()
    body = {"Id": key, "SyncToken": "0", "sparse": True, "Notes": "Gate code 12"}
    assert (await books.post("Customer", body, operation="update"))["Notes"] == "Gate code 12"


@pytest.mark.parametrize("operation", ["void", "delete"])
async def test_voids_and_deletes_take_the_whole_object_that_was_read(
    books: Books, operation: str
) -> None:
    invoice = await books.invoice(await books.customer())
    done = await books.post("Invoice", invoice, operation=operation)
    assert done.get("status") == "Deleted" or done["PrivateNote"] == "Voided"


@pytest.mark.parametrize("entity", ["Customer", "Invoice", "Payment", "Item", "Account"])
async def test_whatever_was_read_may_be_sent_back_whole(books: Books, entity: str) -> None:
    customer = await books.customer(BillAddr={"Line1": "1 Main St."})
    invoice = await books.invoice(customer)
    await books.payment(customer, 40, {invoice["Id"]: 40})
    key = {"Account": "84", "Payment": "2"}.get(entity, "1")
    read = await books.get(entity, key)
    assert await books.post(entity, read) == read
    assert await books.get(entity, key) == read


async def test_a_batch_item_needs_neither_id_nor_operation(books: Books) -> None:
    items = [{"Customer": {"DisplayName": "Bare"}}, {"Query": "select * from Customer"}]
    body = write_json({"BatchItemRequest": items}).encode()
    answer = await books.call("POST", "batch", content=body)
    made, found = answer["BatchItemResponse"]
    assert "bId" not in made
    assert found["QueryResponse"]["Customer"] == [made["Customer"]]


async def test_a_body_without_its_length_comes_in_chunks(books: Books) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b'{"DisplayName":'
        yield b' "In pieces"}'

    answer = await books.call("POST", "customer", content=chunks())
    assert answer["Customer"]["DisplayName"] == "In pieces"


async def test_packed_bodies_of_every_kind_are_unpacked(books: Books) -> None:
    raw = gzip.compress(b'{"DisplayName": "Packed"}')
    headers = {"Content-Encoding": "GZIP", "Content-Type": "application/json;charset=UTF-8"}
    answer = await books.call("POST", "customer", content=raw, headers=headers)
    assert answer["Customer"]["DisplayName"] == "Packed"


async def test_sending_needs_no_body(books: Books) -> None:
    invoice = await books.invoice(await books.customer())
    path = f"invoice/{invoice['Id']}/send"
    headers = {"Content-Type": "application/octet-stream"}
    sent = (await books.call("POST", path, params={"sendTo": "a@b.co"}, headers=headers))["Invoice"]
    assert (sent["EmailStatus"], sent["BillEmail"]) == ("EmailSent", {"Address": "a@b.co"})
    assert sent["DeliveryInfo"]["DeliveryType"] == "Email"


async def test_a_form_is_printed_as_pdf(books: Books) -> None:
    invoice = await books.invoice(await books.customer())
    answer = await books.send(
        "GET", f"invoice/{invoice['Id']}/pdf", headers={"Accept": "application/pdf"}
    )
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("accept", ["*/*", "application/xml", ""])
async def test_answers_are_json_whatever_is_accepted(books: Books, accept: str) -> None:
    answer = await books.send("GET", "term/1", headers={"Accept": accept})
    assert answer.headers["content-type"] == "application/json;charset=utf-8"
    assert answer.json()["Term"]["Name"] == "Due on receipt"


@pytest.mark.parametrize("version", ["", "4", "75", "99"])
async def test_every_minor_version_is_the_last_one(books: Books, version: str) -> None:
    about = f"companyinfo/{books.realm}"
    found = await books.call("GET", about, params={"minorversion": version})
    assert found["CompanyInfo"]["DefaultTimeZone"]


async def test_numbers_and_flags_may_come_as_text(books: Books) -> None:
    term = await books.post("Term", {"Name": "Net 45", "DueDays": "45", "Active": "true"})
    assert (term["DueDays"], term["Active"], term["Type"]) == (45, True, "STANDARD")
    lines = [line("12.50", Qty="2.5", UnitPrice="5")]
    body = {"CustomerRef": {"value": await books.customer()}, "Line": lines}
    assert (await books.post("Invoice", body))["TotalAmt"] == Decimal("12.50")


async def test_null_says_nothing_and_empty_clears(books: Books) -> None:
    key = await books.customer(Notes="Gate", CompanyName="Acme")
    body: Json = {"Id": key, "SyncToken": "0", "sparse": True, "Notes": None, "CompanyName": ""}
    changed = await books.post("Customer", body)
    assert changed["Notes"] == "Gate"
    assert "CompanyName" not in changed


async def test_lengths_and_what_is_required_are_told_together(books: Books) -> None:
    with pytest.raises(Refusal) as refused:
        await books.post(
            "JournalEntry",
            {
                "DocNumber": "x" * 45,
                "Line": [
                    {
                        "Amount": 1,
                        "DetailType": "JournalEntryLineDetail",
                        "JournalEntryLineDetail": {"PostingType": "Debit"},
                    }
                ],
            },
        )
    told = [(error["code"], error["element"]) for error in refused.value.errors]
    assert told == [("2050", "DocNumber"), ("2020", "AccountRef")]
    assert "Min:0 Max:21 supported. Supplied length:45" in refused.value.detail


async def test_a_full_update_keeps_the_number_it_does_not_send(books: Books) -> None:
    invoice = await books.invoice(await books.customer())
    body = {"Id": invoice["Id"], "SyncToken": "0", "Line": [line(7)]}
    changed = await books.post("Invoice", body | {"CustomerRef": {"value": "1"}})
    assert changed["DocNumber"] == invoice["DocNumber"]


async def test_what_waits_to_be_mailed_says_how_it_will_go(books: Books) -> None:
    mail: Json = {"EmailStatus": "NeedToSend", "BillEmail": {"Address": "a@b.co"}}
    made = await books.invoice(await books.customer(), **mail)
    assert made["DeliveryInfo"] == {"DeliveryType": "Email"}
