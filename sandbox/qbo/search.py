"""Answering a query from a company's tables."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import dropwhile, islice, takewhile
from typing import Any

from sandbox.clock import PACIFIC
from sandbox.qbo.company import Company
from sandbox.qbo.entities import BY_PATH
from sandbox.qbo.entity import Entity
from sandbox.qbo.fault import Refused, refused
from sandbox.qbo.fields import Choice, Day, Field, Flag, Given, Number, Record, Text
from sandbox.qbo.objects import Group
from sandbox.qbo.operations import shown
from sandbox.qbo.query import Condition, Select, Value, like, parse
from sandbox.qbo.rules import rules_of
from sandbox.qbo.table import Table, changed

_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_LAST_CHANGE = "metadata.lastupdatedtime"
_NO_VALUE = " "
"""One blank in quotes stands for "no value"."""

Test = Callable[[Record], bool]


def answer(company: Company, statement: str) -> Record:
    """The QueryResponse of a statement.

    Raises:
        Refused: 4000 or 4001.
    """
    select = parse(statement)
    entity = BY_PATH.get(select.entity.lower())
    if entity is None:
        raise invalid(f"invalid context declaration: {select.entity}")
    if select.count:
        return {"totalCount": _count(company, entity, select)}
    by_change = [prop.lower() for prop, _ in select.order] == [_LAST_CHANGE]
    rows = _rows(company, entity, select, oldest_first=by_change and not select.order[0][1])
    if not by_change and (select.order or entity.order):
        rows = iter(_sorted(entity, select, list(rows)))
    page = list(islice(rows, select.start - 1, select.start - 1 + select.limit))
    if not page:
        return {}
    found: Record = {entity.name: [shown(company, entity, row) for row in page]}
    if not entity.sequence:
        return found | {"maxResults": len(page)}
    found |= {"startPosition": select.start, "maxResults": len(page)}
    if entity.counted and not select.where:
        found["totalCount"] = _count(company, entity, select)
    return found


def invalid(text: str) -> Refused:
    """4001 with a reason."""
    return refused("4001", f"QueryValidationError: {text}")


def _count(company: Company, entity: Entity, select: Select) -> int:
    """How many rows fit; without a condition that is known without looking at them."""
    every = not select.where and entity.removal != "deactivate" and not company.switches.query_lag
    if every:
        return len(company.tables[entity.name].records)
    return sum(1 for _ in _rows(company, entity, select))


def _rows(
    company: Company, entity: Entity, select: Select, *, oldest_first: bool = False
) -> Iterator[Record]:
    """The rows that fit, by their last change, newest first unless it is to be the oldest."""
    table = company.tables[entity.name]
    tests = [_test(company, entity, condition) for condition in select.where]
    if entity.removal == "deactivate" and not _names(select, "active"):
        tests.append(lambda record: record.get("Active") is not False)
    lag = company.switches.query_lag
    if lag:
        seen = (company.clock.now() - timedelta(seconds=lag)).astimezone(UTC)
        edge = seen.isoformat("T", "microseconds")
        tests.append(lambda record: record["_changed"] <= edge)
    rows: Iterable[Record] | None = None
    for condition in select.where:
        rows = _looked_up(company, entity, condition)
        if rows is not None:
            break
    if rows is not None:
        rows = sorted(rows, key=changed, reverse=not oldest_first)
    else:
        rows = _since(table, select, oldest_first)
    if not tests:
        yield from rows
        return
    view = rules_of(entity.name).view
    for record in rows:
        row = view(company, record) if view else record
        if all(test(row) for test in tests):
            yield record


def _since(table: Table, select: Select, oldest_first: bool) -> Iterator[Record]:
    """The table by last change, as far back as the conditions on that change allow.

    A record's LastUpdatedTime is never later than the instant by which tables are ordered.
    """
    edge = max(
        (
            _utc(condition.values[0].text)
            for condition in select.where
            if condition.prop.lower() == _LAST_CHANGE
            and condition.operator in ("=", ">", ">=")
            and condition.values[0].quoted
            and condition.values[0].text != _NO_VALUE
        ),
        default="",
    )
    if oldest_first:
        return dropwhile(lambda record: changed(record) < edge, iter(table))
    return takewhile(lambda record: changed(record) >= edge, table.newest_first())


def _utc(text: str) -> str:
    """An instant as the text that tables are ordered by, to the second; "" at the world's ends."""
    try:
        return _parsed(text).astimezone(UTC).isoformat("T", "seconds")[:19]
    except OverflowError:
        return ""


def _names(select: Select, prop: str) -> bool:
    return any(condition.prop.lower() == prop for condition in select.where)


