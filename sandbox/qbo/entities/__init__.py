"""Every entity of the server, described as data; the one list of what exists."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.qbo.entities import (
    attachments,
    ledger,
    lists,
    names,
    purchases,
    sales,
    settings,
    templates,
    time,
)
from sandbox.qbo.entity import Entity

ENTITIES: Mapping[str, Entity] = {
    entity.name: entity
    for module in (
        names,
        lists,
        sales,
        purchases,
        ledger,
        time,
        templates,
        attachments,
        settings,
    )
    for entity in module.ENTITIES
}
"""By QBO's name."""

BY_PATH: Mapping[str, Entity] = {
    entity.path or name.lower(): entity for name, entity in ENTITIES.items()
}
"""By the lower-case name of the path; queries find theirs here too, whatever their case."""
