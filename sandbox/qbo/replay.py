"""What the server remembers of request ids, so that a repeated write is not done twice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sandbox.qbo.company import Company
from sandbox.qbo.fault import business, refused

LONGEST = 50


@dataclass(frozen=True)
class Remembered:
    """The answer to a write that was done."""

    fingerprint: str
    at: float
    body: str


class Replay:
    """(realm, request id) -> the first answer. Only what succeeded is remembered."""

    def __init__(self) -> None:
        self.memory: dict[tuple[str, str], Remembered] = {}
        self.fresh: list[tuple[str, str]] = []

    def recall(self, company: Company, request_id: str, fingerprint: str) -> str | None:
        """The body answered before to this id; None if it is new or forgotten.

        Raises:
            Refused: 600, the id was used for something else; 6000, it is too long.
        """
        if len(request_id) > LONGEST:
            raise business(
                f"You cannot enter more than {LONGEST} characters in the request_id field. "
                f"You tried entering {request_id[:10]}..., which is {len(request_id)} characters."
            )
        found = self.memory.get((company.realm, request_id))
        now = company.clock.now().timestamp()
        if found is None or now - found.at >= company.switches.request_memory:
            return None
        if found.fingerprint != fingerprint and company.switches.request_reuse == "600":
            raise refused("600", f"Duplicate Request ID : {request_id} was used already.", "")
        return found.body

    def remember(self, company: Company, request_id: str, fingerprint: str, body: str) -> None:
        """Keep the answer to a write that succeeded."""
        at = company.clock.now().timestamp()
        self.memory[company.realm, request_id] = Remembered(fingerprint, at, body)
        self.fresh.append((company.realm, request_id))


def fingerprint(*parts: str | bytes) -> str:
    """What makes two requests the same: path, parameters and bytes of the body."""
    whole = b"\0".join(part.encode() if isinstance(part, str) else part for part in parts)
    return hashlib.sha256(whole).hexdigest()
