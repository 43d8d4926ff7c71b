"""The main job in a real terminal, with keys only, judged by QuickBooks' own ledger."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.system.terminal import Terminal
from tests.system.world import MARKED, World, doubles, mark_of, practice, standing


@pytest.fixture
def company(tmp_path: Path) -> Iterator[World]:
    with practice(tmp_path, "--invoices", "60") as world:
        yield world


def dashboard(world: World) -> Terminal:
    environ = {**world.environ(), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    command = [sys.executable, "-m", "docket_qbo", "--config", str(world.config)]
    return Terminal(command, environ)


def waiting_names(screen: str) -> int:
    found = re.search(r"(\d+) of \d+ names wait", screen)
    return int(found[1]) if found else -1


def pending(screen: str) -> int:
    found = re.search(r"Pending (\d+)", screen)
    return int(found[1]) if found else -1


def choose_likeliest(terminal: Terminal, offer: str) -> None:
    """Go down the waiting names to a near one that shows `offer`, and take its likeliest."""
    for _ in range(30):
        if offer in terminal.text and "Nearly the same: you decide." in terminal.text:
            break
        terminal.press_and_see("down")
    before = waiting_names(terminal.text)
    terminal.press_and_see("enter")
    terminal.press("enter")
    terminal.wait_for(lambda screen: 0 <= waiting_names(screen) < before)
    terminal.press("escape")


def post(terminal: Terminal, finished: str) -> str:
    terminal.wait_for(lambda screen: "Post " in screen and "esc  Cancel" in screen)
    terminal.press("P")
    return terminal.wait_for(finished)


def sync_all_pending(terminal: Terminal) -> str:
    terminal.press("2", "a")
    terminal.wait_for(" selected, ")
    terminal.press("b")
    return post(terminal, "difference $0.00")


def pay_an_open_invoice(world: World) -> dict[str, Any]:
    """Record a payment in Docket for an invoice that stands open in QuickBooks."""
    for held in standing(world.ledger()["Invoice"]):
        if mark_of(held) and held["Balance"] == held["TotalAmt"] > 0:
            answer = world.docket(action="pay", invoice=held["DocNumber"], method="Check")
            if any(row["record"].get("allocations") for row in answer["changed"]):
                return held
    raise AssertionError("no open invoice of ours")


def test_names_test_bulk_and_a_later_payment_by_keys_alone(company: World) -> None:
    assert company.inside("pull").code == 0
    with dashboard(company) as terminal:
        terminal.wait_for("duplicate customers")
        terminal.press("n")
        terminal.wait_for("names wait for you")
        choose_likeliest(terminal, "Create it as a new customer")
        terminal.press("escape")
        terminal.wait_for("First steps")
        terminal.press("n")
        terminal.wait_for("names wait for you")
        choose_likeliest(terminal, "Docket knows: DKT-")
        terminal.press("escape")
        terminal.wait_for("First steps")

        terminal.press("t")
        post(terminal, "Equal to the cent")
        terminal.press("escape")
        terminal.wait_for("First steps")
        sync_all_pending(terminal)
        terminal.press("escape")

        before = pending(terminal.wait_for("First steps"))
        paid = pay_an_open_invoice(company)
        terminal.press("r")
        terminal.wait_for(lambda screen: pending(screen) == before + 1)
        terminal.wait_for("First steps")
        assert "payment only" in sync_all_pending(terminal)
        terminal.press("escape")
        terminal.wait_for("First steps")
        terminal.press("q")
        assert terminal.wait_for_end() == 0

    ledger = company.ledger()
    assert not doubles(ledger)
    after = {row["Id"]: row for row in standing(ledger["Invoice"])}
    assert after[paid["Id"]]["Balance"] == 0
    assert after[paid["Id"]]["TotalAmt"] == paid["TotalAmt"]
    left = company.inside("preview", "--all", "--json").json()["invoices"]
    assert {row["outcome"] for row in left} <= {"needs_you", "skipped"}
    marks = [mark_of(row) for entity in MARKED for row in standing(ledger[entity])]
    journal = company.inside("journal", "--json", "--limit", "10000").json()
    assert {row["state"] for row in journal} == {"CONFIRMED"}
    assert len([mark for mark in marks if mark]) == len(
        [row for row in journal if row["entity"] in MARKED and row["attempts"]]
    )
