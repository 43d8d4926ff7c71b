"""sync.db.example: whole, of the newest schema, and untouched by whoever looks at it."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.clock import SystemClock
from core.ids import SystemIds
from store import sqlite
from store.audit import verify
from store.cache import Cache
from store.states import InvoiceStatus, PostingState
from sync.shapes import ConflictKind
from tests.campaigns import example
from tests.system.inside import Finished, run_inside
from tests.system.terminal import Terminal

EXAMPLE = Path(__file__).resolve().parents[2] / "sync.db.example"
READ_ONLY = "This cache is shown read-only."
ONCE_FOR_ALL = {ConflictKind.SUBSCRIPTION}
"""While it holds nothing is pending, so the example has it in its history only."""


def column(statement: str, path: Path = EXAMPLE) -> set[str]:
    connection = sqlite.connect(path, read_only=True)
    try:
        return {str(row[0]) for row in connection.execute(statement)}
    finally:
        connection.close()


def everything(folder: Path) -> dict[str, str]:
    """Each file of a folder with the hash of its bytes."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    """The example, alone in a folder of its own."""
    folder = tmp_path / "shown"
    folder.mkdir()
    return Path(shutil.copy(EXAMPLE, folder))


def environ(tmp_path: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "DOCKET_QBO_HOME": str(tmp_path / "home")}


Run = Callable[..., Finished]


@pytest.fixture
def run(tmp_path: Path, shown: Path) -> Run:
    return lambda *words: run_inside(environ(tmp_path), "--db", str(shown), *words)


def look_and_try(tmp_path: Path, shown: Path, keys: Callable[[Terminal], None]) -> None:
    command = [sys.executable, "-m", "docket_qbo", "--db", str(shown)]
    with Terminal(command, {**environ(tmp_path), "TERM": "xterm-256color"}) as terminal:
        terminal.wait_for("duplicate customers")
        keys(terminal)
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def refused(terminal: Terminal, *keys: str) -> None:
    """Press keys that would write; the sentence comes, and one goes back."""
    for key in keys[:-1]:
        terminal.press_and_see(key)
    terminal.press(keys[-1])
    terminal.wait_for(READ_ONLY)
    terminal.press("escape")
    terminal.wait_for(lambda screen: READ_ONLY not in screen)


def go_down_to(terminal: Terminal, words: str) -> None:
    """Move the cursor until the line below or beside the list says this."""
    for _ in range(60):
        if any(line.lstrip().startswith(words) for line in described(terminal.text)):
            return
        terminal.press_and_see("down")
    raise AssertionError(f"no {words!r}:\n{terminal.text}")


def described(screen: str) -> list[str]:
    """What is said of the line under the cursor: below the list, or in the right half."""
    lines = screen.splitlines()
    return [*lines[-20:], *(line[61:] for line in lines)]


def test_it_fits_the_newest_schema(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.db"
    Cache.open(fresh, clock=SystemClock(), ids=SystemIds()).close()
    for statement in (
        "SELECT type || name || coalesce(sql, '') FROM sqlite_master",
        "SELECT version_num FROM alembic_version",
    ):
        assert column(statement) == column(statement, fresh)


def test_it_holds_every_status_and_every_kind_of_conflict() -> None:
    assert column("SELECT status FROM invoice") == set(InvoiceStatus)
    assert column("SELECT kind FROM conflict") == set(ConflictKind)
    standing = column("SELECT kind FROM conflict WHERE closed_at IS NULL")
    assert standing == set(ConflictKind) - ONCE_FOR_ALL


def test_it_has_a_history() -> None:
    states = column("SELECT state FROM posting WHERE attempts > 0")
    kept = {
        PostingState.CONFIRMED,
        PostingState.REJECTED,
        PostingState.HOLD,
        PostingState.UNKNOWN,
    }
    assert states == kept
    assert column("SELECT kind || ' ' || state FROM run") == {
        "test finished",
        "bulk finished",
        "bulk stopped",
    }
    assert column("SELECT max(attempts) FROM posting WHERE state = 'CONFIRMED'") == {"2"}
    assert column("SELECT ended_at IS NULL FROM choice") == {"0", "1"}
    cache = Cache.open(EXAMPLE, clock=SystemClock(), ids=SystemIds(), read_only=True)
    try:
        with cache.read() as session:
            assert verify(session)
    finally:
        cache.close()


def test_it_holds_no_secret_and_no_path_of_a_machine() -> None:
    held = EXAMPLE.read_bytes()
    assert len(held) < 1_500_000
    for word in (b"sandbox-secret", b"sandbox-docket-key", b"Bearer", b"/tmp", b"/home", b"/root"):
        assert word not in held


def test_it_can_be_made_again(tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    example.make(again)
    for statement in (
        "SELECT docket_id || status || reason_code FROM invoice",
        "SELECT request_id || state || attempts FROM posting",
        "SELECT kind || invoice_docket_id || (closed_at IS NULL) FROM conflict",
    ):
        assert column(statement, again) == column(statement)


def test_the_command_line_shows_it_and_says_what_it_cannot_do(run: Run, shown: Path) -> None:
    before = everything(shown.parent)
    status = run("status", "--json")
    assert status.code == 3  # two writes are being checked
    counts = status.json()["invoices"]
    assert all(counts[state]["count"] for state in InvoiceStatus)
    preview = run("preview", "--all", "--json")
    assert preview.code == 1
    assert {row["outcome"] for row in preview.json()["invoices"]} >= {"posted", "needs_you"}
    assert run("names", "--waiting").code == 1
    assert run("journal").code == 0
    asking = (("pull",), ("sync", "--all", "--yes"), ("sync", "--resume", "--yes"))
    for words in asking:
        done = run(*words)
        assert done.code == 2
        assert "No company is connected" in done.err
    for change in (("unsync", "24002"), ("settings", "tax", "quickbooks")):
        done = run(*change)
        assert done.code == 1
        assert READ_ONLY in done.err
    assert everything(shown.parent) == before


def test_the_dashboard_shows_it_and_keys_that_write_say_so(tmp_path: Path, shown: Path) -> None:
    def keys(terminal: Terminal) -> None:
        assert "read-only" in terminal.text
        terminal.press("t")
        terminal.wait_for("Post 1 invoice")
        refused(terminal, "P")
        terminal.press("2", "a", "b")
        terminal.wait_for("Post ")
        refused(terminal, "P")
        terminal.press("1")
        for asked in ("x", "U"):
            terminal.press(asked)
            terminal.wait_for("y  ")
            refused(terminal, "y")
        refused(terminal, "r")
        refused(terminal, "R")
        assert "R goes on" in terminal.wait_for("A sync was stopped in the middle")
        terminal.press("n")
        terminal.wait_for("names wait for you")
        refused(terminal, "u")
        go_down_to(terminal, "Nearly the same: you decide.")
        refused(terminal, "enter", "enter")
        terminal.press_and_see("escape")
        terminal.press("escape")
        terminal.wait_for("First steps")
        terminal.press("c")
        terminal.wait_for("solved by")
        terminal.press_and_see("down")
        refused(terminal, "enter", "enter", "y")
        terminal.press_and_see("escape")
        terminal.press("escape")
        terminal.wait_for("First steps")
        terminal.press("J")
        terminal.wait_for("Sync log")
        go_down_to(terminal, "The books are closed for this date.")
        refused(terminal, "e")
        terminal.press("escape")

    before = everything(shown.parent)
    look_and_try(tmp_path, shown, keys)
    assert everything(shown.parent) == before
