"""A planned posting as the JSON that the journal keeps, and back.

The plan row is frozen at approval with its hash; whatever is sent later is made
from this text alone, so a resumed run sends what was confirmed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import StoreTrouble
from core.jsonio import JsonObject, dumps
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
        **({"beside": True} if planned.beside else {}),
        **({"replaces": planned.replaces} if planned.replaces else {}),
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


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What the journal freezes of one posting at approval."""

    planned: PlannedPosting
    fingerprint: str
    """Of the Docket record as it was confirmed."""
    snapshot: JsonObject | None
    """The Docket record itself; None for a product that Docket knows by name only."""

    def to_json(self) -> JsonObject:
        """Return the row as it is kept."""
        return {
            "planned": to_json(self.planned),
            "fingerprint": self.fingerprint,
            "snapshot": self.snapshot,
        }


def row_hash(row: JsonObject) -> str:
    """Return the hash that freezes a plan row."""
    return hashlib.sha256(dumps(row).encode()).hexdigest()


def thaw(row: JsonObject, sha256: str) -> PlanRow:
    """Read a frozen plan row.

    Raises:
        StoreTrouble: the row is not what was approved.
    """
    if row_hash(row) != sha256:
        raise StoreTrouble(
            "A line of the sync log is not what was approved.",
            books="It was not sent; QuickBooks is unchanged by it.",
            fix="Restore the cache from a backup, or start a new one and refresh.",
        )
    return PlanRow(from_json(row["planned"]), row["fingerprint"], row["snapshot"])


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
