"""`docket-qbo tie-out`: Docket against QuickBooks in count and cents, and what explains it."""

from __future__ import annotations

import argparse
import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cli.output import put_json, say
from core.errors import ConnectionTrouble, Exit

if TYPE_CHECKING:
    from cli.session import Session
    from sync.tie_out.receivables import Report

CUTS = ("month", "customer", "method")


def add_words(parser: argparse.ArgumentParser) -> None:
    """--from, --to, --by; --csv, --xlsx, --json; --offline."""
    day = _day
    parser.add_argument(
        "--from",
        dest="start",
        type=day,
        metavar="DAY",
        help="for example 2026-10-01; default: the start date",
    )
    parser.add_argument(
        "--to", dest="end", type=day, metavar="DAY", help="default: the last record"
    )
    parser.add_argument("--by", choices=CUTS, default="month", help="how the sums are cut")
    parser.add_argument(
        "--csv",
        type=Path,
        metavar="FILE",
        help="write the sums, and the differences to FILE with -differences in its name",
    )
    parser.add_argument(
        "--xlsx", type=Path, metavar="FILE", help="write everything as an Excel file"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--offline", action="store_true", help="leave out QuickBooks' own report of what is owed"
    )


def run(args: argparse.Namespace) -> Exit:
    """Print the tie-out; 1 on any difference."""
    return asyncio.run(_tie_out(args))


async def _tie_out(args: argparse.Namespace) -> Exit:
    from cli.session import open_session
    from cli.sheets import write_csv, write_xlsx
    from cli.tie_out_tables import (
        differences_sheet,
        put_tie_out,
        sheets,
        sums_sheet,
        tie_out_json,
    )
    from sync.tie_out.shapes import Cut

    async with open_session(args, connected=False) as session:
        desk = session.desk.tie_out
        found = desk.tie_out(desk.whole(args.start, args.end), Cut(args.by))
        owed = desk.receivables(await _report(args, session))
        paid = desk.paid_but_open()
    if args.csv is not None:
        beside = args.csv.with_name(f"{args.csv.stem}-differences{args.csv.suffix}")
        write_csv(args.csv, sums_sheet(found))
        write_csv(beside, differences_sheet(found))
        say(f"Wrote {args.csv} and {beside}.")
    if args.xlsx is not None:
        write_xlsx(args.xlsx, sheets(found, owed, paid))
        say(f"Wrote {args.xlsx}.")
    if args.json:
        put_json(tie_out_json(found, owed, paid))
    else:
        put_tie_out(found, owed, paid)
    return Exit.DONE if found.ties and owed.ties else Exit.LEFT


async def _report(args: argparse.Namespace, session: Session) -> Report | None:
    """QuickBooks' own report; the rest stands without it."""
    if args.offline or not session.desk.banner().connected:
        return None
    try:
        return await session.desk.tie_out.ask_report()
    except ConnectionTrouble as trouble:
        say(f"{trouble.what} {trouble.fix}")
        return None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day; write it as 2026-10-01") from None
