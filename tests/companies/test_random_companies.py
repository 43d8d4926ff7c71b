"""Companies that Hypothesis makes up tie out to the cent, or differ by what is shown.

`make companies` plays 2,000 of them, and longer ones.
"""

from __future__ import annotations

import pytest

from sync import preflight
from sync.desk import Desk
from tests.campaigns.companies import run_part
from tests.companies.judge import judge
from tests.companies.life import Life, live, sync
from tests.companies.steps import Bill, Item, Office, Sync

COMPANIES = 30
BILL = Bill(client=0, lines=(Item(product=1, quantity="1.23456", price="385.00"),))
NEEDS_A_PRODUCT = Bill(client=0, lines=(Item(product=3, quantity="1", price=""),))


def test_every_random_company_ties_out_or_shows_each_difference() -> None:
    told, failed = run_part(number=1, count=COMPANIES, most=5)
    assert not failed, failed
    assert told["companies"] >= COMPANIES
    for happening in ("invoices synced", "crashes", "edits in Docket", "edits in QuickBooks"):
        assert told[happening]


def test_the_judge_sees_what_the_program_does_not_show() -> None:
    seen: list[list[str]] = []

    async def judged(life: Life, desk: Desk) -> None:
        if await sync(life, desk):
            await sync(life, desk)
        seen.append(judge(life, desk))

    async def play(life: Life) -> None:
        for step in (BILL, BILL, Sync()):
            await step.play(life)
        await life.start(judged)
        await Office("other amount", 0).play(life)  # and nobody refreshes
        await life.start(judged)
        first = life.standing("Invoice")[0]
        copy = {key: first[key] for key in ("CustomerRef", "PrivateNote")}
        life.office(create={"entity": "Invoice", "body": {**copy, "Line": SALE}})
        await life.start(judged)

    live(play, seed=1)
    well, changed, copied = seen
    assert well == []
    assert any("the tie-out says" in one for one in changed)
    assert any("shows as synced with" in one for one in changed)
    assert any("stands in QuickBooks 2 times" in one for one in copied)


def test_the_judge_wants_each_difference_named_by_what_is_about_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[list[str]] = []

    async def judged(life: Life, desk: Desk) -> None:
        await desk.pull()
        await sync(life, desk)
        seen.append(judge(life, desk))

    async def play(life: Life) -> None:
        for step in (BILL, Sync(), Office("receive a payment", 0), NEEDS_A_PRODUCT):
            await step.play(life)
        await life.start(judged)
        monkeypatch.setattr(Desk, "conflicts", lambda desk: [])
        monkeypatch.setattr(preflight, "_paid_by_others", lambda ground, document: 0)
        await life.start(judged)

    live(play, seed=1)
    named, hidden = seen
    assert named == []
    assert any("nothing names missing invoice" in one for one in hidden)
    assert any("open in Docket, paid in QuickBooks" in one for one in hidden)
    assert any("is in no list" in one for one in hidden)


SALE = [
    {
        "Amount": "1.00",
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {"ItemRef": {"value": "1"}},
    }
]
