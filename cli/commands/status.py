"""`docket-qbo status`: what is pending, conflicted, synced, and whether bulk sync is open."""

from __future__ import annotations

import argparse
import asyncio

from cli.output import put, put_json, put_table
from core.errors import Exit
from core.money import format_cents


def add_words(parser: argparse.ArgumentParser) -> None:
    """--json."""
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> Exit:
    """Print the counts; 3 with unclear outcomes, 1 with anything left, else 0."""
    return asyncio.run(_status(args))


async def _status(args: argparse.Namespace) -> Exit:
    from cli.session import open_session
    from store.listing import CountAndSum
    from store.states import InvoiceStatus

    async with open_session(args, connected=False) as session:
        desk = session.desk
        banner, tabs, lock = desk.banner(), session.listing.tabs(), desk.lock()
        groups, unclear = desk.conflicts(), desk.unclear()
    nothing = CountAndSum(0, 0)
    counts = {status: tabs.get(status, nothing) for status in InvoiceStatus}
    if args.json:
        put_json(
            {
                "company": banner.company,
                "practice": banner.practice,
                "live": banner.live,
                "invoices": {
                    str(status): {"count": row.count, "total_cents": row.amount}
                    for status, row in counts.items()
                },
                "choices": len(groups),
                "unclear": unclear,
                "bulk_open": lock.open,
                "bulk_words": lock.words,
            }
        )
    else:
        kind = "PRACTICE COMPANY" if banner.practice else "LIVE" if banner.live else "not connected"
        put(f"{banner.company or 'no company yet'} ({kind})")
        put_table(
            ["status", "invoices", "total"],
            [
                [str(status), str(row.count), format_cents(row.amount)]
                for status, row in counts.items()
            ],
            right=(1, 2),
        )
        put(f"{len(groups)} choices wait in the conflicts. {lock.words}")
        if unclear:
            put(f"{unclear} writes are being checked with QuickBooks.")
    if unclear:
        return Exit.UNCLEAR
    left = sum(
        counts[status].count for status in InvoiceStatus if status not in {"synced", "excluded"}
    )
    return Exit.LEFT if left else Exit.DONE
