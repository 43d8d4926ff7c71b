"""`docket-qbo unsync`: forget links. Nothing changes in QuickBooks; the next sync links again."""

from __future__ import annotations

import argparse
import asyncio

from cli.output import put
from core.errors import Exit, UsageTrouble


def add_words(parser: argparse.ArgumentParser) -> None:
    """INVOICE… or --client CLIENT."""
    parser.add_argument(
        "invoices", nargs="*", metavar="INVOICE", help="Docket's number, or id:<Docket id>"
    )
    parser.add_argument("--client", metavar="CLIENT", help="Docket's id of a client, or its name")


def run(args: argparse.Namespace) -> Exit:
    """Forget the links and say how many."""
    return asyncio.run(_unsync(args))


async def _unsync(args: argparse.Namespace) -> Exit:
    from cli.invoices import find
    from cli.session import open_session

    if bool(args.invoices) == bool(args.client):
        raise UsageTrouble(
            "Say what to unsync: invoices, or one client.",
            books="Nothing was changed.",
            fix="For example: docket-qbo unsync 1042, or docket-qbo unsync --client C-17.",
        )
    async with open_session(args, connected=False) as session:
        if args.client:
            count = session.desk.unsync_client(session.client_id(args.client))
        else:
            count = session.desk.unsync_invoices(find(args.invoices, session.books()))
    put(f"{count} links forgotten. Nothing changes in QuickBooks; the next sync will link again.")
    return Exit.DONE
