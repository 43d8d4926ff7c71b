"""QuickBooks' refusals by their text, for codes that stand for several things.

QuickBooks has used one code for two things (6210 for a closed period and for a double
number), and keeps most of its business rules under 6000, where only the text tells
them apart. The first rule that fits decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sync.fault_texts import (
    ACCOUNT,
    APPLIED,
    BUSY,
    CLOSED,
    CURRENCY,
    DEFECT,
    DEPOSITED,
    GONE,
    INACTIVE,
    NAME,
    NUMBER,
    UNCHANGED,
    UNWELL,
    FaultWords,
)

BY_TEXT: Sequence[tuple[frozenset[str], re.Pattern[str], FaultWords]] = [
    (frozenset(codes.split()), re.compile(pattern, re.IGNORECASE), words)
    for codes, pattern, words in (
        ("6140 6210 6000", r"duplicate document number|number has already been used", NUMBER),
        ("6200 6210 6000", r"period has closed|closed the books|period closed", CLOSED),
        ("610 2500 6000", r"deleted this transaction", GONE),
        ("610 2500 6000", r"made inactive", INACTIVE),
        (
            "2500 6000",
            r"set up as a category",
            FaultWords(
                "A line uses a category of QuickBooks, which cannot stand on an invoice.",
                "Choose a product/service for it in the name check, then try all of these again.",
                all_alike=True,
            ),
        ),
        ("6000", r"already using this name", NAME),
        ("6000", r"add or edit one name at a time", BUSY),
        (
            "6000",
            r"select a customer",
            FaultWords("The invoice reached QuickBooks without a customer.", DEFECT),
        ),
        (
            "6000",
            r"amount that is 0 or greater",
            FaultWords(
                "The total is below zero, which QuickBooks takes only as a credit memo.",
                "Enter it there as a credit memo, and leave the invoice out.",
            ),
        ),
        (
            "6000",
            r"must set a transaction amount",
            FaultWords("The record has no amount.", "Correct it in Docket, then refresh."),
        ),
        ("6000", r"list element that has been deleted|no longer available", INACTIVE),
        ("6000", r"currency of the transaction is invalid", CURRENCY),
        ("6000", r"different type of account|there is no \w[\w ]* account", ACCOUNT),
        (
            "6000 2500 610",
            r"payment ?method|invalid method",
            FaultWords(
                "The payment method is not in QuickBooks, or is inactive there.",
                "Add it there under Docket's name and refresh; then try all of these again.",
                all_alike=True,
            ),
        ),
        (
            "6000",
            r"more than \d+ lines",
            FaultWords(
                "The invoice has more lines than QuickBooks takes.",
                "Split it into two in Docket, then refresh.",
            ),
        ),
        (
            "6000",
            r"discounts are turned off",
            FaultWords(
                "Discounts are switched off in this QuickBooks company.",
                "Switch them on in its sales settings; then try all of these again.",
                all_alike=True,
            ),
        ),
        (
            "6000",
            r"change the customer of",
            FaultWords(
                "The customer cannot be changed: something is paid on or applied to it.",
                "Take the payment off in QuickBooks first, or correct the client in Docket.",
                books=UNCHANGED,
            ),
        ),
        (
            "6000",
            r"customer of the linked transaction",
            FaultWords(
                "The payment is of another customer than the invoice.",
                "Look at both in QuickBooks, refresh, then decide.",
            ),
        ),
        (
            "6000",
            r"parent of a list element|cannot be below itself",
            FaultWords(
                "The parent of a customer or product/service is not valid.",
                "Mend it in QuickBooks, refresh, then try again.",
            ),
        ),
        (
            "6000 620",
            r"trying to link does not exist",
            FaultWords(
                "What should be linked is no longer in QuickBooks.",
                "Refresh; the invoice then shows what is missing.",
            ),
        ),
        (
            "6000",
            r"gst/hst rate",
            FaultWords(
                "The company needs tax codes of its country on every line.",
                "Only companies in the US can be posted to.",
            ),
        ),
        ("6000", r"\(\s*-30\d+\)|unexpected internal error|unexpected error occurred", UNWELL),
        ("6000", r"request_id field", FaultWords("A request id was too long.", DEFECT)),
        (
            "6000",
            r"applied is (greater|more)|add up to more|paid plus credits|already been paid",
            APPLIED,
        ),
        ("6000 6540", r"has been deposited", DEPOSITED),
        (
            "6000 6450",
            r"\bvoid",
            FaultWords(
                "A paid invoice cannot be voided in QuickBooks.",
                "Take its payment off there first.",
                books=UNCHANGED,
            ),
        ),
        (
            "6000",
            r"inactive subscription|subscription period",
            FaultWords(
                "The QuickBooks subscription has lapsed.", "Renew it at Intuit, then refresh."
            ),
        ),
        (
            "6000",
            r"stale object|working on this at the same time",
            FaultWords(
                "Somebody changed the record in QuickBooks meanwhile.",
                "Refresh, then look at what changed before posting.",
                books=UNCHANGED,
            ),
        ),
    )
]
