"""`docket-qbo backup`: a checked copy of the cache, now, here or where you name it."""

from __future__ import annotations

import argparse
from pathlib import Path

from cli.output import put, put_json, say
from core.errors import Exit


def add_words(parser: argparse.ArgumentParser) -> None:
    """--to FILE, --json."""
    parser.add_argument(
        "--to", type=Path, metavar="FILE", help="where to; default: among the cache's backups"
    )
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> Exit:
    """Write the copy and print its name. It holds names and amounts: keep it to yourself."""
    from cli.places import find_places
    from cli.session import open_cache
    from core.log_file import set_up_logging
    from store import troubles

    places = find_places(args)
    set_up_logging(places.config.log, places.log_file)
    target = None if args.to is None else args.to.absolute()
    if target is not None and target.exists():
        raise troubles.target_taken(target)
    cache = open_cache(places)
    try:
        made = cache.backup(target)
    finally:
        cache.close()
    size = made.stat().st_size
    if args.json:
        put_json({"file": str(made), "bytes": size})
    else:
        put(str(made))
    say(f"A checked copy of {size // 1024:,} kB. It holds names and amounts, and no keys.")
    say("Back in its place with: docket-qbo restore FILE")
    return Exit.DONE
