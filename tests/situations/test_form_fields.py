"""What a document carries beside its sums: PO number, terms, class, location, e-mail."""

from __future__ import annotations

from store.books import Choice
from sync.shapes import Outcome
from tests.situations.world import LINE, Record, World

CUSTOM = [
    {
        "CustomField": [
            {
                "Name": "SalesFormsPrefs.UseSalesCustom2",
                "Type": "BooleanType",
                "BooleanValue": True,
            }
        ]
    },
    {
        "CustomField": [
            {
                "Name": "SalesFormsPrefs.SalesCustomName2",
                "Type": "StringType",
                "StringValue": "P.O. Number",
            }
        ]
    },
]


async def prefer(world: World, **groups: Record) -> None:
    (held,) = await world.held("Preferences")
    merged = {name: {**held.get(name, {}), **values} for name, values in groups.items()}
    await world.office("Preferences", {**held, **merged})


async def test_nothing_is_invented_where_the_company_tracks_nothing(world: World) -> None:
    client = await world.client("Kestrel Fencing LLC", email="office@kestrel.example")
    invoice = await world.invoice(client, po_number="PO-4711", memo="Gate code 9", terms_days=15)
    await world.sync(invoice)
    held = await world.held_invoice(invoice)
    assert held["CustomerMemo"]["value"] == "PO no. PO-4711\nGate code 9"
    assert held["SalesTermRef"]["name"] == "Net 15"
    assert held["EmailStatus"] == "NotSet"
    assert not {"ClassRef", "DepartmentRef"} & set(held)


async def test_po_number_class_location_and_mail_go_as_a_person_set_them(world: World) -> None:
    await prefer(
        world,
        SalesFormsPrefs={"CustomField": CUSTOM},
        AccountingInfoPrefs={"ClassTrackingPerTxnLine": True, "TrackDepartments": True},
    )
    rentals = await world.office("Class", {"Name": "Rentals"})
    fees = await world.office("Class", {"Name": "Fees"})
    yard = await world.office("Department", {"Name": "New Braunfels"})
    desk = world.desk
    desk.set_setting("po_number", "custom:2")
    desk.set_setting("class_id", rentals["Id"])
    desk.set_setting("location_id", yard["Id"])
    desk.set_setting("email_invoices", "yes")

    client = await world.client("Kestrel Fencing LLC", email="office@kestrel.example")
    fuel = {"name": "Fuel Surcharge", "quantity": "1", "unit_price": "9.00", "taxable": False}
    invoice = await world.invoice(client, LINE, fuel, po_number="PO-4711")
    await desk.pull()
    (product,) = [row.match for row in desk.names() if row.match.name == "Fuel Surcharge"]
    desk.choose(Choice("class", product.key, "use", "Class", fees["Id"], "Fees"))

    plan = await world.preview_one(invoice)
    assert "QuickBooks will e-mail it to office@kestrel.example" in plan.notes
    await world.sync(invoice)
    held = await world.held_invoice(invoice)
    assert held["CustomField"] == [
        {
            "DefinitionId": "2",
            "Name": "P.O. Number",
            "Type": "StringType",
            "StringValue": "PO-4711",
        }
    ]
    assert "CustomerMemo" not in held
    assert held["DepartmentRef"]["name"] == "New Braunfels"
    classes = [
        line["SalesItemLineDetail"]["ClassRef"]["name"]
        for line in held["Line"]
        if "SalesItemLineDetail" in line
    ]
    assert classes == ["Rentals", "Fees"]
    assert held["EmailStatus"] == "NeedToSend"

    longer = await world.invoice(client, po_number="4711 " * 8)
    plan = await world.preview_one(longer)
    assert plan.outcome == Outcome.POSTED
    assert "the PO number goes into memo and note: it is longer than 31 characters" in plan.notes


async def test_one_invoice_is_mailed_or_not_whatever_holds_for_all(world: World) -> None:
    client = await world.client("Kestrel Fencing LLC", email="office@kestrel.example")
    mailed, plain, silent = [await world.invoice(client) for _ in range(3)]
    await world.desk.pull()
    world.desk.mail([mailed["id"]], wanted=True)
    first = await world.preview_one(mailed)
    assert "QuickBooks will e-mail it to office@kestrel.example" in first.notes
    await world.sync(mailed, plain)
    assert (await world.held_invoice(mailed))["EmailStatus"] == "NeedToSend"
    assert (await world.held_invoice(plain))["EmailStatus"] == "NotSet"

    world.desk.set_setting("email_invoices", "yes")
    world.desk.mail([silent["id"]], wanted=False)
    assert (await world.preview_one(silent)).notes == ()
    await world.desk.test_sync(await world.preview(silent))
    assert (await world.held_invoice(silent))["EmailStatus"] == "NotSet"
    await world.docket("invoices", "edit_invoice", invoice=plain["id"], memo="Gate code 9")
    assert (await world.preview_one(plain)).notes == ()
