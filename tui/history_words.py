"""What the audit log says of an invoice, in a person's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.details import AuditView
from store.states import POSTING_WORDS
from tui.widgets.cells import safe
from tui.words import spoken

_KINDS: Mapping[str, str] = {"credit_application": "applied credit", "email": "e-mail"}
_ACTIONS: Mapping[str, str] = {
    **{f"posting {state}": words for state, words in POSTING_WORDS.items()},
    "chose": "chosen",
    "took back": "choice taken back",
    "excluded": "left out",
    "included": "no longer left out",
    "link taken over": "link replaced",
    "orphan linked": "found in QuickBooks and linked",
    "unsynced": "no longer linked; QuickBooks is as it was",
    "posting withdrawn": "taken back before it was sent",
}
"""Where the log's own word is not one for a person; the others stand as they are."""
_LONGEST = 120


def told(entry: AuditView) -> str:
    """Return one line: `payment: in QuickBooks`, `client: chosen, use Customer 17`."""
    kind = entry.subject.partition(":")[0]
    words = _ACTIONS.get(entry.action, entry.action)
    after: Mapping[str, Any] = entry.after if isinstance(entry.after, dict) else {}
    if after.get("how") == "linked":
        words = "linked, was already in QuickBooks"
    more = after.get("what") or after.get("reason") or ""
    said = f"{_KINDS.get(kind, kind.replace('_', ' '))}: {words}"
    return f"{said}, {safe(spoken(str(more)), _LONGEST)}" if more else said
