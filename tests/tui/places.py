"""Every screen, and how one gets to it from the main screen: the table that tests walk.

Who adds a screen adds a line here; a test counts the classes. Pictures, hostile names,
words and actions are then tried on it without more ado.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from textual.command import CommandPalette
from textual.screen import Screen

from core.errors import Trouble
from store.listing import Filter, Sort
from sync.shapes import FieldChange
from tests.tui.conftest import Driven, driven
from tests.tui.fake_connections import FakeConnections, company_line
from tests.tui.fake_imports import FakeImports
from tui.screens.chart import ChartScreen
from tui.screens.columns import ColumnsScreen
from tui.screens.companies import CompaniesScreen
from tui.screens.comparison import ComparisonScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.conflicts import ConflictsScreen
from tui.screens.connect import ConnectScreen
from tui.screens.deposits import DepositsScreen
from tui.screens.detail import DetailScreen
from tui.screens.documents import DocumentsScreen
from tui.screens.error import ErrorScreen
from tui.screens.filters import FilterScreen, KeptFiltersScreen
from tui.screens.help import HelpScreen
from tui.screens.hold import HoldScreen
from tui.screens.import_files import ImportFilesScreen
from tui.screens.import_preview import ImportPreviewScreen
from tui.screens.import_work import ImportWorkScreen
from tui.screens.imports import ImportsScreen
from tui.screens.main import MainScreen
from tui.screens.mapper import MapperScreen
from tui.screens.marked import MarkedScreen
from tui.screens.message import MessageScreen
from tui.screens.month import MonthScreen
from tui.screens.month_check import MonthCheckScreen
from tui.screens.names import NamesScreen
from tui.screens.opening import OpeningScreen
from tui.screens.pick import PickScreen
from tui.screens.posting import PostingScreen
from tui.screens.preview import PreviewScreen
from tui.screens.progress import ProgressScreen
from tui.screens.proof import ProofScreen
from tui.screens.refreshing import RefreshingScreen
from tui.screens.result import ResultScreen
from tui.screens.rule import RuleScreen
from tui.screens.search import SearchScreen
from tui.screens.settings import AnswerScreen, SettingsScreen
from tui.screens.sign_off import SignOffScreen
from tui.screens.start_date import StartDateScreen
from tui.screens.sync_log import SyncLogScreen
from tui.screens.undo import UndoScreen
from tui.widgets.guide_card import GuideCard

CHANGED = (
    FieldChange("memo", "Gate code 4711", "Gate code 9000", "Gate code 4711"),
    FieldChange("line 2", "", "Delivery Fee 30.00 (2 x 15)", ""),
    FieldChange("payment amount", "412.50", "400.00", "412.50"),
    FieldChange("payment date", "2026-10-05", "2026-10-05", "2026-10-06"),
)
TROUBLE = Trouble(
    "Docket did not answer.",
    books="Nothing was sent to QuickBooks.",
    fix="Press r in a minute; if it stays, look whether Docket opens in the browser.",
)


@dataclass(frozen=True)
class Place:
    """One screen in one state, with the keys from the main screen to it.

    A key that begins with a colon is an action that has no key of its own. `before` sets
    up what stands behind the screen, `comes` is what a timer brings.
    """

    name: str
    screen: type[Screen[Any]]
    keys: Sequence[str] = ()
    before: Callable[[Driven], None] = lambda it: None
    comes: str = ""


def _held(it: Driven) -> None:
    it.desk.gate.clear()


def _troubled(it: Driven) -> None:
    it.desk.trouble = TROUBLE


def _untestable(it: Driven) -> None:
    it.desk.proposed = None


def _changed(it: Driven) -> None:
    it.desk.changed = CHANGED


def _kept(it: Driven) -> None:
    big, paid = Filter(least=100_000), Filter(paid=True, client="Kestrel")
    it.app.views.keep(it.app.views.now.with_filter("big ones", big).with_filter("paid", paid))


PLACES: tuple[Place, ...] = (
    Place("main", MainScreen),
    Place("main_marked", MainScreen, ("space", "space", "y")),
    Place("detail", DetailScreen, ("enter",)),
    Place("detail_changed", DetailScreen, ("enter",), _changed),
    Place("names", NamesScreen, ("n",)),
    Place("conflicts", ConflictsScreen, ("c",)),
    Place("conflict", ConflictsScreen, ("c", "enter")),
    Place("test_preview", PreviewScreen, ("t",)),
    Place("preview", PreviewScreen, ("a", "b")),
    Place("test_result", ComparisonScreen, ("t", "P")),
    Place("progress", ProgressScreen, ("a", "b", "P"), _held, " of 400 writes"),
    Place("result", ResultScreen, ("a", "b", "P")),
    Place("log", SyncLogScreen, ("J", "j")),
    Place("posting", PostingScreen, ("J", "j", "j", "enter")),
    Place("proof", ProofScreen, ("M",)),
    Place("chart", ChartScreen, ("dollar_sign",)),
    Place("month", MonthScreen, ("M", "j", "enter")),
    Place("deposits", DepositsScreen, ("d",)),
    Place("opening", OpeningScreen, ("K",)),
    Place("settings", SettingsScreen, ("s",)),
    Place("companies", CompaniesScreen, ("W",)),
    Place("connect", ConnectScreen, ("A",)),
    Place("imports", ImportsScreen, ("I",)),
    Place("mapper", MapperScreen, ("I", "n", "enter")),
    Place("import_preview", ImportPreviewScreen, ("I", "n", "enter", "p")),
    # dialogs
    Place("confirm", ConfirmScreen, ("space", "space", "x")),
    Place("marked", MarkedScreen, ("space", "space", "x", "l")),
    Place("message", MessageScreen, ("t",), _untestable),
    Place("error", ErrorScreen, ("t",), _troubled),
    Place("help", HelpScreen, ("question_mark",)),
    Place("help_of_log", HelpScreen, ("J", "question_mark")),
    Place("documents", DocumentsScreen, ("a", "b", "enter")),
    Place("refreshing", RefreshingScreen, ("r",), _held, "120 of 240"),
    Place("filter", FilterScreen, ("f",)),
    Place("kept_filters", KeptFiltersScreen, ("F",), _kept),
    Place("columns", ColumnsScreen, ("w",)),
    Place("search", SearchScreen, ("c", "enter", "G", "enter")),
    Place("rule", RuleScreen, ("n", "3", "p")),
    Place("sign_off", SignOffScreen, ("c", "G", "enter", "G", "enter")),
    Place("undo", UndoScreen, ("a", "b", "P", ":void_run")),
    Place("hold", HoldScreen, ("J", "j", "H")),
    Place("month_check", MonthCheckScreen, ("M", "j", "enter", "C")),
    Place("start_date", StartDateScreen, ("B",)),
    Place("answer", AnswerScreen, ("s", "enter")),
    Place("files", ImportFilesScreen, ("I", "n")),
    Place("pick", PickScreen, ("I", "n", "enter", "f")),
    Place("import_work", ImportWorkScreen, ("I", "n", "enter", "p"), _held, "20,000 so far"),
)
PALETTE = Place("palette", CommandPalette, ("ctrl+p",), comes="Test one")
"""Textual's own screen: it is not pictured, but what it shows is ours."""


