"""kill -9 at named points, a process that wakes up late, rivals: nothing twice, nothing lost.

`make kill` does the same at length (tests/campaigns/kill.py).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.campaigns.kill import Campaign
from tests.campaigns.launcher import Launcher
from tests.campaigns.verdict import Verdict

pytestmark = pytest.mark.xdist_group("kill")

RIGHT = Verdict(twice=0, lost=0, difference_cents=0, wrong=())


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campaign]:
    folder = tmp_path_factory.mktemp("campaign")
    with Launcher(folder) as launcher:
        yield Campaign(launcher, folder, seed=1)


def test_a_life_with_kills_reaches_every_named_point_and_ends_right(campaign: Campaign) -> None:
    assert campaign.survey(kills=8) == RIGHT
    if campaign.hunt.kills < 3:  # of eight: the fewer, the busier the machine is
        assert campaign.life("both locks", kills=8) == RIGHT
    assert campaign.hunt.kills >= 3


@pytest.mark.parametrize(
    "meeting",
    [
        "two processes on one cache",
        "asleep with an answer in hand",
        "two caches on one company",
    ],
)
def test_rivals_post_everything_once(campaign: Campaign, meeting: str) -> None:
    assert campaign.meeting(meeting) == RIGHT
