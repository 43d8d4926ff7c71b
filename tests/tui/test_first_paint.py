"""What is loaded before the first picture: looked at in a process of its own."""

from __future__ import annotations

import subprocess
import sys

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
rooms = ("tui.", "sync.", "store.", "core.")
print("\\n".join(sorted(name for name in loaded if name.startswith(rooms))))
"""


def _loaded() -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_nothing_slow_is_loaded_before_the_first_picture() -> None:
    loaded = _loaded()
    assert loaded & set(SLOW) == set()
    assert "connectors" not in loaded
    assert "sandbox" not in loaded
    screens = {name for name in loaded if name.startswith("tui.screens.")}
    assert screens == {"tui.screens.base", "tui.screens.finding", "tui.screens.main"}
    assert (
        loaded & {"sync.shapes", "sync.desk", "core.records", "store.books", "store.cache"} == set()
    )
