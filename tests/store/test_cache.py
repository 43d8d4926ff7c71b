"""The cache opens, keeps what it promised, and says what is wrong when it cannot."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core.errors import StoreTrouble
from core.ids import SeededIds
from core.records import Kind, Page
from store import sqlite
from store.cache import Cache
from store.docket import save_page
from store.epoch import get_epoch, raise_epoch, read_sidecar, sidecar
from store.listing import Filter, Listing, Sort
from store.load import load_clients
from store.place import share_among
from store.settings import all_settings, get_setting, put_setting, remove_setting
from tests.store.worlds import StillClock, client, invoice

ROOT = Path(__file__).parents[2]


def open_cache(path: Path, *, read_only: bool = False) -> Cache:
    return Cache.open(path, clock=StillClock(), ids=SeededIds(1), read_only=read_only)


def fill(cache: Cache) -> None:
    with cache.write() as session:
        save_page(session, Page(Kind.CLIENT, [client()]))
        save_page(session, Page(Kind.INVOICE, [invoice()]))


def prints(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        entry.name: (hashlib.sha256(entry.read_bytes()).hexdigest(), entry.stat().st_mtime_ns)
        for entry in folder.iterdir()
    }


def is_restored(cache: Cache) -> bool:
    return cache.restored


def set_on_writer(cache: Cache, pragma: str) -> None:
    with cache.write() as session:
        session.connection().exec_driver_sql(f"PRAGMA {pragma}")


def test_every_commit_is_on_the_disk_when_it_returns(cache: Cache) -> None:
    with cache.write() as session:
        connection = session.connection()
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        level = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
        keys = connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one()
        erase = connection.exec_driver_sql("PRAGMA secure_delete").scalar_one()
        trusted = connection.exec_driver_sql("PRAGMA trusted_schema").scalar_one()
    assert (mode, level) == ("wal" if sqlite.WAL else "delete", 3)
    assert (keys, erase, trusted) == (1, 1, 0)


def test_one_sqlite_library_serves_the_whole_process() -> None:
    code = (
        "import sys; import store.cache, store.listing, store.load;"
        "print('sqlite3' in sys.modules, 'pysqlite3' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == (["False", "True"] if sqlite.WAL else ["True", "False"])


def test_what_was_committed_is_there_after_closing(cache_file: Path) -> None:
    first = open_cache(cache_file)
    fill(first)
    first.close()
    again = open_cache(cache_file)
    with again.read() as session:
        assert load_clients(session) == {"c1": client()}
    again.close()


def test_a_reader_sees_one_moment_while_others_write(cache: Cache) -> None:
    with cache.read() as session:
        assert load_clients(session) == {}
        fill(cache)
        assert load_clients(session) == {}
    with cache.read() as session:
        assert load_clients(session) == {"c1": client()}


def test_nothing_can_be_written_through_a_reader(cache: Cache) -> None:
    def try_to() -> None:
        with cache.read() as session:
            put_setting(session, "a", "b")

    with pytest.raises(StoreTrouble, match="read-only"):
        try_to()


def test_a_write_inside_a_write_is_refused_instead_of_hanging(cache: Cache) -> None:
    with cache.write(), pytest.raises(RuntimeError, match="inside a write"), cache.write():
        pass


def test_writers_of_one_process_take_turns(cache: Cache) -> None:
    def add(name: str) -> None:
        for number in range(20):
            with cache.write() as session:
                put_setting(session, f"{name}{number}", "x")

    threads = [threading.Thread(target=add, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with cache.read() as session:
        assert len(all_settings(session)) == 80


def test_the_data_version_changes_with_every_commit_of_anyone(cache: Cache) -> None:
    seen = [cache.data_version()]
    fill(cache)
    seen.append(cache.data_version())
    other = open_cache(cache.path)
    with other.write() as session:
        put_setting(session, "a", "b")
    other.close()
    seen.append(cache.data_version())
    assert len(set(seen)) == 3
    assert cache.data_version() == seen[-1]


def test_settings_are_set_replaced_and_removed(cache: Cache) -> None:
    with cache.write() as session:
        put_setting(session, "refunds", "credit_memo")
        put_setting(session, "refunds", "refund_receipt")
        put_setting(session, "tax", "docket")
        remove_setting(session, "tax")
        assert all_settings(session) == {"refunds": "refund_receipt"}
        assert get_setting(session, "tax") is None


# showing a cache


def test_showing_a_cache_leaves_its_folder_byte_for_byte_as_it_was(cache_file: Path) -> None:
    cache = open_cache(cache_file)
    fill(cache)
    cache.close()
    for beside in cache_file.parent.glob("sync.db.*"):
        beside.unlink()
    before = prints(cache_file.parent)

    shown = open_cache(cache_file, read_only=True)
    with shown.read() as session:
        assert load_clients(session) == {"c1": client()}
    assert len(Listing(shown.reader()).page(Filter(), Sort(), 0, 10)) == 1
    with pytest.raises(StoreTrouble, match="reading only"), shown.write():
        pass
    with pytest.raises(StoreTrouble, match="reading only"):
        shown.posting_lock()
    with Listing.open(cache_file, read_only=True) as listing:
        assert listing.count(Filter()).count == 1
    assert prints(cache_file.parent) == before, "while it is open"
    shown.close()
    assert prints(cache_file.parent) == before


def test_a_cache_in_use_may_be_shown_too(cache: Cache) -> None:
    fill(cache)
    shown = open_cache(cache.path, read_only=True)
    with shown.read() as session:
        assert load_clients(session) == {"c1": client()}
    shown.close()


def test_showing_what_is_not_there_makes_nothing(cache_file: Path) -> None:
    with pytest.raises(StoreTrouble, match="no cache"):
        open_cache(cache_file, read_only=True)
    assert list(cache_file.parent.iterdir()) == []


# what can be wrong


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("harm", ["text", "cut", "scribbled"])
def test_a_damaged_file_is_named_left_alone_and_its_way_out_said(
    cache_file: Path, harm: str, read_only: bool
) -> None:
    cache = open_cache(cache_file)
    with cache.write() as session:
        save_page(session, Page(Kind.CLIENT, [client(f"c{number}") for number in range(500)]))
    cache.close()
    whole = cache_file.read_bytes()
    harmed = {
        "text": b"dear diary\n" * 1000,
        "cut": whole[: len(whole) // 2],
        "scribbled": whole[:8192] + os.urandom(len(whole) - 8192),
    }[harm]
    cache_file.write_bytes(harmed)
    with pytest.raises(StoreTrouble, match="damaged") as refused:
        open_cache(cache_file, read_only=read_only)
    assert "backups" in refused.value.fix
    assert "QuickBooks" in refused.value.books
    assert cache_file.read_bytes() == harmed


def test_a_database_of_another_program_is_left_alone(cache_file: Path) -> None:
    other = sqlite.connect(cache_file)
    other.execute("CREATE TABLE bookmarks (id INTEGER)")
    other.close()
    before = cache_file.read_bytes()
    with pytest.raises(StoreTrouble, match="another program"):
        open_cache(cache_file)
    assert cache_file.read_bytes() == before


def test_a_full_disk_keeps_nothing_of_the_write_and_says_so(cache: Cache) -> None:
    fill(cache)
    set_on_writer(cache, "max_page_count = 1")

    def save_much() -> None:
        with cache.write() as session:
            save_page(session, Page(Kind.CLIENT, [client(f"n{one}") for one in range(2000)]))

    with pytest.raises(StoreTrouble, match="full"):
        save_much()
    set_on_writer(cache, "max_page_count = 1000000")
    with cache.read() as session:
        assert load_clients(session) == {"c1": client()}
    save_much()


def test_a_file_that_cannot_be_written_says_so(cache: Cache) -> None:
    set_on_writer(cache, "query_only = ON")
    with pytest.raises(StoreTrouble, match="cannot be written"):
        fill(cache)


def test_a_program_that_holds_the_file_too_long_is_reported(cache: Cache) -> None:
    set_on_writer(cache, "busy_timeout = 1")
    other = sqlite.connect(cache.path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreTrouble, match="holding"):
        fill(cache)
    other.execute("ROLLBACK")
    other.close()
    fill(cache)


def test_a_folder_that_is_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(StoreTrouble, match="cannot be opened"):
        open_cache(tmp_path / "taken" / "sync.db")


@pytest.mark.parametrize(
    ("mounts", "kind"),
    [
        ("/dev/sda1 / ext4 rw 0 0\nserver:/home /home nfs4 rw 0 0", "nfs4"),
        ("/dev/sda1 / ext4 rw 0 0\n//nas/x /home/ann cifs rw 0 0", "cifs"),
        ("server:/ / nfs rw 0 0\n/dev/sda1 /home/ann ext4 rw 0 0", ""),
        ("/dev/sda1 / ext4 rw 0 0\ngvfsd-fuse /home fuse.gvfsd-fuse rw 0 0", "fuse.gvfsd-fuse"),
        ("/dev/sda1 / ext4 rw 0 0\n//nas/x /mnt cifs rw 0 0\nbroken line", ""),
    ],
)
def test_a_network_share_is_recognised(mounts: str, kind: str) -> None:
    assert share_among(mounts, Path("/home/ann/sync.db")) == kind


def test_a_cache_on_a_network_share_is_refused(
    cache_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.cache.network_share", lambda path: "nfs4")
    with pytest.raises(StoreTrouble, match="network share"):
        open_cache(cache_file)
    assert not cache_file.exists()


# locks, backups, epochs


def test_processes_that_make_one_cache_at_once_all_get_it(cache_file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from store.cache import Cache;"
        "from store.settings import put_setting;"
        "from core.clock import SystemClock; from core.ids import SystemIds;"
        "cache = Cache.open(Path(sys.argv[1]), clock=SystemClock(), ids=SystemIds());"
        "\n"
        "for number in range(20):\n"
        "    with cache.write() as session:\n"
        "        put_setting(session, f'{sys.argv[2]}-{number}', 'x')\n"
        "cache.close()"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(cache_file), name], cwd=ROOT)
        for name in ("a", "b", "c")
    ]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    cache = open_cache(cache_file)
    with cache.read() as session:
        assert len(all_settings(session)) == 60
    cache.close()


def test_two_cannot_post_from_one_cache(cache: Cache) -> None:
    other = open_cache(cache.path)
    with cache.posting_lock():
        with pytest.raises(StoreTrouble, match="is posting"), other.posting_lock():
            pass
        with other.write() as session:
            put_setting(session, "others", "may write")
    with other.posting_lock():
        pass
    other.close()


def test_a_backup_stands_alone(cache: Cache, tmp_path: Path) -> None:
    fill(cache)
    copy = tmp_path / "elsewhere" / "copy.db"
    copy.parent.mkdir()
    cache.backup(copy)
    assert [entry.name for entry in copy.parent.iterdir()] == ["copy.db"]
    shown = open_cache(copy, read_only=True)
    with shown.read() as session:
        assert load_clients(session) == {"c1": client()}
    shown.close()


def test_the_epoch_rises_in_the_cache_and_beside_it(cache: Cache) -> None:
    for expected in (1, 2):
        with cache.write() as session:
            assert raise_epoch(session) == expected
        assert read_sidecar(cache.path) == expected


def test_an_epoch_that_cannot_be_noted_beside_the_cache_stops_the_approval_loudly(
    cache: Cache,
) -> None:
    blocked = sidecar(cache.path).with_name(sidecar(cache.path).name + ".new")
    blocked.mkdir()

    def approve() -> None:
        with cache.write() as session:
            raise_epoch(session)

    with pytest.raises(StoreTrouble, match="folder") as refused:
        approve()
    assert "nothing of it was sent" in refused.value.books
    blocked.rmdir()
    approve()
    assert read_sidecar(cache.path) == 2


def test_the_epoch_beside_the_cache_never_runs_ahead(cache: Cache) -> None:
    def dies() -> None:
        with cache.write() as session:
            raise_epoch(session)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        dies()
    assert read_sidecar(cache.path) is None


def test_a_restored_backup_is_noticed_until_it_is_taken_past_its_sidecar(
    cache_file: Path,
) -> None:
    cache = open_cache(cache_file)
    with cache.write() as session:
        raise_epoch(session)
    old = cache_file.with_name("old.db")
    cache.backup(old)
    with cache.write() as session:
        raise_epoch(session)
    cache.close()

    old.replace(cache_file)
    restored = open_cache(cache_file)
    assert is_restored(restored)
    with restored.write() as session:
        raise_epoch(session, at_least=read_sidecar(cache_file) or 0)
    assert not is_restored(restored)
    restored.close()
    again = open_cache(cache_file)
    assert not is_restored(again)
    again.close()


def test_a_copy_of_a_restored_cache_does_not_hide_that_it_was_restored(cache_file: Path) -> None:
    cache = open_cache(cache_file)
    old = cache_file.with_name("old.db")
    cache.backup(old)
    for _ in range(2):
        with cache.write() as session:
            raise_epoch(session)
    cache.close()

    old.replace(cache_file)
    restored = open_cache(cache_file)
    restored.backup(cache_file.with_name("older.db"))
    assert is_restored(restored)
    with restored.write() as session:
        raise_epoch(session)
    assert is_restored(restored)
    restored.close()
    assert read_sidecar(cache_file) == 3
    again = open_cache(cache_file)
    assert is_restored(again)
    again.close()


def test_a_cache_begun_anew_counts_on_from_the_sidecar(cache_file: Path) -> None:
    cache = open_cache(cache_file)
    for _ in range(3):
        with cache.write() as session:
            raise_epoch(session)
    cache.close()
    cache_file.unlink()
    anew = open_cache(cache_file)
    assert not anew.restored
    with anew.read() as session:
        assert get_epoch(session) == 3
    anew.close()


@pytest.mark.parametrize("beside", ["", "not a number", "\udcff"])
def test_a_sidecar_that_cannot_be_read_is_written_anew(cache_file: Path, beside: str) -> None:
    sidecar(cache_file).write_bytes(beside.encode("utf-8", "surrogateescape"))
    cache = open_cache(cache_file)
    assert not cache.restored
    with cache.write() as session:
        raise_epoch(session)
    assert read_sidecar(cache_file) == 1
    cache.close()
