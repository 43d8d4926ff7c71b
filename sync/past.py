"""Docket records as they were when they were posted, and which of them are asked for; pure.

The cache keeps with each link the Docket record (its snapshot) and the bytes that were
sent. Both are large, so only the few that are needed are loaded: of what changed in
Docket, and of what somebody touched in QuickBooks.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from core.jsonio import JsonObject
from core.records import Credit, Invoice, Payment
from store.books import Books
from sync.fingerprint import changed

R = TypeVar("R", Invoice, Payment, Credit, Payment | Credit)


def touched(books: Books) -> Iterator[tuple[str, str]]:
    """Yield the (kind, Docket id) of what is linked and no longer as it was posted."""
    for file in books.invoices.values():
        yield from _one(books, "invoice", file.invoice)
        for payment in file.payments:
            yield from _one(books, "payment", payment)
    for payment in books.loose.values():
        yield from _one(books, "payment", payment)
    for credit in books.credits.values():
        yield from _one(books, "credit", credit)


def _one(books: Books, kind: str, record: Invoice | Payment | Credit) -> Iterator[tuple[str, str]]:
    link = books.links.get((kind, record.id))
    if link is None:
        return
    document = books.documents.get((link.entity, link.qbo_id))
    moved = document is not None and document.sync_token != link.sync_token
    if moved or changed(link.fingerprint, record):
        yield (kind, record.id)


def as_then(snapshot: JsonObject | None, now: R) -> R | None:
    """Return a record as its snapshot has it; what a snapshot leaves out is as it is now.

    None where the snapshot is missing, or is of another version of the record.
    """
    if snapshot is None:
        return None
    hints = get_type_hints(type(now))
    try:
        then = {
            part.name: _rebuilt(hints[part.name], snapshot[part.name])
            for part in fields(now)
            if part.name in snapshot
        }
    except (TypeError, ValueError, KeyError):
        return None
    return replace(now, **then)


def _rebuilt(hint: Any, value: Any) -> Any:
    """Return what a field of this type was before it became JSON."""
    if value is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _rebuilt(next(one for one in get_args(hint) if one is not type(None)), value)
    if origin is tuple:
        return tuple(_rebuilt(get_args(hint)[0], part) for part in value)
    if isinstance(hint, type) and is_dataclass(hint) and isinstance(value, Mapping):
        hints = get_type_hints(hint)
        return hint(**{name: _rebuilt(hints[name], part) for name, part in value.items()})
    if hint is date:
        return date.fromisoformat(value)
    if hint is Decimal:
        return Decimal(value)
    return value
