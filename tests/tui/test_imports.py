"""Importing export files on screen: columns corrected by key, a preview, the import, the undo."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest

from core.ids import SeededIds
from store.cache import Cache
from store.imports import ImportRow
from sync.imports.bench import ImportBench
from sync.imports.desk import ImportDesk, ImportResult
from sync.imports.draft import TableDraft
from sync.imports.words import last_to_undo
from sync.shapes import PullProgress
from tests.docket_files.world import NOVEMBER, Held, opened, written
from tests.store.worlds import StillClock
from tests.tui.conftest import Driven, driven
from tests.tui.fakes import HOSTILE
from tui.screens.message import MessageScreen

INVOICES = (
    "Slip,Invoice Date,Customer,Note,Total\n"
    "1001,11/13/2026,Ann,gate 4,$108.25\n"
    "1002,11/14/2026,Bob [b]x[/b],,$54.00\n"
)
PAYMENTS = "Receipt,Received,Invoice Number,Amount\nR1,11/15/2026,1001,108.25\nR2,11/15/2026,77,5\n"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new cache, made once."""
    path = tmp_path_factory.mktemp("empty") / "cache.db"
    with opened(path):
        return path


@pytest.fixture
def cache(empty: Path, tmp_path: Path) -> Iterator[Cache]:
    path = tmp_path / "cache.db"
    shutil.copy(empty, path)
    with closing(Cache.open(path, clock=StillClock(), ids=SeededIds(1), scratch=True)) as found:
        yield found


@pytest.fixture
def bench(cache: Cache, tmp_path: Path) -> ImportBench:
    folder = tmp_path / "exports"
    folder.mkdir()
    return ImportBench(ImportDesk(cache, "Ann"), tmp_path / "profiles", folder)


@asynccontextmanager
async def office(bench: ImportBench, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Driven]:
    async with driven(rows=5, size=size, imports=bench) as it:
        yield it


async def typed(it: Driven, words: str) -> None:
    await it.press(*words)


async def test_columns_are_corrected_previewed_imported_and_taken_back(
    bench: ImportBench, cache: Cache
) -> None:
    written(bench.folder / "invoices.csv", INVOICES)
    async with office(bench) as it:
        await it.press("I")
        assert it.screen_name == "ImportFilesScreen"
        assert "invoices.csv" in it.text
        await it.press("enter")
        assert it.screen_name == "MapperScreen"
        assert "Each row is of clients (a new shape" in it.text
        await it.press("w")
        await typed(it, "inv")
        await it.press("enter")
        assert "Each row is of invoices (a new shape" in it.text
        assert "▲ no column is its number: enter on its column" in it.text
        assert "1001 | 1002" in it.text
        await it.press("p")
        assert "Not yet: something about the columns is not certain yet." in it.toasts

        await it.press("g", "enter")
        await typed(it, "num")
        await it.press("enter")
        assert "▲" not in it.text
        await it.press("j", "j", "j", "x", "p")
        assert it.screen_name == "ImportPreviewScreen"
        assert "2 new and 0 changed invoices" in it.text
        assert not Held(cache).invoices

        await it.press("y")
        assert "Imported" in it.text
        held = Held(cache)
        assert {one.number: one.total for one in held.invoices.values()} == {
            "1001": 108_25,
            "1002": 54_00,
        }
        assert [one.memo for one in held.invoices.values()] == ["", ""]

        await it.press("escape")
        assert it.screen_name == "ImportsScreen"
        assert "invoices.csv  (invoices, columns of" in it.text
        await it.press("u", "y")
        assert "Taken back: 2 invoices, 2 clients." in it.toasts
        assert "taken back" in it.text
        assert not Held(cache).invoices


