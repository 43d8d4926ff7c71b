"""What these tests share: a cache with a still clock, files written in a line, an import."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from connectors.docket_files.choosing import Choice, Wishes, as_profile, choose, files_of, numbered
from connectors.docket_files.group import Sheet
from connectors.docket_files.profile import Profile
from core.ids import SeededIds
from core.records import Client, Credit, Invoice, Payment, Product, Refund
from store import load
from store.cache import Cache
from sync.imports.desk import ImportDesk, ImportResult
from sync.imports.known import CachedBooks
from tests.store.worlds import StillClock

T = TypeVar("T")
NOVEMBER = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def inline(work: Callable[[], T]) -> T:
    return work()


def quiet(progress: object) -> None:
    """Nobody watches."""


@contextmanager
def opened(path: Path) -> Iterator[Cache]:
    cache = Cache.open(path, clock=StillClock(), ids=SeededIds(1))
    try:
        yield cache
    finally:
        cache.close()


def written(path: Path, text: str, at: datetime = NOVEMBER, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return dated(path, at)


def dated(path: Path, at: datetime = NOVEMBER) -> Path:
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def chosen(
    paths: Sequence[Path], wishes: Wishes | None = None, profiles: Sequence[Profile] = ()
) -> list[Choice]:
    return choose(files_of(paths), profiles, wishes or Wishes())


def sheets(paths: Sequence[Path], wishes: Wishes | None = None) -> list[Sheet]:
    """Everything as it is proposed, confirmed without a look."""
    found = []
    for number, one in enumerate(chosen(paths, wishes)):
        assert not one.problems, one.problems
        found.append((one.table, as_profile(one, f"p{number}", "USD")))
    return numbered(found)


def desk(cache: Cache) -> ImportDesk:
    return ImportDesk(cache, "tester", inline)


def imported(cache: Cache, *paths: Path, wishes: Wishes | None = None) -> Awaitable[ImportResult]:
    return desk(cache).run(sheets(paths, wishes), quiet)


def changes(result: ImportResult) -> dict[str, tuple[int, int]]:
    return {
        kind: (one["new"], one["changed"])
        for kind, one in result.counts.items()
        if one["new"] or one["changed"]
    }


def sentences(result: ImportResult) -> list[str]:
    return [one.sentence() for one in result.findings]


class Held:
    """What a cache holds, by what people call it."""

    def __init__(self, cache: Cache) -> None:
        with cache.read() as session:
            self.clients: Mapping[str, Client] = load.load_clients(session)
            self.products: Mapping[str, Product] = load.load_products(session)
            self.invoices: Mapping[str, Invoice] = {
                key: one for key, (one, _) in load.load_invoices(session).items()
            }
            self.payments: Mapping[str, Payment] = load.load_payments(session)
            self.refunds: Mapping[str, Refund] = load.load_refunds(session)
            self.credits: Mapping[str, Credit] = load.load_credits(session)
        self.books = CachedBooks(cache)

    def invoice(self, number: str) -> Invoice:
        (found,) = (one for one in self.invoices.values() if one.number == number)
        return found

    def client(self, name: str) -> Client:
        (found,) = (one for one in self.clients.values() if one.customer_name == name)
        return found
