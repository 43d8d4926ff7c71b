"""200 seeds over the world matrix, the same seed twice, and a world in which all must fail."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.sim.campaign import run_one
from tests.sim.simulation import simulate
from tests.sim.worlds import BROKEN

SEEDS = 200
PARTS = 10


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_twice_or_lost_in_any_world(part: int) -> None:
    wrong = []
    for seed in range(part, SEEDS, PARTS):
        _, report, fell = run_one(seed)
        if report is None:
            wrong.append(f"seed {seed} fell over: {fell}")
        elif not report.good:
            wrong.append(f"seed {seed}, {report.world}: {'; '.join(report.judgement.lines())}")
    assert wrong == []


def test_the_same_seed_gives_the_same_event_log_in_another_process_too() -> None:
    here = simulate(5)
    assert len(here.events) > 10
    assert simulate(5).digest == here.digest
    code = "from tests.sim.simulation import simulate; print(simulate(5).digest)"
    elsewhere = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout.strip() == here.digest


def test_with_both_locks_broken_the_rig_sees_duplicates() -> None:
    assert any(simulate(seed, BROKEN).judgement.twice for seed in range(20))
