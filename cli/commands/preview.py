"""`docket-qbo preview`: what a sync would do, from the cache alone; sends nothing."""

from __future__ import annotations

import argparse
import asyncio

from cli.invoices import add_selection
from cli.output import put_csv, put_json
from core.errors import Exit
from core.money import plain_cents


def add_words(parser: argparse.ArgumentParser) -> None:
    """INVOICE…, --all, --json, --csv."""
    add_selection(parser)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--csv", action="store_true", help="one row an invoice")


def run(args: argparse.Namespace) -> Exit:
    """Print the plan, of everything where nothing is named; 1 when an invoice needs the person."""
    args.all = args.all or not (args.invoices or args.paid_open)
    return asyncio.run(_preview(args))


async def _preview(args: argparse.Namespace) -> Exit:
    from cli.plans import put_plan
    from cli.session import open_session
    from sync.plan import preview_json
    from sync.shapes import OUTCOME_WORDS, Outcome

    async with open_session(args, connected=False) as session:
        plan = session.plan(args)
        if args.json:
            put_json(preview_json(plan))
        elif args.csv:
            put_csv(
                ["docket_id", "number", "client", "status", "outcome", "total", "reason"],
                (
                    (
                        row.docket_id,
                        row.number,
                        row.client,
                        str(row.status),
                        OUTCOME_WORDS[row.outcome],
                        plain_cents(row.total),
                        row.reason,
                    )
                    for row in plan.invoices
                ),
            )
        else:
            company, asked = session.desk.banner().company, session.desk.first_needed(plan)
            put_plan(plan, company, asked, each=True)
    return Exit.LEFT if Outcome.NEEDS_YOU in {row.outcome for row in plan.invoices} else Exit.DONE
