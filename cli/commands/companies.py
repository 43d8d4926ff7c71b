"""`docket-qbo companies`: the companies of this user, and how each is connected."""

from __future__ import annotations

import argparse
import os

from cli.output import put_json, put_table, say
from core.errors import Exit


def add_words(parser: argparse.ArgumentParser) -> None:
    """--json."""
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> Exit:
    """List them; the short name is what --company takes."""
    from cli.companies import known_companies
    from core.paths import find_paths

    known = known_companies(find_paths(os.environ), os.environ)
    if args.json:
        put_json(
            [
                {
                    "name": one.name,
                    "short_name": one.key,
                    "kind": one.kind,
                    "connected": one.config.connected,
                    "configuration": str(one.file),
                }
                for one in known
            ]
        )
    elif known:
        rows = [[one.name, one.key or "(the first)", one.kind, str(one.file)] for one in known]
        put_table(["company", "--company", "connection", "configuration"], rows)
    else:
        say("No company yet: docket-qbo connect.")
    return Exit.DONE
