"""What is loaded before the first picture: looked at in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

SLOW = (
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "httpx",
    "alembic",
    "rapidfuzz",
    "starlette",
    "keyring",
    "cryptography",
)

PROGRAM = """
import asyncio, sys
from pathlib import Path
import cli.main, cli.dashboard
from core.errors import Trouble
from store import sqlite
from store.listing import CountAndSum
from tui.app import DocketQboApp

class Nothing:
    def page(self, *_): return []
    def count(self, *_): return CountAndSum(0, 0)
    def known(self, *_): return CountAndSum(0, 0)
    def ids(self, *_): return []
    def tabs(self): return {}
    def choices_waiting(self): return 0
    def sums(self, *_): return CountAndSum(0, 0)
    def position(self, *_): return None
    def data_version(self): return 1

loaded = []

def open_backstage():
    loaded.extend(sys.modules)
    raise Trouble("no books", books="none", fix="none")

async def main():
    app = DocketQboApp(Nothing(), open_backstage)
    async with app.run_test() as pilot:
        while not loaded:
            await pilot.pause(0.01)

asyncio.run(main())
print("\\n".join(sorted({name.split(".")[0] for name in loaded})))
rooms = ("cli.", "tui.", "sync.", "store.", "core.")
print("\\n".join(sorted(name for name in loaded if name.startswith(rooms))))
"""


@cache
def _loaded() -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


OURS = {
    "cli": "companies dashboard main places secrets views_file",
    "core": "clock config errors formats logs money passphrase paths plain private_file redaction"
    " secrets text",
    "store": "list_plan list_trail listing search_index sqlite states",
    "sync": "banner control posting_words",
    "tui": "app keymap keys manner palette routes runs screens selection theme troubles views"
    " widgets words",
    "tui.screens": "base finding main",
    "tui.widgets": "banner cells columns filter_line guide_card invoice_table key_bar line_list"
    " paged_list run_strip sheet status_line status_tabs too_small",
}
"""What the first picture pays for; whatever else can wait until after it."""


def test_nothing_slow_is_loaded_before_the_first_picture() -> None:
    loaded = _loaded()
    assert loaded & set(SLOW) == set()
    assert "connectors" not in loaded
    assert "sandbox" not in loaded


def test_of_ours_only_what_the_first_picture_needs_is_loaded_before_it() -> None:
    allowed = {f"{room}.{name}" for room, names in OURS.items() for name in names.split()}
    rooms = tuple(f"{room}." for room in OURS)
    assert {name for name in _loaded() if name.startswith(rooms)} - allowed == set()
