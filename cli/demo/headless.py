"""The demo without a terminal: the same way, in plain lines, judged by QuickBooks' ledger.

It starts from fresh books each time and ends with 0 only if QuickBooks then holds
exactly what the plans said.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import httpx

from cli.demo.servers import PracticeFolder, practice_servers
from cli.output import put
from cli.plans import put_compared, put_plan, put_result
from core.errors import Exit
from core.jsonio import loads
from core.money import Cents, exact_cents, format_cents, plain_cents
from core.paths import find_paths
from store.books import Choice
from store.listing import Filter
from store.states import InvoiceStatus
from sync.shapes import CountAndMoney, NameState, Outcome, Plan, RunResult

if TYPE_CHECKING:
    from cli.session import Session


def run_through(args: argparse.Namespace) -> Exit:
    """Run the whole demo and return 0 if QuickBooks holds what was planned."""
    folder = PracticeFolder(find_paths(os.environ).practice / "headless")
    folder.clear()
    with practice_servers(folder, invoices=args.invoices, seed=args.seed) as servers:
        args.config, args.db = folder.config, None
        return asyncio.run(_run_through(args, servers))


async def _run_through(args: argparse.Namespace, servers: Mapping[str, Any]) -> Exit:
    from cli.session import open_session

    async with open_session(args) as session:
        return await _Demo(session, servers).run()


class _Demo:
    """One run-through; `held` says whether every claim was borne out."""

    def __init__(self, session: Session, servers: Mapping[str, Any]) -> None:
        self.session = session
        self.desk = session.desk
        self.listing = session.listing
        self.servers = servers
        self.held = True
        self.expected: dict[str, Cents] = {}

    async def run(self) -> Exit:
        await self._refresh()
        self._check_names()
        if not await self._test_one():
            return Exit.LEFT
        await self._sync_the_rest()
        await self._later_payment()
        self._judge()
        return Exit.DONE if self.held else Exit.LEFT

    async def _refresh(self) -> None:
        result = await self.desk.pull()
        tabs = self.listing.tabs()
        total = sum(row.count for row in tabs.values())
        put(f"{result.company}: {total} invoices in Docket")
        for status, row in tabs.items():
            put(f"  {row.count:>5}  {status:<11} {format_cents(row.amount):>14}")
        estimate = self.desk.estimate()
        put(
            "If you had pressed Sync in Docket: "
            f"{estimate.duplicate_customers} duplicate customers, {estimate.generic_lines} lines "
            f"({format_cents(estimate.generic_amount)}) into a generic {estimate.generic_item}, "
            f"{estimate.invoices_twice} invoices twice, "
            f"{format_cents(estimate.paid_but_open)} paid but shown open. Here: 0."
        )

    def _check_names(self) -> None:
        """Choose the likeliest candidate for one customer and one product, as a person would."""
        put("1 check the names")
        waiting = [row for row in self.desk.names() if row.waiting]
        put(f"  {len(waiting)} names wait for a choice")
        for kind, entity in (("client", "Customer"), ("product", "Item")):
            row = next(
                (
                    row
                    for row in waiting
                    if row.match.kind == kind
                    and row.match.state is NameState.NEARLY
                    and any(candidate.usable for candidate in row.match.candidates)
                ),
                None,
            )
            if row is None:
                continue
            best = next(candidate for candidate in row.match.candidates if candidate.usable)
            touched = self.desk.choose(Choice(kind, row.match.key, "use", entity, best.qbo_id))
            put(f"  {kind} {row.match.name} is {best.name} in QuickBooks: {touched} invoices")

    async def _test_one(self) -> bool:
        put("2 test one")
        proposed = self.desk.propose_test()
        if proposed is None:
            put("  no invoice fits a test")
            return False
        plan = self.desk.preview([proposed])
        put_plan(plan, self._company(), self.desk.first_needed(plan), each=True)
        result = await self.desk.test_sync(plan)
        for posting in result.postings:
            put_compared(posting)
        self._expect(plan, result)
        self._hold(result.agreed, "the test sync agrees to the cent")
        return result.agreed

    async def _sync_the_rest(self) -> None:
        put("3 sync the rest")
        pending = self.listing.ids(Filter(status=InvoiceStatus.PENDING))
        plan = self.desk.preview(pending)
        put_plan(plan, self._company(), self.desk.first_needed(plan))
        result = await self.desk.bulk_sync(plan)
        put_result(result)
        self._expect(plan, result)
        self._hold(result.finished, "the bulk sync ran to its end")
        self._hold(_told(result.totals) == _told(plan.totals), "it did exactly what the plan said")
        self._hold(result.proof.difference == 0, "Docket and QuickBooks agree")

    async def _later_payment(self) -> None:
        put("4 a payment that arrives later")
        paid = self._pay_an_open_invoice()
        if paid is None:
            put("  no open invoice to pay")
            return
        await self.desk.pull()
        plan = self.desk.preview([paid])
        put_plan(plan, self._company(), self.desk.first_needed(plan), each=True)
        result = await self.desk.bulk_sync(plan)
        put_result(result)
        alone = result.totals.get(Outcome.PAYMENT_ONLY, CountAndMoney()).count
        self._hold(alone == 1, "the payment was posted alone")

    def _pay_an_open_invoice(self) -> str | None:
        """Let a client of the practice company pay, as Docket's users would record it."""
        file = next(
            (
                file
                for file in self.session.books().invoices.values()
                if file.status is InvoiceStatus.SYNCED and not file.payments
            ),
            None,
        )
        if file is None or file.invoice.total <= 0:
            return None
        invoice = file.invoice
        answer = httpx.post(
            f"{self.servers['docket_url']}/sandbox/docket",
            json={
                "action": "pay",
                "invoice": invoice.id,
                "amount": plain_cents(invoice.total),
                "method": "Check",
            },
        )
        answer.raise_for_status()
        put(f"  invoice {invoice.number}: {format_cents(invoice.total)} by check")
        return invoice.id

    def _expect(self, plan: Plan, result: RunResult) -> None:
        """Remember what the plan said of every invoice that was posted or linked."""
        done = {
            row.docket_id
            for row in result.invoices
            if row.outcome in {Outcome.POSTED, Outcome.LINKED, Outcome.UPDATED}
        }
        for invoice in plan.invoices:
            if invoice.docket_id in done:
                self.expected[invoice.number] = invoice.total

    def _judge(self) -> None:
        """Compare with the practice company's own ledger, not with our cache."""
        put("5 what QuickBooks holds")
        ledger = loads(
            httpx.get(
                f"{self.servers['qbo_url']}/sandbox/ledger",
                params={"realm": self.servers["realm_id"]},
            ).content
        )
        held: dict[str, list[Cents]] = {}
        for invoice in ledger["Invoice"]:
            if not invoice.get("status"):
                held.setdefault(invoice.get("DocNumber", ""), []).append(
                    exact_cents(invoice["TotalAmt"])
                )
        twice = [number for number in self.expected if len(held.get(number, [])) > 1]
        lost = [number for number in self.expected if number not in held]
        wrong = [
            number
            for number, total in self.expected.items()
            if number in held and held[number] != [total] and number not in twice
        ]
        total = sum(self.expected.values())
        put(f"  {len(self.expected)} invoices, {format_cents(total)}")
        put(f"  {len(twice)} twice, {len(lost)} lost, {len(wrong)} with another total")
        self._hold(not (twice or lost or wrong), "QuickBooks holds exactly what the plan said")

    def _company(self) -> str:
        return f"{self.desk.banner().company} (PRACTICE COMPANY)"

    def _hold(self, claim: bool, words: str) -> None:
        self.held = self.held and claim
        put(f"  {'✓' if claim else '✗ NOT SO:'} {words}")


def _told(totals: Mapping[Outcome, CountAndMoney]) -> dict[Outcome, CountAndMoney]:
    """The totals that hold something."""
    return {outcome: total for outcome, total in totals.items() if total.count}
