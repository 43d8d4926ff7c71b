"""`docket-qbo journal`: the sync log, newest first, or one line of it with every call."""

from __future__ import annotations

import argparse
import asyncio

from cli.output import put_json, put_table
from core.errors import Exit
from core.money import format_cents


def add_words(parser: argparse.ArgumentParser) -> None:
    """--posting, --limit, --open, --json."""
    parser.add_argument("--posting", type=int, metavar="ID", help="one line, with every call")
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="default: 100")
    parser.add_argument("--open", action="store_true", help="only what is not settled")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> Exit:
    """Print the log; of one line, 3 while it is unclear and 1 while it needs somebody."""
    return asyncio.run(_journal(args))


async def _journal(args: argparse.Namespace) -> Exit:
    from cli.postings import posting_json, put_posting
    from cli.session import open_session
    from store.posting_views import JournalFilter, journal_page
    from store.states import FINAL_STATES, PostingState
    from sync.call_words import last_fault

    if args.posting is not None:
        async with open_session(args, connected=False) as session:
            return put_posting(session.cache, args.posting, as_json=args.json)
    states = frozenset(PostingState) - FINAL_STATES if args.open else None
    async with open_session(args, connected=False) as session:
        rows = journal_page(session.cache, JournalFilter(states=states), limit=args.limit)
    if args.json:
        put_json([posting_json(row) for row in rows])
    else:
        put_table(
            ["line", "run", "what", "amount", "state", "in QuickBooks", "tries", "reason"],
            [
                [
                    str(row.id),
                    str(row.run_id),
                    row.label,
                    format_cents(row.amount),
                    row.words,
                    row.qbo_id,
                    str(row.attempts),
                    last_fault(row),
                ]
                for row in rows
            ],
            right=(0, 3, 6),
        )
    return Exit.DONE
