"""Clients and the price book from rows: one record at a time, over what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from connectors.docket_files.findings import RowProblem
from connectors.docket_files.group import Group
from connectors.docket_files.identity import ClientRef, Directory, Products, client_id, product_id
from connectors.docket_files.places import PlaceRef, with_place
from core.records import Address, Client, Product


def client_ref(group: Group) -> ClientRef:
    """What a row of a list of clients says of who it is."""
    return ClientRef(group.text("id"), group.text("display_id"), _name(group), group.text("email"))


def client_from(group: Group, directory: Directory, known: Mapping[str, Client]) -> Client:
    """A client from its row, which may be one of several: each names one of its places.

    Raises:
        RowProblem: a value cannot be read, the row has no name, or several clients or places fit.
    """
    ref = client_ref(group)
    key = directory.find(ref)
    if key is None and ref.empty:
        raise RowProblem("name", "the row names no client")
    before = known.get(key or "") or _blank(key or client_id(ref), group.written_at)
    texts = _texts(group, before)
    after = Client(
        id=before.id,
        display_id=texts["display_id"],
        company_name=texts["company_name"],
        first_name=texts["first_name"],
        last_name=texts["last_name"],
        email=texts["email"],
        phone=texts["phone"],
        billing=_address(group, before.billing),
        service_addresses=with_place(
            before.id, before.service_addresses, group.place(), mend=not group.stale
        ),
        client_type=texts["client_type"],
        tax_exempt=before.tax_exempt,
        updated_at=group.instant("updated_at") or group.written_at,
    )
    if group.carries("tax_exempt"):
        after = replace(after, tax_exempt=bool(group.flag("tax_exempt")))
    if not after.customer_name:
        raise RowProblem("name", "the client has no name")
    return after


def client_of_ref(ref: ClientRef, at: datetime) -> Client:
    """A client of whom only another record tells."""
    made = _blank(client_id(ref), at)
    return replace(
        made, display_id=ref.display_id, company_name=ref.name or ref.display_id, email=ref.email
    )


def client_at(client: Client, place: PlaceRef, at: datetime) -> Client:
    """The client with a place that an invoice names; the very same where it is known.

    Raises:
        RowProblem: several of its places fit.
    """
    places = with_place(client.id, client.service_addresses, place, mend=False)
    if places is client.service_addresses:
        return client
    return replace(client, service_addresses=places, updated_at=max(at, client.updated_at))


def product_from(group: Group, products: Products, known: Mapping[str, Product]) -> Product:
    """A product from its row.

    Raises:
        RowProblem: a value cannot be read, or the row has no name or no price.
    """
    name, sku = group.text("name"), group.text("sku")
    if not name:
        raise RowProblem("name", "the product has no name")
    given = group.text("id")
    key = given if given in known else products.find("", sku, name)
    key = key or product_id(given, sku, name)
    before = known.get(key)
    price = group.number("unit_price")
    if price is None:
        if before is None:
            raise RowProblem("unit_price", "the product has no price")
        price = before.unit_price
    return Product(
        id=key,
        name=name,
        sku=sku if group.carries("sku") or before is None else before.sku,
        category=_kept(group, "category", before.category if before else None),
        description=_kept(group, "description", before.description if before else None),
        unit_price=price,
        taxable=bool(group.flag("taxable"))
        if group.carries("taxable")
        else before is not None and before.taxable,
        updated_at=group.instant("updated_at") or group.written_at,
    )


def _kept(group: Group, name: str, before: str | None) -> str:
    return group.text(name) if group.carries(name) else before or ""


def _name(group: Group) -> str:
    own = group.text("company_name") or group.text("name")
    return own or f"{group.text('first_name')} {group.text('last_name')}".strip()


def _texts(group: Group, before: Client) -> dict[str, str]:
    names = ("display_id", "company_name", "first_name", "last_name", "email", "phone")
    found = {name: _kept(group, name, getattr(before, name)) for name in (*names, "client_type")}
    shown = group.text("name")
    person = f"{found['first_name']} {found['last_name']}".strip()
    if shown and not group.text("company_name") and shown != person:
        # One column for the name: a company's or a person's, QuickBooks gets the same.
        found["company_name"] = shown
    return found


def _address(group: Group, before: Address) -> Address:
    return Address(
        line1=_kept(group, "line1", before.line1),
        line2=_kept(group, "line2", before.line2),
        city=_kept(group, "city", before.city),
        state=_kept(group, "state", before.state),
        postal_code=_kept(group, "postal_code", before.postal_code),
    )


def _blank(key: str, at: datetime) -> Client:
    return Client(key, "", "", "", "", "", "", Address(), (), "", False, at)