def _looked_up(company: Company, entity: Entity, condition: Condition) -> list[Record] | None:
    """The candidates by an index, where there is one for this condition."""
    if condition.operator not in ("=", "in"):
        return None
    table = company.tables[entity.name]
    if condition.prop.lower() == "id":
        found = (table.get(value.text) for value in dict.fromkeys(condition.values))
        return [record for record in found if record is not None]
    path, _ = entity.queried.get(condition.prop.lower(), ((), None))
    values = [value.text for value in condition.values]
    if len(path) == 1 and path[0] in entity.indexed and _NO_VALUE not in values:
        name = path[0]
        unique = dict.fromkeys(value.casefold() for value in values)
        return [record for value in unique for record in table.find(name, value)]
    return None


def _field(entity: Entity, prop: str) -> tuple[tuple[str, ...], Field]:
    found = entity.queried.get(prop.lower())
    if found is None:
        raise invalid(f"Property {prop} not found for Entity {entity.name}")
    return found


def _queried(entity: Entity, prop: str) -> tuple[tuple[str, ...], Field]:
    path, field = _field(entity, prop)
    if not field.query:
        raise invalid(f"property '{prop}' is not queryable")
    return path, field


def _at(record: Record, path: tuple[str, ...]) -> Any:
    value: Any = record
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _all_at(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """Every value at the end of a way; arrays on it are gone through, nothing is one None."""
    if isinstance(value, list):
        for one in value:
            yield from _all_at(one, path)
    elif not path:
        yield value
    else:
        yield from _all_at(value.get(path[0]) if isinstance(value, dict) else None, path[1:])


def _test(company: Company, entity: Entity, condition: Condition) -> Test:
    """A condition as a predicate over records; in an array one value that fits is enough."""
    path, field = _queried(entity, condition.prop)
    if path == ("Id",) and condition.operator not in ("=", "in"):
        raise invalid("property 'Id' supports only = and IN")
    compare = field.compare if not isinstance(field, Given) else _instant
    fits = _fits(condition, _reader(company, field))
    if isinstance(entity.by_name[path[0]], Group) and entity.by_name[path[0]].many:
        return lambda record: any(fits(compare(value)) for value in _all_at(record, path))
    return lambda record: fits(compare(_at(record, path)))


def _fits(condition: Condition, read: Callable[[Value], Any]) -> Callable[[Any], bool]:
    """A condition as a predicate over compared values."""
    if condition.operator == "like":
        pattern = like(condition.values[0].text)
        return lambda value: bool(pattern.fullmatch(str(value or "")))
    wanted = [None if value.text == _NO_VALUE else read(value) for value in condition.values]
    if condition.operator == "in":
        return lambda value: value in wanted
    test = _OPERATORS[condition.operator]
    only = wanted[0]
    if only is None:
        return lambda value: (value is None) is (condition.operator == "=")
    return lambda value: value is not None and test(value, only)


def _reader(company: Company, field: Field) -> Callable[[Value], Any]:
    """How a literal is read for a field."""

    def flag(value: Value) -> bool:
        if value.text.lower() not in ("true", "false"):
            raise invalid(f"invalid boolean value {value.text}")
        return value.text.lower() == "true"

    def number(value: Value) -> Decimal:
        found = value.number
        if found is None:
            raise invalid(f"invalid number {value.text}")
        return found

    def day(value: Value) -> str:
        if value.text == "current_date" and not value.quoted:
            return company.today().isoformat()
        return _parsed(value.text).date().isoformat()

    def instant(value: Value) -> int:
        if value.text == "current_date" and not value.quoted:
            return _instant(company.today().isoformat()) or 0
        return _stamp(_parsed(value.text))

    if isinstance(field, Flag):
        return flag
    if isinstance(field, Number):
        return number
    if isinstance(field, Day):
        return day
    if isinstance(field, Given):
        return instant
    if isinstance(field, Text | Choice | Group):
        return lambda value: value.text.casefold()
    return lambda value: value.text


def _parsed(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise invalid(f"invalid date value {text}") from None
    return found if found.tzinfo else found.replace(tzinfo=PACIFIC)


def _stamp(instant: datetime) -> int:
    return int(instant.timestamp())


@lru_cache(1 << 14)
def _instant(text: Any) -> int | None:
    """A MetaData time as seconds that compare; few are different among many records."""
    return None if text is None else _stamp(_parsed(str(text)))


def _sorted(entity: Entity, select: Select, rows: list[Record]) -> list[Record]:
    """The rows as asked, else in the entity's default order."""
    order = select.order
    if not order and entity.order:
        rows.sort(key=lambda row: str(row.get(entity.order, "")))
    for prop, descending in reversed(order):
        path, field = _field(entity, prop)
        if not field.sort:
            raise invalid(f"property '{prop}' is not sortable")
        rows.sort(key=_sort_key(path, field), reverse=descending)
    return rows


def _sort_key(path: tuple[str, ...], field: Field) -> Callable[[Record], Any]:
    def key(record: Record) -> Any:
        value = _at(record, path)
        if path == ("Id",):
            return (0, int(value), "") if value.isdigit() else (1, 0, value)
        if isinstance(field, Given):
            return _instant(value) or 0
        compared = field.compare(value)
        return (compared is not None, compared)

    return key
