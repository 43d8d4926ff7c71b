"""`docket-qbo void`: take back in QuickBooks what was posted. Prints the plan; needs --yes."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from cli.output import put, put_json, put_table, say
from core.errors import Exit, UsageTrouble
from core.money import format_cents

if TYPE_CHECKING:
    from core.jsonio import JsonObject
    from sync.undo import UndoPlan


def add_words(parser: argparse.ArgumentParser) -> None:
    """--run N, --last or --posting ID…; --names; --yes."""
    parser.add_argument("--run", type=int, metavar="N", help="what this sync posted")
    parser.add_argument("--last", action="store_true", help="what the last sync posted")
    parser.add_argument(
        "--posting",
        type=int,
        nargs="+",
        default=[],
        metavar="ID",
        help="these lines of the sync log (see docket-qbo journal)",
    )
    parser.add_argument(
        "--names",
        action="store_true",
        help="make the customers and products inactive too that it created",
    )
    parser.add_argument("--yes", action="store_true", help="void exactly what is printed")
    parser.add_argument("--json", action="store_true", help="the plan, or the result, as JSON")


def run(args: argparse.Namespace) -> Exit:
    """Show what would be voided, and void it with --yes."""
    return asyncio.run(_void(args))


async def _void(args: argparse.Namespace) -> Exit:
    from cli.commands.sync import exit_of
    from cli.plans import put_result
    from cli.progress import Line, run_line
    from cli.session import open_session
    from sync.results import result_to_json
    from sync.undo import Undo

    if (args.run is not None) + args.last + bool(args.posting) != 1:
        raise UsageTrouble(
            "Say what to void: one sync, the last one, or lines of the sync log.",
            books="Nothing was voided.",
            fix="For example: docket-qbo void --last, or docket-qbo void --posting 41 42.",
        )
    async with open_session(args) as session:
        plan = session.desk.void_plan(args.run, args.posting, inactive=args.names)
        if not args.json:
            put_undo(plan, session.desk.banner().company)
        if not args.yes:
            if args.json:
                put_json(undo_json(plan))
            say("Nothing was sent. Add --yes to void exactly this.")
            return Exit.USAGE
        line = Line()
        result = await session.desk.void(plan, run_line(line))
        line.end()
    if args.json:
        put_json(result_to_json(result))
    else:
        put_result(result)
    code = exit_of(result, stopped=False)
    left = [line for line in plan.of(Undo.LEFT) if line.reason]
    return Exit.LEFT if code is Exit.DONE and left else code


def put_undo(plan: UndoPlan, company: str) -> None:
    """Print every line with what would become of it, and why not."""
    from sync.undo import UNDO_WORDS, Undo

    voids = plan.of(Undo.VOID)
    put(f"! To void in QuickBooks: {len(voids)} records, {format_cents(plan.amount)}, of {company}")
    put("! Amounts become 0.00, the records stay; in Docket nothing changes.")
    put_table(
        ["line", "what", "amount", "what happens", "why"],
        [
            [
                str(line.posting_id),
                line.label,
                format_cents(line.amount) if line.amount else "",
                UNDO_WORDS[line.action],
                line.reason,
            ]
            for line in plan.lines
        ],
        right=(0, 2),
    )


def undo_json(plan: UndoPlan) -> JsonObject:
    """Return the plan as `void --json` prints it."""
    return {
        "lines": [
            {
                "posting": line.posting_id,
                "kind": line.kind,
                "docket_id": line.docket_id,
                "entity": line.entity,
                "id": line.qbo_id,
                "label": line.label,
                "amount_cents": line.amount,
                "action": str(line.action),
                "reason": line.reason,
            }
            for line in plan.lines
        ],
        "digest": plan.digest,
    }
