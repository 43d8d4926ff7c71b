"""How an import is spoken of, on the command line and on screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from store.imports import ImportRow

STATES: Mapping[str, str] = {"RUNNING": "cut short", "DONE": "done", "UNDONE": "taken back"}
"""A state of the import log in words."""


def change_words(counts: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Return `12 new and 3 changed invoices` for each kind of which there are any."""
    return [
        f"{one['new']:,} new and {one['changed']:,} changed {kind}s"
        for kind, one in counts.items()
        if one["new"] or one["changed"]
    ]


def brought(row: ImportRow) -> str:
    """What one import brought, new and changed together, by kind."""
    return counted({kind: sum(one.values()) for kind, one in row.counts.items()})


def last_to_undo(log: Sequence[ImportRow]) -> ImportRow | None:
    """The import that an undo takes back; None if there is none. `log` is newest first.

    One that changed nothing is passed over; one that was cut short has no counts, and did.
    """
    for row in log:
        if row.state == "RUNNING" or any(sum(one.values()) for one in row.counts.values()):
            return None if row.state == "UNDONE" else row
    return None


def counted(counts: Mapping[str, int]) -> str:
    """Return `1 client, 12 invoices`, or `nothing`."""
    parts = [f"{one:,} {kind}{'' if one == 1 else 's'}" for kind, one in counts.items() if one]
    return ", ".join(parts) or "nothing"
