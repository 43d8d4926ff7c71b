from __future__ import annotations

from collections import Counter

import pytest
from textual.screen import Screen

from tui.app import DocketQboApp
from tui.keys import ACTIONS, LONGEST_FOOTER, actions, footer
from tui.screens.columns import ColumnsScreen
from tui.screens.companies import CompaniesScreen
from tui.screens.comparison import ComparisonScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.conflicts import ConflictsScreen
from tui.screens.connect import ConnectScreen
from tui.screens.deposits import DepositsScreen
from tui.screens.detail import DetailScreen
from tui.screens.filters import KeptFiltersScreen
from tui.screens.import_files import ImportFilesScreen
from tui.screens.import_preview import ImportPreviewScreen
from tui.screens.imports import ImportsScreen
from tui.screens.main import MainScreen
from tui.screens.mapper import MapperScreen
from tui.screens.month import MonthScreen
from tui.screens.names import NamesScreen
from tui.screens.posting import PostingScreen
from tui.screens.preview import PreviewScreen
from tui.screens.progress import ProgressScreen
from tui.screens.proof import ProofScreen
from tui.screens.result import ResultScreen
from tui.screens.sync_log import SyncLogScreen
from tui.screens.undo import UndoScreen
from tui.widgets.invoice_table import InvoiceTable
from tui.widgets.line_list import LineList

SCREENS: dict[str, tuple[type, tuple[str, ...]]] = {
    "main": (MainScreen, ("main", "table", "list", "app")),
    "detail": (DetailScreen, ("detail", "write", "side", "app")),
    "names": (NamesScreen, ("names", "list", "side", "app")),
    "conflicts": (ConflictsScreen, ("conflicts", "list", "side", "app")),
    "preview": (PreviewScreen, ("preview", "list", "side", "app")),
    "test_result": (ComparisonScreen, ("test_result", "side", "app")),
    "progress": (ProgressScreen, ("progress", "side", "app")),
    "result": (ResultScreen, ("result", "list", "side", "app")),
    "log": (SyncLogScreen, ("log", "line", "write", "list", "side", "app")),
    "line": (PostingScreen, ("line", "write", "side", "app")),
    "proof": (ProofScreen, ("proof", "list", "side", "app")),
    "deposits": (DepositsScreen, ("deposits", "list", "side", "app")),
    "month": (MonthScreen, ("month", "list", "side", "app")),
    "imports": (ImportsScreen, ("imports", "list", "side", "app")),
    "files": (ImportFilesScreen, ("files", "side", "app")),
    "mapper": (MapperScreen, ("mapper", "list", "side", "app")),
    "import_preview": (ImportPreviewScreen, ("import_preview", "list", "side", "app")),
    "companies": (CompaniesScreen, ("companies", "list", "side", "app")),
    "connect": (ConnectScreen, ("connect", "list", "side", "app")),
    "confirm": (ConfirmScreen, ("confirm", "listed", "side", "app")),
    "kept_filters": (KeptFiltersScreen, ("kept_filters", "list", "side", "app")),
    "columns": (ColumnsScreen, ("columns", "list", "side", "app")),
    "undo": (UndoScreen, ("undo", "confirm", "side", "app")),
}
HOMES: dict[str, type] = {
    "app": DocketQboApp,
    "list": LineList,
    "table": InvoiceTable,
    "side": DetailScreen,
    "write": DetailScreen,
    "listed": ConfirmScreen,
    **{name: home for name, (home, _) in SCREENS.items()},
}


def test_ids_are_unique() -> None:
    assert max(Counter(action.id for action in ACTIONS).values()) == 1


@pytest.mark.parametrize("name", SCREENS)
def test_no_two_actions_of_a_screen_share_a_key(name: str) -> None:
    keyed = (action for action in actions(*SCREENS[name][1]) if action.keys)
    keys = [key for action in keyed for key in action.keys.split(",")]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


@pytest.mark.parametrize("name", SCREENS)
def test_the_footer_of_a_screen_fits_eighty_columns(name: str) -> None:
    places = (place for place in SCREENS[name][1] if place not in ("list", "table"))
    shown = footer(*places)
    assert len(shown) <= LONGEST_FOOTER
    assert sum(len(action.shown_key) + len(action.words) + 3 for action in shown) <= 80


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_code_behind_it(action) -> None:  # type: ignore[no-untyped-def]
    home = HOMES[action.where]
    assert callable(getattr(home, f"action_{action.run.split('(')[0]}"))


def test_every_screen_that_has_actions_is_known_here() -> None:
    assert {action.where for action in ACTIONS} == set(HOMES)


def test_what_confirms_a_write_is_not_what_asked_for_it() -> None:
    asked = {key for action in ACTIONS if action.where == "main" for key in action.keys.split(",")}
    confirming = [action for action in ACTIONS if action.id == "preview.post"]
    assert not asked & {key for action in confirming for key in action.keys.split(",")}
    assert all("enter" not in action.keys for action in confirming)
    assert issubclass(PreviewScreen, Screen)
