"""The form of each record on the wire: what an edit must leave behind, and blanks to fill.

The rules are those of docs/docket-api.yaml, written as patterns; an edit that would
break the contract is refused, so that nothing the server lists can break it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.docket.amounts import Record, cents, money
from sandbox.docket.books import Books


class NotPossible(Exception):
    """An edit that does not fit; the text says why."""


_INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z"
_DAY = r"\d{4}-\d\d-\d\d"
_AMOUNT = r"-?\d{1,12}\.\d\d"
_NUMBER = r"-?\d{1,12}(\.\d{1,7})?"

_ADDRESS = {"line1": str, "line2": str, "city": str, "state": str, "postal_code": str}
_ALLOCATION = {"invoice_id": ".+", "amount": _AMOUNT}

Form = Any
"""A pattern, a type, an object of forms, a list of one form, or a tuple: that or null."""

FORMS: Mapping[str, Mapping[str, Form]] = {
    "clients": {
        "id": ".+",
        "display_id": str,
        "company_name": str,
        "first_name": str,
        "last_name": str,
        "email": str,
        "phone": str,
        "billing": _ADDRESS,
        "service_addresses": [{"id": ".+", "name": str, "address": _ADDRESS}],
        "client_type": str,
        "tax_exempt": bool,
        "updated_at": _INSTANT,
    },
    "products": {
        "id": ".+",
        "name": str,
        "sku": str,
        "category": str,
        "description": str,
        "unit_price": _NUMBER,
        "taxable": bool,
        "updated_at": _INSTANT,
    },
    "invoices": {
        "id": ".+",
        "number": str,
        "client_id": ".+",
        "service_address_id": (".+",),
        "issued_on": _DAY,
        "due_on": (_DAY,),
        "terms_days": (int,),
        "po_number": str,
        "memo": str,
        "currency": "[A-Z]{3}",
        "lines": [
            {
                "id": ".+",
                "product_id": (".+",),
                "name": str,
                "description": str,
                "quantity": _NUMBER,
                "unit_price": _NUMBER,
                "amount": _AMOUNT,
                "taxable": bool,
                "service_date": (_DAY,),
            }
        ],
        "tax_lines": [
            {
                "name": str,
                "agency": str,
                "rate": _NUMBER,
                "taxable_amount": _AMOUNT,
                "amount": _AMOUNT,
            }
        ],
        "subtotal": _AMOUNT,
        "discount": _AMOUNT,
        "discount_percent": (_NUMBER,),
        "tax": _AMOUNT,
        "total": _AMOUNT,
        "updated_at": _INSTANT,
        "voided_at": (_INSTANT,),
        "void_reason": str,
        "qbo_synced_at": (_INSTANT,),
    },
    "payments": {
        "id": ".+",
        "number": str,
        "client_id": ".+",
        "method": str,
        "reference": str,
        "received_on": _DAY,
        "amount": _AMOUNT,
        "allocations": [_ALLOCATION],
        "status": "settled|pending|returned",
        "updated_at": _INSTANT,
        "voided_at": (_INSTANT,),
    },
    "refunds": {
        "id": ".+",
        "number": str,
        "client_id": ".+",
        "invoice_id": (".+",),
        "payment_id": (".+",),
        "refunded_on": _DAY,
        "method": str,
        "reference": str,
        "reason": str,
        "lines": [{"product_id": (".+",), "name": str, "amount": _AMOUNT, "taxable": bool}],
        "tax": _AMOUNT,
        "amount": _AMOUNT,
        "updated_at": _INSTANT,
        "voided_at": (_INSTANT,),
    },
    "credits": {
        "id": ".+",
        "number": str,
        "client_id": ".+",
        "kind": "prepayment|memo",
        "method": str,
        "issued_on": _DAY,
        "amount": _AMOUNT,
        "allocations": [_ALLOCATION],
        "reason": str,
        "updated_at": _INSTANT,
        "voided_at": (_INSTANT,),
    },
}


def check(resource: str, record: Mapping[str, Any]) -> None:
    """Refuse a record that would break the contract.

    Raises:
        NotPossible: a field is missing, unknown, or has another form.
        ValueError: there is text in it that is not Unicode.
    """
    json.dumps(record, ensure_ascii=False).encode()
    _check(record, FORMS[resource], resource)


def _check(value: object, form: Form, path: str) -> None:
    if isinstance(form, tuple):
        if value is not None:
            _check(value, form[0], path)
    elif isinstance(form, str):
        if not isinstance(value, str) or not re.fullmatch(form, value, re.DOTALL):
            raise NotPossible(f"{path} must look like {form}")
    elif isinstance(form, list):
        if not isinstance(value, list):
            raise NotPossible(f"{path} must be a list")
        for place, item in enumerate(value):
            _check(item, form[0], f"{path}[{place}]")
    elif isinstance(form, type):
        if type(value) is not form or (type(value) is int and value < 0):
            raise NotPossible(f"{path} must be {form.__name__}, and not negative")
    else:
        if not isinstance(value, Mapping) or set(value) != set(form):
            raise NotPossible(f"{path} must have exactly {', '.join(form)}")
        for name, inner in form.items():
            _check(value[name], inner, f"{path}.{name}")


def blank_client(client_id: str) -> Record:
    """A client of whom nothing is known."""
    return {
        "id": client_id,
        "display_id": client_id,
        "company_name": "",
        "first_name": "",
        "last_name": "",
        "email": "",
        "phone": "",
        "billing": dict.fromkeys(_ADDRESS, ""),
        "service_addresses": [],
        "client_type": "Residential",
        "tax_exempt": False,
    }


def blank_line() -> Record:
    """An invoice line without a name; its amount is worked out later."""
    return {
        "product_id": None,
        "name": "",
        "description": "",
        "quantity": "1",
        "unit_price": "0.00",
        "taxable": True,
        "service_date": None,
    }


def new_id(books: Books, resource: str) -> str:
    """An id that nothing in the books has or had."""
    return f"{resource.rstrip('s')}-{books.sequence + 1}-new"


def new_number(books: Books, resource: str) -> str:
    """The next number after the highest, with the same letters before it."""
    best, prefix = 0, ""
    for record in books.all(resource):
        match = re.fullmatch(r"(\D*)(\d{1,12})", record["number"])
        if match and int(match[2]) > best:
            best, prefix = int(match[2]), match[1]
    return f"{prefix}{best + 1}"


def sum_of(allocations: Sequence[Mapping[str, Any]]) -> str:
    """What a payment or credit gives to invoices, for the wire."""
    return money(sum(cents(part["amount"]) for part in allocations))
