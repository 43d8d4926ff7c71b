"""QuickBooks' refusals by their code: what happened, what it means for the books, what to do.

Where one code stands for several things, the text decides (`sync.fault_rules`). The
codes are those of Intuit's list, as docs/faults.md shows them to a bookkeeper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NOT_POSTED = "Nothing was posted."
UNCHANGED = "Nothing in QuickBooks was changed."
UNSURE = "It may have been done all the same; it is looked up before it is sent again."


@dataclass(frozen=True, slots=True)
class FaultWords:
    """One refusal for a person."""

    what: str
    """What QuickBooks said, as a sentence."""
    fix: str
    """What to do now, as a sentence."""
    all_alike: bool = False
    """Trying all postings with this refusal again is safe once it is mended."""
    books: str = NOT_POSTED
    """What it means for the books, as a sentence."""

    @property
    def sentence(self) -> str:
        """All three in one line."""
        return f"{self.what} {self.books} {self.fix}"


DEFECT = "Report this with the sync log: it is a defect of this program."
OUTAGE = "Wait a while and go on; what was unclear is looked up first."
RETRY = "Try it again; if it stays, look at the record in QuickBooks."
RECONNECT = "Connect again, as somebody who may manage the company in QuickBooks."
REMAP = (
    "Make it active again in QuickBooks and refresh, or choose another in the name check;"
    " then try all of these again."
)

CLOSED = FaultWords(
    "The books are closed for this date.",
    "Ask the accountant to move the closing date, or leave the record out; then try again.",
    all_alike=True,
)
NUMBER = FaultWords(
    "Another document in QuickBooks has this invoice number.",
    "Look whether it is the same invoice: link it; else renumber one of the two.",
)
GONE = FaultWords(
    "The record was deleted in QuickBooks by somebody else.",
    "Refresh; the invoice then shows what is left of it and asks what to do.",
    books=UNCHANGED,
)
INACTIVE = FaultWords(
    "A customer, product/service or account that this needs was made inactive or merged in"
    " QuickBooks.",
    REMAP,
    all_alike=True,
)
NAME = FaultWords(
    "A customer, vendor, employee or product/service in QuickBooks already has this name.",
    "Refresh and decide in the name check: use that record, or create one under another name.",
)
ACCOUNT = FaultWords(
    "An account of the wrong type was used.",
    "Choose a bank account or Undeposited Funds for payments, an income account for"
    " products/services; then try all of these again.",
    all_alike=True,
)
DEPOSITED = FaultWords(
    "The payment is part of a bank deposit in QuickBooks and cannot be changed.",
    "Take it out of the deposit there first, or enter a refund instead.",
    books=UNCHANGED,
)
CURRENCY = FaultWords(
    "The currency is not the one of the customer or account in QuickBooks.",
    "Use a customer in the invoice's currency, or leave the invoice out.",
)
APPLIED = FaultWords(
    "More would be applied than the payment holds, or than the invoice has open.",
    "Refresh to see what has paid the invoice in QuickBooks, then decide there.",
)
BUSY = FaultWords(
    "QuickBooks was busy with another change of a name.", "Try all of these again.", True
)
UNWELL = FaultWords("QuickBooks had a fault of its own.", OUTAGE, all_alike=True, books=UNSURE)

BY_CODE: Mapping[str, FaultWords] = {
    "100": FaultWords("QuickBooks did not accept the sign-in.", RECONNECT, True, books=UNCHANGED),
    "110": FaultWords("QuickBooks did not accept the sign-in.", RECONNECT, True, books=UNCHANGED),
    "120": FaultWords(
        "The person who connected this program may no longer use the company.",
        RECONNECT,
        True,
        books=UNCHANGED,
    ),
    "130": FaultWords(
        "QuickBooks is moving the company between its servers.", OUTAGE, True, books=UNCHANGED
    ),
    "140": FaultWords("QuickBooks has locked the company for now.", OUTAGE, True, books=UNCHANGED),
    "150": FaultWords("QuickBooks is under maintenance.", OUTAGE, True, books=UNCHANGED),
    "500": FaultWords("QuickBooks does not know the address that was called.", DEFECT),
    "600": FaultWords(
        "QuickBooks has had this request before.",
        "Refresh; it is looked up and linked before anything is sent again.",
        books="It may be in QuickBooks already.",
    ),
    "610": INACTIVE,
    "620": FaultWords(
        "The payment cannot be applied to this invoice: another customer, another kind of"
        " record, or closed already.",
        "Look at the invoice in QuickBooks, refresh, then decide.",
    ),
    "630": FaultWords("QuickBooks has this record already.", "Refresh, then link it."),
    "700": FaultWords("The parent of the record is not valid.", REMAP),
    "800": FaultWords(
        "Something else in QuickBooks still needs the record.", RETRY, books=UNCHANGED
    ),
    "900": FaultWords("A record was named as its own parent.", DEFECT),
    "1040": FaultWords("Too many requests were put into one batch.", DEFECT),
    "2000": FaultWords("QuickBooks does not know the kind of record.", DEFECT),
    "2010": FaultWords("QuickBooks does not know a field that was sent.", DEFECT),
    "2020": FaultWords(
        "A field that QuickBooks requires is missing.",
        "See in the sync log which; fill it in Docket and refresh, or report it.",
    ),
    "2030": FaultWords("An Id is not a number.", DEFECT),
    "2040": FaultWords(
        "A name holds characters that QuickBooks refuses.",
        "Take colons, tabs and line breaks out of it in Docket, then refresh.",
    ),
    "2050": FaultWords(
        "A text is longer than QuickBooks keeps.",
        "See in the sync log which; shorten it in Docket, then refresh.",
    ),
    "2060": FaultWords("A date is not written as QuickBooks reads it.", DEFECT),
    "2070": FaultWords("A date is not valid.", "Correct it in Docket, then refresh."),
    "2120": FaultWords("A type is not valid.", DEFECT),
    "2130": FaultWords("The request id is not valid.", DEFECT),
    "2140": FaultWords("An amount is not valid.", "Correct it in Docket, then refresh."),
    "2150": FaultWords("A percentage is not valid.", "Correct it in Docket, then refresh."),
    "2160": FaultWords("A quantity is not valid.", "Correct it in Docket, then refresh."),
    "2170": FaultWords("A field holds a word that QuickBooks does not know.", DEFECT),
    "2200": FaultWords("A web address is not valid.", "Correct it in Docket, then refresh."),
    "2210": FaultWords("An e-mail address is not valid.", "Correct it in Docket, then refresh."),
    "2220": CURRENCY,
    "2230": FaultWords("A yes-or-no field holds something else.", DEFECT),
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
        REMAP,
        all_alike=True,
    ),
    "2600": FaultWords("Two fields contradict each other.", DEFECT),
    "3000": FaultWords("A custom field is not defined in the company.", DEFECT),
    "3001": FaultWords(
        "QuickBooks asks to wait: too many requests, or the month's allowance is used up.",
        "Wait a minute and go on; if it stays, wait until the next month or ask Intuit.",
        all_alike=True,
    ),
    "3100": FaultWords(
        "This connection is not for this company, or the program was disconnected in QuickBooks.",
        RECONNECT,
        all_alike=True,
        books=UNCHANGED,
    ),
    "3200": FaultWords(
        "The connection to QuickBooks has expired.", RECONNECT, True, books=UNCHANGED
    ),
    "3201": FaultWords("QuickBooks did not accept the sign-in.", RECONNECT, True, books=UNCHANGED),
    "3202": FaultWords("The sign-in was incomplete.", RECONNECT, True, books=UNCHANGED),
    "4000": FaultWords("QuickBooks could not read a query.", DEFECT, books=UNCHANGED),
    "4001": FaultWords("QuickBooks refused a query.", DEFECT, books=UNCHANGED),
    "4002": FaultWords("QuickBooks could not carry out a query.", OUTAGE, True, books=UNCHANGED),
    "5000": FaultWords("A field is no longer supported by QuickBooks.", DEFECT),
    "5010": FaultWords(
        "Somebody changed the record in QuickBooks at the same time.",
        "Refresh, look at what changed, then decide.",
        books=UNCHANGED,
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
    "6010": FaultWords("An account was sent without its type.", DEFECT),
    "6070": FaultWords(
        "A line's amount is not quantity times price to the cent.",
        "Correct the line in Docket, then refresh.",
    ),
    "6080": FaultWords(
        "The customer has no name.", "Give the client a name in Docket, then refresh."
    ),
    "6090": FaultWords("A discount has neither amount nor percentage.", DEFECT),
    "6100": FaultWords("A line's tax code is not TAX or NON.", DEFECT),
    "6130": FaultWords(
        "Whether a sub-customer is billed with its parent cannot be changed.",
        "Change it in QuickBooks itself.",
        books=UNCHANGED,
    ),
    "6140": NUMBER,
    "6150": FaultWords("A sub-customer or sub-item has no parent.", REMAP),
    "6160": FaultWords("A custom sales tax cannot be used here.", DEFECT),
    "6170": FaultWords("Tax was sent where the company allows none.", DEFECT),
    "6180": FaultWords(
        "The record would be nested more than five levels deep.",
        "Choose a parent higher up, in QuickBooks.",
    ),
    "6190": FaultWords(
        "The QuickBooks subscription or trial has ended: the company can be read, not written.",
        "Renew it at Intuit, then refresh and go on.",
        all_alike=True,
    ),
    "6200": CLOSED,
    "6210": CLOSED,
    "6220": FaultWords(
        "The record still has a balance.",
        "Settle it in QuickBooks first, then try again.",
        books=UNCHANGED,
    ),
    "6230": FaultWords("A custom sales tax cannot be used here.", DEFECT),
    "6240": NAME,
    "6250": FaultWords(
        "The customer does not exist in QuickBooks any more, or is inactive.", REMAP, True
    ),
    "6270": FaultWords(
        "The invoice is dated before a stock item was first in stock.",
        "Correct the item's start date in QuickBooks, or choose another item.",
    ),
    "6280": FaultWords(
        "The customer has charges not billed yet.",
        "Bill them in QuickBooks first.",
        books=UNCHANGED,
    ),
    "6400": FaultWords(
        "Deleting a linked purchase would make the invoice invalid.",
        "Unlink it in QuickBooks first.",
        books=UNCHANGED,
    ),
    "6420": FaultWords(
        "An e-mail address is needed to send the invoice.", "Add it in Docket, then refresh."
    ),
    "6430": ACCOUNT,
    "6440": FaultWords(
        "A line has no product/service.", "Choose one in the name check, then try again."
    ),
    "6450": FaultWords(
        "It is settled already and cannot be voided.",
        "Take its payment off in QuickBooks first.",
        books=UNCHANGED,
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
        "It is matched to a bank transaction in QuickBooks.",
        "Undo the match there first.",
        books=UNCHANGED,
    ),
    "6520": FaultWords(
        "A stock item needs a quantity.", "Give the line a quantity in Docket, then refresh."
    ),
    "6530": FaultWords(
        "A text looks like a card number, which QuickBooks refuses.",
        "Take it out of the memo or reference in Docket, then refresh.",
    ),
    "6540": DEPOSITED,
    "10000": UNWELL,
    "10100": FaultWords(
        "QuickBooks had too much to answer at once.", OUTAGE, True, books=UNCHANGED
    ),
    "10200": FaultWords(
        "The company was reset in QuickBooks.",
        "Start a new cache for it: nothing in this one holds any more.",
        books="The books that this cache describes are gone.",
    ),
    "503": FaultWords("QuickBooks is not available.", OUTAGE, True, books=UNSURE),
    "504": FaultWords("QuickBooks did not answer in time.", OUTAGE, True, books=UNSURE),
}

FAMILIES: Sequence[tuple[int, int, FaultWords]] = (
    (2080, 2119, FaultWords("A number is not valid.", "Correct it in Docket, then refresh.")),
    (
        6310,
        6399,
        FaultWords("A time activity or billable expense stands in the way.", "Look at it there."),
    ),
)

UNKNOWN = FaultWords(
    "QuickBooks refused it for a reason that this program has no words for.",
    "Its own words are in the sync log; look at the record in QuickBooks, then try again.",
)
