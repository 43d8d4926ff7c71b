"""What screens ask is answered from books that were loaded once, and never from old ones."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.ids import SeededIds
from store.books import Books
from store.cache import Cache
from store.load import load_books
from store.settings import put_setting
from store.states import InvoiceStatus
from sync import view
from sync.preflight import preflight
from tests.campaigns import big_books
from tests.store.worlds import StillClock


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cache]:
    monkeypatch.setattr(big_books, "CLIENTS", 10)
    monkeypatch.setattr(big_books, "PRODUCTS", 4)
    big_books.fill(tmp_path / "books.db", "new", 10)
    with closing(Cache.open(tmp_path / "books.db", clock=StillClock(), ids=SeededIds(1))) as cache:
        yield cache


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[Books]:
    """Every load of the books, in order."""
    loaded: list[Books] = []

    def load(*args: object, **kwargs: object) -> Books:
        loaded.append(load_books(*args, **kwargs))  # type: ignore[arg-type]  # handed through
        return loaded[-1]

    monkeypatch.setattr(view, "load_books", load)
    return loaded


def test_what_was_rechecked_is_what_is_shown_without_a_second_load(
    cache: Cache, loads: list[Books]
) -> None:
    with cache.write() as session:
        put_setting(session, "ask_new_customers", "yes")
    shown = view.View(cache)
    shown.recheck()
    checked = shown.checked()
    assert len(loads) == 1
    assert checked.invoices == preflight(shown.books(), shown.policy()).invoices
    assert _stored(cache) == {key: one.status for key, one in checked.invoices.items()}
    assert _stored(cache)["i9"] is InvoiceStatus.CONFLICTED, "its client would be new"


@pytest.mark.parametrize("own", [True, False])
def test_after_a_commit_of_anyone_the_books_are_loaded_again(
    cache: Cache, loads: list[Books], own: bool
) -> None:
    shown = view.View(cache)
    shown.recheck()
    assert not shown.policy().ask_new_customers
    with closing(Cache.open(cache.path, clock=StillClock(), ids=SeededIds(2))) as other:
        with (cache if own else other).write() as session:
            put_setting(session, "ask_new_customers", "yes")
        assert shown.policy().ask_new_customers
    assert len(loads) == 2


def test_what_somebody_commits_during_a_recheck_is_not_missed(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = closing(Cache.open(cache.path, clock=StillClock(), ids=SeededIds(2)))

    def load(*args: object, **kwargs: object) -> Books:
        monkeypatch.undo()
        loaded = load_books(*args, **kwargs)  # type: ignore[arg-type]  # handed through
        with other as elsewhere, elsewhere.write() as session:
            put_setting(session, "ask_new_customers", "yes")
        return loaded

    monkeypatch.setattr(view, "load_books", load)
    shown = view.View(cache)
    shown.recheck()
    assert shown.policy().ask_new_customers


def _stored(cache: Cache) -> dict[str, InvoiceStatus]:
    return {key: file.status for key, file in load_books(cache).invoices.items()}
