"""What another answer to a question about sending would change, before it is kept. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from store.books import Books
from store.states import InvoiceStatus
from sync.policy import Policy, check_setting
from sync.preflight import preflight
from sync.shapes import Preflight


def effect(books: Books, now: Preflight, key: str, value: str) -> tuple[str, ...]:
    """Return in sentences what changes with a setting.

    Args:
        books: as they are.
        now: their check, under the settings as they are.
        key: of the setting.
        value: that it would get.

    Raises:
        UsageTrouble: there is no such setting, or it cannot have this value.
    """
    check_setting(key, value)
    settings = {**books.settings, key: value}
    before, policy = Policy.from_settings(books.settings), Policy.from_settings(settings)
    if policy == before:
        return ("That is the answer already.",)
    then = preflight(replace(books, settings=settings), policy)
    return tuple(_sentences(now, then, new_test=policy.digest() != before.digest()))


def _sentences(now: Preflight, then: Preflight, *, new_test: bool) -> Iterator[str]:
    waiting = {InvoiceStatus.CONFLICTED}
    freed = _moved(now, then, waiting)
    held = _moved(then, now, waiting)
    if freed:
        yield f"{_counted(freed)} would no longer wait for you."
    if held:
        yield f"{_counted(held)} more would wait for you."
    if not freed and not held:
        yield "No invoice waits for more or for less by it."
    yield "What is in QuickBooks already stays as it is."
    if new_test:
        yield "Bulk sync asks for a new test, because invoices are sent in another way."


def _moved(out_of: Preflight, into: Preflight, states: set[InvoiceStatus]) -> int:
    """How many invoices have one of these states in the first check and not in the second."""
    return sum(
        check.status in states and into.invoices[key].status not in states
        for key, check in out_of.invoices.items()
    )


def _counted(count: int) -> str:
    return "1 invoice" if count == 1 else f"{count:,} invoices"
