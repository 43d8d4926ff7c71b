"""`docket-qbo pull`: refresh the cache from both sides and check every invoice again."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Mapping

from cli.output import put, put_json, say
from core.errors import Exit


def add_words(parser: argparse.ArgumentParser) -> None:
    """--full and --json."""
    parser.add_argument("--full", action="store_true", help="read everything, not only changes")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> Exit:
    """Pull, then print what came."""
    return asyncio.run(_pull(args))


async def _pull(args: argparse.Namespace) -> Exit:
    from cli.progress import Line, pull_line
    from cli.session import open_session

    line = Line()
    async with open_session(args) as session:
        try:
            result = await session.desk.pull(pull_line(line), full=args.full)
        finally:
            line.end()
    for warning in result.warnings:
        say(warning)
    if args.json:
        put_json(
            {
                "company": result.company,
                "docket": dict(result.docket),
                "quickbooks": dict(result.quickbooks),
                "first": result.first,
                "warnings": list(result.warnings),
            }
        )
    else:
        put(f"{result.company}")
        put(f"Docket      {_counts(result.docket)}")
        put(f"QuickBooks  {_counts(result.quickbooks)}")
    return Exit.DONE


def _counts(counts: Mapping[str, int]) -> str:
    parts = [f"{count} {name}" for name, count in sorted(counts.items()) if count]
    return ", ".join(parts) or "nothing new"
