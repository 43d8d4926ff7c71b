"""`docket-qbo settings`: how invoices are sent, and the start date."""

from __future__ import annotations

import argparse
import asyncio
from datetime import date

from cli.output import put, put_json, say
from core.errors import Exit, UsageTrouble
from sync.policy import SETTING_NOTES

START_DATE = "start_date"


def add_words(parser: argparse.ArgumentParser) -> None:
    """[NAME [VALUE]] and --json."""
    parser.add_argument("name", nargs="?", metavar="NAME")
    parser.add_argument("value", nargs="?", metavar="VALUE")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> Exit:
    """Show all, or change one."""
    return asyncio.run(_settings(args))


async def _settings(args: argparse.Namespace) -> Exit:
    from cli.session import open_session
    from store.company import load_company

    async with open_session(args, connected=False) as session:
        desk = session.desk
        if args.value is not None and args.name == START_DATE:
            desk.set_start_date(_date(args.value))
            say("What customers owed on that day, on both sides: docket-qbo opening.")
        elif args.value is not None:
            said = desk.setting_effect(args.name, args.value)
            desk.set_setting(args.name, args.value)
            for line in said:
                say(line)
        with session.cache.read() as reading:
            company = load_company(reading)
        start = company.start_date if company else None
        shown = {**desk.settings(), START_DATE: start.isoformat() if start else ""}
    if args.name and args.name not in shown:
        raise UsageTrouble(
            f"There is no setting {args.name}.",
            books="Nothing was changed.",
            fix=f"Known: {', '.join(sorted(shown))}.",
        )
    rows = {name: value for name, value in shown.items() if args.name in {None, name}}
    if args.json:
        put_json(rows)
    else:
        for name, value in rows.items():
            put(f"{name} = {value}")
    if args.name in SETTING_NOTES:
        say(SETTING_NOTES[args.name])
    return Exit.DONE


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageTrouble(
            f"{text} is not a date.",
            books="Nothing was changed.",
            fix="Write it as 2026-11-01.",
        ) from error
