"""`docket-qbo status`: what is pending, conflicted, synced, and whether bulk sync is open."""

from __future__ import annotations

import argparse
import asyncio

from cli.output import put, put_json, put_table
from core.errors import Exit
from core.money import format_cents

SHOWN = 5
"""How many writes without a known outcome are told one by one."""


def add_words(parser: argparse.ArgumentParser) -> None:
    """--json."""
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> Exit:
    """Print the counts; 3 with unclear outcomes, 1 with anything left, else 0."""
    return asyncio.run(_status(args))


async def _status(args: argparse.Namespace) -> Exit:
    from cli.postings import posting_json, unclear_postings, what_next
    from cli.session import open_session
    from store.listing import CountAndSum
    from store.states import InvoiceStatus

    async with open_session(args, connected=False) as session:
        desk = session.desk
        banner, tabs, lock = desk.banner(), session.listing.tabs(), desk.lock()
        ending = desk.connection_ending()
        groups, waiting = desk.conflicts(), unclear_postings(session.cache)
    nothing = CountAndSum(0, 0)
    counts = {status: tabs.get(status, nothing) for status in InvoiceStatus}
    if args.json:
        put_json(
            {
                "company": banner.company,
                "practice": banner.practice,
                "live": banner.live,
                "read_only": not banner.may_post,
                "connection": ending.words,
                "invoices": {
                    str(status): {"count": row.count, "total_cents": row.amount}
                    for status, row in counts.items()
                },
                "choices": len(groups),
                "unclear": len(waiting),
                "unclear_postings": [posting_json(one) for one in waiting],
                "bulk_open": lock.open,
                "bulk_words": lock.words,
            }
        )
    else:
        kind = "PRACTICE COMPANY" if banner.practice else "LIVE" if banner.live else "not connected"
        kind = kind if banner.may_post else f"{kind}, READ-ONLY"
        put(f"{banner.company or 'no company yet'} ({kind})")
        if ending.words:
            put(ending.words)
        put_table(
            ["status", "invoices", "total"],
            [
                [str(status), str(row.count), format_cents(row.amount)]
                for status, row in counts.items()
            ],
            right=(1, 2),
        )
        put(f"{len(groups)} choices wait in the conflicts. {lock.words}")
        if waiting:
            many = "write has" if len(waiting) == 1 else "writes have"
            put(f"{len(waiting)} {many} no known outcome yet:")
        for one in waiting[:SHOWN]:
            put(f"  {one.id}  {one.label}: {what_next(one)}")
        if len(waiting) > SHOWN:
            put("  … `docket-qbo journal --open` lists them all.")
    if waiting:
        return Exit.UNCLEAR
    left = sum(
        counts[status].count for status in InvoiceStatus if status not in {"synced", "excluded"}
    )
    return Exit.LEFT if left else Exit.DONE
