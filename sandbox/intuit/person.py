"""One customer or vendor of the sample company, and the record it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Step = tuple[str, str, dict[str, Any]]
"""(entity, operation, body): what is done to the books."""

Address = tuple[str, str, str, str, str]
"""Id, street, city, state, postal code."""


@dataclass(frozen=True)
class Person:
    """A name with what is known of it; `more` holds attributes as (short) values."""

    key: str
    name: str
    person: tuple[str, str] = ("", "")
    phone: str = ""
    mail: str = ""
    address: Address | None = None
    country: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """The record, but for its addresses."""
        given, family = self.person
        said: dict[str, Any] = {
            "DisplayName": self.name,
            "GivenName": given,
            "FamilyName": family,
            "PrimaryPhone": {"FreeFormNumber": self.phone} if self.phone else "",
            "PrimaryEmailAddr": {"Address": self.mail} if self.mail else "",
        }
        said |= {name: self._long(name, value) for name, value in self.more.items()}
        said.pop("ShipAddr", None)
        return {"_id": self.key} | {name: value for name, value in said.items() if value != ""}

    def _long(self, name: str, value: Any) -> Any:
        if name in ("Mobile", "Fax"):
            return {"FreeFormNumber": value}
        if name == "WebAddr":
            return {"URI": value}
        if name.endswith("Ref"):
            return {"value": value}
        return self.name if name == "CompanyName" and value is True else value


def place(address: Address | None, country: str = "") -> Any:
    """An address as QBO shows it; nothing for none."""
    if address is None:
        return ""
    key, street, city, state, postcode = address
    abroad = {"Country": country} if country else {}
    return abroad | {
        "Id": key,
        "Line1": street,
        "City": city,
        "CountrySubDivisionCode": state,
        "PostalCode": postcode,
        "Lat": "INVALID",
        "Long": "INVALID",
    }


def customer(one: Person) -> Step:
    """Create a customer; it ships to where it is billed unless it says otherwise."""
    ship = place(one.more.get("ShipAddr", one.address), one.country)
    body = {
        "Taxable": False,
        "BillAddr": place(one.address, one.country),
        "ShipAddr": ship,
    } | one.body()
    if "ParentRef" in body:
        body |= {"Job": True, "PrintOnCheckName": body["CompanyName"]}
    return "Customer", "create", body


def vendor(one: Person) -> Step:
    """Create a vendor."""
    return "Vendor", "create", {"BillAddr": place(one.address, one.country)} | one.body()


def printed(one: Person, key: int) -> dict[str, Any]:
    """A customer's address as a form of that time prints it: in lines, with an id of its own."""
    company = one.name if one.more.get("CompanyName") else ""
    lines = [" ".join(filter(None, one.person)), company]
    if one.address is not None:
        _, street, city, state, postcode = one.address
        lines += [street, f"{city}, {state}  {postcode}"]
    shown = {f"Line{place}": text for place, text in enumerate(filter(None, lines), 1)}
    return {"Id": str(key), "Lat": "INVALID", "Long": "INVALID"} | shown
