"""Who owes what, three ways, and what is paid in Docket but open in QuickBooks; pure.

The three ways are Docket's open balances, the balances of QuickBooks' transactions as
the cache has them, and QuickBooks' own AgedReceivables report. What this tool did not
make is set apart in the second, so that the first and the rest of it can be equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from core.jsonio import JsonObject
from core.money import Cents, exact_cents
from store.states import InvoiceStatus
from store.tie_out import Facts
from sync.shapes import CountAndMoney
from sync.tie_out.pairs import Pair, Places, docket_amounts, pairs, qbo_amounts


@dataclass(frozen=True, slots=True)
class Report:
    """QuickBooks' AgedReceivables: what each customer owes, by Id, and all."""

    total: Cents
    customers: Mapping[str, Cents]


@dataclass(frozen=True, slots=True)
class Gap:
    """A customer for whom the report says something else than the transactions."""

    name: str
    balances: Cents
    report: Cents


@dataclass(frozen=True, slots=True)
class Receivables:
    """Accounts receivable, three ways; today, whatever the period of the tie-out."""

    docket: CountAndMoney
    """Open in Docket."""
    not_there: CountAndMoney
    """Of that, what is not in QuickBooks: pending, needs you, left out."""
    quickbooks: CountAndMoney
    """Open balances of the invoices that are linked to Docket's."""
    unapplied: CountAndMoney
    """Payments and credit memos of ours that are not applied yet."""
    others: CountAndMoney
    """Open invoices less open credits, not by this tool."""
    report: Cents | None
    """None while QuickBooks was not asked."""
    gaps: tuple[Gap, ...]

    @property
    def expected(self) -> Cents:
        """What QuickBooks' invoices should still be owed, by Docket."""
        return self.docket.amount - self.not_there.amount

    @property
    def difference(self) -> Cents:
        """Docket less QuickBooks."""
        return self.expected - self.quickbooks.amount

    @property
    def balances(self) -> Cents:
        """What QuickBooks' transactions come to."""
        return self.quickbooks.amount - self.unapplied.amount + self.others.amount

    @property
    def ties(self) -> bool:
        """Whether the three ways agree, as far as they were asked."""
        return not self.difference and (self.report is None or self.report == self.balances)


@dataclass(frozen=True, slots=True)
class PaidButOpen:
    """An invoice that Docket counts as paid, more than QuickBooks does."""

    docket_id: str
    number: str
    client: str
    issued_on: str
    amount: Cents
    """How much more is open in QuickBooks than in Docket."""
    paid_on: str
    """The day of the newest payment in Docket; empty if a credit paid it."""
    days: int
    """Since that day, or since the invoice was issued."""


def receivables(facts: Facts, report: Report | None = None) -> Receivables:
    """Return what is owed, three ways."""
    sums = {name: [0, 0] for name in ("docket", "not_there", "quickbooks", "unapplied", "others")}
    by_customer: dict[str, Cents] = {}

    def add(name: str, amount: Cents) -> None:
        if amount:
            sums[name][0] += 1
            sums[name][1] += amount

    for pair in pairs(facts):
        held = pair.quickbooks
        if pair.docket is not None and pair.record == "invoice":
            still_open = docket_amounts(pair).open
            add("docket", still_open)
            if held is None or held.removed:
                add("not_there", still_open)
        if held is None or held.removed or not held.open:
            continue
        owed = held.open if held.entity == "Invoice" else -held.open
        by_customer[held.customer_id] = by_customer.get(held.customer_id, 0) + owed
        if held.entity == "Invoice" and pair.docket is not None:
            add("quickbooks", owed)
        elif held.entity != "Invoice" and (pair.docket is not None or held.ours):
            add("unapplied", -owed)
        else:
            add("others", owed)
    gaps = () if report is None else tuple(_gaps(facts, by_customer, report))
    whole = {name: CountAndMoney(*values) for name, values in sums.items()}
    return Receivables(**whole, report=None if report is None else report.total, gaps=gaps)


def _gaps(facts: Facts, balances: Mapping[str, Cents], report: Report) -> Iterator[Gap]:
    for customer in sorted({*balances, *report.customers}):
        ours, theirs = balances.get(customer, 0), report.customers.get(customer, 0)
        if ours != theirs:
            yield Gap(facts.customers.get(customer, customer), ours, theirs)


def read_report(raw: JsonObject) -> Report:
    """Read an AgedReceivables report.

    Raises:
        ValueError: it is not in the form in which QuickBooks sends one.
    """
    try:
        titles = [str(column["ColTitle"]) for column in raw["Columns"]["Column"]]
        place = titles.index("Total") if "Total" in titles else len(titles) - 1
        customers: dict[str, Cents] = {}
        total = 0
        for row, whole in _rows(raw.get("Rows") or {}):
            amount = exact_cents(row[place]["value"] or "0")
            if whole:
                total = amount
            elif row[0].get("id"):
                key = str(row[0]["id"])
                customers[key] = customers.get(key, 0) + amount
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError("not a report as QuickBooks sends it") from error
    return Report(total, customers)


def _rows(rows: JsonObject) -> Iterator[tuple[list[JsonObject], bool]]:
    """Yield the cells of every line with data, and of the grand total."""
    for row in rows.get("Row") or []:
        if row.get("group") == "GrandTotal":
            yield row["Summary"]["ColData"], True
        elif "ColData" in row:
            yield row["ColData"], False
        else:
            yield from _rows(row.get("Rows") or {})


def paid_but_open(
    facts: Facts, last_paid: Mapping[str, str], today: date
) -> tuple[PaidButOpen, ...]:
    """Return the invoices whose payments are missing in QuickBooks, longest first.

    Args:
        facts: both sides.
        last_paid: the day of the newest payment on each of these invoices (`owing`).
        today: at the company.
    """
    places = Places(facts)
    found = []
    for pair in owing(facts):
        one = pair.docket
        assert one is not None
        paid_on = last_paid.get(one.docket_id, "")
        since = date.fromisoformat(paid_on or one.day)
        amount = qbo_amounts(pair).open - docket_amounts(pair).open
        found.append(
            PaidButOpen(
                one.docket_id,
                one.number,
                places.name(pair),
                one.day,
                amount,
                paid_on,
                max((today - since).days, 0),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.days, one.number)))


def owing(facts: Facts) -> list[Pair]:
    """Return the invoices of which more is open in QuickBooks than in Docket, totals being equal.

    One that a person left out is no longer looked for.
    """
    found = []
    for pair in pairs(facts):
        if pair.docket is None or pair.quickbooks is None or pair.record != "invoice":
            continue
        ours, theirs = docket_amounts(pair), qbo_amounts(pair)
        both = ours.records and theirs.records
        left_out = pair.docket.status == InvoiceStatus.EXCLUDED
        if both and theirs.open > ours.open and ours.amount == theirs.amount and not left_out:
            found.append(pair)
    return found