@asynccontextmanager
async def office(
    size: tuple[int, int] = (80, 24),
    *,
    client: str = "",
    live: bool = False,
    through: Callable[[Any], Any] = lambda asked: asked,
    ascii_only: bool = False,
) -> AsyncIterator[Driven]:
    """A company that has all that screens can show."""
    imports = FakeImports()
    lines = [
        company_line("", current=True),
        company_line("second"),
        company_line("new", connected=False),
    ]
    async with driven(
        size=size,
        client=client,
        live=live,
        tested=True,
        imports=imports,
        connections=FakeConnections(lines=lines),
        through=through,
        ascii_only=ascii_only,
    ) as it:
        imports.gate = it.desk.gate
        yield it


async def arrive(it: Driven, place: Place) -> None:
    """Go from the main screen to a place."""
    place.before(it)
    for key in place.keys:
        if key.startswith(":"):
            await it.app.screen.run_action(key[1:])
            await it.settle()
        else:
            await it.press(key)
    if place.comes:
        await it.until(lambda: place.comes in it.text)
    assert it.app.is_running, place.name
    assert type(it.app.screen) is place.screen, place.name


async def leave(it: Driven) -> None:
    """Back to the main screen, with all as it was before."""
    it.desk.gate.set()
    it.desk.trouble, it.desk.proposed, it.desk.changed = None, "inv0", ()
    await it.settle()
    await it.home()
    main = it.app.main_screen
    it.app.runs.result = it.app.runs.unfinished = None
    it.app.selection.clear()
    it.app.clear_notifications()
    main.query_one(GuideCard).display = False
    main.tabs.pick(0)
    main.show(Filter(), Sort("issued_on", descending=True))
    main.table.focus()
    await it.settle()
