"""QuickBooks' refusals in a bookkeeper's words: what happened, and what to do.

Matched by text first and by code second: QuickBooks has used one code for two things
(6210 for a closed period and for a double number), and keeps most of its business
rules under 6000, where only the text tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaultWords:
    """One refusal for a person."""

    what: str
    """What QuickBooks said, as a sentence."""
    fix: str
    """What to do now, as a sentence."""
    all_alike: bool = False
    """Trying all postings with this refusal again is safe once it is mended."""

    @property
    def sentence(self) -> str:
        """Both in one line."""
        return f"{self.what} {self.fix}"


def fault_words(code: str, text: str = "") -> FaultWords:
    """Return the words for a fault.

    Args:
        code: QuickBooks' code, such as "6240"; leading zeros do not count.
        text: its message and detail together, as they came.
    """
    bare = code.lstrip("0") or code
    for codes, pattern, words in _BY_TEXT:
        if (not codes or bare in codes) and pattern.search(text):
            return words
    known = _BY_CODE.get(bare)
    if known is not None:
        return known
    if bare.isdigit():
        for first, last, words in _FAMILIES:
            if first <= int(bare) <= last:
                return words
    return _UNKNOWN


_DEFECT = "Report this with the sync log; it is a defect of this program. Nothing was posted by it."
_OUTAGE = "Wait a while and go on; what was unclear is looked up first."
_RETRY = "Try it again; if it stays, look at the record in QuickBooks."
_RECONNECT = "Connect again, as somebody who may manage the company in QuickBooks."
_REMAP = (
    "Make it active again in QuickBooks and refresh, or choose another in the name check;"
    " then try all of these again."
)

_CLOSED = FaultWords(
    "The books are closed for this date.",
    "Ask the accountant to move the closing date, or leave the record out; then try again.",
    all_alike=True,
)
_NUMBER = FaultWords(
    "Another document in QuickBooks has this invoice number.",
    "Look whether it is the same invoice: link it; else renumber one of the two.",
)
_GONE = FaultWords(
    "The record was deleted in QuickBooks by somebody else.",
    "Refresh; the invoice then shows what is left of it and asks what to do.",
)
_INACTIVE = FaultWords(
    "A customer, product/service or account that this needs was made inactive or merged in"
    " QuickBooks.",
    _REMAP,
    all_alike=True,
)
_NAME = FaultWords(
    "A customer, vendor, employee or product/service in QuickBooks already has this name.",
    "Refresh and decide in the name check: use that record, or create one under another name.",
)
_ACCOUNT = FaultWords(
    "An account of the wrong type was used.",
    "Choose a bank account or Undeposited Funds for payments, an income account for"
    " products/services; then try all of these again.",
    all_alike=True,
)
_DEPOSITED = FaultWords(
    "The payment is part of a bank deposit in QuickBooks and cannot be changed.",
    "Take it out of the deposit there first, or enter a refund instead.",
)
_CURRENCY = FaultWords(
    "The currency is not the one of the customer or account in QuickBooks.",
    "Use a customer in the invoice's currency, or leave the invoice out.",
)
_APPLIED = FaultWords(
    "More would be applied than the payment holds, or than the invoice has open.",
    "Refresh to see what has paid the invoice in QuickBooks, then decide there.",
)
_BUSY = FaultWords(
    "QuickBooks was busy with another change of a name.", "Try all of these again.", True
)
_UNWELL = FaultWords("QuickBooks had a fault of its own.", _OUTAGE, all_alike=True)

_BY_TEXT: Sequence[tuple[frozenset[str], re.Pattern[str], FaultWords]] = [
    (frozenset(codes.split()), re.compile(pattern, re.IGNORECASE), words)
    for codes, pattern, words in (
        ("6140 6210 6000", r"duplicate document number|number has already been used", _NUMBER),
        ("6200 6210 6000", r"period has closed|closed the books|period closed", _CLOSED),
        ("610 2500 6000", r"deleted this transaction", _GONE),
        ("610 2500 6000", r"made inactive", _INACTIVE),
        (
            "2500 6000",
            r"set up as a category",
            FaultWords(
                "A line uses a category of QuickBooks, which cannot stand on an invoice.",
                "Choose a product/service for it in the name check, then try all of these again.",
                all_alike=True,
            ),
        ),
        ("6000", r"already using this name", _NAME),
        ("6000", r"add or edit one name at a time", _BUSY),
        (
            "6000",
            r"select a customer",
            FaultWords("The invoice reached QuickBooks without a customer.", _DEFECT),
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
        ("6000", r"list element that has been deleted|no longer available", _INACTIVE),
        ("6000", r"currency of the transaction is invalid", _CURRENCY),
        ("6000", r"different type of account", _ACCOUNT),
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
        ("6000", r"\(\s*-30\d+\)|unexpected internal error|unexpected error occurred", _UNWELL),
        ("6000", r"request_id field", FaultWords("A request id was too long.", _DEFECT)),
        (
            "6000",
            r"amount applied is greater|add up to more|paid plus credits|already been paid",
            _APPLIED,
        ),
        ("6000 6540", r"has been deposited", _DEPOSITED),
        (
            "6000 6450",
            r"\bvoid",
            FaultWords(
                "A paid invoice cannot be voided in QuickBooks.",
                "Take its payment off there first.",
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
            ),
        ),
    )
]

_BY_CODE: Mapping[str, FaultWords] = {
    "100": FaultWords("QuickBooks did not accept the sign-in.", _RECONNECT, True),
    "110": FaultWords("QuickBooks did not accept the sign-in.", _RECONNECT, True),
    "120": FaultWords(
        "The person who connected this program may no longer use the company.", _RECONNECT, True
    ),
    "130": FaultWords("QuickBooks is moving the company between its servers.", _OUTAGE, True),
    "140": FaultWords("QuickBooks has locked the company for now.", _OUTAGE, True),
    "150": FaultWords("QuickBooks is under maintenance.", _OUTAGE, True),
    "500": FaultWords("QuickBooks does not know the address that was called.", _DEFECT),
    "600": FaultWords(
        "QuickBooks has had this request before.",
        "Refresh; it is looked up and linked before anything is sent again.",
    ),
    "610": _INACTIVE,
    "620": FaultWords(
        "The payment cannot be applied to this invoice: another customer, another kind of"
        " record, or closed already.",
        "Look at the invoice in QuickBooks, refresh, then decide.",
    ),
    "630": FaultWords("QuickBooks has this record already.", "Refresh, then link it."),
    "700": FaultWords("The parent of the record is not valid.", _REMAP),
    "800": FaultWords("Something else in QuickBooks still needs the record.", _RETRY),
    "900": FaultWords("A record was named as its own parent.", _DEFECT),
    "1040": FaultWords("Too many requests were put into one batch.", _DEFECT),
    "2000": FaultWords("QuickBooks does not know the kind of record.", _DEFECT),
    "2010": FaultWords("QuickBooks does not know a field that was sent.", _DEFECT),
    "2020": FaultWords(
        "A field that QuickBooks requires is missing.",
        "See in the sync log which; fill it in Docket and refresh, or report it.",
    ),
    "2030": FaultWords("An Id is not a number.", _DEFECT),
    "2040": FaultWords(
        "A name holds characters that QuickBooks refuses.",
        "Take colons, tabs and line breaks out of it in Docket, then refresh.",
    ),
    "2050": FaultWords(
        "A text is longer than QuickBooks keeps.",
        "See in the sync log which; shorten it in Docket, then refresh.",
    ),
    "2060": FaultWords("A date is not written as QuickBooks reads it.", _DEFECT),
    "2070": FaultWords("A date is not valid.", "Correct it in Docket, then refresh."),
    "2120": FaultWords("A type is not valid.", _DEFECT),
    "2130": FaultWords("The request id is not valid.", _DEFECT),
    "2140": FaultWords("An amount is not valid.", "Correct it in Docket, then refresh."),
    "2150": FaultWords("A percentage is not valid.", "Correct it in Docket, then refresh."),
    "2160": FaultWords("A quantity is not valid.", "Correct it in Docket, then refresh."),
    "2170": FaultWords("A field holds a word that QuickBooks does not know.", _DEFECT),
    "2200": FaultWords("A web address is not valid.", "Correct it in Docket, then refresh."),
    "2210": FaultWords("An e-mail address is not valid.", "Correct it in Docket, then refresh."),
    "2220": _CURRENCY,
    "2230": FaultWords("A yes-or-no field holds something else.", _DEFECT),
    "2240": FaultWords(
        "A number is outside what QuickBooks allows.", "Correct it in Docket, then refresh."
    ),
    "2250": FaultWords("The invoice has no lines.", "Give it a line in Docket, then refresh."),
    "2290": FaultWords(
        "A payment or refund has a negative line.", "Correct it in Docket, then refresh."
    ),
    "2500": FaultWords(
        "A customer, product/service or account that this needs is no longer in QuickBooks, or"
        " was merged.",
        _REMAP,
        all_alike=True,
    ),
    "2600": FaultWords("Two fields contradict each other.", _DEFECT),
    "3000": FaultWords("A custom field is not defined in the company.", _DEFECT),
    "3001": FaultWords(
        "QuickBooks asks to wait: too many requests, or the month's allowance is used up.",
        "Wait a minute and go on; if it stays, wait until the next month or ask Intuit.",
        all_alike=True,
    ),
    "3100": FaultWords(
        "This connection is not for this company, or the program was disconnected in QuickBooks.",
        _RECONNECT,
        all_alike=True,
    ),
    "3200": FaultWords("The connection to QuickBooks has expired.", _RECONNECT, True),
    "3201": FaultWords("QuickBooks did not accept the sign-in.", _RECONNECT, True),
    "3202": FaultWords("The sign-in was incomplete.", _RECONNECT, True),
    "4000": FaultWords("QuickBooks could not read a query.", _DEFECT),
    "4001": FaultWords("QuickBooks refused a query.", _DEFECT),
    "4002": FaultWords("QuickBooks could not carry out a query.", _OUTAGE, True),
    "5000": FaultWords("A field is no longer supported by QuickBooks.", _DEFECT),
    "5010": FaultWords(
        "Somebody changed the record in QuickBooks at the same time.",
        "Refresh, look at what changed, then decide.",
    ),
    "5020": FaultWords(
        "The plan of this QuickBooks company, or your role in it, does not allow this.",
        "Ask the company's administrator; then try all of these again.",
        all_alike=True,
    ),
    "5030": FaultWords(
        "This QuickBooks company does not have the feature.", "Switch it on there, or leave it out."
    ),
    "6000": FaultWords(
        "QuickBooks refused it by one of its business rules.",
        "Its own words are in the sync log; correct the record, then try again.",
    ),
    "6010": FaultWords("An account was sent without its type.", _DEFECT),
    "6070": FaultWords(
        "A line's amount is not quantity times price to the cent.",
        "Correct the line in Docket, then refresh.",
    ),
    "6080": FaultWords(
        "The customer has no name.", "Give the client a name in Docket, then refresh."
    ),
    "6090": FaultWords("A discount has neither amount nor percentage.", _DEFECT),
    "6100": FaultWords("A line's tax code is not TAX or NON.", _DEFECT),
    "6130": FaultWords(
        "Whether a sub-customer is billed with its parent cannot be changed.",
        "Change it in QuickBooks itself.",
    ),
    "6140": _NUMBER,
    "6150": FaultWords("A sub-customer or sub-item has no parent.", _REMAP),
    "6160": FaultWords("A custom sales tax cannot be used here.", _DEFECT),
    "6170": FaultWords("Tax was sent where the company allows none.", _DEFECT),
    "6180": FaultWords(
        "The record would be nested more than five levels deep.",
        "Choose a parent higher up, in QuickBooks.",
    ),
    "6190": FaultWords(
        "The QuickBooks subscription or trial has ended: the company can be read, not written.",
        "Renew it at Intuit, then refresh and go on.",
        all_alike=True,
    ),
    "6200": _CLOSED,
    "6210": _CLOSED,
    "6220": FaultWords(
        "The record still has a balance.", "Settle it in QuickBooks first, then try again."
    ),
    "6230": FaultWords("A custom sales tax cannot be used here.", _DEFECT),
    "6240": _NAME,
    "6250": FaultWords(
        "The customer does not exist in QuickBooks any more, or is inactive.", _REMAP, True
    ),
    "6270": FaultWords(
        "The invoice is dated before a stock item was first in stock.",
        "Correct the item's start date in QuickBooks, or choose another item.",
    ),
    "6280": FaultWords(
        "The customer has charges not billed yet.", "Bill them in QuickBooks first."
    ),
    "6400": FaultWords(
        "Deleting a linked purchase would make the invoice invalid.",
        "Unlink it in QuickBooks first.",
    ),
    "6420": FaultWords(
        "An e-mail address is needed to send the invoice.", "Add it in Docket, then refresh."
    ),
    "6430": _ACCOUNT,
    "6440": FaultWords(
        "A line has no product/service.", "Choose one in the name check, then try again."
    ),
    "6450": FaultWords(
        "It is settled already and cannot be voided.", "Take its payment off in QuickBooks first."
    ),
    "6460": FaultWords(
        "The deposit on the invoice and the card amount differ.", "Correct it in QuickBooks."
    ),
    "6470": FaultWords(
        "Tax is not allowed here, or the tax has no rate.",
        "Check the sales tax set-up in QuickBooks, then try all of these again.",
        all_alike=True,
    ),
    "6480": FaultWords(
        "It is matched to a bank transaction in QuickBooks.", "Undo the match there first."
    ),
    "6520": FaultWords(
        "A stock item needs a quantity.", "Give the line a quantity in Docket, then refresh."
    ),
    "6530": FaultWords(
        "A text looks like a card number, which QuickBooks refuses.",
        "Take it out of the memo or reference in Docket, then refresh.",
    ),
    "6540": _DEPOSITED,
    "10000": _UNWELL,
    "10100": FaultWords("QuickBooks had too much to answer at once.", _OUTAGE, True),
    "10200": FaultWords(
        "The company was reset in QuickBooks.",
        "Start a new cache for it: nothing in this one holds any more.",
    ),
    "503": FaultWords("QuickBooks is not available.", _OUTAGE, True),
    "504": FaultWords("QuickBooks did not answer in time.", _OUTAGE, True),
}

_FAMILIES: Sequence[tuple[int, int, FaultWords]] = (
    (2080, 2119, FaultWords("A number is not valid.", "Correct it in Docket, then refresh.")),
    (
        6310,
        6399,
        FaultWords("A time activity or billable expense stands in the way.", "Look at it there."),
    ),
)

_UNKNOWN = FaultWords(
    "QuickBooks refused it for a reason that this program has no words for.",
    "Its own words are in the sync log; look at the record in QuickBooks, then try again.",
)
