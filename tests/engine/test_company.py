"""The desk over the real practice company, on loopback."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
import pytest_asyncio

from connectors.qbo.client import QboClient
from connectors.qbo.faults import Fault, QboRefused
from connectors.qbo.shapes import Answer
from core.clock import SystemClock
from core.errors import ConnectionTrouble, LockedTrouble, StoreTrouble, Trouble
from core.ids import SeededIds
from store.books import Choice
from store.cache import Cache
from store.load import load_books
from store.states import InvoiceStatus
from sync.desk import Desk
from sync.ports import QboPort
from sync.shapes import Outcome, PlanChanged, RunProgress, RunResult
from tests.engine.company import SETTINGS, Practice, practice


@pytest_asyncio.fixture
async def company(tmp_path: Path) -> AsyncIterator[Practice]:
    async with practice(tmp_path) as here:
        await here.desk.pull()
        yield here


async def _test(company: Practice) -> RunResult:
    proposed = company.desk.propose_test()
    assert proposed is not None
    return await company.desk.test_sync(company.desk.preview([proposed]))


async def _bulk(company: Practice) -> RunResult:
    return await company.desk.bulk_sync(company.desk.preview(company.pending()))


async def _agrees(company: Practice) -> None:
    """One standing invoice in QuickBooks for every synced one, equal to the cent; no doubles."""
    ledger = await company.ledger()
    standing = [one for one in ledger["Invoice"] if one.get("status") is None]
    by_number = Counter(one.get("DocNumber") for one in standing)
    assert max(by_number.values()) == 1
    by_id = {one["Id"]: one for one in standing}
    books = load_books(company.cache)
    synced = [file for file in books.invoices.values() if file.status == InvoiceStatus.SYNCED]
    assert synced
    for file in synced:
        held = by_id[books.links["invoice", file.invoice.id].qbo_id]
        assert Decimal(str(held["TotalAmt"])) * 100 == file.invoice.total
    references = Counter(
        (one["CustomerRef"]["value"], one.get("PaymentRefNum"), str(one["TotalAmt"]))
        for one in ledger["Payment"]
        if one.get("PaymentRefNum") and one.get("status") is None
    )
    assert max(references.values()) == 1


async def test_a_test_sync_reads_back_what_it_posted_and_opens_bulk(company: Practice) -> None:
    assert not company.desk.lock().open
    result = await _test(company)
    assert result.finished
    assert result.agreed
    assert result.totals[Outcome.POSTED].count == 1
    invoice = next(one for one in result.postings if one.kind == "invoice")
    assert {"total", "customer", "invoice no."} <= {row.field for row in invoice.compared}
    assert all(row.equal for one in result.postings for row in one.compared)
    assert company.desk.lock().open
    assert company.desk.result(result.run_id) == result
    await _agrees(company)


async def test_bulk_is_locked_until_a_test_and_again_when_the_way_of_sending_changes(
    company: Practice,
) -> None:
    plan = company.desk.preview(company.pending())
    with pytest.raises(LockedTrouble):
        await company.desk.bulk_sync(plan)
    await _test(company)
    assert company.desk.lock().open
    company.desk.set_setting("refunds", "refund_receipt")
    lock = company.desk.lock()
    assert not lock.open
    assert "changed" in lock.words
    company.desk.set_setting("refunds", "credit_memo")
    assert company.desk.lock().open


async def test_a_whole_company_is_posted_once_and_agrees_to_the_cent(company: Practice) -> None:
    await _test(company)
    plan = company.desk.preview(company.pending())
    seen: list[RunProgress] = []
    result = await company.desk.bulk_sync(plan, seen.append)
    assert result.finished
    assert result.agreed
    assert result.proof.difference == 0
    assert result.totals == plan.totals
    assert result.metered_reads <= plan.metered_reads + 2
    assert seen[-1].writes_done == seen[-1].writes_total
    for progress in seen:
        assert sum(sums.count for sums in progress.totals.values()) == len(plan.invoices)
    assert company.desk.unfinished() is None
    assert company.desk.unclear() == 0
    await _agrees(company)
    again = company.desk.preview(company.pending())
    assert sum(len(one.postings) for one in again.invoices) == 0


async def test_a_payment_that_arrives_later_posts_alone(company: Practice) -> None:
    await _test(company)
    await _bulk(company)
    books = load_books(company.cache)
    unpaid = next(
        file.invoice
        for file in books.invoices.values()
        if file.status == InvoiceStatus.SYNCED and not file.payments and not file.refunds
    )
    await company.edit_docket(
        action="pay", invoice=unpaid.id, method="Check", reference="later-5571"
    )
    await company.desk.pull()
    assert unpaid.id in company.pending()
    result = await company.desk.bulk_sync(company.desk.preview([unpaid.id]))
    assert result.totals[Outcome.PAYMENT_ONLY].count == 1
    assert result.proof.docket == result.proof.quickbooks == unpaid.total
    ledger = await company.ledger()
    held = next(one for one in ledger["Invoice"] if one.get("DocNumber") == unpaid.number)
    assert held["Balance"] == 0
    await _agrees(company)


async def test_unsync_changes_nothing_in_quickbooks_and_the_next_sync_links_again(
    company: Practice,
) -> None:
    result = await _test(company)
    docket_id = result.invoices[0].docket_id
    before = await company.ledger()
    assert company.desk.unsync_invoices([docket_id]) >= 1
    assert await company.ledger() == before
    assert docket_id in company.pending()
    again = await company.desk.bulk_sync(company.desk.preview([docket_id]))
    assert again.totals[Outcome.LINKED].count == 1
    assert await company.ledger() == before
    await _agrees(company)


async def test_a_client_unsynced_is_linked_again_with_all_its_invoices(company: Practice) -> None:
    await _test(company)
    await _bulk(company)
    books = load_books(company.cache)
    client = next(key for kind, key in books.links if kind == "client")
    before = await company.ledger()
    company.desk.unsync_client(client)
    pending = company.pending()
    result = await company.desk.bulk_sync(company.desk.preview(pending))
    assert result.finished
    assert await company.ledger() == before


async def test_voiding_the_test_takes_it_back_and_it_can_be_posted_again(
    company: Practice,
) -> None:
    result = await _test(company)
    docket_id = result.invoices[0].docket_id
    preview = company.desk.void_preview(result.run_id)
    assert "invoice" in preview[-1]
    voided = await company.desk.void_test(result.run_id)
    assert voided.finished
    ledger = await company.ledger()
    number = result.invoices[0].number
    [held] = [one for one in ledger["Invoice"] if one.get("DocNumber") == number]
    assert held["TotalAmt"] == 0
    assert docket_id in company.pending()
    again = await company.desk.test_sync(company.desk.preview([docket_id]))
    assert again.totals[Outcome.POSTED].count == 1, again
    ledger = await company.ledger()
    held = [
        one
        for one in ledger["Invoice"]
        if one.get("DocNumber") == number and one.get("status") is None
    ]
    assert len(held) == 1


async def test_a_test_that_somebody_touched_is_not_voided(company: Practice) -> None:
    result = await _test(company)
    invoice = next(one for one in result.postings if one.kind == "invoice")
    held = await company.qbo.read("Invoice", invoice.qbo_id)
    body = (
        f'{{"Id":"{held["Id"]}","SyncToken":"{held["SyncToken"]}","sparse":true,'
        '"CustomerMemo":{"value":"thank you"}}'
    )
    await company.qbo.update("Invoice", body.encode(), "by-hand-1")
    with pytest.raises(Trouble, match="changed"):
        await company.desk.void_test(result.run_id)


async def test_what_was_confirmed_is_what_is_sent(company: Practice) -> None:
    await _test(company)
    pending = company.pending()
    plan = company.desk.preview(pending)
    company.desk.exclude(pending[:1], "not this one")
    with pytest.raises(PlanChanged) as changed:
        await company.desk.bulk_sync(plan)
    assert changed.value.plan.digest != plan.digest


@pytest.mark.parametrize("writes", [1, 7, 15])
async def test_a_run_cut_short_is_finished_by_the_next_start(
    company: Practice, writes: int
) -> None:
    await _test(company)
    plan = company.desk.preview(company.pending())
    reached = asyncio.Event()

    def watch(progress: RunProgress) -> None:
        if progress.writes_done >= writes:
            reached.set()

    work = asyncio.ensure_future(company.desk.bulk_sync(plan, watch))
    await reached.wait()
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)

    desk = company.another_desk()
    left = desk.unfinished()
    assert left is not None
    result = await desk.resume()
    assert result.finished
    assert result.agreed
    assert result.totals == plan.totals
    assert desk.unfinished() is None
    await _agrees(company)


async def test_a_cache_of_another_practice_company_is_not_mixed_up(
    company: Practice, tmp_path: Path
) -> None:
    await company.http.post(f"{company.handle.qbo_url}/sandbox/reset")
    with pytest.raises(ConnectionTrouble, match="started over"):
        await company.desk.pull()


async def test_a_second_pull_brings_only_what_changed(company: Practice) -> None:
    again = await company.desk.pull()
    assert not again.first
    assert sum(again.docket.values()) == 0
    assert sum(again.quickbooks.values()) == 0


async def test_a_pull_that_is_cut_short_goes_on_where_it_was(tmp_path: Path) -> None:
    async with practice(tmp_path) as here:
        for steps in (1, 3, 6, 9):
            seen: list[Any] = []

            def watch(progress: Any, limit: int = steps, seen: list[Any] = seen) -> None:
                seen.append(progress)
                if len(seen) > limit:
                    raise asyncio.CancelledError

            with pytest.raises(asyncio.CancelledError):
                await here.desk.pull(watch)
        await here.desk.pull()
        whole = load_books(here.cache)
    async with practice(tmp_path / "other") as there:
        await there.desk.pull()
        other = load_books(there.cache)
    assert whole.invoices.keys() == other.invoices.keys()
    assert whole.documents.keys() == other.documents.keys()
    assert len(whole.names) == len(other.names)


async def test_a_cache_shown_read_only_can_be_read_and_not_written(company: Practice) -> None:
    company.cache.close()
    cache = Cache.open(company.path, clock=SystemClock(), ids=SeededIds(5), read_only=True)
    desk = Desk(
        cache,
        docket=None,
        qbo=None,
        clock=SystemClock(),
        ids=SeededIds(5),
        actor="reader",
        settings=SETTINGS,
    )
    try:
        assert desk.banner().read_only
        assert desk.names()
        assert desk.conflicts()
        assert desk.estimate().duplicate_customers >= 0
        pending = company.pending()
        assert desk.preview(pending).writes
        with pytest.raises(StoreTrouble, match="read-only"):
            desk.exclude(pending[:1], "no")
        with pytest.raises(StoreTrouble, match="read-only"):
            await desk.bulk_sync(desk.preview(pending))
        with pytest.raises(StoreTrouble, match="read-only"):
            await desk.pull()
    finally:
        cache.close()


async def test_a_choice_frees_all_that_wait_for_it_and_can_be_taken_back(
    company: Practice,
) -> None:
    row = next(
        one
        for one in company.desk.names()
        if one.waiting and one.match.candidates and one.match.candidates[0].usable
    )
    candidate = row.match.candidates[0]
    before = company.counts()
    touched = company.desk.choose(
        Choice(row.match.kind, row.match.key, "use", candidate.entity, candidate.qbo_id)
    )
    assert touched >= 1
    assert company.counts() != before
    words = company.desk.take_back()
    assert words
    assert words.startswith("Took back")
    assert company.counts() == before
    assert company.desk.take_back() is None


class _Refusing:
    """The real company, but it refuses the next invoice."""

    def __init__(self, qbo: QboClient) -> None:
        self._qbo = qbo
        self.refuse = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._qbo, name)

    async def create(self, entity: str, body: bytes, request_id: str, **more: Any) -> Answer:
        if entity == "Invoice" and self.refuse:
            fault = Fault("6210", "Account Period Closed", "The account period has closed")
            raise QboRefused([fault], 400, "tid-7")
        return await self._qbo.create(entity, body, request_id, **more)


async def test_a_refused_invoice_says_why_and_goes_again_when_it_is_mended(
    company: Practice,
) -> None:
    qbo = _Refusing(company.qbo)
    desk = company.another_desk(cast(QboPort, qbo))
    proposed = desk.propose_test()
    assert proposed is not None
    result = await desk.test_sync(desk.preview([proposed]))
    assert result.totals[Outcome.NEEDS_YOU].count == 1
    assert not desk.lock().open
    refused = next(one for one in result.postings if one.state == "REJECTED")
    assert "closed" in refused.reason.lower()
    assert proposed not in company.pending()
    alike = ("retry_alike",)
    ways = [way for group in desk.conflicts() for way in group.ways_out if way.action in alike]
    assert len(ways) == 1

    qbo.refuse = False
    assert desk.retry_alike(ways[0].name) == 1
    assert proposed in company.pending()
    again = await desk.test_sync(desk.preview([proposed]))
    assert again.totals[Outcome.POSTED].count == 1
    assert desk.lock().open
    assert desk.retry_alike(ways[0].name) == 0
    await _agrees(company)
