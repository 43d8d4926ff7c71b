"""A copy in the cache's place: whole or not at all, nothing lost, nothing mixed, noticed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import StoreTrouble
from core.ids import SeededIds
from store import sqlite, weekly_check
from store.backups import backups_of, folder_of
from store.cache import Cache
from store.company import save_company
from store.epoch import raise_epoch, read_sidecar, sidecar
from store.restoring import inspect, objection, restore
from store.settings import all_settings, put_setting
from tests.store.test_released import RELEASED, load
from tests.store.worlds import NOW, StillClock, company

ROOT = Path(__file__).parents[2]


def opened(path: Path, clock: StillClock | None = None) -> Cache:
    return Cache.open(path, clock=clock or StillClock(), ids=SeededIds(1))


def keep(cache: Cache, name: str) -> None:
    """A setting, and what an approval does to the epoch."""
    with cache.write() as session:
        put_setting(session, name, "x" * 500)
        raise_epoch(session)


def settings(path: Path) -> set[str]:
    with closing(opened(path)) as cache, cache.read() as session:
        return set(all_settings(session))


def tables(path: Path) -> set[str]:
    """The settings of a cache file that is only looked at."""
    with closing(sqlite.connect(path, read_only=True)) as connection:
        return {row[0] for row in connection.execute("SELECT key FROM setting")}


@pytest.fixture
def copy(cache_file: Path, tmp_path: Path) -> Path:
    """A backup that knows less than the cache does."""
    target = tmp_path / "elsewhere.db"
    with closing(opened(cache_file)) as cache:
        keep(cache, "early")
        cache.backup(target)
        keep(cache, "late")
    return target


def test_the_copy_takes_the_place_and_what_was_there_is_kept(cache_file: Path, copy: Path) -> None:
    kept = restore(copy, cache_file, NOW)
    assert kept is not None
    assert tables(kept) == {"early", "late"}
    assert kept.stat().st_mode & 0o077 == 0
    assert settings(cache_file) == {"early"}
    assert kept not in backups_of(cache_file), "the daily copies do not push it out"


def test_a_restored_cache_is_known_for_one_even_if_nothing_was_approved_since(
    cache_file: Path, tmp_path: Path
) -> None:
    with closing(opened(cache_file)) as cache:
        keep(cache, "early")
    same = tmp_path / "same.db"
    shutil.copy(cache_file, same)
    for gone in (True, False):
        if gone:
            sidecar(cache_file).unlink()
        restore(same, cache_file, NOW)
        with closing(opened(cache_file)) as cache:
            assert cache.restored, gone


def test_a_restore_can_be_taken_back(cache_file: Path, copy: Path) -> None:
    kept = restore(copy, cache_file, NOW)
    assert kept is not None
    restore(kept, cache_file, NOW + timedelta(seconds=1))
    assert settings(cache_file) == {"early", "late"}


def test_what_stands_in_the_journal_of_a_dead_process_is_kept_with_it(tmp_path: Path) -> None:
    live = tmp_path / "live"
    live.mkdir()
    backup = tmp_path / "backup.db"
    with closing(opened(live / "sync.db")) as cache:
        keep(cache, "early")
        cache.backup(backup)
        keep(cache, "late")
        shutil.copytree(live, tmp_path / "crashed")
    crashed = tmp_path / "crashed" / "sync.db"
    kept = restore(backup, crashed, NOW)
    assert kept is not None
    assert tables(kept) == {"early", "late"}
    assert settings(crashed) == {"early"}


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_leftovers_of_a_damaged_cache_are_kept_beside_it_and_never_played_into_the_copy(
    cache_file: Path, copy: Path, ending: str
) -> None:
    cache_file.write_bytes(b"no database at all " * 500)
    leftover = cache_file.with_name(cache_file.name + ending)
    leftover.write_bytes(b"of the one before")
    kept = restore(copy, cache_file, NOW)
    assert kept is not None
    assert kept.read_bytes().startswith(b"no database")
    assert kept.with_name(kept.name + ending).read_bytes() == b"of the one before"
    assert not leftover.exists()
    assert settings(cache_file) == {"early"}


def test_a_cache_that_somebody_has_open_is_not_replaced(
    cache_file: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.locks.ALONE_WAIT_MS", 1)
    monkeypatch.setattr("store.restoring.ALONE_WAIT_MS", 1)
    code = (
        "import sys; from pathlib import Path; from store.cache import Cache;"
        "from core.clock import SystemClock; from core.ids import SystemIds;"
        "cache = Cache.open(Path(sys.argv[1]), clock=SystemClock(), ids=SystemIds());"
        "print('open', flush=True); sys.stdin.read(); cache.close()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(cache_file)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreTrouble, match="another docket-qbo has it open"):
            restore(copy, cache_file, NOW)
        other.communicate("")
    browser = sqlite.connect(cache_file)
    browser.execute("BEGIN")
    browser.execute("SELECT count(*) FROM setting").fetchone()
    with pytest.raises(StoreTrouble, match="Another program has"):
        restore(copy, cache_file, NOW)
    browser.close()
    assert settings(cache_file) == {"early", "late"}


class Death(Exception):
    """Ours, at a file that is about to be given a name or taken away."""


@contextmanager
def dying(monkeypatch: pytest.MonkeyPatch, at: int) -> Iterator[None]:
    steps = iter(range(1, 1000))
    with monkeypatch.context() as death:
        for name in ("replace", "unlink"):
            real: Callable[..., object] = getattr(Path, name)

            def act(
                self: Path, *words: object, _real: Callable[..., object] = real, **more: object
            ) -> object:
                if next(steps) >= at:
                    raise Death
                return _real(self, *words, **more)

            death.setattr(Path, name, act)
        yield


def test_no_moment_of_a_restore_leaves_the_place_without_a_whole_cache(
    cache_file: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in range(1, 40):
        try:
            with dying(monkeypatch, at):
                restore(copy, cache_file, NOW + timedelta(seconds=at))
            break
        except Death:
            assert settings(cache_file) in ({"early"}, {"early", "late"}), at
    assert at > 5, "it died here and there, and came to its end"
    assert settings(cache_file) == {"early"}


@pytest.mark.parametrize("harm", ["cut", "text", "foreign", "gone"])
def test_a_copy_that_is_no_sound_cache_is_refused_and_nothing_is_touched(
    cache_file: Path, copy: Path, harm: str
) -> None:
    before = cache_file.read_bytes()
    if harm == "cut":
        copy.write_bytes(copy.read_bytes()[:20_000])
    elif harm == "text":
        copy.write_text("dear diary\n" * 1000)
    elif harm == "gone":
        copy.unlink()
    else:
        copy.unlink()
        with closing(sqlite.connect(copy)) as other:
            other.execute("CREATE TABLE bookmarks (id INTEGER)")
    with pytest.raises(StoreTrouble):
        restore(copy, cache_file, NOW)
    assert cache_file.read_bytes() == before
    assert not cache_file.with_name("sync.db.restoring").exists()


def test_a_copy_of_an_older_version_is_brought_forward(cache_file: Path, tmp_path: Path) -> None:
    (old, *_) = sorted(RELEASED.glob("*.sql"))
    load(old.stem, tmp_path / "old.db")
    found = inspect(tmp_path / "old.db")
    assert found.revision == old.stem
    assert restore(tmp_path / "old.db", cache_file, NOW) is None, "nothing was there"
    with closing(opened(cache_file)) as cache:
        assert cache.restored
    assert inspect(cache_file).links == found.links


def test_a_copy_of_another_company_is_told_apart(cache_file: Path) -> None:
    with closing(opened(cache_file)) as cache, cache.write() as session:
        save_company(session, company())
    found = inspect(cache_file)
    assert objection(found, found.realm, "") is None
    assert objection(found, "", "") is None
    other = objection(found, "123", "Beta Bins")
    assert other is not None
    assert "Beta Bins" in other.what


# the weekly full check


def damage_an_index(path: Path) -> None:
    """An index that says other than its table: every page is well, quick_check sees nothing."""
    with closing(sqlite.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        found = connection.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE sql LIKE 'CREATE INDEX%' AND tbl_name = 'audit'"
        ).fetchone()
        name, sql = found
        wrong = sql.replace("(subject)", "(action)")
        assert wrong != sql
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (wrong, name))
    with closing(sqlite.connect(path)) as connection:
        connection.execute(
            "INSERT INTO audit (at, actor, action, subject, before, after, request_id, previous,"
            " hash) VALUES ('2026', 'a', 'b', 'unindexed', '', '', '', '', '')"
        )
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, name))


def test_once_a_week_a_copy_is_checked_in_full(cache_file: Path) -> None:
    clock = StillClock()
    for day in range(16):
        with closing(opened(cache_file, clock)):
            pass
        with closing(opened(cache_file, clock)):
            last = weekly_check.last_passed(cache_file)
        assert last is not None
        assert clock.now() - last == timedelta(days=day % 7)
        clock.pass_time(timedelta(days=1).total_seconds())


def test_what_only_the_full_check_sees_is_refused_every_time_and_no_copy_of_it_is_kept(
    cache_file: Path,
) -> None:
    clock = StillClock()
    for _ in range(2):
        with closing(opened(cache_file, clock)):
            pass
    passed = backups_of(cache_file)
    damage_an_index(cache_file)
    with closing(opened(cache_file, clock)):
        pass
    clock.pass_time(timedelta(days=8).total_seconds())
    for _ in range(2):
        with pytest.raises(StoreTrouble, match="full check") as refused:
            opened(cache_file, clock)
        assert "restore" in refused.value.fix
        assert "20 Nov 2026" in refused.value.fix
    assert backups_of(cache_file) == passed
    restore(passed[-1], cache_file, clock.now())
    with closing(opened(cache_file, clock)):
        assert weekly_check.last_passed(cache_file) is not None


def test_a_backup_on_demand_is_one_of_the_cache_s_own(cache: Cache) -> None:
    keep(cache, "a")
    made = cache.backup()
    assert backups_of(cache.path) == [made]
    assert made.parent == folder_of(cache.path)
    assert read_sidecar(cache.path) == 2, "the epoch moved on behind it"
