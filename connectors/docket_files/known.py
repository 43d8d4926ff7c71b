"""What an import asks of the books that are there already, as a port."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from core.money import Cents
from core.records import Client, Kind, Product, Record


class Head(NamedTuple):
    """The little of a record by which another one finds it."""

    id: str
    client_id: str
    amount: Cents


class Known(Protocol):
    """The records that the cache holds; nothing deleted among them."""

    def clients(self) -> Mapping[str, Client]:
        """All clients by id."""
        ...

    def products(self) -> Mapping[str, Product]:
        """All products by id."""
        ...

    def heads(self, kind: Kind, numbers: Collection[str]) -> Mapping[str, Sequence[Head]]:
        """Invoices, payments, refunds or credits by number."""
        ...

    def records(self, kind: Kind, ids: Collection[str]) -> Mapping[str, Record]:
        """Whole records by id; those that are not there are left out."""
        ...

    def open_amounts(self, numbers: Collection[str]) -> Mapping[str, Cents]:
        """What is left of invoices after payments and credits, by number, as Docket sees it."""
        ...
