"""The query language: what it finds, in which order, and how it refuses."""

import pytest

from tests.sandbox_qbo.kit import Books, Refusal, line


async def refusal(books: Books, statement: str) -> Refusal:
    with pytest.raises(Refusal) as refused:
        await books.query(statement)
    return refused.value


async def names(books: Books, where: str) -> list[str]:
    found = await books.query(f"select * from Customer {where}")
    return [one["DisplayName"] for one in found.get("Customer", [])]


@pytest.mark.parametrize(
    "where",
    [
        "where DisplayName = 'Amy\\'s Bird Sanctuary'",
        "WHERE displayname = 'AMY\\'S BIRD SANCTUARY'",
        "where DisplayName like 'amy%'",
        "where DisplayName like '%bird%' and Active = true",
        "where Id in ('1', '99') order by Id desc",
        "where Id = '1' STARTPOSITION 1 MAXRESULTS 5",
        "where Id = '1' MAXRESULTS 5 STARTPOSITION 1",
        "where FullyQualifiedName in ('Amy\\'s Bird Sanctuary')",
        "where PrimaryEmailAddr = 'AMY@birds.example'",
        "where MetaData.CreateTime >= '2026-11-23T10:00:00-08:00' and Metadata.CreateTime"
        " < '2026-11-23T18:00:01Z' and CompanyName = 'Birds'",
        "where Balance > '0'",
        "where Balance >= 100.0 and Balance <= '100'",
    ],
)
async def test_a_condition_finds_its_row(books: Books, where: str) -> None:
    key = await books.customer(
        "Amy's Bird Sanctuary",
        CompanyName="Birds",
        PrimaryEmailAddr={"Address": "Amy@birds.example"},
    )
    await books.customer('Zoo & Sons \\ "x"')
    await books.invoice(key, 100)
    assert await names(books, where) == ["Amy's Bird Sanctuary"]


async def test_ampersands_backslashes_and_unicode_are_found(books: Books) -> None:
    for name in ("Robertson & Associates", "Back\\slash", "Zoë 🚛 “Haul”", "%percent"):
        await books.customer(name)
        escaped = name.replace("\\", "\\\\").replace("'", "\\'")
        assert await names(books, f"where DisplayName = '{escaped}'") == [name]


async def test_a_statement_may_be_posted(books: Books) -> None:
    await books.customer("Posted")
    answer = await books.call(
        "POST",
        "query",
        content=b"select count(*) from customer",
        headers={"Content-Type": "application/text"},
    )
    assert answer["QueryResponse"] == {"totalCount": 1}
    with pytest.raises(Refusal) as refused:
        await books.call("POST", "query", json={"query": "select * from Customer"})
    assert refused.value.code == "4000"


async def test_pages_say_where_they_begin_and_how_many_rows_they_hold(books: Books) -> None:
    for place in range(7):
        await books.customer(f"C{place}")
    page = await books.query("select * from Customer startposition 6 maxresults 3")
    assert (page["startPosition"], page["maxResults"], len(page["Customer"])) == (6, 2, 2)
    assert list(page) == ["Customer", "startPosition", "maxResults"]
    assert await books.query("select * from Customer startposition 8") == {}
    assert await books.query("select count(*) from Customer") == {"totalCount": 7}


async def test_names_come_by_name_and_transactions_by_last_change(books: Books) -> None:
    for name in ("b", "a", "B", "PG&E"):
        await books.customer(name) if name != "B" else await books.customer("B2")
    assert await names(books, "") == ["B2", "PG&E", "a", "b"]
    customer = await books.customer("Buyer")
    first, second = await books.invoice(customer), await books.invoice(customer)
    found = await books.query("select * from Invoice")
    assert [one["Id"] for one in found["Invoice"]] == [second["Id"], first["Id"]]
    key = {"Id": first["Id"], "SyncToken": "0", "sparse": True}
    await books.post("Invoice", key | {"PrivateNote": "touched"})
    found = await books.query("select * from Invoice")
    assert [one["Id"] for one in found["Invoice"]] == [first["Id"], second["Id"]]


async def test_total_count_stands_only_where_it_was_recorded(books: Books) -> None:
    customer = await books.customer()
    await books.invoice(customer)
    await books.payment(customer, 5)
    assert (await books.query("select * from Invoice"))["totalCount"] == 1
    assert "totalCount" not in await books.query("select * from Invoice where Balance > '0'")
    assert "totalCount" not in await books.query("select * from Payment")
    assert "startPosition" not in await books.query("select * from Preferences")


async def test_ids_sort_as_numbers(books: Books) -> None:
    for place in range(11):
        await books.customer(f"C{place}")
    found = await books.query("select * from Customer orderby Id")
    ids = [int(one["Id"]) for one in found["Customer"]]
    assert ids == sorted(ids)


