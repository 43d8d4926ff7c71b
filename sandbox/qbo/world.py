"""The practice world of the QBO side: its companies and all that surrounds them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TypeAlias

from sandbox.clock import SandboxClock
from sandbox.faults import Faults
from sandbox.qbo.company import Company
from sandbox.qbo.replay import Replay
from sandbox.qbo.throttle import Throttle
from sandbox.qbo.tokens import Tokens

Opener: TypeAlias = Callable[[Company, str], None]
"""Begins a company's books; is given the empty company and its birth id."""


class World:
    """Companies by realm id, tokens, throttles, request memory, armed faults.

    Args:
        openers: how each realm's books begin.
        clock: the world's time.
        seed: what tokens and birth ids follow from.
        limits: throttles refuse, not only count.
        latency: "none" or "recorded".
        clients: (id, secret) pairs that may connect; empty for any.
        redirects: addresses that codes may be sent to; empty for any.
    """

    def __init__(
        self,
        openers: Mapping[str, Opener],
        clock: SandboxClock,
        *,
        seed: int = 7,
        limits: bool = False,
        latency: str = "none",
        clients: Mapping[str, str] | None = None,
        redirects: tuple[str, ...] = (),
    ) -> None:
        self.openers = dict(openers)
        self.clock = clock
        self.seed = seed
        self.latency = latency
        self.clients = dict(clients or {})
        self.redirects = redirects
        self.births = 0
        self.sent = 0
        self.fresh_births = False
        self.tokens = Tokens(clock, seed)
        self.throttle = Throttle(clock, enforced=limits)
        self.replay = Replay()
        self.faults = Faults(seed)
        self.companies: dict[str, Company] = {}

    def begin(self) -> None:
        """Open every company's books anew, each with a new birth id."""
        self.births += 1
        self.fresh_births = True
        self.companies = {}
        for realm in self.openers:
            self.companies[realm] = self.opened(realm)

    def opened(self, realm: str) -> Company:
        """One company's books as they begin."""
        company = Company(realm, self.clock)
        born = f"{realm}|{self.births}|{self.seed}|{self.clock.now().isoformat()}"
        self.openers[realm](company, hashlib.sha256(born.encode()).hexdigest()[:16])
        return company

    def reset(self) -> None:
        """Back to the seed: books, request memory, counters, faults and clock; tokens stay."""
        self.clock.reset()
        self.replay = Replay()
        self.throttle.reset()
        self.faults.reset()
        self.begin()
