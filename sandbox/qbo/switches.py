"""What QBO leaves undocumented or to a company: each choice, with its default."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True)
class Switches:
    """What QBO does not document, or leaves to a company: each choice with its default.

    Attributes:
        void_paid: voiding an invoice with a payment on it: "refuse" (6000) or "unlink".
        overpaid_line: a payment line above the invoice's balance: "refuse" (6000) or "cap".
        warn_duplicate_numbers: the company's "warn if the number was used": 6140, or silence.
        name_detail: what 6240 says: "text", "null" or "id".
        request_memory: seconds a request id is remembered; 0 forgets at once.
        request_reuse: the same id with another body: "600" or "replay".
        batch_replay: a repeated batch id: "replay" or "6000" for each item.
        query_lag: seconds until queries and CDC see a change.
        close_password: closed books are locked with a password (6210 instead of 6200).
        monthly_reads: metered reads allowed in a month; 0 for no end.
        editor: the bookkeeper's name, as stale-object faults quote it.
    """

    void_paid: str = "refuse"
    overpaid_line: str = "refuse"
    warn_duplicate_numbers: bool = True
    name_detail: str = "text"
    request_memory: int = 86400
    request_reuse: str = "600"
    batch_replay: str = "replay"
    query_lag: int = 0
    close_password: bool = False
    monthly_reads: int = 0
    editor: str = "Pat Bookkeeper"

    def switched(self, changes: dict[str, Any]) -> Switches:
        """These switches with some changed; unknown names are refused.

        Raises:
            ValueError: there is no such switch, or the value has another type.
        """
        kinds = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        for name, value in changes.items():
            if name not in kinds or type(value) is not kinds[name]:
                raise ValueError(f"no such switch, or a wrong value: {name} = {value!r}")
        return replace(self, **changes)
