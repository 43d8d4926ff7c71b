"""Asks whether a server answers at all, and what time it has, without saying who asks.

No key and no token goes along, nothing is followed, and nothing is read but the head of
the answer: any answer is good, a refusal too.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from core.clock import Clock
from core.config import is_loopback

TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Knock:
    """What came of it: `status` is HTTP's, None without an answer, and `why` then says why.

    `ahead` is by how many whole seconds this computer's clock is ahead of the server's
    (below zero: behind), None if the server did not say. The Date header has no fractions.
    """

    status: int | None
    why: str = ""
    ahead: int | None = None


async def knock(
    url: str, clock: Clock, *, transport: httpx.AsyncBaseTransport | None = None
) -> Knock:
    """Ask a server for the head of an answer; `transport` stands in for the network in tests."""
    async with httpx.AsyncClient(
        timeout=TIMEOUT,
        transport=transport,
        follow_redirects=False,
        trust_env=not is_loopback(url),  # no proxy between this machine and itself
    ) as http:
        before = clock.now()
        try:
            async with http.stream("GET", url) as response:
                after = clock.now()
                return Knock(response.status_code, ahead=_ahead(response, before, after))
        except httpx.TimeoutException:
            return Knock(None, "it did not answer in time")
        except (httpx.TransportError, httpx.InvalidURL, ssl.SSLError) as error:
            return Knock(None, _why(error))


def _ahead(response: httpx.Response, before: datetime, after: datetime) -> int | None:
    """Nothing within the second that the header leaves open, and the time of the call."""
    try:
        theirs = parsedate_to_datetime(response.headers.get("date", ""))
    except (TypeError, ValueError):
        return None
    if theirs.tzinfo is None:
        theirs = theirs.replace(tzinfo=UTC)
    early, late = (before - theirs).total_seconds() - 1, (after - theirs).total_seconds()
    if early <= 0 <= late:
        return 0
    return int(early) if early > 0 else int(late)


def _why(error: Exception) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "its certificate is not trusted on this computer"
    return "no connection could be made"
