"""What QuickBooks said instead of an object, and what that means for the call.

Two dialects come over the wire (`Fault` from the books, `fault` from the gateway
in front of them), some as XML although JSON was asked for, and an outage answers
with a web page. All of them become `Fault`s here, and every failed call becomes
one of three things: refused (a definite no), not executed, or unclear.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.jsonio import loads

_INTERNAL_6000 = re.compile(r"\(\s*-300\d\d\s*\)|accessing or saving your data", re.IGNORECASE)
_ONE_AT_A_TIME = "one name at a time"
_PASSING_CODES = frozenset({"130", "140", "150", "4002"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of an answer; `code` has no leading zeros, `element` names the field."""

    code: str
    message: str
    detail: str = ""
    element: str = ""

    def words(self) -> str:
        """QuickBooks' own words: the detail, which says more, else the message."""
        return self.detail or self.message

    @property
    def internal(self) -> bool:
        """QuickBooks failed inside; the write may have been done all the same."""
        return self.code == "10000" or (
            self.code == "6000" and bool(_INTERNAL_6000.search(self.words()))
        )

    @property
    def passing(self) -> bool:
        """The refusal is about the moment, not the record: the same will pass later."""
        return self.code in _PASSING_CODES or (
            self.code == "6000" and _ONE_AT_A_TIME in self.words().lower()
        )


class QboError(Exception):
    """A call to QuickBooks that brought no object.

    As text it names codes only, so that a log may hold it; QuickBooks' words, which
    may quote the books, are in `reason` and `faults`.

    Attributes:
        reason: why, for a person; holds text from outside.
        faults: what QuickBooks said, as far as it could be read.
        status: the HTTP status, None without an answer.
        intuit_tid: Intuit's transaction id, for its support.
    """

    def __init__(
        self,
        reason: str,
        *,
        faults: Sequence[Fault] = (),
        status: int | None = None,
        intuit_tid: str | None = None,
    ) -> None:
        codes = " ".join(fault.code for fault in faults) or "-"
        super().__init__(f"status {status or '-'}, code {codes}, intuit_tid {intuit_tid or '-'}")
        self.reason = reason
        self.faults = tuple(faults)
        self.status = status
        self.intuit_tid = intuit_tid

    @property
    def code(self) -> str:
        """The first fault's code, or an empty text."""
        return self.faults[0].code if self.faults else ""


class QboRefused(QboError):
    """A definite no: nothing was written."""

    def __init__(self, faults: Sequence[Fault], status: int, intuit_tid: str | None) -> None:
        super().__init__(
            "; ".join(fault.words() for fault in faults),
            faults=faults,
            status=status,
            intuit_tid=intuit_tid,
        )

    @property
    def passing(self) -> bool:
        """The refusal is about the moment; the same may be sent later."""
        return all(fault.passing for fault in self.faults)


class QboNotExecuted(QboError):
    """The request did not reach the books; it may be sent again with the same id."""

    retry_after: float | None = None


class QboUnauthorized(QboNotExecuted):
    """401: the access token is not accepted, also after one renewal."""


class QboForbidden(QboNotExecuted):
    """403: the token is good, but not for this company, scope or environment."""


class QboThrottled(QboNotExecuted):
    """429: too many requests; `retry_after` is QuickBooks' wish in seconds, if it has one."""

    def __init__(
        self,
        retry_after: float | None,
        *,
        faults: Sequence[Fault] = (),
        intuit_tid: str | None = None,
    ) -> None:
        super().__init__("too many requests", faults=faults, status=429, intuit_tid=intuit_tid)
        self.retry_after = retry_after


class QboUnreachable(QboNotExecuted):
    """No connection was ever made, so not a byte was sent."""


class QboUnclear(QboError):
    """Nobody can say whether it was executed: look before sending it again."""


def read_faults(body: bytes) -> tuple[Fault, ...]:
    """Return the faults in an answer of any dialect; none if there are none to be read."""
    text = body.lstrip()
    if text.startswith(b"<"):
        return _xml_faults(text)
    try:
        answer = loads(text)
    except (ValueError, RecursionError):
        return ()
    return json_faults(answer)


def json_faults(answer: object) -> tuple[Fault, ...]:
    """Return the faults at the top of a parsed answer, whichever dialect they speak."""
    if not isinstance(answer, Mapping):
        return ()
    fault = answer.get("Fault") or answer.get("fault")
    if not isinstance(fault, Mapping):
        return ()
    errors = fault.get("Error") or fault.get("error") or []
    if isinstance(errors, Mapping):
        errors = [errors]
    if not isinstance(errors, list):
        errors = []
    found = tuple(_json_fault(error) for error in errors if isinstance(error, Mapping))
    return found or (Fault("", _text(fault, "type") or "a fault without a text"),)


def _json_fault(error: Mapping[str, object]) -> Fault:
    return Fault(
        code=_bare(_text(error, "code")),
        message=_text(error, "Message") or _text(error, "message"),
        detail=_text(error, "Detail") or _text(error, "detail"),
        element=_text(error, "element"),
    )


def _xml_faults(body: bytes) -> tuple[Fault, ...]:
    from defusedxml.ElementTree import ParseError, fromstring  # rare: XML is an outage's dialect

    try:
        # Entities are declared in a document type and nowhere else; QuickBooks sends none.
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, ValueError):
        return ()
    return tuple(
        Fault(
            code=_bare(error.get("code", "")),
            message=error.findtext("{*}Message", "").strip(),
            detail=error.findtext("{*}Detail", "").strip(),
            element=error.get("element", ""),
        )
        for error in root.iterfind(".//{*}Error")
    )


def _text(source: Mapping[str, object], key: str) -> str:
    value = source.get(key)
    return "" if value is None else str(value)


def _bare(code: str) -> str:
    return code.lstrip("0") or code