async def test_what_was_confirmed_once_is_known_the_next_time_and_can_be_corrected(
    bench: ImportBench, cache: Cache
) -> None:
    text = INVOICES.replace("Slip", "Number").replace("Note", "Gate")
    path = written(bench.folder / "invoices.csv", text)
    async with office(bench) as it:
        await it.press("I", "enter", "p", "y", "escape", "n", "enter")
        assert "by the kept columns invoices;" in it.text
        await it.press("p")
        assert "Nothing is new, nothing has changed." in it.text
        await it.press("escape", "g", "j", "j", "j", "enter")
        await typed(it, "mem")
        await it.press("enter", "p", "y")
        assert "0 new and 1 changed invoices" in it.text
    assert [one.profile for one in bench.look(str(path))] == ["invoices"]
    assert "gate 4" in {one.memo for one in Held(cache).invoices.values()}


async def test_several_tables_are_shown_one_by_one_and_findings_with_file_and_row(
    bench: ImportBench, cache: Cache
) -> None:
    written(bench.folder / "invoices.csv", INVOICES.replace("Slip", "Number"))
    written(bench.folder / "payments.csv", PAYMENTS)
    async with office(bench) as it:
        await it.press("I", "enter")
        assert "invoices.csv   table 1 of 2" in it.text
        await it.press("tab")
        assert "payments.csv   table 2 of 2" in it.text
        await it.press("p")
        assert "1 finding:" in it.text
        assert "payments.csv, row 3, column Invoice Number: there is no invoice 77" in it.text
        await it.press("y")
        assert len(Held(cache).payments) == 1


async def test_dates_and_amounts_that_could_be_two_things_are_asked_about(
    bench: ImportBench, cache: Cache
) -> None:
    text = "Number,Invoice Date,Customer,Total\n1001,03/04/2026,Ann,10.00\n"
    written(bench.folder / "invoices.csv", text)
    async with office(bench) as it:
        await it.press("I", "enter")
        assert "fit month-day-year as well as day-month-year: d says which" in it.text
        await it.press("d")
        assert "dates month-day-year" in it.text
        assert "d says which" not in it.text
        await it.press("d")
        assert "dates day-month-year" in it.text
        await it.press("c")
        await typed(it, "cad")
        await it.press("enter", "p", "y")
    (invoice,) = Held(cache).invoices.values()
    assert (invoice.issued_on.isoformat(), invoice.currency) == ("2026-04-03", "CAD")


async def test_the_name_of_a_file_is_completed_and_a_broken_one_is_named(
    bench: ImportBench,
) -> None:
    written(bench.folder / "invoices-october.csv", "\0\0\0")
    (bench.folder / "notes.pdf").write_text("not offered")
    (bench.folder / "older").mkdir()
    async with office(bench) as it:
        await it.press("I")
        assert "older/" in it.text
        assert "notes.pdf" not in it.text
        await typed(it, "inv")
        await it.press("tab", "enter")
        assert it.screen_name == "ErrorScreen"
        assert "The file invoices-october.csv cannot be read" in it.text
        await it.press("escape", "n")
        await typed(it, "older")
        await it.press("down", "enter", "enter")
        assert "it is a folder without any .csv" in it.text


class Slow(ImportBench):
    """Reads for ever."""

    async def preview(
        self, tables: Sequence[TableDraft], watch: Callable[[PullProgress], None]
    ) -> ImportResult:
        watch(PullProgress("reading invoices.csv", 20_000, None))
        await asyncio.Event().wait()
        raise AssertionError("it was stopped")


class SlowImport(ImportBench):
    """Imports when it is told to."""

    def __init__(self, desk: ImportDesk, profiles: Path, folder: Path) -> None:
        super().__init__(desk, profiles, folder)
        self.go = asyncio.Event()

    async def run(
        self, tables: Sequence[TableDraft], watch: Callable[[PullProgress], None]
    ) -> ImportResult:
        await self.go.wait()
        return await super().run(tables, watch)


async def test_an_import_that_is_stopped_says_so_and_can_be_done_again(
    bench: ImportBench, cache: Cache, tmp_path: Path
) -> None:
    written(bench.folder / "invoices.csv", INVOICES.replace("Slip", "Number"))
    slow = SlowImport(ImportDesk(cache, "Ann"), tmp_path / "profiles", bench.folder)
    async with office(slow) as it:
        await it.press("I", "enter", "p")
        it.desk.gate.clear()  # what works now is not waited for
        await it.press("y")
        await it.press("escape")
        assert "Not all of it was imported." in it.text
        assert "Nothing is changed yet" not in it.text
        it.desk.gate.set()
        slow.go.set()
        await it.press("y")
        assert "Imported" in it.text
        assert len(Held(cache).invoices) == 2


