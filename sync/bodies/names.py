"""New customers and items."""

from __future__ import annotations

from core.jsonio import JsonObject
from core.records import Client, Product
from core.text import tidy_name, wire_text
from sync.bodies.parts import address, currency, email, filled, private_note, ref_to
from sync.checks.ground import Ground
from sync.shapes import Need
from sync.sites import parent_of


def customer_body(ground: Ground, client: Client, name: str, marker: str) -> JsonObject:
    """Return a new customer called `name`; the marker closes its notes."""
    known = f"Docket client {client.display_id or client.id}"
    return filled(
        {
            "DisplayName": name,
            "CompanyName": tidy_name(client.company_name)[:100],
            "GivenName": tidy_name(client.first_name)[:100],
            "FamilyName": tidy_name(client.last_name)[:100],
            "PrimaryEmailAddr": email(client.email),
            "PrimaryPhone": filled({"FreeFormNumber": wire_text(client.phone, 30)}),
            "BillAddr": address(client.billing),
            "Notes": private_note([known], marker),
            **({"Taxable": False} if client.tax_exempt else {}),
            **currency(ground, ""),
            **_below(ground, client),
        }
    )


def _below(ground: Ground, client: Client) -> JsonObject:
    """Return what makes a client's place a sub-customer, billed with the client."""
    above = parent_of(ground.books, client.id)
    if above is None:
        return {}
    target = ground.matcher.client(above).target
    parent = Need("client", above.id).placeholder if target is None else target.qbo_id
    return {
        "Job": True,
        "ParentRef": ref_to(ground, "Customer", parent),
        "BillWithParent": True,
        "ShipAddr": address(client.service_addresses[0].address),
    }


def item_body(ground: Ground, product: Product | None, name: str, account: str) -> JsonObject:
    """Return a new service called `name` whose income goes to the account with this Id."""
    income = ref_to(ground, "Account", account)
    body: JsonObject = {"Name": name, "Type": "Service", "IncomeAccountRef": income}
    if product is not None:
        body |= {
            "Description": wire_text(product.description, 4000),
            "Sku": wire_text(product.sku, 100),
            "UnitPrice": product.unit_price,
            "Taxable": product.taxable,
        }
    return filled(body)
