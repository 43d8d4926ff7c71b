"""`docket-qbo deposits`: synced payments by day and method, and what makes a bank's amount."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from cli.output import put, put_json, put_table, say
from core.errors import Exit
from core.money import Cents, exact_cents, format_cents

if TYPE_CHECKING:
    from cli.sheets import Sheet
    from sync.deposits.shapes import Deposits, Makes


def add_words(parser: argparse.ArgumentParser) -> None:
    """--amount, --fee, --csv, --json."""
    parser.add_argument(
        "--amount", type=_amount, metavar="1234.50", help="which payments make this bank's amount"
    )
    parser.add_argument(
        "--fee", action="store_true", help="the bank may have kept a fee back, at most 5 %%"
    )
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the payments to FILE")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> Exit:
    """Print them; 1 when something looks wrong, or no payments make the amount."""
    return asyncio.run(_deposits(args))


async def _deposits(args: argparse.Namespace) -> Exit:
    from cli.session import open_session

    async with open_session(args, connected=False) as session:
        desk = session.desk.money
        found = desk.deposits()
        sets = None if args.amount is None else desk.makes(args.amount, fee=args.fee)
    if args.csv is not None:
        from cli.sheets import write_csv

        write_csv(args.csv, _sheet(found))
        say(f"Wrote {args.csv}.")
    if args.json:
        put_json(_plain(found, sets))
    elif sets is not None:
        _put_sets(args.amount, sets)
    else:
        _put(found)
    if sets is not None:
        return Exit.DONE if sets else Exit.LEFT
    return Exit.LEFT if found.doubtful or found.warning else Exit.DONE


def _put(found: Deposits) -> None:
    put_table(
        ["day", "method", "payments", "amount", "running sum", "in Undeposited Funds"],
        [
            [
                row.day.isoformat(),
                row.method,
                str(row.count),
                format_cents(row.amount),
                format_cents(row.running),
                format_cents(row.waiting) if row.waiting else "",
            ]
            for row in found.rows
        ],
        right=(2, 3, 4, 5),
    )
    put("")
    for age in found.ages:
        if age.count:
            put(
                f"In Undeposited Funds, {age.words}: {age.count} payments,"
                f" {format_cents(age.amount)}"
            )
    if found.warning:
        put(found.warning)
    for one in found.doubtful:
        put(
            f"Counted twice? The deposit of {one.day} books {format_cents(one.amount)} to"
            f" {one.account}; {_named(one.receipts)} have that amount. In QuickBooks, put the"
            " payments into the deposit instead of the income line."
        )
    for loose in found.loose:
        put(f"{loose.key}  {loose.label}, {loose.client}: {loose.words}")
    for credit in found.credits:
        what = "credit memo" if credit.entity == "CreditMemo" else "payment"
        put(
            f"Open credit for {credit.age} days: {what} {credit.number} of {credit.customer},"
            f" {format_cents(credit.open)} on no invoice"
        )


def _put_sets(amount: Cents, sets: Sequence[Makes]) -> None:
    if not sets:
        put(f"No payments in Undeposited Funds make {format_cents(amount)}.")
    for one in sets:
        fee = f", less a fee of {format_cents(one.fee)}" if one.fee else ""
        put(f"{format_cents(one.gross)}{fee}: {one.words}")
        for receipt in one.receipts:
            put(
                f"  {receipt.day}  {format_cents(receipt.amount):>12}  {receipt.method}"
                f"  {receipt.customer}  {receipt.reference}"
            )


def _named(receipts: Sequence[object]) -> str:
    return f"{len(receipts)} payments" if len(receipts) > 1 else "one payment"


def _sheet(found: Deposits) -> Sheet:
    from cli.sheets import Money, Sheet

    return Sheet(
        "Payments",
        ("day", "method", "customer", "reference", "amount", "bank deposit", "undeposited"),
        [
            (
                one.day.isoformat(),
                one.method,
                one.customer,
                one.reference,
                Money(one.amount),
                one.deposit_id,
                "yes" if one.undeposited else "",
            )
            for one in found.receipts
        ],
    )


def _plain(found: Deposits, sets: Sequence[Makes] | None) -> object:
    """Return everything as JSON; days are ISO text, amounts cents."""
    whole = _dated(asdict(found))
    if sets is not None:
        assert isinstance(whole, dict)
        whole["makes"] = [_dated(asdict(one)) for one in sets]
    return whole


def _dated(value: object) -> object:
    if isinstance(value, dict):
        return {key: _dated(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_dated(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _amount(text: str) -> Cents:
    try:
        return exact_cents(Decimal(text.replace(",", "")))
    except (InvalidOperation, ValueError):
        raise argparse.ArgumentTypeError(f"{text} is no amount; write it as 1234.50") from None
