"""`docket-qbo link`: review what is in QuickBooks already, and link it; nothing is sent."""

from __future__ import annotations

import argparse
import asyncio

from cli.output import put, put_json, put_table, say
from core.errors import Exit
from core.money import format_cents


def add_words(parser: argparse.ArgumentParser) -> None:
    """--yes, --json."""
    parser.add_argument("--yes", action="store_true", help="link exactly what is listed")
    parser.add_argument("--json", action="store_true", help="the list, or the result, as JSON")


def run(args: argparse.Namespace) -> Exit:
    """Print the list; with --yes, link it. 1 when something of it needs the person."""
    return asyncio.run(_link(args))


async def _link(args: argparse.Namespace) -> Exit:
    from cli.plans import put_result
    from cli.session import open_session
    from sync.plan import preview_json
    from sync.results import result_to_json

    async with open_session(args, connected=args.yes) as session:
        plan = session.desk.link_preview()
        if not args.yes:
            if args.json:
                put_json(preview_json(plan))
            else:
                put_table(
                    ["number", "client", "total", "what is linked"],
                    [
                        [one.number, one.client, format_cents(one.total), "; ".join(one.notes)]
                        for one in plan.invoices
                    ],
                    right=(2,),
                )
                put(f"{plan.selected.count} invoices, {format_cents(plan.selected.amount)}")
                say("Nothing was linked. Add --yes to link exactly these; nothing is sent.")
            return Exit.LEFT if plan.invoices else Exit.DONE
        if not plan.invoices:
            say("Nothing pending is in QuickBooks already.")
            return Exit.DONE
        result = await session.desk.bulk_sync(plan)
    if args.json:
        put_json(result_to_json(result))
    else:
        put_result(result)
    return Exit.DONE if result.finished and result.agreed else Exit.LEFT
