"""A planned posting as the JSON that the journal keeps, and back.

The plan row is frozen at approval with its hash; whatever is sent later is made
from this text alone, so a resumed run sends what was confirmed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from core.errors import StoreTrouble
from core.jsonio import JsonObject, dumps, loads
from sync.shapes import Need, PlannedPosting


def to_json(planned: PlannedPosting) -> JsonObject:
    """Return every field of a planned posting."""
    choice = planned.uses_choice
    return {
        "kind": planned.kind,
        "docket_id": planned.docket_id,
        "invoice_id": planned.invoice_id,
        "entity": planned.entity,
        "operation": planned.operation,
        "generation": planned.generation,
        "label": planned.label,
        "amount": planned.amount,
        "body": planned.body,
        "needs": [[need.kind, need.docket_id] for need in planned.needs],
        "adopts": planned.adopts,
        "uses_choice": None if choice is None else list(choice),
    }


def from_json(raw: Mapping[str, object]) -> PlannedPosting:
    """Return the planned posting that `to_json` wrote."""
    fields = dict(raw)
    needs = fields.pop("needs")
    choice = fields.pop("uses_choice")
    if not isinstance(needs, list) or not isinstance(choice, list | None):
        raise TypeError("not a planned posting")
    return PlannedPosting(
        **fields,  # type: ignore[arg-type]  # the journal's own JSON, checked by its hash
        needs=tuple(Need(kind, docket_id) for kind, docket_id in needs),
        uses_choice=None if choice is None else (str(choice[0]), str(choice[1])),
    )


def digest(text: str) -> str:
    """Return the hash that freezes a plan row."""
    return hashlib.sha256(text.encode()).hexdigest()


def thaw(text: str, sha256: str) -> PlannedPosting:
    """Read a frozen plan row.

    Raises:
        StoreTrouble: the row is not what was approved.
    """
    if digest(text) != sha256:
        raise StoreTrouble(
            "A line of the sync log is not what was approved.",
            books="It was not sent; QuickBooks is unchanged by it.",
            fix="Restore the cache from a backup, or start a new one and refresh.",
        )
    raw = loads(text)
    return from_json(raw)


def fill(body: JsonObject, known: Mapping[str, str]) -> JsonObject:
    """Return `body` with every placeholder replaced by the Id it stands for.

    Args:
        body: the planned body, with values such as `@client:c-17`.
        known: Ids by placeholder.
    """
    filled = _filled(body, known)
    assert isinstance(filled, dict)
    return filled


def freeze(body: JsonObject) -> bytes:
    """Return the bytes that are sent, and sent again."""
    return dumps(body).encode()


def _filled(value: object, known: Mapping[str, str]) -> object:
    if isinstance(value, dict):
        return {key: _filled(part, known) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_filled(part, known) for part in value]
    if isinstance(value, str):
        return known.get(value, value)
    return value
