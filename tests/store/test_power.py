"""A power cut takes nothing that was committed, and the rig would see it if it did.

`make power` does the same thousands of times, over longer days.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from store import sqlite
from tests.campaigns.power import TRIALS, Trial
from tests.power.capture import Event, Said
from tests.power.cuts import cuts
from tests.power.office import captured_days
from tests.power.replay import replay, state_of

pytestmark = pytest.mark.xdist_group("power")


@dataclass(frozen=True)
class Played:
    """A short company's days: what was captured, and the cache that they left."""

    place: Path
    events: list[Event]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Played]:
    """The days with a WAL and without."""
    places = {wal: tmp_path_factory.mktemp("played") for wal in (True, False)}
    return {
        wal: Played(place, captured_days(place, 6, days=1, wal=wal))
        for wal, place in places.items()
    }


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.name)
def test_a_power_cut_takes_what_was_committed_only_where_a_sync_is_missing(
    trial: Trial, played: dict[bool, Played], tmp_path: Path
) -> None:
    place = tmp_path / "replayed"
    place.mkdir()
    diary = replay(trial.weaker(played[trial.wal].events), place)
    found = list(cuts(diary, 20, 1, tmp_path))
    assert any(not cut.good for cut in found) is trial.control, found


def test_the_capture_holds_all_that_the_store_wrote(
    played: dict[bool, Played], tmp_path: Path
) -> None:
    diary = replay(played[True].events, tmp_path)
    original = sqlite.connect(played[True].place / "cache.db", query_only=True)
    try:
        assert diary.commits[-1].state == state_of(original)
    finally:
        original.close()
    assert diary.commits[-1].state.intents


def test_both_journals_are_asked_for_as_they_have_to_be(played: dict[bool, Played]) -> None:
    for wal, journal in ((True, "WAL"), (False, "DELETE")):
        said = {event.statement for event in played[wal].events if isinstance(event, Said)}
        assert {f"PRAGMA journal_mode = {journal}", "PRAGMA synchronous = EXTRA"} <= said
