"""Preferences and company info: parts are edited one by one; the closing date only by hand."""

from __future__ import annotations

from sandbox.qbo.change import Change
from sandbox.qbo.fields import Record
from sandbox.qbo.rules.kinds import Rules


def _merged(change: Change) -> None:
    """A part that is sent changes only what it names; BookCloseDate is read-only here."""
    before = change.before or {}
    for name in change.sent:
        old, new = before.get(name), change.draft.get(name)
        if isinstance(old, dict) and isinstance(new, dict):
            change.draft[name] = old | new
    info: Record = dict(change.draft.get("AccountingInfoPrefs", {}))
    closed = before.get("AccountingInfoPrefs", {}).get("BookCloseDate")
    info.pop("BookCloseDate", None)
    change.draft["AccountingInfoPrefs"] = info | ({"BookCloseDate": closed} if closed else {})


RULES = {"Preferences": Rules(complete=(_merged,))}
