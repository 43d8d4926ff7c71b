"""kill -9 in the middle of a bulk sync, start again, resume: nothing twice, nothing lost."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.campaigns.kill import kill_round


@pytest.mark.parametrize("seed", [1, 2])
def test_a_bulk_sync_killed_at_random_moments_posts_everything_once(
    tmp_path: Path, seed: int
) -> None:
    result = kill_round(tmp_path, random.Random(seed), invoices=90, kills=3)
    assert result.kills
    assert (result.twice, result.lost, result.difference_cents) == (0, 0, 0)
