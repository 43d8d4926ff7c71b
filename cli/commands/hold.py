"""`docket-qbo hold`: keep a write from being sent, or sent again, until it is released."""

from __future__ import annotations

import argparse
import asyncio

from core.errors import Exit


def add_words(parser: argparse.ArgumentParser) -> None:
    """ID, --reason, --json."""
    parser.add_argument("posting", type=int, metavar="ID", help="the line's number in the journal")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, for the log")
    parser.add_argument("--json", action="store_true", help="the line as it is now")


def run(args: argparse.Namespace) -> Exit:
    """Do it, or say why it is not safe, and print the line as it is now."""
    return asyncio.run(_hold(args))


async def _hold(args: argparse.Namespace) -> Exit:
    from cli.postings import put_posting
    from cli.session import open_session

    async with open_session(args, connected=False) as session:
        session.desk.hold(args.posting, args.reason)
        return put_posting(session.cache, args.posting, as_json=args.json)
