"""What both scripts share: where the practice company is, and a list of what was shown."""

from __future__ import annotations

import json
import sys
from typing import Any


class Steps:
    """Prints each step that holds; a step that does not ends the script."""

    def __init__(self, client: str) -> None:
        self.client = client
        self.done = 0

    def holds(self, step: str, what: bool, seen: object = "") -> None:
        """State what must be so after a step."""
        if not what:
            raise SystemExit(f"{self.client}: {step} does not hold; seen: {seen!r}")
        self.done += 1
        print(f"  {step}")

    def end(self) -> None:
        """Say how many steps held."""
        print(f"{self.client}: {self.done} steps hold")


def practice() -> dict[str, Any]:
    """The line that `docket-qbo sandbox --json` printed, from standard input."""
    told: dict[str, Any] = json.loads(sys.stdin.readline())
    return told
