"""What may befall the files on a disk: restored, moved, left behind, full, without a copy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import StoreTrouble
from core.ids import SeededIds
from store import sqlite
from store.backups import KEPT, back_up, backups_of, folder_of
from store.cache import Cache
from store.epoch import raise_epoch, read_sidecar, sidecar
from store.settings import all_settings, get_setting, put_setting
from tests.store.worlds import StillClock

ROOT = Path(__file__).parents[2]


@contextmanager
def opened(
    path: Path, clock: StillClock | None = None, *, read_only: bool = False
) -> Iterator[Cache]:
    cache = Cache.open(path, clock=clock or StillClock(), ids=SeededIds(1), read_only=read_only)
    try:
        yield cache
    finally:
        cache.close()


def approve(cache: Cache, name: str) -> None:
    """What an approval does to the epoch, with something to know it by."""
    with cache.write() as session:
        put_setting(session, name, "x" * 500)
        raise_epoch(session)


def settings(cache: Cache) -> set[str]:
    with cache.read() as session:
        return set(all_settings(session))


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """A cache whose process died: its newest commits are in the -wal, an old backup is near."""
    live = tmp_path / "live"
    live.mkdir()
    with opened(live / "sync.db") as cache:
        approve(cache, "early")
        cache.backup(tmp_path / "backup.db")
        for number in range(20):
            approve(cache, f"late{number}")
        shutil.copytree(live, tmp_path / "crashed")
    return tmp_path / "crashed" / "sync.db"


# restored, moved, left behind


def test_a_backup_in_the_place_of_a_crashed_cache_is_not_mixed_with_its_leftovers(
    crashed: Path, tmp_path: Path
) -> None:
    assert crashed.with_name("sync.db-wal").stat().st_size
    shutil.copy(tmp_path / "backup.db", crashed)
    with opened(crashed) as cache:
        assert settings(cache) == {"early"}
        assert cache.restored
    assert crashed.with_name("sync.db-wal.left-behind").stat().st_size


def test_a_backup_beside_leftovers_is_not_shown(crashed: Path, tmp_path: Path) -> None:
    shutil.copy(tmp_path / "backup.db", crashed)
    with (
        pytest.raises(StoreTrouble, match="left behind by another"),
        opened(crashed, read_only=True),
    ):
        pass


def test_a_cache_whose_process_died_keeps_its_newest_commits(crashed: Path) -> None:
    with opened(crashed) as cache:
        assert "late19" in settings(cache)
        assert not cache.restored


def test_a_journal_that_is_damaged_is_noticed_as_a_restored_cache(crashed: Path) -> None:
    journal = crashed.with_name("sync.db-wal")
    whole = journal.read_bytes()
    middle = len(whole) // 2
    journal.write_bytes(whole[:middle] + bytes(len(whole) - middle))
    with opened(crashed) as cache:
        assert "early" in settings(cache)
        assert "late19" not in settings(cache)
        assert cache.restored


@pytest.mark.parametrize("wal", [True, False])
def test_a_restored_backup_gets_the_journal_that_keeps_every_commit(
    crashed: Path, tmp_path: Path, wal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WAL", wal)
    for leftover in crashed.parent.glob("sync.db-*"):
        leftover.unlink()
    shutil.copy(tmp_path / "backup.db", crashed)
    with opened(crashed) as cache:
        (mode,) = cache.reader().execute("PRAGMA journal_mode").fetchone()
    assert mode == ("wal" if wal else "delete")


@pytest.mark.parametrize("with_epoch", [True, False])
def test_a_cache_that_was_moved_goes_on(tmp_path: Path, with_epoch: bool) -> None:
    first, second = tmp_path / "first" / "sync.db", tmp_path / "second" / "office.db"
    with opened(first) as cache:
        approve(cache, "kept")
    second.parent.mkdir()
    first.replace(second)
    if with_epoch:
        sidecar(first).replace(sidecar(second))
    with opened(second) as cache:
        assert settings(cache) == {"kept"}
        assert not cache.restored
        cache.keep_epoch()
    assert read_sidecar(second) == 1


def test_lock_files_of_a_dead_process_keep_nobody_out(cache_file: Path) -> None:
    for name in ("lock", "posting", "epoch.new"):
        cache_file.with_name(f"sync.db.{name}").touch()
    with opened(cache_file) as cache, cache.posting_lock():
        approve(cache, "a")


def test_a_damaged_lock_file_is_named(cache_file: Path) -> None:
    cache_file.with_name("sync.db.lock").write_bytes(b"no lock at all, but 4711 letters " * 99)
    with pytest.raises(StoreTrouble, match=r"sync\.db\.lock") as refused, opened(cache_file):
        pass
    assert "delete that file" in refused.value.fix


def test_an_epoch_that_cannot_be_read_is_named_not_guessed(cache: Cache) -> None:
    sidecar(cache.path).mkdir()
    with pytest.raises(StoreTrouble, match=r"sync\.db\.epoch"), opened(cache.path):
        pass


def test_a_cache_that_lost_every_byte_is_not_begun_anew_in_silence(cache_file: Path) -> None:
    with opened(cache_file) as cache:
        approve(cache, "a")
    cache_file.write_bytes(b"")
    with pytest.raises(StoreTrouble, match="damaged") as refused, opened(cache_file):
        pass
    assert "backups" in refused.value.fix


def test_an_approval_whose_epoch_was_not_noted_is_made_good_before_anything_is_sent(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(cache, "first")

    def power_cut(path: Path, number: int) -> None:
        raise OSError

    with monkeypatch.context() as cut:
        cut.setattr("store.cache.write_sidecar", power_cut)
        with pytest.raises(StoreTrouble, match="folder"):
            approve(cache, "second")
    assert read_sidecar(cache.path) == 1
    cache.keep_epoch()
    assert read_sidecar(cache.path) == 2


def test_opening_a_cache_keeps_the_locks_that_the_process_has_on_it(cache: Cache) -> None:
    """POSIX drops all of them when any handle on the file is closed."""
    cache.reader().execute("SELECT count(*) FROM setting").fetchone()
    with opened(cache.path):
        pass
    code = (
        "import sys; from pathlib import Path; from store import sqlite;"
        "one = sqlite.connect(Path(sys.argv[1])); one.execute('PRAGMA busy_timeout = 1')\n"
        "try: print(one.execute('PRAGMA journal_mode = DELETE').fetchone()[0])\n"
        "except sqlite.Error as error: print(error)"
    )
    if not sqlite.WAL:
        pytest.skip("without a WAL an idle connection holds no lock")
    done = subprocess.run(
        [sys.executable, "-c", code, str(cache.path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() in ("wal", "database is locked")


# copies


def test_each_day_of_use_leaves_a_checked_copy_and_fourteen_are_kept(cache_file: Path) -> None:
    clock = StillClock()
    for day in range(KEPT + 3):
        with opened(cache_file, clock) as cache, cache.write() as session:
            put_setting(session, "day", str(day))
        clock.pass_time(timedelta(days=1).total_seconds())
    with opened(cache_file, clock):
        pass
    made = backups_of(cache_file)
    assert len(made) == KEPT
    with opened(cache_file, clock):
        assert backups_of(cache_file) == made, "one a day"
    with opened(made[-1], read_only=True) as newest, newest.read() as session:
        assert get_setting(session, "day") == str(KEPT + 2), "as it was when the day began"


def test_no_copy_is_kept_of_a_cache_that_is_only_tried_in(cache_file: Path, tmp_path: Path) -> None:
    with opened(cache_file):
        pass
    tried = tmp_path / "tried" / "cache.db"
    tried.parent.mkdir()
    shutil.copy(cache_file, tried)
    Cache.open(tried, clock=StillClock(), ids=SeededIds(1), scratch=True).close()
    assert backups_of(tried) == []


def test_a_clock_that_was_wrong_neither_stops_the_copies_nor_loses_the_newest(
    cache_file: Path,
) -> None:
    clock = StillClock()
    with opened(cache_file, clock) as cache:
        for day in range(KEPT):
            back_up(cache.reader(), cache_file, "0001", clock.now() + timedelta(days=1000 + day))
    with opened(cache_file, clock):
        pass
    stamp = f"{clock.now():%Y%m%d}"
    assert [stamp in backup.name for backup in backups_of(cache_file)].count(True) == 1
    assert len(backups_of(cache_file)) == KEPT


def test_half_a_copy_is_never_taken_for_one(
    cache_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(source: sqlite.Connection, target: Path) -> None:
        target.write_bytes(b"half")
        raise sqlite.Error

    with opened(cache_file):
        pass
    with monkeypatch.context() as death:
        death.setattr(sqlite, "copy", dies)
        with opened(cache_file):
            assert backups_of(cache_file) == []
    with opened(cache_file):
        assert len(backups_of(cache_file)) == 1


def test_a_folder_that_takes_no_copies_keeps_nobody_from_working(cache_file: Path) -> None:
    with opened(cache_file):
        pass
    folder_of(cache_file).write_text("in the way")
    with opened(cache_file) as cache:
        approve(cache, "a")


def test_copies_are_for_their_owner_alone(cache_file: Path) -> None:
    for _ in range(2):
        with opened(cache_file):
            pass
    (made,) = backups_of(cache_file)
    assert made.stat().st_mode & 0o077 == 0
    assert folder_of(cache_file).stat().st_mode & 0o077 == 0
