"""Faults on demand: what shall go wrong, with which requests, and how often.

Armed through `POST /sandbox/faults`; chance is seeded, so a run can be repeated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

KINDS = (
    "latency",
    "slow",
    "reset-before",
    "reset-after",
    "status-before",
    "status-after",
    "truncate",
    "malformed",
    "unauthorized",
    "throttle",
    "fault",
)
_WANTS = frozenset(
    [
        "kind",
        "path",
        "method",
        "count",
        "probability",
        "seconds",
        "status",
        "retry_after",
        "xml",
        "after_matches",
        "code",
        "detail",
    ]
)


@dataclass
class Armed:
    """One armed fault.

    Attributes:
        kind: one of KINDS; "-before" and "-after" say on which side of the commit.
        path: a regular expression searched in the path with its query.
        method: an HTTP method; "" for any.
        count: how many requests it still hits; None for no end.
        probability: the chance to hit a request that matches.
        seconds: how long latency and slow answers take.
        status: the HTTP status of "status-…" (500 unless given) and of "fault".
        retry_after: seconds of the 429's Retry-After; None leaves it out.
        xml: the 429 comes as XML.
        after_matches: how many matching requests it lets pass first.
        code: QBO's code of a "fault"; its HTTP status is `status`, 400 unless given.
        detail: the words of a "fault".
    """

    kind: str
    path: str = ""
    method: str = ""
    count: int | None = 1
    probability: float = 1.0
    seconds: float = 0.0
    status: int | None = None
    retry_after: int | None = None
    xml: bool = False
    after_matches: int = 0
    code: str = ""
    detail: str = ""
    hits: int = field(default=0, init=False)

    def matches(self, method: str, target: str) -> bool:
        """Whether a request is one this fault is armed for."""
        return self.method in ("", method) and re.search(self.path, target) is not None


class Faults:
    """The armed faults, and the seeded chance that decides about them."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.armed: list[Armed] = []
        self._chance = Random(seed)  # noqa: S311 - repeatable on purpose

    def reset(self) -> None:
        """Disarm everything and start the chance anew."""
        self.armed = []
        self._chance = Random(self.seed)  # noqa: S311 - repeatable on purpose

    def arm(self, wanted: Mapping[str, Any]) -> Armed:
        """Arm a fault.

        Raises:
            ValueError: an unknown kind or attribute, or a bad pattern.
        """
        unknown = set(wanted) - _WANTS
        if unknown or wanted.get("kind") not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}; unknown: {sorted(unknown)}")
        try:
            re.compile(str(wanted.get("path", "")))
        except re.error as error:
            raise ValueError(f"not a pattern: {wanted['path']}") from error
        armed = Armed(**wanted)
        self.armed.append(armed)
        return armed

    def take(self, method: str, target: str) -> Armed | None:
        """The fault that hits this request, if one does; counts it."""
        for armed in self.armed:
            if armed.count == 0 or not armed.matches(method, target):
                continue
            if armed.after_matches > 0:
                armed.after_matches -= 1
                continue
            if armed.probability < 1 and self._chance.random() >= armed.probability:
                continue
            armed.hits += 1
            if armed.count is not None:
                armed.count -= 1
            return armed
        return None
