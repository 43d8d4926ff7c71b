"""Customers, vendors, employees and other lists: names, levels, retiring."""

import pytest

from tests.sandbox_qbo.kit import Books, Refusal


async def test_a_new_customer_gets_the_defaults_of_a_recorded_one(books: Books) -> None:
    made = await books.post("Customer", {"DisplayName": "Doe5, Jane"})
    assert made["FullyQualifiedName"] == made["PrintOnCheckName"] == "Doe5, Jane"
    assert (made["Taxable"], made["Job"], made["BillWithParent"]) == (True, False, False)
    assert (made["Balance"], made["BalanceWithJobs"]) == (0, 0)
    assert made["CurrencyRef"] == {"value": "USD", "name": "United States Dollar"}
    assert made["PreferredDeliveryMethod"] == "Print"
    assert made["MetaData"]["CreateTime"] == "2026-11-23T10:00:00-08:00"
    assert (made["SyncToken"], made["domain"], made["sparse"]) == ("0", "QBO", False)


async def test_a_customer_without_a_display_name_is_named_by_its_parts(books: Books) -> None:
    made = await books.post("Customer", {"GivenName": "Ann", "FamilyName": "O'Neil"})
    assert made["DisplayName"] == "Ann O'Neil"
    with pytest.raises(Refusal) as refused:
        await books.post("Customer", {"CompanyName": "Nameless"})
    assert refused.value.code == "6080"


@pytest.mark.parametrize("other", ["Customer", "Vendor", "Employee"])
async def test_a_name_is_unique_over_the_three_lists_whatever_case_and_outer_blanks(
    books: Books, other: str
) -> None:
    await books.customer("Big Tex Hauling")
    with pytest.raises(Refusal) as refused:
        await books.post(other, {"DisplayName": "  big tex HAULING "})
    assert refused.value.code == "6240"
    assert "Another customer, vendor or employee" in refused.value.detail


async def test_the_detail_of_a_duplicate_name_has_the_three_forms_seen(books: Books) -> None:
    key = await books.customer("Twin")
    for form, said in (("null", ": null"), ("id", f": Id={key}")):
        await books.do(switches={"name_detail": form})
        with pytest.raises(Refusal) as refused:
            await books.customer("Twin")
        assert refused.value.detail.endswith(said)


async def test_customers_vendors_and_employees_share_one_sequence_of_ids(books: Books) -> None:
    first = await books.customer("One")
    second = (await books.post("Vendor", {"DisplayName": "Two"}))["Id"]
    third = (await books.post("Employee", {"DisplayName": "Three"}))["Id"]
    assert [int(second), int(third)] == [int(first) + 1, int(first) + 2]


async def test_the_same_name_below_another_parent_is_another_name(books: Books) -> None:
    await books.customer("Jack Doe")
    parent = await books.customer("Doe, Jack")
    made = await books.post(
        "Customer", {"DisplayName": "Jack Doe", "Job": True, "ParentRef": {"value": parent}}
    )
    assert made["FullyQualifiedName"] == "Doe, Jack:Jack Doe"
    assert made["Level"] == 1


async def test_a_renamed_parent_renames_what_is_below(books: Books) -> None:
    parent = await books.customer("Old")
    child = await books.customer("Site", Job=True, ParentRef={"value": parent})
    await books.post(
        "Customer", {"Id": parent, "SyncToken": "0", "sparse": True, "DisplayName": "New"}
    )
    assert (await books.get("Customer", child))["FullyQualifiedName"] == "New:Site"


async def test_five_levels_and_no_more(books: Books) -> None:
    key = await books.customer("L0")
    for level in range(1, 5):
        key = await books.customer(f"L{level}", Job=True, ParentRef={"value": key})
    with pytest.raises(Refusal) as refused:
        await books.customer("L5", Job=True, ParentRef={"value": key})
    assert refused.value.code == "6180"


async def test_nothing_can_be_below_itself(books: Books) -> None:
    parent = await books.customer("P")
    child = await books.customer("C", Job=True, ParentRef={"value": parent})
    with pytest.raises(Refusal) as refused:
        await books.post(
            "Customer",
            {"Id": parent, "SyncToken": "0", "sparse": True, "ParentRef": {"value": child}},
        )
    assert refused.value.code == "6000"


async def test_retiring_adds_a_suffix_frees_the_name_and_hides_the_row(books: Books) -> None:
    key = await books.customer("Thrifty Meats")
    gone = await books.post(
        "Customer", {"Id": key, "SyncToken": "0", "sparse": True, "Active": False}
    )
    assert gone["DisplayName"] == gone["FullyQualifiedName"] == "Thrifty Meats (deleted)"
    assert gone["PrintOnCheckName"] == "Thrifty Meats"
    assert await books.query("select * from Customer where DisplayName like 'Thrifty%'") == {}
    both = "select * from Customer where DisplayName like 'Thrifty%' and Active in ( true, false )"
    assert (await books.query(both))["maxResults"] == 1
    again = await books.customer("Thrifty Meats")
    second = await books.post(
        "Customer", {"Id": again, "SyncToken": "0", "sparse": True, "Active": False}
    )
    assert second["DisplayName"] != gone["DisplayName"]


