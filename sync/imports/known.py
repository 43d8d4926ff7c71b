"""The cache as an import asks it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from connectors.docket_files.known import Head
from core.money import Cents
from core.records import Client, Kind, Product, Record
from store import imports as store
from store import load
from store.cache import Cache

R = TypeVar("R", bound=Record)


class CachedBooks:
    """What this cache holds; each question is a look of its own, so it sees every commit."""

    def __init__(self, cache: Cache) -> None:
        """Ask this cache."""
        self._cache = cache

    def clients(self) -> Mapping[str, Client]:
        """All clients by id."""
        with self._cache.read() as session:
            return _standing(load.load_clients(session))

    def products(self) -> Mapping[str, Product]:
        """All products by id."""
        with self._cache.read() as session:
            return _standing(load.load_products(session))

    def heads(self, kind: Kind, numbers: Collection[str]) -> Mapping[str, Sequence[Head]]:
        """Records of a kind by number."""
        if not numbers:
            return {}
        with self._cache.read() as session:
            found = store.heads(session, kind, numbers)
        return {number: [Head(*one) for one in some] for number, some in found.items()}

    def records(self, kind: Kind, ids: Collection[str]) -> Mapping[str, Record]:
        """Whole records by id."""
        if not ids:
            return {}
        with self._cache.read() as session:
            if kind is Kind.INVOICE:
                return {key: one for key, (one, _) in load.load_invoices(session, ids).items()}
            if kind is Kind.PAYMENT:
                return load.load_payments(session, ids)
            if kind is Kind.REFUND:
                return load.load_refunds(session, ids)
            if kind is Kind.CLIENT:
                return load.load_clients(session, ids)
            whole = load.load_products if kind is Kind.PRODUCT else load.load_credits
            return {key: one for key, one in whole(session).items() if key in ids}

    def open_amounts(self, numbers: Collection[str]) -> Mapping[str, Cents]:
        """What is left of invoices, by number."""
        with self._cache.read() as session:
            return store.open_amounts(session, numbers)


def _standing(found: Mapping[str, R]) -> dict[str, R]:
    return {key: one for key, one in found.items() if one.deleted_at is None}
