"""Ids: drawn ones through a port, derived ones as pure functions.

A request id is derived, never drawn: after a crash, or after the cache was lost
and restored, the same posting gets the same id, and QuickBooks answers the second
request with its first answer (docs/architecture.md, "The journal").
"""

from __future__ import annotations

import base64
import hashlib
import random
import secrets
from typing import Protocol


class Ids(Protocol):
    """Randomness and fresh ids, as a port."""

    def new(self) -> str:
        """A fresh id of 26 characters, unique on its own."""
        ...

    def fraction(self) -> float:
        """A number in [0, 1), for jitter."""
        ...


class SystemIds:
    """Ids from the operating system's randomness."""

    def new(self) -> str:
        """A fresh id of 26 characters, unique on its own."""
        return _base32(secrets.token_bytes(16))

    def fraction(self) -> float:
        """A number in [0, 1), for jitter."""
        return secrets.randbelow(1 << 32) / (1 << 32)


class SeededIds:
    """Repeatable ids, for tests, simulation and the example cache."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def new(self) -> str:
        """The next id of the seed's sequence."""
        return _base32(self._random.randbytes(16))

    def fraction(self) -> float:
        """The next number of the seed's sequence."""
        return self._random.random()


_BYTES_OF_ID = 20
"""They make the 32 characters of an id."""


def request_id(
    realm: str, entity: str, kind: str, docket_id: str, operation: str, generation: int
) -> str:
    """Return the 32-character id under which a write is sent, and sent again.

    `kind` is invoice, payment, refund, client or product; `operation` is `create`,
    `update@<SyncToken it edits>` or `void@<SyncToken>`. QBO takes up to 50
    characters and keeps them unique per company (docs/qbo-facts.md).
    """
    text = "|".join(("v1", realm, entity, f"{kind}:{docket_id}", operation, str(generation)))
    return _base32(hashlib.sha256(text.encode()).digest()[:_BYTES_OF_ID])


def marker(request: str) -> str:
    """Return the mark that a posting leaves at the end of PrivateNote.

    It tells our own record from a twin that somebody keyed by hand.
    """
    return f"[docket-qbo {request[:16]}]"


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()