async def test_waking_takes_the_suffix_off_unless_the_name_was_taken(books: Books) -> None:
    key = await books.customer("Sleeper")
    sleep = {"Id": key, "SyncToken": "0", "sparse": True, "Active": False}
    await books.post("Customer", sleep)
    wake = {"Id": key, "SyncToken": "1", "sparse": True, "Active": True}
    assert (await books.post("Customer", wake))["DisplayName"] == "Sleeper"
    await books.post("Customer", sleep | {"SyncToken": "2"})
    await books.customer("Sleeper")
    with pytest.raises(Refusal) as refused:
        await books.post("Customer", wake | {"SyncToken": "3"})
    assert refused.value.code == "6240"


async def test_retiring_twice_changes_nothing(books: Books) -> None:
    key = await books.customer("Gone")
    sleep = {"Id": key, "SyncToken": "0", "sparse": True, "Active": False}
    first = await books.post("Customer", sleep)
    second = await books.post("Customer", sleep | {"SyncToken": "1"})
    assert second == first


async def test_what_is_inactive_cannot_be_edited(books: Books) -> None:
    key = await books.customer("Gone")
    await books.post("Customer", {"Id": key, "SyncToken": "0", "sparse": True, "Active": False})
    with pytest.raises(Refusal) as refused:
        await books.post("Customer", {"Id": key, "SyncToken": "1", "sparse": True, "Notes": "x"})
    assert refused.value.code == "6000"


async def test_a_customer_that_owes_cannot_be_retired(books: Books) -> None:
    key = await books.customer()
    await books.invoice(key)
    with pytest.raises(Refusal) as refused:
        await books.post("Customer", {"Id": key, "SyncToken": "0", "sparse": True, "Active": False})
    assert refused.value.code == "6220"


async def test_a_full_update_clears_what_it_leaves_out_and_keeps_the_defaults(
    books: Books,
) -> None:
    key = await books.customer("Jack", Notes="n", CompanyName="Jack LLC", Taxable=False)
    made = await books.post(
        "Customer",
        {
            "Id": key,
            "SyncToken": "0",
            "DisplayName": "Jack Moe",
            "PrimaryPhone": {"FreeFormNumber": "(415) 444-1234"},
        },
    )
    assert made["PrintOnCheckName"] == "Jack Moe"
    assert made["Taxable"] is False
    assert "Notes" not in made
    assert "CompanyName" not in made
    assert made["SyncToken"] == "1"


async def test_a_sparse_update_keeps_the_rest_and_clears_by_an_empty_value(books: Books) -> None:
    key = await books.customer("Jack", Notes="n", CompanyName="Jack LLC")
    made = await books.post(
        "Customer",
        {
            "Id": key,
            "SyncToken": "0",
            "sparse": True,
            "Notes": "",
            "DisplayName": "",
            "Title": None,
        },
    )
    assert "Notes" not in made
    assert (made["CompanyName"], made["DisplayName"]) == ("Jack LLC", "Jack")


async def test_an_item_needs_its_type_and_an_income_account_of_the_right_type(
    books: Books,
) -> None:
    with pytest.raises(Refusal) as refused:
        await books.post("Item", {"Name": "X"})
    assert (refused.value.code, refused.value.errors[0]["element"]) == ("2020", "Type")
    with pytest.raises(Refusal) as refused:
        await books.post("Item", {"Name": "X", "Type": "Service"})
    assert refused.value.errors[0]["element"] == "IncomeAccountRef"
    with pytest.raises(Refusal) as refused:
        await books.item("X", IncomeAccountRef={"value": "35"})
    assert refused.value.code == "6430"


async def test_item_names_are_unique_within_their_category(books: Books) -> None:
    category = (await books.post("Item", {"Name": "Bins", "Type": "Category"}))["Id"]
    made = await books.item("Roll", SubItem=True, ParentRef={"value": category})
    assert (await books.get("Item", made))["FullyQualifiedName"] == "Bins:Roll"
    await books.item("Roll")
    with pytest.raises(Refusal) as refused:
        await books.item("roll")
    assert refused.value.code == "6240"


async def test_terms_take_numbers_as_strings_and_want_their_name_again(books: Books) -> None:
    made = await books.post("Term", {"Name": "Net 120", "DueDays": "120"})
    assert (made["DueDays"], made["Type"]) == (120, "STANDARD")
    with pytest.raises(Refusal) as refused:
        await books.post(
            "Term", {"Id": made["Id"], "SyncToken": "0", "sparse": True, "DueDays": 90}
        )
    assert refused.value.code == "2020"


async def test_classes_and_locations_need_their_feature(books: Books) -> None:
    for entity in ("Class", "Department"):
        with pytest.raises(Refusal) as refused:
            await books.post(entity, {"Name": "North"})
        assert refused.value.code == "5020"
    tracked = {"ClassTrackingPerTxn": True, "TrackDepartments": True}
    await books.do(preferences={"AccountingInfoPrefs": tracked})
    for entity in ("Class", "Department"):
        assert (await books.post(entity, {"Name": "North"}))["FullyQualifiedName"] == "North"


async def test_accounts_are_classified_by_their_type(books: Books) -> None:
    made = await books.post("Account", {"Name": "Rentals", "AccountSubType": "ServiceFeeIncome"})
    assert (made["AccountType"], made["Classification"]) == ("Income", "Revenue")
    with pytest.raises(Refusal) as refused:
        await books.post("Account", {"Name": "Untyped"})
    assert refused.value.code == "6010"
