"""Opening a company's books: stock lists, settings, then records applied one by one.

`apply` is the in-process door: the same rules as over HTTP, but no gateway, so
sample data enters quickly and already consistent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sandbox.qbo import stock
from sandbox.qbo.change import Change
from sandbox.qbo.company import Company
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.fields import Record
from sandbox.qbo.operations import Options, write
from sandbox.qbo.rules import rules_of

BIRTH = "SandboxBirthId"
"""The CompanyInfo NameValue that tells a cache that these books were begun anew."""


def open_books(
    company: Company,
    birth: str,
    info: Mapping[str, Any] | None = None,
    preferences: Mapping[str, Any] | None = None,
    lists: Sequence[tuple[str, str, Mapping[str, Any]]] = (),
) -> None:
    """Give an empty company its settings and stock lists.

    `info` and `preferences` add to the stock ones; `lists` (entity, id, body) add
    to the stock lists, or replace the record of that id.
    """
    with company.unit():
        about = stock.COMPANY_INFO | dict(info or {})
        pairs = [*about["NameValue"], {"Name": BIRTH, "Value": birth}]
        place(company, "CompanyInfo", "1", about | {"NameValue": pairs})
        prefs = {
            name: part | (preferences or {}).get(name, {})
            for name, part in stock.PREFERENCES.items()
        }
        place(company, "Preferences", "1", prefs)
        stocked = {(entity, key): body for entity, key, body in (*stock.stock_lists(), *lists)}
        for (entity, key), body in stocked.items():
            place(company, entity, key, body)


def place(company: Company, entity: str, key: str, body: Mapping[str, Any]) -> Record:
    """Store a record under a given id, read-only attributes included."""
    described = ENTITIES[entity]
    draft: Record = {
        field.name: list(field.default) if field.many else field.default
        for field in described.fields
        if field.default is not None
    }
    for name, value in exact(body).items():
        field = described.by_name[name]
        draft[name] = field.read(value)
    change = Change(company, described, None, draft, "create", dict(body))
    if entity not in ("Preferences",):
        for step in rules_of(entity).complete:
            step(change)
    if key.isdigit():
        ids = company.next_ids
        ids[described.sequence] = max(ids[described.sequence], int(key) + 1)
    return company.write(entity, draft | {"Id": key})


class Applier:
    """Applies a list of (entity, operation, body) whose bodies name each other by `@key`."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.known: dict[str, tuple[str, str]] = {}

    def apply_all(self, steps: Sequence[tuple[str, str, Mapping[str, Any]]]) -> None:
        """Apply every step in order.

        Raises:
            Refused: the sample data breaks a rule of the books.
        """
        for entity, operation, body in steps:
            self.apply(entity, operation, body)

    def apply(self, entity: str, operation: str, body: Mapping[str, Any]) -> Record:
        """Create, update, deactivate, void or delete; returns what QBO would answer.

        `_key` names a new record for later steps, `_id` gives it its id,
        `_include` is the query parameter.
        """
        sent = exact({name: value for name, value in body.items() if not name.startswith("_")})
        sent = self._resolved(sent)
        key = body.get("_key")
        described = ENTITIES[entity]
        if operation != "create":
            own = str(sent.get("Id") or self.known[str(key)][1])
            record = self.company.tables[entity].records[own]
            sent |= {"Id": own, "SyncToken": record["SyncToken"], "sparse": True}
        if operation == "deactivate":
            sent["Active"] = False
        word, include = "", ""
        if operation == "void":
            word, include = described.void or ("void", "")
        elif operation == "delete":
            word = "delete"
        if "_id" in body:
            self.company.next_ids[described.sequence] = int(body["_id"])
        include = include or str(body.get("_include", ""))
        answer = write(self.company, described, sent, Options(word, frozenset({include} - {""})))
        if operation == "create" and key is not None:
            self.known[str(key)] = (entity, answer["Id"])
        return answer

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._resolved(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._resolved(inner) for inner in value]
        if isinstance(value, str) and value.startswith("@") and value[1:] in self.known:
            return self.known[value[1:]][1]
        return value


def exact(value: Any) -> Any:
    """Python numbers as Decimals, as the JSON reader gives them; floats by their shortest text."""
    if isinstance(value, Mapping):
        return {name: exact(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [exact(inner) for inner in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return Decimal(str(value))