async def test_invoices_are_found_by_number_customer_and_date(books: Books) -> None:
    customer = await books.customer()
    made = await books.invoice(customer, DocNumber="A-1", TxnDate="2026-05-05")
    await books.invoice(await books.customer("Other"), DocNumber="B-1")
    for where in (
        "DocNumber in ('A-1', 'Z')",
        f"CustomerRef = '{customer}' and TxnDate >= '2026-01-01'",
        "TxnDate = '2026-05-05'",
        "TotalAmt > '99.99' and TxnDate < CURRENT_DATE",
        "DueDate < '2026-07-01'",
    ):
        found = await books.query(f"select * from Invoice where {where}")
        assert [one["Id"] for one in found["Invoice"]] == [made["Id"]], where
    await books.payment(customer, 5, PaymentRefNum="R-9")
    assert "Payment" in await books.query("select * from Payment where PaymentRefNum = 'R-9'")


async def test_names_of_columns_are_read_and_all_attributes_given(books: Books) -> None:
    await books.customer("Whole")
    for columns in ("Id, DisplayName", "*, Notes", "*"):
        found = await books.query(f"select {columns} from Customer")
        assert "MetaData" in found["Customer"][0]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("select * from Custmoer", "invalid context declaration: Custmoer"),
        ("select * from Invoice where DepartmentRef = '1'", "'DepartmentRef' is not queryable"),
        ("select * from Invoice where PrivateNote = 'x'", "'PrivateNote' is not queryable"),
        ("select * from Invoice where Foo = 'x'", "Property Foo not found for Entity Invoice"),
        ("select * from Customer startposition 0", "value 0 is too small. Min allowed value is 1"),
        ("select * from Customer maxresults 1001", "value 1001 is too large"),
        ("select * from Customer where Id > '5'", "supports only = and IN"),
        ("select * from Customer where Balance > 'much'", "invalid number"),
        ("select * from Invoice where TxnDate > 'soon'", "invalid date"),
        ("select * from Customer orderby Notes", "not sortable"),
    ],
)
async def test_what_cannot_be_asked_is_4001(books: Books, statement: str, said: str) -> None:
    refused = await refusal(books, statement)
    assert refused.code == "4001"
    assert refused.detail.startswith("QueryValidationError: ")
    assert said in refused.detail


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "select",
        "select * Customer",
        "select * from Customer where DisplayName = 'O'Neil'",
        'select * from Customer where DisplayName = "x"',
        "select * from Customer where Id = '1' or Id = '2'",
        "select * from Customer where Id != '1'",
        "select * from Customer where not Active = true",
        "select * from Customer group by Id",
        "select * from Customer maxresults many",
        "delete from Customer",
        "select * from Customer;",
    ],
)
async def test_what_cannot_be_read_is_4000(books: Books, statement: str) -> None:
    refused = await refusal(books, statement)
    assert refused.code == "4000"
    assert refused.errors[0]["Message"] == "Error parsing query"
    assert refused.detail.startswith("QueryParserError: Encountered ")


async def test_the_surprise_is_named_with_its_place(books: Books) -> None:
    refused = await refusal(books, "select * from Customer where DisplayName = 'O'R '")
    assert '" <IDENTIFIER> "R "" at line 1, column 47.' in refused.detail


async def test_a_query_may_lag_behind(books: Books) -> None:
    await books.do(switches={"query_lag": 30})
    customer = await books.customer("Late")
    assert await names(books, "") == []
    assert (await books.get("Customer", customer))["DisplayName"] == "Late"
    books.world.clock.advance(31)
    assert await names(books, "") == ["Late"]


async def test_lists_and_settings_can_be_listed(books: Books) -> None:
    for entity in ("Term", "PaymentMethod", "TaxCode", "TaxRate", "TaxAgency", "Account", "Item"):
        assert entity in await books.query(f"select * from {entity} maxresults 1000"), entity
    codes = (await books.query("select * from TaxCode"))["TaxCode"]
    assert {"TAX", "NON", "2"} <= {one["Id"] for one in codes}
    info = await books.query("select * from CompanyInfo")
    assert info["CompanyInfo"][0]["CompanyName"] == "Books 1"


