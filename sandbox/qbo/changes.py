"""Change data capture: what has changed since an instant, deletions included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sandbox.clock import PACIFIC
from sandbox.qbo.company import Company
from sandbox.qbo.entities import BY_PATH
from sandbox.qbo.entity import Entity
from sandbox.qbo.fault import Refused, missing, refused
from sandbox.qbo.fields import Record
from sandbox.qbo.operations import shown

MOST = 1000
"""Objects in one answer, over all entities together."""


def answer(company: Company, entities: str, since: str) -> Record:
    """The CDCResponse for a comma-separated list of entities.

    Raises:
        Refused: 2020, 2070 or 2000 for parameters that cannot be used.
    """
    absent = [
        missing(name)
        for name, value in (("entities", entities), ("changedSince", since))
        if not value
    ]
    if absent:
        raise Refused(absent)
    try:
        start = datetime.fromisoformat(since.replace(" ", "+"))
    except ValueError:
        raise refused("2070", f"Invalid date. Supplied value: {since}", "changedSince") from None
    edge = (start if start.tzinfo else start.replace(tzinfo=PACIFIC)).astimezone(UTC)
    left = MOST
    groups = []
    for name in entities.split(","):
        entity = BY_PATH.get(name.strip().lower())
        if entity is None or not entity.tracked:
            raise refused("2000", f"Invalid or unsupported object name : {name.strip()}", "")
        group, used = _group(company, entity, edge, left)
        left -= used
        groups.append(group)
    return {"CDCResponse": [{"QueryResponse": groups}]}


def _group(company: Company, entity: Entity, edge: datetime, most: int) -> tuple[Record, int]:
    """One entity's changes, oldest first, then its tombstones."""
    table = company.tables[entity.name]
    since = edge.isoformat("T", "microseconds")
    lag = timedelta(seconds=company.switches.query_lag)
    until = (company.clock.now() - lag).astimezone(UTC).isoformat("T", "microseconds")
    alive = []
    for record in table.newest_first():
        if record["_changed"] < since:
            break
        if record["_changed"] <= until or not lag:
            alive.append(record)
    gone = [
        tomb
        for tomb in table.deleted.values()
        if tomb["_changed"] >= since and tomb["_changed"] <= until
    ]
    found = [shown(company, entity, record) for record in reversed(alive)]
    found += [
        {
            "domain": "QBO",
            "status": "Deleted",
            "Id": tomb["Id"],
            "MetaData": {"LastUpdatedTime": tomb["MetaData"]["LastUpdatedTime"]},
        }
        for tomb in sorted(gone, key=lambda tomb: str(tomb["_changed"]))
    ]
    found = found[:most]
    if not found:
        return {}, 0
    return {entity.name: found, "startPosition": 1, "maxResults": len(found)}, len(found)
