"""The books that the bench measures on are what it says they are, here in small."""

from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from core.ids import SeededIds
from store.cache import Cache
from store.load import load_books
from store.tie_out import load_facts
from sync.plan import make_plan
from sync.policy import Policy
from sync.preflight import preflight
from sync.shapes import Outcome
from sync.tie_out.shapes import Cut
from sync.tie_out.tally import tie_out
from tests.campaigns import bench_books, big_books
from tests.store.worlds import StillClock

INVOICES = 40
"""Two of each of 20 clients; seven of ten are paid."""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(big_books, "CLIENTS", 20)
    monkeypatch.setattr(big_books, "PRODUCTS", 8)


def _opened(path: Path, kind: str, clock: StillClock) -> closing[Cache]:
    big_books.fill(path, kind, INVOICES)
    return closing(Cache.open(path, clock=clock, ids=SeededIds(1)))


def test_posted_books_are_synced_and_tie_in_every_cut(cache_file: Path, clock: StillClock) -> None:
    with _opened(cache_file, "posted", clock) as cache:
        facts = load_facts(cache, methods=True)
        books = load_books(cache)
    assert {str(file.status) for file in books.invoices.values()} == {"synced"}
    for cut in Cut:
        found = tie_out(facts, bench_books.EVER, cut)
        assert found.ties
        assert not found.differences


def test_new_books_have_every_kind_of_name_and_are_planned(
    cache_file: Path, clock: StillClock
) -> None:
    with _opened(cache_file, "new", clock) as cache:
        books = load_books(cache)
    policy = Policy.from_settings(books.settings)
    checked = preflight(books, policy)
    assert Counter(str(one.state) for one in checked.clients.values()) == {
        "same": 16,
        "nearly": 2,
        "missing": 2,
    }
    plan = make_plan(books, policy, checked, list(books.invoices))
    assert plan.totals[Outcome.POSTED].count == 36
    assert plan.totals[Outcome.NEEDS_YOU].count == 4
    assert plan.payments.count == 28
    assert not any("rounded" in note for one in plan.invoices for note in one.notes)


@pytest.mark.parametrize("kind", ["new", "posted"])
def test_the_bench_measures_them(
    kind: str, cache_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    big_books.fill(cache_file, kind, INVOICES)
    bench_books.measure_checks(cache_file)
    said = capsys.readouterr().out
    if kind == "posted":
        bench_books.measure(cache_file)
        said += capsys.readouterr().out
    for what in ("load:", "preflight:", "plan of all:", "re-checked"):
        assert what in said
    assert ("tie-out:" in said) == (kind == "posted")
