"""Document numbers: one series for all sales forms, and what a used one meets."""

from __future__ import annotations

from sandbox.qbo.change import Change
from sandbox.qbo.fault import refused
from sandbox.qbo.rules.kinds import Step

SHARERS = ("Invoice", "CreditMemo", "SalesReceipt", "RefundReceipt")
"""The forms that share the series."""


def numbered(series: str, sharers: tuple[str, ...]) -> Step:
    """A step that gives the next number of a series, or takes the sent one.

    A sent number does not move the series (qbo-facts S4: "can lead to unwanted
    duplicates"). With custom numbers on, nothing sent means no number.
    """

    def step(change: Change) -> None:
        draft, company = change.draft, change.company
        sent = draft.get("DocNumber")
        forced = draft.pop("_auto_number", False) or sent == "AUTO_GENERATE"
        custom = bool(company.preference("SalesFormsPrefs", "CustomTxnNumbers"))
        if forced or (sent is None and change.before is None and not custom):
            number = max(company.next_ids[series], 1001)
            company.next_ids[series] = number + 1
            draft["DocNumber"] = str(number)
        elif sent is not None and change.moved("DocNumber"):
            _refuse_used(change, sent, sharers)

    return step


def _refuse_used(change: Change, number: str, sharers: tuple[str, ...]) -> None:
    allowed = "allowduplicatedocnum" in change.include
    if allowed or not change.company.switches.warn_duplicate_numbers:
        return
    for entity in sharers:
        for twin in change.company.tables[entity].find("DocNumber", number):
            if entity == change.entity.name and twin["Id"] == change.draft.get("Id"):
                continue
            detail = (
                "Duplicate Document Number Error : You must specify a different number. "
                "This number has already been used. "
                f"DocNumber={twin['DocNumber']} is assigned to TxnType={entity} "
                f"with TxnId={twin['Id']}"
            )
            raise refused("6140", detail, "")
