"""The command line: reads the words, hands over, turns what happened into an exit code.

Nothing heavy is imported here: the TUI's first paint and a short answer such as
`--version` pay only for argparse. Each command is a module in `cli.commands`.
"""

from __future__ import annotations

import argparse
import codecs
import gc
import importlib
import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, cast

from core.errors import Exit, Trouble
from core.logs import guard_terminal
from core.plain import HANDLER, shows_unicode, write_plainly
from core.text import display
from docket_qbo import __version__

COMMANDS = (
    ("demo", "the whole job on the built-in practice company"),
    ("sandbox", "run the practice company's Docket and QuickBooks servers"),
    ("connect", "connect a company: by Intuit's page, or a refresh token"),
    ("disconnect", "end the connection at Intuit and remove its tokens; needs --yes"),
    ("companies", "the companies of this user, and how each is connected"),
    ("import", "Docket's export files (CSV, XLSX) into the cache; undo, log, profiles"),
    ("pull", "refresh the cache from Docket and QuickBooks"),
    ("names", "clients and products beside their names in QuickBooks; choose here"),
    ("choose", "the conflicts with their ways out; take one here"),
    ("status", "how many invoices are pending, conflicted, synced"),
    ("preview", "what a sync would do, worked out from the cache alone"),
    ("sync", "test-sync one invoice, or sync many; prints the plan, needs --yes"),
    ("opening", "what each customer owed on the start date, on both sides"),
    ("link", "what is in QuickBooks already: a review, then one --yes links it all"),
    ("void", "void in QuickBooks what a sync posted; prints the plan, needs --yes"),
    ("unsync", "forget links; nothing changes in QuickBooks"),
    ("journal", "the sync log: every write, its attempts and answers"),
    ("retry", "let a held or refused write go again, if that is safe"),
    ("hold", "keep a write from being sent, or sent again"),
    ("release", "let go what was held back"),
    ("deposits", "payments by day and method; which of them make a bank's amount"),
    ("tie-out", "Docket against QuickBooks in count and cents; exits with 1 on any difference"),
    ("month", "a month's end: figures, checklist, the check, what changed since"),
    ("doctor", "look at everything that has to be right; what to do, a report for support"),
    ("backup", "a checked copy of the cache, now"),
    ("restore", "put a copy in the cache's place; shows what that replaces, needs --yes"),
    ("audit", "check the audit log's chain, or write it out for somebody else to check"),
    ("settings", "show or change how invoices are sent, and the start date"),
    ("completion", "what bash, zsh or fish read to complete these words with Tab"),
)

_MODULES = {"import": "import_files"}
"""Commands whose name cannot be a module's."""

_EPILOG = """\
INVOICE is Docket's number, or id:<Docket id> where a number is not unique.
Data goes to stdout, narration to stderr.

exit codes
  0 done and nothing left      3 unclear outcomes left (QuickBooks is being asked)
  1 differences, conflicts     4 connection or authorisation
    or failures left           5 locked: no test sync yet
  2 usage                    130 stopped
"""


class CommandModule(Protocol):
    """What a module in `cli.commands` offers."""

    def add_words(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own arguments."""
        ...

    def run(self, args: argparse.Namespace) -> Exit:
        """Do it, and say how it ended."""
        ...


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; each command adds its own words."""
    parser = argparse.ArgumentParser(
        prog="docket-qbo",
        description="Post Docket invoices to QuickBooks Online: test one, read it back, "
        "then the rest. Without a command it opens the dashboard.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"docket-qbo {__version__}")
    parser.add_argument("--ascii", action="store_true", help="show signs in plain ASCII")
    _add_places(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, words in COMMANDS:
        command = commands.add_parser(
            name,
            help=words,
            description=words[0].upper() + words[1:] + ".",
            epilog=_EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        _add_places(command, default=argparse.SUPPRESS, company=name != "sandbox")
        _module(name).add_words(command)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every Trouble ends as three sentences."""
    guard_terminal()
    _write_what_fits()
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        if _opens_dashboard(words):
            gc.disable()  # for a tenth of the time to the first picture; the app enables it then
            return int(importlib.import_module("cli.dashboard").main(words))
        args = build_parser().parse_args(words)
        if args.ascii:
            _write_what_fits(ascii_only=True)
        return int(_module(args.command).run(args))
    except Trouble as trouble:
        sys.stderr.write(f"docket-qbo: {display_lines(trouble)}\n")
        return int(trouble.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("docket-qbo: stopped. Nothing is lost; start again to go on.\n")
        return int(Exit.STOPPED)
    except BrokenPipeError:
        # The reader of our output went away (`| head`); that is its right.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.DONE)
    except Exception as error:  # the last place before the person
        logging.getLogger("docket_qbo").exception("unexpected")
        sys.stderr.write(f"docket-qbo: {display_lines(unexpected(error))}\n")
        return int(Exit.LEFT)


def unexpected(error: Exception) -> Trouble:
    """What a person is told of a bug; the log has the rest, without their data."""
    return Trouble(
        f"Something unexpected happened ({type(error).__name__}).",
        books="What was sent is in the sync log; nothing is sent twice and nothing is lost.",
        fix="Start again to go on. If it comes back, report it with the log file.",
    )


def display_lines(trouble: Trouble) -> str:
    """A Trouble's three sentences, safe for a terminal."""
    return "\n  ".join(display(line) for line in (trouble.what, trouble.books, trouble.fix))


def _write_what_fits(*, ascii_only: bool = False) -> None:
    """Have signs that a terminal's encoding lacks written plainly instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue  # somebody else's, such as a test's
        if ascii_only or not shows_unicode(stream.encoding, {}):
            codecs.register_error(HANDLER, write_plainly)
            stream.reconfigure(encoding="ascii" if ascii_only else None, errors=HANDLER)


def _opens_dashboard(words: Sequence[str]) -> bool:
    """Whether there is no command; the dashboard parses its two flags itself, quickly."""
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in {"--config", "--company", "--db"}:
            skip = True
        elif word not in {"--read-only", "--ascii"} and not word.startswith(
            ("--config=", "--company=", "--db=")
        ):
            return False
    return True


def _add_places(parser: argparse.ArgumentParser, default: object, *, company: bool = True) -> None:
    """The words of every command; `sandbox` means practice companies by --company."""
    parser.add_argument(
        "--config", type=Path, default=default, metavar="FILE", help="the configuration to use"
    )
    if company:
        parser.add_argument(
            "--company", default=default, metavar="NAME", help="which one, where there are several"
        )
    parser.add_argument("--db", type=Path, default=default, metavar="FILE", help="the cache to use")
    parser.add_argument(
        "--read-only",
        action="store_true",
        default=default or False,
        help="write nothing in QuickBooks, whatever is asked for",
    )


def _module(name: str) -> CommandModule:
    module = _MODULES.get(name, name.replace("-", "_"))
    return cast(CommandModule, importlib.import_module(f"cli.commands.{module}"))
