"""The money: payments, refunds, credits, and which of them QuickBooks already has.

About seven invoices in ten are paid in full. The rest are open, paid in part, or
have a bank transfer under way. Some checks pay several invoices at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sandbox.docket import amounts
from sandbox.docket.amounts import Record, cents, money
from sandbox.rolloff.dice import Dice
from sandbox.rolloff.documents import Job
from sandbox.rolloff.schedule import stamp

_SETTLED_KINDS = frozenset(
    (
        "closed",
        "in_qbo_paid",
        "in_qbo_open",
        "unsynced",
        "refunded",
        "refunded_part",
        "prepaid",
        "goodwill",
        "overpaid",
        "overage_after_sync",
    )
)
_UNPAID_KINDS = frozenset(
    (
        "in_qbo_unpaid",
        "zero",
        "negative",
        "foreign",
        "voided",
        "ach_pending",
        "returned",
        "payment_voided",
    )
)


@dataclass
class Receipts:
    """What was received and given back."""

    payments: list[Record] = field(default_factory=list)
    refunds: list[Record] = field(default_factory=list)
    credits: list[Record] = field(default_factory=list)
    paid_by: dict[str, list[Record]] = field(default_factory=dict)
    """The payments of each invoice, by its id."""


def receipts(seed: int, jobs: Sequence[Job], today: date) -> Receipts:
    """All money for `jobs`."""
    return _Till(Dice(seed, "receipts"), today).take(jobs)


class _Till:
    """Takes the money, invoice by invoice."""

    def __init__(self, dice: Dice, today: date) -> None:
        self._dice = dice
        self._today = today
        self._made = Receipts()
        self._waiting: dict[str, list[Job]] = {}
        """Invoices of a client that one later check pays together."""

    def take(self, jobs: Sequence[Job]) -> Receipts:
        for job in jobs:
            self._settle(job)
        for waiting in self._waiting.values():
            self._pay_together(waiting)
        return self._made

    def _settle(self, job: Job) -> None:
        total = cents(job.record["total"])
        if job.kind in _SETTLED_KINDS:
            self._settle_kind(job, total)
        elif job.kind in _UNPAID_KINDS:
            self._leave_open(job, total)
        elif total > 0:
            self._by_chance(job, total)

    def _settle_kind(self, job: Job, total: int) -> None:
        if job.kind == "overage_after_sync":
            self._pay([(job, cents(job.sent["total"]))])
        elif job.kind == "overpaid":
            self._pay([(job, total)], extra=self._dice.between(1000, 9000))
        elif job.kind == "prepaid":
            self._credit(job, "prepayment", total + self._dice.pick((0, 15000)), total)
        elif job.kind == "goodwill":
            gift = min(total, self._dice.pick((2500, 4500)))
            self._credit(job, "memo", gift, gift)
            if total > gift:
                self._pay([(job, total - gift)])
        else:
            self._pay([(job, total)])
            if job.kind in ("refunded", "refunded_part"):
                self._refund(job)

    def _leave_open(self, job: Job, total: int) -> None:
        if job.kind in ("ach_pending", "returned"):
            status = "pending" if job.kind == "ach_pending" else "returned"
            self._pay([(job, total)], method="ACH", status=status)
        elif job.kind == "payment_voided":
            payment = self._pay([(job, total)])
            payment["voided_at"] = payment["updated_at"]

    def _by_chance(self, job: Job, total: int) -> None:
        fate = self._dice.weighted(
            (("paid", 64), ("open", 18), ("part", 5), ("twice", 4), ("together", 10))
        )
        if fate == "together" or job.party.id in self._waiting:
            waiting = self._waiting.setdefault(job.party.id, [])
            waiting.append(job)
            if len(waiting) == 3:
                self._pay_together(self._waiting.pop(job.party.id))
        elif fate == "paid":
            self._pay([(job, total)])
        elif fate == "part":
            self._pay([(job, max(total * self._dice.between(2, 8) // 10, 1))])
        elif fate == "twice" and total > 1:
            first = total * self._dice.between(3, 7) // 10
            self._pay([(job, first)])
            self._pay([(job, total - first)])

    def _pay_together(self, waiting: Sequence[Job]) -> None:
        parts = [(job, cents(job.record["total"])) for job in waiting]
        self._pay(parts, method="Check")

    def _pay(
        self,
        parts: Sequence[tuple[Job, int]],
        *,
        extra: int = 0,
        method: str | None = None,
        status: str = "settled",
    ) -> Record:
        method = method or self._dice.weighted(
            (("Credit Card", 5), ("Check", 3), ("ACH", 2), ("Cash", 1))
        )
        number = len(self._made.payments) + 1
        day = self._day_after(max(job.issued_on for job, _ in parts), status)
        payment = {
            "id": f"pay-{number:06d}",
            "number": f"P-{5000 + number}",
            "client_id": parts[0][0].party.id,
            "method": method,
            "reference": self._reference(method, number),
            "received_on": day.isoformat(),
            "amount": money(sum(amount for _, amount in parts) + extra),
            "allocations": [
                {"invoice_id": job.record["id"], "amount": money(amount)} for job, amount in parts
            ],
            "status": status,
            "updated_at": stamp(day, 300 + number % 300),
            "voided_at": None,
        }
        self._made.payments.append(payment)
        for job, _ in parts:
            self._made.paid_by.setdefault(job.record["id"], []).append(payment)
        return payment

    def _day_after(self, issued: date, status: str) -> date:
        """When the money came: within three weeks; a pending transfer in these days."""
        if status == "pending":
            return max(self._today - timedelta(days=self._dice.between(0, 3)), issued)
        return min(issued + timedelta(days=self._dice.between(0, 21)), self._today)

    def _reference(self, method: str, number: int) -> str:
        if method == "Check":
            return str(self._dice.between(1001, 9899))
        if method == "Credit Card":
            return f"AUTH{number:06d}"
        return f"ACH{7000000 + number * 13}" if method == "ACH" else ""

    def _credit(self, job: Job, kind: str, amount: int, applied: int) -> None:
        number = len(self._made.credits) + 1
        method = "Check" if kind == "prepayment" else ""
        self._made.credits.append(
            {
                "id": f"cr-{number:05d}",
                "number": f"CR-{300 + number}",
                "client_id": job.party.id,
                "kind": kind,
                "method": method,
                "issued_on": job.record["issued_on"],
                "amount": money(amount),
                "allocations": [{"invoice_id": job.record["id"], "amount": money(applied)}],
                "reason": "" if kind == "prepayment" else "Late delivery, goodwill",
                "updated_at": stamp(job.issued_on, 400),
                "voided_at": None,
            }
        )

    def _refund(self, job: Job) -> None:
        """All of the invoice, or its first line in part, with the tax that was on it."""
        lines, tax = list(_refund_lines(job)), cents(job.record["tax"])
        if job.kind == "refunded_part":
            back = max(cents(lines[0]["amount"]) // 4, 1)
            lines = [{**lines[0], "amount": money(back)}]
            tax_lines = job.record["tax_lines"] if lines[0]["taxable"] else []
            tax = sum(amounts.percent(back, line["rate"]) for line in tax_lines)
        number = len(self._made.refunds) + 1
        payment = self._made.paid_by[job.record["id"]][0]
        day = self._day_after(date.fromisoformat(payment["received_on"]), "settled")
        self._made.refunds.append(
            {
                "id": f"ref-{number:05d}",
                "number": f"R-{700 + number}",
                "client_id": job.party.id,
                "invoice_id": job.record["id"],
                "payment_id": payment["id"],
                "refunded_on": day.isoformat(),
                "method": payment["method"],
                "reference": "",
                "reason": self._dice.pick(("Bin returned early", "Charged twice", "Job cancelled")),
                "lines": lines,
                "tax": money(tax),
                "amount": money(sum(cents(line["amount"]) for line in lines) + tax),
                "updated_at": stamp(day, 700),
                "voided_at": None,
            }
        )


def _refund_lines(job: Job) -> Iterator[Record]:
    for line in job.record["lines"]:
        yield {name: line[name] for name in ("product_id", "name", "amount", "taxable")}
