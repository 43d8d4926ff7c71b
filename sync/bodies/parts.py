"""Pieces that several bodies share: references, addresses, notes."""

from __future__ import annotations

import re
from decimal import Decimal

from core.jsonio import JsonObject
from core.records import Address
from core.text import wire_text
from sync.checks.document import NUMBER_LIMIT, sends_number
from sync.checks.ground import Ground
from sync.index import number_key

NOTE_LIMIT = 4000
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_STREETS = 500


def ref(value: str) -> JsonObject:
    """Return a reference by Id."""
    return {"value": value}


def ref_to(ground: Ground, entity: str, value: str) -> JsonObject:
    """Return a reference by Id or placeholder, with the name beside it where it is known.

    QuickBooks goes by the Id and ignores the name; a person who reads the preview or
    the sync log goes by the name.
    """
    name = ground.named(entity, value)
    return {"value": value, "name": name} if value and name else {"value": value}


def address(place: Address) -> JsonObject:
    """Return a postal address; empty parts are left out."""
    parts = {
        "Line1": place.line1,
        "Line2": place.line2,
        "City": place.city,
        "CountrySubDivisionCode": place.state,
        "PostalCode": place.postal_code,
    }
    return {key: wire_text(text, _STREETS) for key, text in parts.items() if text.strip()}


def email(text: str) -> JsonObject:
    """Return an e-mail address, or nothing where QuickBooks would refuse it (fault 2210)."""
    found = text.strip()
    return {"Address": found} if _EMAIL.fullmatch(found) and len(found) <= 100 else {}


def private_note(lines: list[str], marker: str) -> str:
    """Return the note for the bookkeeper, closed by the marker that says who made it."""
    words = wire_text("\n".join(line for line in lines if line.strip()), NOTE_LIMIT - 100)
    return f"{words}\n{marker}" if words else marker


def free_number(ground: Ground, text: str) -> str:
    """Return Docket's number of a credit memo or receipt, if no sales form or invoice has it."""
    number = text.strip()
    key = number_key(number)
    taken = key in ground.index.by_number or key in ground.index.docket_numbers
    fits = 0 < len(number) <= NUMBER_LIMIT and not taken
    return number if fits and sends_number(ground) else ""


def currency(ground: Ground, code: str) -> JsonObject:
    """Return the currency reference, which only a company with several wants."""
    company = ground.books.company
    return {"CurrencyRef": ref(code or company.currency)} if company.multicurrency else {}


def filled(body: JsonObject) -> JsonObject:
    """Return the body without what is empty; absent is what QuickBooks calls nothing."""
    return {key: part for key, part in body.items() if part or isinstance(part, int | Decimal)}
