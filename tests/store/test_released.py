"""The cache of every released version comes forward with its postings in flight, or not at all.

`make released` writes such a cache down; each file in `released` is one.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from pathlib import Path

import pytest

from core.ids import SeededIds
from store import audit, schema, sqlite
from store.backups import backups_of
from store.cache import Cache
from store.states import PostingState
from sync.recover import recover
from sync.settings import EngineSettings
from tests.engine.virtual import VirtualClock
from tests.power.capture import capturing
from tests.power.disk import survivors
from tests.power.replay import replay, state_of
from tests.store.worlds import StillClock

RELEASED = Path(__file__).parent / "released"
VERSIONS = sorted(one.stem for one in RELEASED.glob("*.sql"))
CUTS = 25

Row = tuple[object, ...]


def load(version: str, path: Path) -> None:
    """Put a released cache there, as its process left it."""
    connection = sqlite.connect(path)
    try:
        sqlite.use_durable_journal(connection)
        connection.execute("PRAGMA foreign_keys = OFF")  # tables come by name, not parents first
        connection.executescript((RELEASED / f"{version}.sql").read_text(encoding="utf-8"))
    finally:
        connection.close()


def rows(path: Path, statement: str) -> list[Row]:
    connection = sqlite.connect(path, query_only=True)
    try:
        return [tuple(row) for row in connection.execute(statement)]
    finally:
        connection.close()


def counts(path: Path) -> dict[str, int]:
    """How many rows each table has, whatever its columns; the search's index has none."""
    tables = rows(
        path,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'invoice_search%'",
    )
    return {
        str(name): int(str(rows(path, f"SELECT count(*) FROM {name}")[0][0])) for (name,) in tables
    }


def in_flight(path: Path) -> tuple[list[Row], list[Row], list[Row]]:
    """What would be posted twice or lost if it were not carried over as it is."""
    return (
        rows(
            path,
            "SELECT request_id, state, generation, fence, attempts, body, body_sha256, plan_sha256,"
            " qbo_id, last_sent_at, lease_owner, lease_until, fault_code FROM posting ORDER BY id",
        ),
        rows(path, "SELECT posting_id, needs_id FROM posting_dependency ORDER BY id"),
        rows(path, "SELECT kind, docket_id, entity, qbo_id, body, snapshot FROM link ORDER BY id"),
    )


def opened(path: Path) -> Cache:
    return Cache.open(path, clock=StillClock(), ids=SeededIds(1))


def test_every_version_but_the_newest_is_written_down() -> None:
    assert set(VERSIONS) >= set(schema.REVISIONS[:-1])
    assert set(VERSIONS) <= set(schema.REVISIONS)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_released_cache_has_postings_in_every_state(version: str, tmp_path: Path) -> None:
    path = tmp_path / "sync.db"
    load(version, path)
    assert {row[0] for row in rows(path, "SELECT DISTINCT state FROM posting")} == set(PostingState)


@pytest.mark.parametrize("version", VERSIONS)
def test_everything_in_flight_comes_forward_as_it_is(version: str, tmp_path: Path) -> None:
    path = tmp_path / "sync.db"
    load(version, path)
    before = counts(path), in_flight(path)
    cache = opened(path)
    try:
        with cache.read() as session:
            assert audit.verify(session)
        assert sqlite.foreign_key_gaps(cache.reader()) == []
    finally:
        cache.close()
    after = counts(path)
    assert {name: after.get(name) for name in before[0]} == before[0]
    assert in_flight(path) == before[1]
    assert rows(path, "SELECT version_num FROM alembic_version") == [(schema.head(),)]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_copy_made_before_a_migration_can_be_put_back(version: str, tmp_path: Path) -> None:
    path = tmp_path / "sync.db"
    load(version, path)
    before = in_flight(path)
    opened(path).close()
    (backup,) = backups_of(path)
    assert backup.name.endswith(f"schema-{version}")
    for file in tmp_path.glob("sync.db*"):
        file.unlink()
    backup.rename(path)
    assert in_flight(path) == before
    opened(path).close()
    assert in_flight(path) == before


@pytest.mark.parametrize("version", VERSIONS)
def test_a_death_in_the_middle_of_a_migration_leaves_the_old_or_the_new(
    version: str, tmp_path: Path
) -> None:
    """Every moment of it, with what a power cut loses on top."""
    played, place = tmp_path / "played", tmp_path / "replayed"
    for folder in (played, place):
        folder.mkdir()
    with capturing(played / "cache.db") as events:
        load(version, played / "cache.db")
        opened(played / "cache.db").close()
    diary = replay(events, place)
    lengths = [one.length for one in diary.commits]
    states = [one.state for one in diary.commits]
    loaded = next(number for number, state in enumerate(states) if state.intents)
    assert len(states) - loaded == 1 + (version != schema.head()), "a migration is one commit"
    chance = random.Random(1)
    for number in range(CUTS):
        moment = chance.randint(lengths[loaded], len(diary.operations))
        cut = tmp_path / f"cut-{number}"
        cut.mkdir()
        for name, content in survivors(diary.operations[:moment], chance).items():
            (cut / name).write_bytes(content)
        connection = sqlite.connect(cut / "cache.db")
        try:
            assert sqlite.quick_check(connection) == ""
            found = state_of(connection)
        finally:
            connection.close()
        newest = bisect_right(lengths, moment)
        assert found in states[newest - 1 : newest + 1]


@pytest.mark.parametrize("version", VERSIONS)
def test_what_was_being_sent_when_the_old_version_died_is_looked_for(
    version: str, tmp_path: Path
) -> None:
    path = tmp_path / "sync.db"
    load(version, path)
    clock = VirtualClock()
    cache = Cache.open(path, clock=clock, ids=SeededIds(2))
    try:
        assert recover(cache, "me", EngineSettings(), clock, "ann") == 1
    finally:
        cache.close()
    assert not rows(path, "SELECT id FROM posting WHERE state = 'SENDING'")
