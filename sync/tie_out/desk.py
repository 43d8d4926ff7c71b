"""What both front ends ask of the tie-out: figures from the cache, one report, a month checked.

Everything but the report comes from the cache; the report is one metered call, made
only when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from connectors.qbo.faults import QboError
from core.clock import Clock, today
from core.errors import ConnectionTrouble, UsageTrouble
from core.jsonio import JsonObject
from store import audit
from store.cache import Cache
from store.company import load_company
from store.money_sums import load_money_sums
from store.month_checks import MonthCheck, add_month_check, checked_months, last_month_check
from store.tie_out import Facts, load_facts, load_last_paid, load_undeposited
from sync.deposits.desk import MoneyDesk
from sync.tie_out.chart import Chart, chart
from sync.tie_out.month import (
    Change,
    Item,
    changes_since,
    checklist,
    figures,
    month_period,
    month_records,
)
from sync.tie_out.receivables import (
    PaidButOpen,
    Receivables,
    Report,
    owing,
    paid_but_open,
    read_report,
    receivables,
)
from sync.tie_out.shapes import Cut, Period, TieOut
from sync.tie_out.tally import tie_out
from sync.trouble import connection_trouble
from sync.view import View

_NAME_LIMIT = 80


class Reports(Protocol):
    """QuickBooks' reports."""

    async def report(self, name: str, params: Mapping[str, str]) -> JsonObject:
        """One report as QuickBooks sends it."""
        ...


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """One month, with its checklist and what a person said of it."""

    month: str
    found: TieOut
    items: tuple[Item, ...]
    check: MonthCheck | None
    changes: tuple[Change, ...]
    """What changed after it was checked."""

    @property
    def ready(self) -> bool:
        """Whether nothing differs and nothing that must be done is left."""
        return self.found.ties and all(one.done for one in self.items if one.must)


class TieOutDesk:
    """The tie-out of one company.

    Args:
        cache: the company's cache, open.
        view: what is kept until somebody commits.
        reports: the way to QuickBooks' reports; None shows the cache only.
        clock: for "today" at the company.
        actor: who is logged in, for the audit.
        money: what is open as credit; the same as the deposits screen shows.
    """

    def __init__(
        self,
        cache: Cache,
        view: View,
        reports: Reports | None,
        clock: Clock,
        actor: str,
        money: MoneyDesk,
    ) -> None:
        self._cache = cache
        self._view = view
        self._reports = reports
        self._clock = clock
        self._actor = actor
        self._money = money

    def tie_out(self, period: Period, cut: Cut = Cut.MONTH) -> TieOut:
        """Compare both sides over a period."""
        return tie_out(self._facts(methods=cut is Cut.METHOD), period, cut)

    def whole(self, start: date | None = None, end: date | None = None) -> Period:
        """Return a period; where an end is not named, from the start date to the last record."""
        facts = self._facts()
        days = [one.day for one in facts.docket if one.day]
        days += [one.day for one in facts.quickbooks.values() if one.ours and one.day]
        first = str(start) if start else facts.start or min(days, default=self._today().isoformat())
        last = str(end) if end else max(days, default=first)
        if first > last and start and end:
            raise UsageTrouble(
                f"{first} is after {last}.",
                books="Nothing was compared.",
                fix="Name the earlier day with --from.",
            )
        return Period(first, max(first, last))

    def paid_but_open(self) -> tuple[PaidButOpen, ...]:
        """Return what is paid in Docket and open in QuickBooks, longest first."""
        facts = self._facts()
        ids = [one.docket.docket_id for one in owing(facts) if one.docket is not None]
        return paid_but_open(facts, load_last_paid(self._cache, ids), self._today())

    def chart(self) -> Chart:
        """Return money by month and what is open by age, from sums: no invoice is loaded."""
        day = self._today()
        return self._view.kept(f"chart of {day}", lambda: chart(load_money_sums(self._cache, day)))

    def receivables(self, report: Report | None = None) -> Receivables:
        """Return who owes what; three ways with a report, else two."""
        return receivables(self._facts(), report)

    async def ask_report(self) -> Report:
        """Ask QuickBooks what its customers owe: one metered call.

        Raises:
            ConnectionTrouble: it cannot be asked, or answers something else.
        """
        latest = max((one.day for one in self._facts().quickbooks.values()), default="")
        until = max(latest, self._today().isoformat())
        return await self._ask("AgedReceivables", until)

    async def ask_balances(self, day: date) -> Report:
        """Ask QuickBooks what each customer owed at the end of a day: one metered call.

        Raises:
            ConnectionTrouble: it cannot be asked, or answers something else.
        """
        return await self._ask("CustomerBalance", day.isoformat())

    async def _ask(self, name: str, until: str) -> Report:
        if self._reports is None:
            raise ConnectionTrouble(
                "QuickBooks is not connected, so its own report cannot be asked for.",
                books="Nothing was changed.",
                fix="Connect first, or leave the report out.",
            )
        try:
            raw = await self._reports.report(name, {"report_date": until, "end_date": until})
            return read_report(raw)
        except QboError as error:
            raise connection_trouble(error) from error
        except ValueError as error:
            raise ConnectionTrouble(
                "QuickBooks' report of what is owed could not be read.",
                books="Nothing was changed.",
                fix="Compare with the report in QuickBooks by hand, and report this.",
            ) from error

    def month(self, month: str) -> MonthEnd:
        """Return a month with its checklist, its check and what changed since.

        Raises:
            UsageTrouble: it is no month.
        """
        period, facts = month_period(month), self._facts()
        found = tie_out(facts, period)
        items = self._checklist(facts, period)
        with self._cache.read() as session:
            check = last_month_check(session, month)
        changes = (
            () if check is None else changes_since(check.records, month_records(facts, period))
        )
        return MonthEnd(month, found, items, check, changes)

    def checked_months(self) -> Mapping[str, tuple[str, str]]:
        """Return the day on which each checked month was checked, and by whom."""
        with self._cache.read() as session:
            found = checked_months(session)
        return {month: (at.date().isoformat(), name) for month, (at, name) in found.items()}

    def check_month(self, month: str, name: str) -> MonthEnd:
        """Keep that a person found a month right, with its figures and records.

        Raises:
            UsageTrouble: it is no month, or nobody signs.
            StoreTrouble: the cache is only shown, or nothing was refreshed yet.
        """
        signed = name.strip()[:_NAME_LIMIT]
        if not signed:
            raise UsageTrouble(
                "A check needs the name of the person who checked.",
                books="Nothing was kept.",
                fix="Say who, for example: --by Ann.",
            )
        ending = self.month(month)
        records = month_records(self._facts(), ending.found.period)
        with self._cache.write() as session:
            sums = figures(ending.found, ending.items)
            add_month_check(session, month, signed, self._actor, sums, records)
        return self.month(month)

    def audit_head(self) -> str:
        """Return the newest hash of the audit log."""
        with self._cache.read() as session:
            return audit.head(session)

    def _checklist(self, facts: Facts, period: Period) -> tuple[Item, ...]:
        credits_ = [(one.day.isoformat(), one.open) for one in self._money.unapplied()]
        undeposited = load_undeposited(self._cache, period.end)
        return checklist(facts, period, self.paid_but_open(), credits_, undeposited)

    def _facts(self, *, methods: bool = False) -> Facts:
        name = "facts with methods" if methods else "facts"
        return self._view.kept(name, lambda: load_facts(self._cache, methods=methods))

    def _today(self) -> date:
        with self._cache.read() as session:
            company = load_company(session)
        return today(self._clock, "UTC" if company is None else company.time_zone)
