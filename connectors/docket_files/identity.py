"""Who is who: ids for records whose export has none, the same at every import.

An id, once given, stays: a client that was first seen by name alone keeps that id when
a later export brings the display id. The order in which a record is looked for is
documented in docs/import.md; where two would do, none is taken.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from connectors.docket_files.findings import RowProblem
from core.records import Client, Product
from core.text import name_key


class ClientRef(NamedTuple):
    """What a row says of its client."""

    id: str
    display_id: str
    name: str
    email: str

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.id or self.display_id or self.name or self.email)


class Directory:
    """The clients of the cache and of this import, by everything that names them."""

    def __init__(self, clients: Iterable[Client]) -> None:
        """Begin with the clients that are known."""
        self._ids: set[str] = set()
        self._by_display: dict[str, str] = {}
        self._by_name: dict[str, dict[str, str]] = defaultdict(dict)
        self._displays: dict[str, str] = {}
        for client in clients:
            self.add(client)

    def add(self, client: Client) -> None:
        """Take one in, or anew with what is known of it now."""
        self._ids.add(client.id)
        self._displays[client.id] = client.display_id
        if client.display_id:
            self._by_display[name_key(client.display_id)] = client.id
        self._by_name[name_key(client.customer_name)][client.id] = name_key(client.email)

    def find(self, ref: ClientRef) -> str | None:
        """Return the client that is meant; None if there is none yet.

        Raises:
            RowProblem: several have this name and nothing tells them apart.
        """
        if ref.id in self._ids:
            return ref.id
        display = name_key(ref.display_id)
        if display in self._by_display:
            return self._by_display[display]
        found = self._named(ref)
        if len(found) > 1:
            raise RowProblem(
                "client_name", f"{len(found)} clients have this name; which is meant is not said"
            )
        return found[0] if found else None

    def _named(self, ref: ClientRef) -> list[str]:
        """Those of the name whose display id and e-mail do not speak against it."""
        if not ref.name:
            return []
        email, candidates = name_key(ref.email), self._by_name.get(name_key(ref.name), {})
        # A row with an id of its own means another client than one that has a display id.
        fits = [
            key
            for key, known in candidates.items()
            if (not email or not known or email == known)
            and not (ref.display_id and self._displays[key])
            and not (ref.id and not is_derived(key))
        ]
        exact = [key for key in fits if email and candidates[key] == email]
        return exact or fits


@dataclass(frozen=True, slots=True)
class Products:
    """The price book by name and SKU."""

    by_sku: dict[str, str]
    by_name: dict[str, str]
    taxable: dict[str, bool]

    @classmethod
    def of(cls, products: Iterable[Product]) -> Products:
        """Index the price book; a name that two share means neither."""
        by_sku: dict[str, str] = {}
        by_name: dict[str, str] = {}
        taxable: dict[str, bool] = {}
        for one in products:
            taxable[one.id] = one.taxable
            for index, key in ((by_sku, name_key(one.sku)), (by_name, one.name.strip())):
                if key:
                    index[key] = "" if index.get(key, one.id) != one.id else one.id
        return cls(by_sku, by_name, taxable)

    def find(self, product_id: str, sku: str, name: str) -> str | None:
        """Return the product of a line; None where somebody typed the line."""
        if product_id:
            return product_id
        by_sku = self.by_sku.get(name_key(sku)) if sku else None
        return by_sku or self.by_name.get(name.strip()) or None


def client_id(ref: ClientRef) -> str:
    """The id of a client that nobody knew: its own, by display id, else by name and e-mail."""
    if ref.id:
        return ref.id
    if ref.display_id:
        return f"display:{name_key(ref.display_id)}"
    return f"name:{_digest(name_key(ref.name), name_key(ref.email))}"


def product_id(given: str, sku: str, name: str) -> str:
    """The id of a product: its own, by SKU, else by name."""
    return given or (f"sku:{name_key(sku)}" if sku else f"name:{_digest(name_key(name))}")


def numbered_id(given: str, number: str) -> str:
    """The id of an invoice, payment, refund or credit with a number."""
    return given or f"number:{number}"


def unnumbered_id(parts: Sequence[str], ordinal: int) -> str:
    """The id of a payment, refund or credit without number: by what it is, and which of equals."""
    return f"row:{_digest(*parts, str(ordinal))}"


def place_id(given: str, client: str, *parts: str) -> str:
    """The id of a client's service address: its own, else by its name and address."""
    return given or f"place:{_digest(client, *parts)}"


def is_derived(record_id: str) -> bool:
    """Whether an id was made here and not by Docket."""
    return record_id.startswith(("display:", "name:", "sku:", "number:", "row:", "place:"))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]
