"""kill -9 at named points, a process that wakes up late, rivals: nothing twice, nothing lost.

`make kill` does the same at length (tests/campaigns/kill.py).
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.campaigns.hunt import Hunt
from tests.campaigns.kill import company, one_life, survey
from tests.campaigns.rivals import RIVALRIES
from tests.campaigns.verdict import Verdict

RIGHT = Verdict(twice=0, lost=0, difference_cents=0, wrong=())


def test_every_named_point_is_reached_and_a_life_with_kills_ends_right(tmp_path: Path) -> None:
    hunt = Hunt(tmp_path, random.Random(1))
    assert survey(tmp_path, hunt, seed=1) == RIGHT
    assert one_life(tmp_path, hunt, 2, "request ids ignored", kills=12) == RIGHT
    assert hunt.kills == 12


@pytest.mark.parametrize(
    "meeting",
    [
        "two processes on one cache",
        "asleep with an answer in hand",
        "two caches on one company",
    ],
)
def test_rivals_post_everything_once(tmp_path: Path, meeting: str) -> None:
    with company(tmp_path, 5) as (world, launcher):
        assert RIVALRIES[meeting](world, launcher) == RIGHT
