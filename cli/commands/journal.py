"""`docket-qbo journal`: the sync log, newest first."""

from __future__ import annotations

import argparse
import asyncio

from cli.output import put_json, put_table
from core.clock import iso
from core.errors import Exit
from core.money import format_cents


def add_words(parser: argparse.ArgumentParser) -> None:
    """--limit, --open, --json."""
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="default: 100")
    parser.add_argument("--open", action="store_true", help="only what is not settled")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> Exit:
    """Print the log."""
    return asyncio.run(_journal(args))


async def _journal(args: argparse.Namespace) -> Exit:
    from cli.session import open_session
    from store.details import journal_page
    from store.states import FINAL_STATES

    async with open_session(args, connected=False) as session:
        rows = journal_page(session.cache, limit=args.limit)
    if args.open:
        rows = [row for row in rows if row.state not in FINAL_STATES]
    if args.json:
        put_json(
            [
                {
                    "id": row.id,
                    "run": row.run_id,
                    "kind": row.kind,
                    "docket_id": row.docket_id,
                    "entity": row.entity,
                    "operation": row.operation,
                    "state": str(row.state),
                    "amount_cents": row.amount,
                    "qbo_id": row.qbo_id,
                    "attempts": row.attempts,
                    "request_id": row.request_id,
                    "reason": row.reason,
                    "fault_code": row.fault_code,
                    "intuit_tid": row.intuit_tid,
                    "last_sent_at": row.last_sent_at and iso(row.last_sent_at),
                }
                for row in rows
            ]
        )
    else:
        put_table(
            ["run", "what", "amount", "state", "in QuickBooks", "tries", "reason"],
            [
                [
                    str(row.run_id),
                    row.label,
                    format_cents(row.amount),
                    row.words,
                    row.qbo_id,
                    str(row.attempts),
                    row.reason,
                ]
                for row in rows
            ],
            right=(2, 5),
        )
    return Exit.DONE
