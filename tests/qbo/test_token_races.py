"""Two real processes renew one token, killed at random: 30 rounds of `make token-races`.

In a process of its own, because the campaign forks and a test runner has threads.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

MUTANTS = {
    "no lock across processes": """
import contextlib
from connectors.qbo import refresh
refresh.alone = contextlib.nullcontext
""",
    "not read again under the lock": """
from connectors.qbo import refresh
def renew(self, refused):
    kept = self._store.load()
    with refresh.alone(self._lock_file):
        return self._exchange(kept)
refresh.Refresher._renew = renew
""",
}


def races(before: str = "") -> subprocess.CompletedProcess[str]:
    code = f"{before}\nimport sys\nfrom tests.campaigns.tokens import main\nsys.exit(main())"
    words = [sys.executable, "-c", code, "--rounds", "30"]
    return subprocess.run(words, capture_output=True, text=True, timeout=280, check=False)


def test_killed_at_random_two_processes_lose_the_connection_in_one_window_only() -> None:
    done = races()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "30 rounds, 0 connections lost outside the window" in done.stdout


@pytest.mark.parametrize("before", MUTANTS.values(), ids=MUTANTS.keys())
def test_the_races_find_a_bug_that_loses_connections(before: str) -> None:
    done = races(before)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "seed 1:" in done.stdout