async def test_changes_since_come_oldest_first_with_tombstones(books: Books) -> None:
    customer = await books.customer()
    old = await books.invoice(customer)
    books.world.clock.advance(60)
    since = "2026-11-23T10:00:30-08:00"
    kept, gone = await books.invoice(customer), await books.invoice(customer)
    key = {"Id": old["Id"], "SyncToken": "0", "sparse": True}
    await books.post("Invoice", key | {"PrivateNote": "touched"})
    await books.post("Invoice", {"Id": gone["Id"], "SyncToken": "0"}, operation="delete")
    answer = await books.call(
        "GET", "cdc", params={"entities": "invoice,Payment,Customer", "changedSince": since}
    )
    invoices, payments, customers = answer["CDCResponse"][0]["QueryResponse"]
    assert [one["Id"] for one in invoices["Invoice"]] == [kept["Id"], old["Id"], gone["Id"]]
    assert invoices["Invoice"][-1] == {
        "domain": "QBO",
        "status": "Deleted",
        "Id": gone["Id"],
        "MetaData": {"LastUpdatedTime": "2026-11-23T10:01:00-08:00"},
    }
    assert payments == {}
    assert customers["Customer"][0]["SyncToken"] == "0"


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"entities": "Invoice", "changedSince": "yesterday"}, "2070"),
        ({"entities": "Nonsense", "changedSince": "2026-01-01"}, "2000"),
        ({"entities": "TaxCode", "changedSince": "2026-01-01"}, "2000"),
        ({"changedSince": "2026-01-01"}, "2020"),
    ],
)
async def test_change_data_capture_refuses_what_it_cannot_use(
    books: Books, params: dict[str, str], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await books.call("GET", "cdc", params=params)
    assert refused.value.code == code


async def test_a_batch_does_each_item_for_itself(books: Books) -> None:
    customer = await books.customer()
    made = await books.invoice(customer)
    items = [
        {"bId": "1", "operation": "create", "Vendor": {"DisplayName": "Smith"}},
        {"bId": "2", "operation": "delete", "Invoice": {"Id": "129", "SyncToken": "0"}},
        {
            "bId": "3",
            "operation": "update",
            "Invoice": {"Id": made["Id"], "SyncToken": "5", "sparse": True},
        },
        {"bId": "4", "Query": "select * from Vendor"},
        {
            "bId": "5",
            "operation": "update",
            "optionsData": "void",
            "Invoice": {"Id": made["Id"], "SyncToken": "0"},
        },
        {"Customer": {"DisplayName": "bare"}},
        {"bId": "7", "operation": "create", "Nonsense": {}},
        {"bId": "8", "CDCQuery": {"Entities": "Vendor", "ChangedSince": "2026-01-01"}},
        {
            "bId": "9",
            "operation": "create",
            "Invoice": {"CustomerRef": {"value": customer}, "Line": [line(1)]},
        },
    ]
    answer = await books.call("POST", "batch", json={"BatchItemRequest": items})
    found = answer["BatchItemResponse"]
    assert [one.get("bId") for one in found] == ["1", "2", "3", "4", "5", None, "7", "8", "9"]
    codes = {one["bId"]: one["Fault"]["Error"][0]["code"] for one in found if "Fault" in one}
    assert codes == {"2": "610", "3": "5010", "7": "2000"}
    assert found[1]["Fault"]["Error"][0]["element"] == ""
    assert found[3]["QueryResponse"]["maxResults"] == 1
    assert found[4]["Invoice"]["PrivateNote"] == "Voided"
    assert found[7]["CDCResponse"][0]["QueryResponse"][0]["maxResults"] == 1


async def test_a_batch_of_more_than_thirty_is_refused(books: Books) -> None:
    items = [{"bId": str(place), "Query": "select * from Term"} for place in range(31)]
    with pytest.raises(Refusal) as refused:
        await books.call("POST", "batch", json={"BatchItemRequest": items})
    assert refused.value.code == "1040"


@pytest.mark.parametrize("edge", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
async def test_the_ends_of_the_calendar_compare_like_any_instant(books: Books, edge: str) -> None:
    found = await books.query(f"select * from Item where MetaData.LastUpdatedTime > '{edge}'")
    assert bool(found) is edge.startswith("0001")


async def test_what_changed_since_is_all_that_changed_since(books: Books) -> None:
    customer = await books.customer()
    made = []
    for _ in range(5):
        books.world.clock.advance(60)
        made.append(await books.invoice(customer))
    await books.payment(customer, 100, {made[0]["Id"]: 100})
    third = made[2]["MetaData"]["LastUpdatedTime"]
    where = "select * from Invoice where MetaData.LastUpdatedTime"
    since = await books.query(f"{where} >= '{third}'")
    assert [one["Id"] for one in since["Invoice"]] == [made[n]["Id"] for n in (0, 4, 3, 2)]
    for direction, wanted in (("", (2, 3, 4, 0)), (" desc", (0, 4, 3, 2))):
        statement = f"{where} >= '{third}' orderby MetaData.LastUpdatedTime{direction}"
        ordered = await books.query(statement)
        assert [one["Id"] for one in ordered["Invoice"]] == [made[n]["Id"] for n in wanted]
        second = await books.query(f"{statement} startposition 2 maxresults 1")
        assert second["Invoice"][0]["Id"] == made[wanted[1]]["Id"]
    before = await books.query(f"{where} < '{third}'")
    assert [one["Id"] for one in before["Invoice"]] == [made[1]["Id"]]
