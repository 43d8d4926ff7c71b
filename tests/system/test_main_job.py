"""The main job in a real terminal, with keys only, judged by QuickBooks' own ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.system.terminal import Terminal
from tests.system.world import World, doubles, practice, standing


@pytest.fixture
def company(tmp_path: Path) -> Iterator[World]:
    with practice(tmp_path, "--invoices", "60") as world:
        yield world


def dashboard(world: World) -> Terminal:
    environ = {**world.environ(), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    command = [sys.executable, "-m", "docket_qbo", "--config", str(world.config)]
    return Terminal(command, environ)


def test_names_test_bulk_conflicts_and_a_later_payment_by_keys_alone(company: World) -> None:
    assert company.run("pull").code == 0
    with dashboard(company) as terminal:
        terminal.wait_for("If you had pressed Sync in Docket")
        terminal.press("n")
        terminal.wait_for("Names on both sides")
