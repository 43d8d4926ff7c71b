"""`docket-qbo disconnect`: ends the connection at Intuit, and removes its tokens here."""

from __future__ import annotations

import argparse

from cli.output import put, say
from core.errors import Exit


def add_words(parser: argparse.ArgumentParser) -> None:
    """--yes."""
    parser.add_argument("--yes", action="store_true", help="do it")


def run(args: argparse.Namespace) -> Exit:
    """Revoke, then remove; 1 where Intuit could not be told, for the rest is a person's."""
    from cli.disconnecting import disconnect
    from cli.places import find_places
    from cli.secrets import find_passphrase, find_secrets
    from cli.session import require_connection
    from core.clock import SystemClock
    from core.log_file import set_up_logging

    places = find_places(args)
    set_up_logging(places.config.log, places.log_file)
    require_connection(places)
    name = places.config.quickbooks.company or "the company"
    if not args.yes:
        say(f"This ends the connection to {name}. The cache, its links and the sync log stay;")
        say("`docket-qbo connect` takes it up again. Nothing was changed: add --yes to do it.")
        return Exit.USAGE
    done = disconnect(places, find_secrets(places, find_passphrase(places)), SystemClock())
    for line in done.lines:
        put(line)
    return Exit.DONE if done.told else Exit.LEFT
