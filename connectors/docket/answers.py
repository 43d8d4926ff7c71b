"""What one answer of Docket means: a body, a reason to try again, or trouble.

Pure: no waiting, no sending. The sentences name the resource, never the key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from connectors.docket.source import CursorExpired
from core import jsonio
from core.errors import ConnectionTrouble, Trouble
from core.records import Kind
from core.text import display

NOTHING_READ = "Nothing of this answer was taken; the cache and QuickBooks are unchanged."

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Body:
    """A complete answer: its JSON."""

    json: object


@dataclass(frozen=True, slots=True)
class Again:
    """Trying again may help. `reason` is a clause; `wait` is Docket's wish in seconds."""

    reason: str
    wait: float | None = None


def judge(
    response: httpx.Response, content: bytes, resource: str, kind: Kind | None, now: datetime
) -> Body | Again:
    """Read one answer to a GET.

    Args:
        response: its status and headers.
        content: its body.
        resource: what was asked for, such as `invoices`.
        kind: the kind behind the resource, None for the account.
        now: against which a date in Retry-After is measured.

    Raises:
        CursorExpired: the cursor is no longer known.
        ConnectionTrouble: the key is refused, or nobody there speaks the contract.
    """
    status = response.status_code
    if status == httpx.codes.OK:
        try:
            return Body(jsonio.loads(content))
        except (ValueError, RecursionError):
            return Again("its answer was cut short or is not JSON")
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return Again("it asks to slow down (429)", _retry_after(response, now))
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return Again(f"it failed ({status})", _retry_after(response, now))
    if status == httpx.codes.GONE and kind is not None:
        raise CursorExpired(kind)
    raise _refusal(status, resource, _said(content))


def unreachable(host: str, reason: str, attempts: int) -> ConnectionTrouble:
    """The trouble after the last attempt."""
    return ConnectionTrouble(
        f"Docket at {host} could not be read: {reason}, {attempts} times in a row.",
        books=NOTHING_READ,
        fix="Check that Docket is up and its address is right, then refresh.",
    )


def too_large(resource: str, limit: int) -> ConnectionTrouble:
    """The trouble of an answer that nothing of ours could have asked for."""
    return ConnectionTrouble(
        f"Docket's answer for {resource} is larger than {limit // 2**20} MB and was cut off.",
        books=NOTHING_READ,
        fix="Check Docket's address in the settings; a page should hold a few hundred records.",
    )


def _refusal(status: int, resource: str, said: str) -> Trouble:
    if status == httpx.codes.UNAUTHORIZED:
        return ConnectionTrouble(
            "Docket does not accept the API key.",
            books=NOTHING_READ,
            fix="Check Docket's API key in the settings, then refresh.",
        )
    if status == httpx.codes.FORBIDDEN:
        return ConnectionTrouble(
            f"Docket's API key is not allowed to read {resource}.{said}",
            books=NOTHING_READ,
            fix=f"Ask Docket's administrator for a key that may read {resource}.",
        )
    if httpx.codes.is_redirect(status):
        return ConnectionTrouble(
            f"Docket's address sends {resource} elsewhere ({status}); the key was not sent on.",
            books=NOTHING_READ,
            fix="Put the final address of Docket's API into the settings.",
        )
    return ConnectionTrouble(
        f"What answers at Docket's address refused to list {resource} ({status}).{said}",
        books=NOTHING_READ,
        fix="Check Docket's address in the settings; docs/docket-api.yaml says what it must offer.",
    )


def _said(content: bytes) -> str:
    """Docket's own message, if there is one in the contract's form."""
    try:
        body = jsonio.loads(content)
    except (ValueError, RecursionError):
        return ""
    error = body.get("error") if isinstance(body, dict) else None
    message = error.get("message") if isinstance(error, dict) else None
    return f" Docket says: {display(message, _SHOWN)}" if isinstance(message, str) else ""


def _retry_after(response: httpx.Response, now: datetime) -> float | None:
    """Seconds that Docket asks to wait: given as seconds or as an HTTP date."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - now).total_seconds(), 0.0)
