"""`docket-qbo opening`: what each customer owed on the start date, on both sides."""

from __future__ import annotations

import argparse
import asyncio
from datetime import date

from cli.output import put, put_csv, put_json, put_table
from core.errors import Exit, UsageTrouble
from core.money import format_cents, plain_cents

_TITLES = ["client in Docket", "customer in QuickBooks", "Docket", "QuickBooks", "difference"]


def add_words(parser: argparse.ArgumentParser) -> None:
    """--on DAY, --json, --csv."""
    parser.add_argument("--on", metavar="DAY", help="another day than the start date")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--csv", action="store_true", help="one row a customer")


def run(args: argparse.Namespace) -> Exit:
    """Ask QuickBooks for its balances and compare; 1 while a customer differs."""
    return asyncio.run(_opening(args))


async def _opening(args: argparse.Namespace) -> Exit:
    from cli.session import open_session

    async with open_session(args) as session:
        found = await session.desk.opening(_day(args.on))
    if args.json:
        put_json(
            {
                "day": found.day.isoformat(),
                "docket_cents": found.docket,
                "quickbooks_cents": found.quickbooks,
                "customers": [
                    {
                        "client": row.client,
                        "customer": row.customer,
                        "docket_cents": row.docket,
                        "quickbooks_cents": row.quickbooks,
                    }
                    for row in found.rows
                ],
            }
        )
    elif args.csv:
        put_csv(
            _TITLES,
            (
                (
                    row.client,
                    row.customer,
                    plain_cents(row.docket),
                    plain_cents(row.quickbooks),
                    plain_cents(row.difference),
                )
                for row in found.rows
            ),
        )
    else:
        put_table(
            _TITLES,
            [
                [
                    row.client,
                    row.customer,
                    format_cents(row.docket),
                    format_cents(row.quickbooks),
                    format_cents(row.difference),
                ]
                for row in found.rows
            ],
            right=(2, 3, 4),
        )
        put(
            f"Owed before {found.day.isoformat()}: Docket {format_cents(found.docket)},"
            f" QuickBooks {format_cents(found.quickbooks)};"
            f" {len(found.apart)} of {len(found.rows)} customers differ."
        )
    return Exit.LEFT if found.apart else Exit.DONE


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise UsageTrouble(
            f"{text} is not a date.", books="Nothing was asked.", fix="Write it as 2026-11-01."
        ) from error
