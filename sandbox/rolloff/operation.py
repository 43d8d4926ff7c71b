"""The form of one operation on the QuickBooks side; quickbooks.py says what the keys mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

Operation: TypeAlias = tuple[str, str, dict[str, Any]]


def create(entity: str, key: str, body: Mapping[str, Any]) -> Operation:
    """Create a record that others may name by `key`."""
    return entity, "create", {"_key": key, **body}


def ref(key: str) -> dict[str, str]:
    """A reference, to an id or to `@key`."""
    return {"value": key}
