"""Sample data: a roll-off dumpster company as Docket and as QuickBooks have it."""

from sandbox.rolloff.company import TODAY, Rolloff, generate

__all__ = ["TODAY", "Rolloff", "generate"]
