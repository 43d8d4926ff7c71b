"""How patient and how parallel the engine is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """Times in seconds.

    `settle` outlasts QuickBooks' own limit of 120 s, its query lag and a margin: only
    then does "not found" mean "not there". A lease outlasts the client's time-out
    and `settle`, so nobody takes a posting over while its request may still land.
    """

    settle: float = 200.0
    in_flight: int = 6
    call_timeout: float = 130.0
    rounds: int = 5
    """How often a posting is sent at most before a person has to look."""
    look_fresh: float = 120.0
    """How long a shared look-up may be used for a first send."""
    connect_rounds: int = 6
    """How often in a row no connection could be made before the run stops."""
    ceiling: int = 500
    """Calls a minute that QuickBooks allows one company; only told, the throttle keeps it."""
    longest_nap: float = 1.0
    """How long to wait between two looks at the clock, so that a countdown on screen moves."""

    @property
    def lease(self) -> float:
        """How long a claimed posting belongs to its process."""
        return self.call_timeout + self.settle