async def test_an_import_that_ends_under_a_message_shows_its_result_behind_it(
    bench: ImportBench, cache: Cache, tmp_path: Path
) -> None:
    written(bench.folder / "invoices.csv", INVOICES.replace("Slip", "Number"))
    slow = SlowImport(ImportDesk(cache, "Ann"), tmp_path / "profiles", bench.folder)
    async with office(slow) as it:
        await it.press("I", "enter", "p")
        it.desk.gate.clear()  # what works now is not waited for
        await it.press("y")
        it.app.push_screen(MessageScreen("Something else", ["It came in between."]))
        slow.go.set()
        await it.until(lambda: Held(cache).invoices)
        it.desk.gate.set()
        await it.settle()
        await it.press("escape")
        assert it.screen_name == "ImportPreviewScreen"
        assert "Imported" in it.text


async def test_hostile_names_headers_and_cells_do_nothing_on_the_way(
    bench: ImportBench, cache: Cache
) -> None:
    named = f"invoices {HOSTILE}.csv".replace("/", "")
    head = f"Number,Invoice Date,Customer,{HOSTILE},Total\n"
    rows = (f"1,11/13/2026,{HOSTILE},{HOSTILE},{total}\n" for total in ("5.00", "7.00"))
    written(bench.folder / named, head + "".join(rows))
    async with office(bench) as it:
        await it.press("I")
        assert "Acme" not in it.text
        for keys in (("enter",), ("g", "j", "j", "j", "f"), ("escape",), ("p",), ("y",)):
            await it.press(*keys)
            assert not set(it.text) & {"\x1b", "\x07", "\u202e", "\u200b"}
        assert it.screen_name == "ImportPreviewScreen"
        assert "1 finding:" in it.text
        assert "row 3, column Total" in it.text


async def test_reading_shows_how_far_it_is_and_can_be_stopped(
    bench: ImportBench, cache: Cache, tmp_path: Path
) -> None:
    written(bench.folder / "invoices.csv", INVOICES.replace("Slip", "Number"))
    slow = Slow(ImportDesk(cache, "Ann"), tmp_path / "profiles", bench.folder)
    async with office(slow) as it:
        await it.press("I", "enter")
        it.desk.gate.clear()  # what works now is not waited for
        await it.press("p")
        await it.until(lambda: "20,000 so far" in it.text)
        await it.press("escape")
        assert it.screen_name == "MapperScreen"
        assert "Stopped. Nothing was changed." in it.toasts


async def test_a_file_that_changed_since_its_columns_were_shown_is_not_taken(
    bench: ImportBench,
) -> None:
    path = written(bench.folder / "invoices.csv", INVOICES.replace("Slip", "Number"))
    async with office(bench) as it:
        await it.press("I", "enter")
        written(path, "x", NOVEMBER + timedelta(hours=1))
        await it.press("p")
        assert it.screen_name == "ErrorScreen"
        assert "it was changed" in it.text
        await it.press("escape")
        assert it.screen_name == "MapperScreen"


def test_what_an_undo_takes_back_is_the_last_import_that_changed_something() -> None:
    def row(number: int, state: str, new: int) -> ImportRow:
        counts = {"invoice": {"new": new, "changed": 0}} if new else {}
        return ImportRow(number, state, "Ann", NOVEMBER, None, (), counts, ())

    def undone(*log: ImportRow) -> int | None:
        found = last_to_undo(log)
        return found.id if found else None

    assert undone() is None
    assert undone(row(2, "DONE", 0), row(1, "DONE", 3)) == 1
    assert undone(row(2, "UNDONE", 4), row(1, "DONE", 3)) is None
    assert undone(row(3, "RUNNING", 0), row(2, "UNDONE", 4)) == 3


async def test_a_cache_for_reading_only_says_so() -> None:
    async with driven(rows=5) as it:
        await it.press("I")
        assert "for reading only" in it.toasts
