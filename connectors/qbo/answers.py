"""Decides what an HTTP answer means for the request that was sent.

The whole question is whether the books may have changed. A fault that can be read
is a definite no; 401, 403 and 429 are given by the gateway before the books see
the request; everything else that is not a whole object leaves it unclear.
"""

from __future__ import annotations

from collections.abc import Mapping

from connectors.qbo.faults import (
    QboError,
    QboForbidden,
    QboRefused,
    QboThrottled,
    QboUnauthorized,
    QboUnclear,
    json_faults,
    read_faults,
)
from core.jsonio import JsonObject, loads

LONGEST_RETRY_AFTER = 600.0
"""Seconds; a server that wishes more is asked again after these."""


def read_answer(status: int, headers: Mapping[str, str], body: bytes) -> JsonObject:
    """Return the answer's JSON object.

    Args:
        status: of HTTP.
        headers: names in lower case.
        body: whole and decoded.

    Raises:
        QboError: one of its kinds, for anything but 200 with a whole JSON object.
    """
    if status != 200:
        raise _failure(status, headers, body)
    try:
        answer = loads(body)
    except (ValueError, RecursionError) as error:
        raise QboUnclear(
            "the answer is not whole", status=status, intuit_tid=tid_of(headers)
        ) from error
    if not isinstance(answer, dict):
        raise QboUnclear("the answer is no object", status=status, intuit_tid=tid_of(headers))
    if json_faults(answer):
        raise _failure(status, headers, body)
    return answer


def tid_of(headers: Mapping[str, str]) -> str | None:
    """Return Intuit's transaction id; proxies write it with a hyphen."""
    return headers.get("intuit_tid") or headers.get("intuit-tid")


def _failure(status: int, headers: Mapping[str, str], body: bytes) -> QboError:
    faults, tid = read_faults(body), tid_of(headers)
    if status == 401:
        return QboUnauthorized("not let in", faults=faults, status=status, intuit_tid=tid)
    if status == 403:
        return QboForbidden("not allowed", faults=faults, status=status, intuit_tid=tid)
    if status == 429:
        return QboThrottled(_retry_after(headers), faults=faults, intuit_tid=tid)
    answered = status == 200 or 400 <= status < 500
    if answered and status != 408 and faults and not any(fault.internal for fault in faults):
        return QboRefused(faults, status, tid)
    return QboUnclear(f"HTTP {status}", faults=faults, status=status, intuit_tid=tid)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    text = headers.get("retry-after", "").strip()
    return min(float(text), LONGEST_RETRY_AFTER) if text.isdecimal() else None
