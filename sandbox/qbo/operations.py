"""What can be done to a record: create, update, void, delete; the same for every entity.

The description says what a body may hold, the rules say what the books make of
it; this module only knows the order in which QBO asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.qbo.change import Change
from sandbox.qbo.company import Company
from sandbox.qbo.entity import Entity
from sandbox.qbo.fault import DELETED, MADE_INACTIVE, Refused, missing, not_parsed, refused
from sandbox.qbo.fields import CLEARED, Record
from sandbox.qbo.rules import rules_of

READ_ONLY_STATES = ("EXPIRED", "RESTRICTED", "SUSPENDED", "CANCELED")
_ENDED = (
    "Subscription period has ended or canceled or there was a billing problem : You can't add "
    "data to QuickBooks Online Plus because your trial or subscription period ended."
)


@dataclass(frozen=True)
class Options:
    """The query parameters that change what a write means."""

    operation: str = ""
    include: frozenset[str] = frozenset()


def shown(company: Company, entity: Entity, record: Record) -> Record:
    """A stored record as it goes out."""
    view = rules_of(entity.name).view
    return entity.show(view(company, record) if view else record, company.name_of)


def existing(company: Company, entity: Entity, key: str) -> Record:
    """The record of an id.

    Raises:
        Refused: 610, it is deleted or never was.
    """
    record = company.get(entity.name, key)
    if record is None:
        gone = key in company.tables[entity.name].deleted
        raise refused("610", DELETED if gone else MADE_INACTIVE, "")
    return record


def write(
    company: Company,
    entity: Entity,
    body: Any,
    options: Options,
    private: Mapping[str, Any] | None = None,
) -> Record:
    """Create, update, void or delete, as body and query parameters say; returns what to answer.

    `private` attributes are the server's own and go into a new record beside what was sent.

    Raises:
        Refused: QBO would refuse it.
    """
    if company.info("SubscriptionStatus") in READ_ONLY_STATES:
        raise refused("6190", _ENDED, "")
    if not isinstance(body, Mapping) or not body:
        raise not_parsed()
    body = entity.unwrapped(body)
    bound = entity.body.bind_all(body)
    sparse = body.get("sparse") in (True, "true")
    voids = entity.void is not None and _asks_void(entity.void, options)
    with company.unit():
        if options.operation == "delete":
            return _delete(company, entity, bound, options)
        if voids:
            return shown(company, entity, _void(company, entity, bound, options))
        if options.operation not in ("", "create", "update") or "void" in options.include:
            raise unsupported(f"{options.operation or 'void'} of {entity.name}")
        if not entity.writable:
            raise unsupported(f"write of {entity.name}")
        key = bound.get("Id")
        if entity.sequence == "":
            key = "1"
        if key in (None, CLEARED):
            made = _create(company, entity, bound, options, private or {})
            return shown(company, entity, made)
        return shown(company, entity, _update(company, entity, bound, options, sparse, str(key)))


def unsupported(what: str) -> Refused:
    """Fault 500 (with HTTP 400): there is no such operation."""
    return refused("500", f"Operation {what} is not supported.")


def _asks_void(void: tuple[str, str], options: Options) -> bool:
    operation, include = void
    if include:
        return include in options.include and options.operation == operation
    return options.operation == operation


def _create(
    company: Company,
    entity: Entity,
    bound: Record,
    options: Options,
    private: Mapping[str, Any],
) -> Record:
    draft = _defaults(entity) | _said(bound) | dict(private)
    draft.pop("SyncToken", None)
    change = Change(company, entity, None, draft, "create", _data(bound), options.include)
    _complete(change)
    draft["Id"] = company.new_id(entity.sequence, entity.first_id)
    return _store(change)


def _update(
    company: Company, entity: Entity, bound: Record, options: Options, sparse: bool, key: str
) -> Record:
    before = _current(company, entity, bound, key)
    absent = [name for name in entity.resent if name not in bound]
    if absent:
        raise Refused([missing(name) for name in absent])
    sent = _data(bound)
    if sparse:
        draft = dict(before)
    else:
        draft = _defaults(entity) | {
            name: value for name, value in before.items() if _stays(entity, name)
        }
    for name, value in sent.items():
        if value is not CLEARED:
            draft[name] = value
        elif not entity.by_name[name].kept:
            draft.pop(name, None)
    change = Change(company, entity, before, draft, "update", sent, options.include)
    _complete(change)
    if _same(before, draft):
        return before
    return _store(change)


def _void(company: Company, entity: Entity, bound: Record, options: Options) -> Record:
    before = _current(company, entity, bound, str(bound.get("Id", "")))
    change = Change(company, entity, before, dict(before), "void", {}, options.include)
    rules = rules_of(entity.name)
    for step in (*rules.guard, *rules.strike):
        step(change)
    return _store(change)


def _delete(company: Company, entity: Entity, bound: Record, options: Options) -> Record:
    if entity.removal != "delete":
        raise unsupported(f"delete of {entity.name}")
    key = str(bound.get("Id", ""))
    if entity.tokenless and "SyncToken" not in bound:
        bound["SyncToken"] = existing(company, entity, key)["SyncToken"]
    before = _current(company, entity, bound, key)
    change = Change(company, entity, before, dict(before), "delete", {}, options.include)
    rules = rules_of(entity.name)
    for step in rules.guard:
        step(change)
    company.remove(entity.name, before["Id"])
    change.draft = {"Id": before["Id"]}
    for step in rules.settle:
        step(change)
    return {"domain": "QBO", "status": "Deleted", "Id": before["Id"]}


def _current(company: Company, entity: Entity, bound: Record, key: str) -> Record:
    """The record to change, if the client has seen its newest form (5010)."""
    record = existing(company, entity, key)
    token = bound.get("SyncToken")
    if token in (None, CLEARED):
        raise Refused([missing("SyncToken")])
    if token != record["SyncToken"]:
        editor = company.switches.editor
        detail = (
            f"Stale Object Error : You and {editor} were working on this at the same time. "
            f"{editor} finished before you did, so your work was not saved."
        )
        raise refused("5010", detail, "")
    return record


def _complete(change: Change) -> None:
    change.check_values()
    change.check_references()
    for step in rules_of(change.entity.name).complete:
        step(change)
    change.place_addresses()
    change.check_values()


def _store(change: Change) -> Record:
    company, name = change.company, change.entity.name
    key = company.write(name, change.draft)["Id"]
    for step in rules_of(name).settle:
        step(change)
    return company.tables[name].records[key]


def _defaults(entity: Entity) -> Record:
    return {
        field.name: list(field.default) if field.many else field.default
        for field in entity.fields
        if field.default is not None
    }


def _data(bound: Record) -> Record:
    return {name: value for name, value in bound.items() if name not in ("Id", "SyncToken")}


def _said(bound: Record) -> Record:
    return {name: value for name, value in _data(bound).items() if value is not CLEARED}


def _stays(entity: Entity, name: str) -> bool:
    """Whether a full update leaves an attribute alone that it does not send."""
    field = entity.by_name.get(name)
    return field is None or field.read_only or field.kept or name in ("Id", "SyncToken", "MetaData")


def _same(before: Record, draft: Record) -> bool:
    """Whether nothing has changed that anyone can see."""
    names = {name for name in (*before, *draft) if not name.startswith("_")}
    return all(before.get(name) == draft.get(name) for name in names)
