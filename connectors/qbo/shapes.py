"""Takes the object, the rows or the changes out of an answer, or says it has none.

An answer without them is unclear, not empty: a write that is answered with another
shape may have been done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from connectors.qbo.faults import QboRefused, QboUnclear, json_faults
from core.clock import parse_instant
from core.jsonio import JsonObject

MOST_CHANGES = 1000
"""QuickBooks cuts a CDC answer at this many objects, over all entities."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What QuickBooks holds after a call, as it said itself."""

    object: JsonObject
    intuit_tid: str | None
    status: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in a company, by entity.

    `deleted` holds Id and instant. `at` is QuickBooks' own time of the answer, from
    which the next look goes on, less an overlap. Unless `complete`, the answer was
    cut and the entities must be read in full.
    """

    objects: dict[str, list[JsonObject]]
    deleted: dict[str, list[tuple[str, datetime]]]
    at: datetime
    complete: bool


def read_object(answer: JsonObject, entity: str, intuit_tid: str | None) -> JsonObject:
    """Return the object called `entity`.

    Raises:
        QboUnclear: there is none, or it has no Id.
    """
    found = answer.get(entity)
    if not isinstance(found, dict) or not isinstance(found.get("Id"), str):
        raise QboUnclear(f"the answer holds no {entity}", status=200, intuit_tid=intuit_tid)
    return found


def read_rows(answer: JsonObject) -> list[JsonObject]:
    """Return the rows of a query's answer.

    Raises:
        QboUnclear: it is no answer to a query.
    """
    response = answer.get("QueryResponse")
    if not isinstance(response, Mapping):
        raise QboUnclear("the answer holds no QueryResponse", status=200)
    for value in response.values():
        if isinstance(value, list):
            return _objects(value)
    return []


def read_changes(answer: JsonObject, intuit_tid: str | None) -> Changes:
    """Return the groups of a CDC answer by their names; their order means nothing.

    Raises:
        QboRefused: one of the groups is a fault.
        QboUnclear: it is no answer to CDC.
    """
    objects: dict[str, list[JsonObject]] = {}
    deleted: dict[str, list[tuple[str, datetime]]] = {}
    count = 0
    for group in _groups(answer):
        faults = json_faults(group)
        if faults:
            raise QboRefused(faults, 200, intuit_tid)
        for entity, rows in group.items():
            if not isinstance(rows, list):
                continue
            for row in _objects(rows):
                count += 1
                if row.get("status") == "Deleted":
                    deleted.setdefault(entity, []).append((row["Id"], _updated_at(row)))
                else:
                    objects.setdefault(entity, []).append(row)
    return Changes(objects, deleted, _time_of(answer), complete=count < MOST_CHANGES)


def _groups(answer: JsonObject) -> list[JsonObject]:
    found: list[JsonObject] = []
    responses = answer.get("CDCResponse")
    for response in responses if isinstance(responses, list) else [None]:
        if not isinstance(response, dict):
            raise QboUnclear("the answer holds no CDCResponse", status=200)
        inner = response.get("QueryResponse", [response])
        for group in inner if isinstance(inner, list) else [inner]:
            if not isinstance(group, dict):
                raise QboUnclear("the answer to CDC has an unknown shape", status=200)
            found.append(group)
    return found


def _objects(rows: list[object]) -> list[JsonObject]:
    for row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("Id"), str):
            raise QboUnclear("a row of the answer is no object", status=200)
    return rows  # type: ignore[return-value]  # each row was looked at


def _updated_at(row: JsonObject) -> datetime:
    try:
        return parse_instant(str(row["MetaData"]["LastUpdatedTime"]))
    except (KeyError, TypeError, ValueError) as error:
        raise QboUnclear("a deleted row has no time", status=200) from error


def _time_of(answer: JsonObject) -> datetime:
    try:
        return parse_instant(str(answer["time"]))
    except (KeyError, ValueError) as error:
        raise QboUnclear("the answer has no time", status=200) from error
