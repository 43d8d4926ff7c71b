"""`docket-qbo retry`: let a held or refused write go again; it is looked up before it is sent."""

from __future__ import annotations

import argparse
import asyncio

from core.errors import Exit


def add_words(parser: argparse.ArgumentParser) -> None:
    """ID, --alike, --json."""
    parser.add_argument("posting", type=int, metavar="ID", help="the line's number in the journal")
    parser.add_argument(
        "--alike", action="store_true", help="all that were refused for the same reason, too"
    )
    parser.add_argument("--json", action="store_true", help="the line as it is now")


def run(args: argparse.Namespace) -> Exit:
    """Do it, or say why it is not safe, and print the line as it is now."""
    return asyncio.run(_retry(args))


async def _retry(args: argparse.Namespace) -> Exit:
    from cli.output import say
    from cli.postings import find_posting, put_posting
    from cli.session import open_session
    from sync.words import alike_key

    async with open_session(args, connected=False) as session:
        row = find_posting(session.cache, args.posting)
        alike = alike_key(row.fault_code, row.reason) if args.alike else ""
        if alike:
            say(f"{session.desk.retry_alike(alike)} writes go again with the next sync.")
        else:
            session.desk.retry(args.posting)
        return put_posting(session.cache, args.posting, as_json=args.json)
