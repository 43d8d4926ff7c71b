"""`docket-qbo demo`: practice servers up, cache filled, dashboard open."""

from __future__ import annotations

import argparse
import sys

from core.errors import Exit


def add_words(parser: argparse.ArgumentParser) -> None:
    """--headless, --reset, --invoices, --seed."""
    parser.add_argument(
        "--headless", action="store_true", help="run through without a terminal, as plain lines"
    )
    parser.add_argument("--reset", action="store_true", help="start the practice company over")
    parser.add_argument("--invoices", type=int, default=240, metavar="N", help="default: 240")
    parser.add_argument("--seed", type=int, default=7, metavar="N", help="same seed, same data")


def run(args: argparse.Namespace) -> Exit:
    """Open the dashboard on the practice company, or run through without a terminal."""
    if args.headless or not (sys.stdin.isatty() and sys.stdout.isatty()):
        from cli.demo.headless import run_through

        return run_through(args)
    from cli.demo.launcher import launch

    return launch(args)
