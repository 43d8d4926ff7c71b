"""kill -9 in the middle of a bulk sync, start again, resume: nothing twice, nothing lost."""

from __future__ import annotations

import random
from pathlib import Path

from tests.campaigns.kill import kill_round


def test_a_bulk_sync_killed_at_five_random_moments_posts_everything_once(tmp_path: Path) -> None:
    result = kill_round(tmp_path, random.Random(1), invoices=150, kills=5)
    assert result.kills == 5
    assert (result.twice, result.lost, result.difference_cents) == (0, 0, 0)
