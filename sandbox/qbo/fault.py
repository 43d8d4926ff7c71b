"""QBO's faults: what the server says when it refuses, in each of its dialects.

Validation and business faults come as `Fault` with HTTP 400; the gateway in
front of them (tokens, realms, throttles) speaks a lower-case dialect of its own,
and its 429 sometimes comes as XML although JSON was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from sandbox.clock import pacific_millis

MADE_INACTIVE = (
    "Object Not Found : Something you're trying to use has been made inactive. "
    "Check the fields with accounts, customers, items, vendors or employees."
)
DELETED = "Object Not Found : Another user has deleted this transaction."

# A code without an entry says the same in Message and Detail, as 6070 was seen to do.
MESSAGES: Mapping[str, str] = {
    "500": "Unsupported Operation",
    "600": "Duplicate Request ID",
    "610": "Object Not Found",
    "620": "Transaction cannot be linked",
    "1040": "Batch size exceeds allowed limit",
    "2000": "Invalid or unsupported object name",
    "2010": "Request has invalid or unsupported property",
    "2020": "Required param missing, need to supply the required value for the API",
    "2030": "Invalid ID",
    "2040": "Invalid String",
    "2050": "String length is either shorter or longer than supported by specification",
    "2060": "Invalid date format",
    "2070": "Invalid date",
    "2090": "Invalid Number",
    "2130": "Invalid Request Id Format",
    "2140": "Invalid Amount",
    "2170": "Invalid Enumeration",
    "2200": "Invalid URL",
    "2210": "Invalid Email Address format",
    "2240": "Invalid number range",
    "2250": "Missing lines: You must enter at least one split line.",
    "2290": "Negative amounts are not supported on transaction lines",
    "2300": "Debits and credits do not balance",
    "2500": "Invalid Reference Id",
    "3000": "Invalid custom field",
    "4000": "Error parsing query",
    "4001": "Invalid query",
    "5010": "Stale Object Error",
    "5020": "Permission Denied Error",
    "5030": "Feature Not Supported Error",
    "6000": "A business validation error has occurred while processing your request",
    "6010": "AccountType or AccountSubType needed",
    "6080": "No name provided",
    "6090": "Discount amount or percent should be provided",
    "6100": "Invalid Line TaxCode in the request",
    "6130": "Cannot change who the customer bills with",
    "6140": "Duplicate Document Number Error",
    "6150": "ParentRef required",
    "6170": "TxnTaxDetail not allowed when GlobalTaxCalculation is NotApplicable",
    "6180": "Sub level limit exceeded",
    "6190": "Invalid Company Status",
    "6200": "Account period closed",
    "6210": "Account Period Closed, Cannot Update Through Services API",
    "6220": "Entity to delete has balance",
    "6240": "Duplicate Name Exists Error",
    "6270": "Inventory transaction dated before the item's start date",
    "6420": "Email address is required",
    "6430": "Invalid account type used",
    "6540": "Deposited Transaction cannot be changed",
    "10000": "An application error has occurred while processing your request",
}


@dataclass(frozen=True)
class Wrong:
    """One entry of a fault's Error array."""

    code: str
    detail: str
    element: str | None = None

    def show(self) -> dict[str, Any]:
        """The entry as QBO prints it."""
        shown = {
            "Message": MESSAGES.get(self.code, self.detail),
            "Detail": self.detail,
            "code": self.code,
        }
        return shown if self.element is None else shown | {"element": self.element}


class Refused(Exception):
    """The server refuses a request: HTTP `status` with one or more errors."""

    def __init__(
        self,
        errors: Sequence[Wrong],
        *,
        status: int = 400,
        kind: str = "ValidationFault",
        timed: bool = True,
    ) -> None:
        super().__init__("; ".join(f"{error.code} {error.detail}" for error in errors))
        self.errors = tuple(errors)
        self.status = status
        self.kind = kind
        self.timed = timed

    def fault(self) -> dict[str, Any]:
        """The `Fault` object, without the envelope's time."""
        return {"Error": [error.show() for error in self.errors], "type": self.kind}


def refused(code: str, detail: str, element: str | None = None) -> Refused:
    """A refusal with a single error."""
    return Refused([Wrong(code, detail, element)])


def business(detail: str) -> Refused:
    """A 6000: QBO's catch-all for what the books do not allow."""
    return refused("6000", f"Business Validation Error: {detail}", "")


def missing(element: str) -> Wrong:
    """A 2020 for a required attribute that was not sent."""
    detail = f"Required parameter {element} is missing in the request"
    return Wrong("2020", detail, element)


def not_parsed() -> Refused:
    """A 2010 for a body that is no JSON object, or a value of a wrong JSON type."""
    return refused(
        "2010",
        "Property Name:failed to parse json object; a property specified is unsupported or invalid",
    )


@dataclass(frozen=True)
class GatewayFault:
    """A refusal by the gateway: HTTP status and its lower-case fault."""

    status: int
    code: str
    reason: str
    detail: str | None
    kind: str

    @property
    def message(self) -> str:
        """The gateway's way of packing three facts into one string."""
        return f"message={self.reason}; errorCode={self.code:0>6}; statusCode={self.status}"

    def show(self, now: datetime) -> dict[str, Any]:
        """The JSON body, null siblings included."""
        error = {
            "message": self.message,
            "detail": self.detail,
            "code": self.code,
            "element": None,
        }
        return {
            "warnings": None,
            "intuitObject": None,
            "fault": {"error": [error], "type": self.kind},
            "report": None,
            "queryResponse": None,
            "batchItemResponse": [],
            "attachableResponse": [],
            "syncErrorResponse": None,
            "requestId": None,
            "time": int(now.timestamp() * 1000),
            "status": None,
            "cdcresponse": [],
        }

    def xml(self, now: datetime) -> str:
        """The same refusal as the XML that clients report for 429."""
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f"<IntuitResponse time={quoteattr(pacific_millis(now))} "
            'xmlns="http://schema.intuit.com/finance/v3">'
            f'<Fault type={quoteattr(self.kind)}><Error code="{self.code}">'
            f"<Message>{escape(self.message)}</Message>"
            f"<Detail>{escape(self.detail or '')}</Detail></Error></Fault></IntuitResponse>"
        )


def token_refused(detail: str) -> GatewayFault:
    """401: the access token is missing, malformed, expired or revoked."""
    return GatewayFault(401, "3200", "AuthenticationFailed", detail, "AUTHENTICATION")


NOT_THIS_REALM = GatewayFault(403, "3100", "ApplicationAuthorizationFailed", None, "SERVICE")
THROTTLED = GatewayFault(
    429, "3001", "ThrottleExceeded", "The request limit was reached.  Try again later", "SERVICE"
)
