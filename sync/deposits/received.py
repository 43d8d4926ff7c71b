"""Synced payments as the bank will see them: by day and method, and where the money lies; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from core.money import Cents
from core.records import Credit, Payment
from core.text import display
from store.books import Document
from sync.checks.ground import Ground
from sync.deposits.shapes import Aged, DayRow, OpenCredit, Receipt

_AGES = ((3, "up to 3 days"), (7, "4 to 7 days"), (30, "8 to 30 days"))
_OLDER = "over 30 days"


def receipts(ground: Ground) -> tuple[Receipt, ...]:
    """Return the linked payments and prepayments that stand in QuickBooks, oldest first."""
    found = []
    for (kind, docket_id), link in ground.books.links.items():
        there = ground.index.document(link.entity, link.qbo_id)
        if there is None or there.removed or there.entity != "Payment" or not there.total:
            continue
        record: Payment | Credit | None = None
        if kind == "payment":
            record = ground.index.payments.get(docket_id) or ground.books.loose.get(docket_id)
        elif kind == "credit":
            record = ground.books.credits.get(docket_id)
        if kind in ("payment", "credit"):
            found.append(_receipt(ground, there, "" if record is None else record.method))
    return tuple(sorted(found, key=lambda one: (one.day, one.method, one.qbo_id)))


def _receipt(ground: Ground, there: Document, method: str) -> Receipt:
    deposit = ground.index.deposits.get((there.entity, there.qbo_id))
    account = str((there.body.get("DepositToAccountRef") or {}).get("value") or "")
    return Receipt(
        qbo_id=there.qbo_id,
        day=there.txn_date,
        method=display(method, 30),
        customer=ground.customer_name(there.customer_id),
        reference=display(there.number, 30),
        amount=there.total,
        deposit_id="" if deposit is None else deposit.qbo_id,
        undeposited=deposit is None and account in ("", *undeposited_funds(ground)),
    )


def undeposited_funds(ground: Ground) -> frozenset[str]:
    """Return the Ids of the accounts that are Undeposited Funds; one, in a usual company."""
    return frozenset(
        one.qbo_id
        for one in ground.books.entries
        if one.entity == "Account" and one.body.get("AccountSubType") == "UndepositedFunds"
    )


def by_day(found: Sequence[Receipt]) -> tuple[DayRow, ...]:
    """Return the payments by day and method, with a running sum."""
    groups: defaultdict[tuple[date, str], list[Receipt]] = defaultdict(list)
    for one in found:
        groups[one.day, one.method].append(one)
    rows, running = [], 0
    for (day, method), some in sorted(groups.items()):
        amount = sum(one.amount for one in some)
        running += amount
        waiting = sum(one.amount for one in some if one.undeposited)
        rows.append(DayRow(day, method, len(some), amount, running, waiting))
    return tuple(rows)


def ages(found: Sequence[Receipt], today: date) -> tuple[Aged, ...]:
    """Return what lies in Undeposited Funds by age; empty ages are there too."""
    sums: dict[str, list[int]] = {words: [0, 0] for _, words in _AGES} | {_OLDER: [0, 0]}
    for one in found:
        if one.undeposited:
            part = sums[_age((today - one.day).days)]
            part[0] += 1
            part[1] += one.amount
    return tuple(Aged(words, count, amount) for words, (count, amount) in sums.items())


def _age(days: int) -> str:
    return next((words for most, words in _AGES if days <= most), _OLDER)


def straight_to_bank(ground: Ground, found: Sequence[Receipt]) -> str:
    """Return what is to be said where payments go past Undeposited Funds; empty if none does."""
    chosen = ground.policy.deposit_account
    past = [one for one in found if not one.undeposited and not one.deposit_id]
    name = ground.index.name_of("Account", chosen) or chosen
    if chosen and chosen not in undeposited_funds(ground):
        return (
            f"The settings send payments straight to {display(name, 40)}. Each is a bank entry"
            " of its own there: if the bank shows several in one sum, they cannot be put into"
            " one deposit and may not match. Undeposited Funds avoids that:"
            " docket-qbo settings deposit_account=."
        )
    if past:
        return (
            f"{len(past)} payments went straight to a bank account: they cannot be put into a"
            " deposit with others."
        )
    return ""


def open_credits(ground: Ground, today: date) -> tuple[OpenCredit, ...]:
    """Return payments and credit memos in QuickBooks with a part that pays no invoice."""
    return tuple(sorted(_open_credits(ground, today), key=lambda one: (one.day, one.qbo_id)))


def _open_credits(ground: Ground, today: date) -> Iterator[OpenCredit]:
    linked: Mapping[tuple[str, str], object] = ground.index.linked
    for there in ground.books.documents.values():
        if there.entity not in ("Payment", "CreditMemo") or there.removed or there.balance <= 0:
            continue
        yield OpenCredit(
            entity=there.entity,
            qbo_id=there.qbo_id,
            number=display(there.number, 30),
            customer=ground.customer_name(there.customer_id),
            day=there.txn_date,
            open=there.balance,
            age=max((today - there.txn_date).days, 0),
            ours=(there.entity, there.qbo_id) in linked,
        )


def waiting(found: Sequence[Receipt]) -> Cents:
    """Return what lies in Undeposited Funds."""
    return sum(one.amount for one in found if one.undeposited)
