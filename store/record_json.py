"""Docket's records as JSON and back, whole, so that an import can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from core.clock import iso, parse_instant
from core.jsonio import JsonObject
from core.records import Client, Credit, Invoice, Kind, Payment, Product, Record, Refund

TYPES: Mapping[Kind, type[Record]] = MappingProxyType(
    {
        Kind.CLIENT: Client,
        Kind.PRODUCT: Product,
        Kind.INVOICE: Invoice,
        Kind.PAYMENT: Payment,
        Kind.REFUND: Refund,
        Kind.CREDIT: Credit,
    }
)


def record_json(record: Record) -> JsonObject:
    """A record as JSON without loss; decimals and dates are text."""
    written = _write(record)
    assert isinstance(written, dict)
    return written


def record_from_json(kind: Kind, raw: JsonObject) -> Record:
    """The record that `record_json` wrote."""
    found: Record = _read(TYPES[kind], raw)
    return found


def _write(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _write(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_write(one) for one in value]
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value


def _read(form: Any, raw: Any) -> Any:
    if raw is None:
        return None
    if get_origin(form) is UnionType:
        form = next(one for one in get_args(form) if one is not NoneType)
    if get_origin(form) is tuple:
        return tuple(_read(get_args(form)[0], one) for one in raw)
    if is_dataclass(form) and isinstance(form, type):
        return form(**{name: _read(of, raw[name]) for name, of in _hints(form).items()})
    if form is datetime:
        return parse_instant(raw)
    if form is date:
        return date.fromisoformat(raw)
    return Decimal(raw) if form is Decimal else raw


@cache
def _hints(form: type) -> dict[str, Any]:
    return get_type_hints(form)
