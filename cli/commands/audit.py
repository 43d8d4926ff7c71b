"""`docket-qbo audit`: check the audit log's chain, or write it out for somebody else to check."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from cli.output import put, put_json
from core.errors import Exit, UsageTrouble
from core.jsonio import dumps


def add_words(parser: argparse.ArgumentParser) -> None:
    """verify, or export --jsonl FILE."""
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    verify = parts.add_parser("verify", help="check every row; 1 and the first broken row if not")
    verify.add_argument("--json", action="store_true")
    export = parts.add_parser("export", help="write every row, one JSON object a line")
    export.add_argument("--jsonl", type=Path, required=True, metavar="FILE")


def run(args: argparse.Namespace) -> Exit:
    """Do it; 1 where the chain is broken."""
    return asyncio.run(_verify(args) if args.part == "verify" else _export(args))


async def _verify(args: argparse.Namespace) -> Exit:
    from cli.session import open_session
    from store import audit

    async with open_session(args, connected=False) as session:
        with session.cache.read() as reading:
            broken = audit.first_break(reading)
            head, count = audit.head(reading), audit.count(reading)
    if args.json:
        put_json({"rows": count, "head": head, "first_broken": broken})
    elif broken is None:
        put(f"{count} rows, each chained to the one before. Head {head}")
    else:
        put(f"Row {broken} does not fit the chain: it, or a row before it, was changed or removed.")
        put("Compare with the last export, or with a head that a report of a run shows.")
    return Exit.DONE if broken is None else Exit.LEFT


async def _export(args: argparse.Namespace) -> Exit:
    from cli.session import open_session
    from store import audit

    async with open_session(args, connected=False) as session:
        with session.cache.read() as reading:
            head = audit.head(reading)
            try:
                with args.jsonl.open("w", encoding="utf-8", newline="\n") as file:
                    count = 0
                    for row in audit.rows(reading):
                        file.write(dumps(row) + "\n")
                        count += 1
            except OSError as error:
                raise UsageTrouble(
                    f"{args.jsonl} cannot be written: {error.strerror or error}.",
                    books="Nothing was changed.",
                    fix="Name another file.",
                ) from error
    put(f"{count} rows written to {args.jsonl}. Head {head}")
    return Exit.DONE
