"""`docket-qbo month`: the end of a month: figures, checklist, the check, what changed since."""

from __future__ import annotations

import argparse
import asyncio
import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from cli.output import put, put_json, put_table, say
from core.errors import Exit, UsageTrouble
from core.money import format_cents

if TYPE_CHECKING:
    from sync.tie_out.desk import MonthEnd


def add_words(parser: argparse.ArgumentParser) -> None:
    """MONTH; --check --by NAME; --page FILE; --json."""
    parser.add_argument("month", metavar="MONTH", help="for example 2026-10")
    parser.add_argument(
        "--check", action="store_true", help="keep that the month was checked, with its figures"
    )
    parser.add_argument("--by", metavar="NAME", default="", help="who checked; default: you")
    parser.add_argument(
        "--page", type=Path, metavar="FILE", help="write one page for the accountant, to print"
    )
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> Exit:
    """Print the month; 1 while something differs or must still be done."""
    return asyncio.run(_month(args))


async def _month(args: argparse.Namespace) -> Exit:
    from cli.session import open_session
    from sync.tie_out.page import accountant_page

    async with open_session(args, connected=False) as session:
        desk = session.desk.tie_out
        ending = desk.month(args.month)
        if args.check:
            ending = desk.check_month(args.month, args.by or getpass.getuser())
        banner, owed, head = session.desk.banner(), desk.receivables(), desk.audit_head()
    if args.page is not None:
        _write(args.page, accountant_page(banner, ending, owed, head))
        say(f"Wrote {args.page}. Open it in a browser and print it.")
    if args.json:
        put_json(_json(ending, head))
    else:
        _put(ending)
    return Exit.DONE if ending.ready and not ending.changes else Exit.LEFT


def _put(ending: MonthEnd) -> None:
    from sync.tie_out.month import month_words
    from sync.tie_out.shapes import CLASS_WORDS, MEASURE_WORDS, Class, Measure

    found = ending.found
    put(month_words(ending.month))
    put_table(
        ["", "Docket", "QuickBooks", "difference"],
        [
            [
                MEASURE_WORDS[one],
                format_cents(found.total.docket[one].amount),
                format_cents(found.total.quickbooks[one].amount),
                format_cents(found.total.difference(one).amount),
            ]
            for one in Measure
        ],
        right=(1, 2, 3),
    )
    for kind in Class:
        some = found.of_class(kind)
        if some:
            put(f"{len(some)} {CLASS_WORDS[kind]}; docket-qbo tie-out lists them")
    for item in ending.items:
        mark = "done" if item.done else "open" if item.must else "look"
        sums = f"{item.sums.count}, {format_cents(item.sums.amount)}"
        put(f"  {mark}  {item.words:<36} {'none' if item.done else sums}")
    if ending.check is None:
        put("Not checked yet. When it is right: --check --by NAME")
        return
    put(f"Checked on {ending.check.checked_at.date().isoformat()} by {ending.check.name}.")
    if ending.changes:
        put(f"{len(ending.changes)} changed after the check")
        for change in ending.changes:
            put(f"  {change.label}  {change.name}: {change.words}")


def _json(ending: MonthEnd, head: str) -> object:
    from cli.tie_out_tables import cell_json, difference_json
    from core.clock import iso

    check = ending.check
    return {
        "month": ending.month,
        "ready": ending.ready,
        "total": cell_json(ending.found.total),
        "differences": [difference_json(one) for one in ending.found.differences],
        "checklist": {
            one.key: {"count": one.sums.count, "cents": one.sums.amount, "must": one.must}
            for one in ending.items
        },
        "checked": None
        if check is None
        else {"at": iso(check.checked_at), "by": check.name, "audit_head": check.audit_head},
        "changed_after_check": [
            {"label": one.label, "name": one.name, "words": one.words} for one in ending.changes
        ],
        "audit_head": head,
    }


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageTrouble(
            f"{path} cannot be written: {error.strerror or error}.",
            books="Nothing was changed.",
            fix="Name another file.",
        ) from error
