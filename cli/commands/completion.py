"""`docket-qbo completion`: what a shell reads to complete our words with Tab."""

from __future__ import annotations

import argparse
import importlib
import sys

from core.errors import Exit

SHELLS = ("bash", "zsh", "fish")


def add_words(parser: argparse.ArgumentParser) -> None:
    """SHELL."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")


def run(args: argparse.Namespace) -> Exit:
    """Write the script to stdout."""
    from cli.grammar import read_grammar
    from cli.main import build_parser

    made = importlib.import_module(f"cli.completion.{args.shell}")
    sys.stdout.write(made.script(read_grammar(build_parser())))
    return Exit.DONE
