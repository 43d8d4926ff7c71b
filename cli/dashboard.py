"""Opens the dashboard: the list at once, the rooms behind it after the first paint.

Only Textual, argparse and SQLite are loaded before the first picture; the desk with
its database models and HTTP clients is built in a thread meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from cli.companies import known_companies, pick
from cli.places import Places, find_places, open_listing, other_places
from cli.secrets import find_passphrase, is_sealed
from cli.views_file import FileViews
from core.clock import SystemClock
from core.errors import Exit, UsageTrouble
from core.passphrase import Passphrase
from core.paths import find_paths
from core.plain import shows_unicode
from core.text import display
from store.listing import Listing
from sync.banner import Banner
from tui.app import DocketQboApp
from tui.keymap import checked

if TYPE_CHECKING:
    from tui.ports import Backstage


def main(words: Sequence[str]) -> int:
    """Run the dashboard and return its exit code."""
    parser = argparse.ArgumentParser(prog="docket-qbo", add_help=False)
    parser.add_argument("--config", type=Path)
    parser.add_argument("--company")
    parser.add_argument("--db", type=Path)
    parser.add_argument("--read-only", action="store_true")
    parser.add_argument("--ascii", action="store_true")
    args = parser.parse_args(words)
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if terminal and not (args.config or args.company):
        args.config = _chosen(os.environ)
    places = find_places(args)
    plain = args.ascii or not shows_unicode(sys.stderr.encoding, os.environ)
    if not terminal:
        raise UsageTrouble(
            "The dashboard needs a terminal.",
            books="Nothing was started.",
            fix="Use the commands instead: docket-qbo --help.",
        )
    return _one_after_another(places, plain=plain)


def _chosen(environ: Mapping[str, str]) -> Path | None:
    """The configuration of the company that the person picks, where there are several.

    Raises:
        UsageTrouble: they picked none.
    """
    if "DOCKET_QBO_CONFIG" in environ or "DOCKET_QBO_COMPANY" in environ:
        return None
    known = known_companies(find_paths(environ), environ)
    if len(known) < 2:
        return None
    for number, one in enumerate(known, start=1):
        sys.stderr.write(f"{number}  {display(one.name, 60)} ({one.kind})\n")
    said = input("Which company? ").strip()
    if said.isdecimal() and 1 <= int(said) <= len(known):
        return known[int(said) - 1].file
    meant = pick(known, said)  # without a word it says that there are several
    return meant.file if meant else None


def _one_after_another(places: Places, *, plain: bool) -> int:
    """Show a company, and then each that the person switches to."""
    passphrase, resume = find_passphrase(places), os.environ.get("DOCKET_QBO_RESUMED") == "1"
    while True:
        if places.config.connected and is_sealed(places):
            passphrase()
        passphrase.ask_by(None)
        code, wanted = asyncio.run(_show(places, passphrase, resume=resume, plain=plain))
        if wanted is None:
            return code
        secrets, resume = places.config.secrets, False
        known = known_companies(places.paths, os.environ)
        places = other_places(places, next(one for one in known if one.key == wanted))
        if places.config.secrets != secrets:
            passphrase = find_passphrase(places)


async def _show(
    places: Places, passphrase: Passphrase, *, resume: bool, plain: bool
) -> tuple[int, str | None]:
    """Show the dashboard; whatever the backstage opened is closed after it.

    Returns:
        Its exit code, and the short name of the company that is wanted next, if one is.
    """
    _make_ready(places)
    async with AsyncExitStack() as stack:
        app = build_app(places, stack, passphrase, resume=resume, plain=plain)
        code = await app.run_async()
    return int(Exit.DONE if code is None else code), app.wanted


def build_app(
    places: Places,
    stack: AsyncExitStack,
    passphrase: Passphrase | None = None,
    *,
    resume: bool = False,
    plain: bool = False,
) -> DocketQboApp:
    """The app over the cache of `places`; what it opens is closed with `stack`."""
    screen = places.config.screen
    own_keys = checked(places.config.keys)
    listing = stack.enter_context(open_listing(places))
    demo = places.config.practice and "DOCKET_QBO_DEMO" in os.environ
    return DocketQboApp(
        listing,
        _backstage(places, stack, passphrase or find_passphrase(places)),
        banner=_first_banner(places, listing),
        views=FileViews(places.cache_file) if places.config.connected else None,
        resume=resume,
        pull_the_plug=_pull_the_plug if demo else None,
        own_keys=own_keys,
        ascii_only=plain or screen.ascii,
        locale=screen.locale,
    )


def _make_ready(places: Places) -> None:
    """Make the cache where there is none yet; without one there is nothing to list.

    Raises:
        UsageTrouble: a cache was named that is not there, and no company to fill it from.
    """
    if places.cache_file.exists():
        return
    from cli.session import require_connection
    from core.ids import SystemIds
    from store.cache import Cache

    if places.only_shown:
        require_connection(places)
    Cache.open(places.cache_file, clock=SystemClock(), ids=SystemIds()).close()


def _backstage(
    places: Places, stack: AsyncExitStack, passphrase: Passphrase
) -> Callable[[], Backstage]:
    closing = stack.enter_context(ExitStack())

    def build() -> Backstage:
        from cli.connections import Connections
        from cli.importing import build_imports
        from cli.session import build_desk, make_connectors, open_cache
        from core.log_file import set_up_logging
        from core.second_loop import SecondLoop
        from store.details import Records
        from tui.ports import Backstage

        set_up_logging(places.config.log, places.log_file)
        cache = open_cache(places)
        stack.callback(cache.close)
        docket, qbo = make_connectors(places, passphrase, cache)
        second = SecondLoop()  # all of the desk's: a connection belongs to the loop that made it
        stack.push_async_callback(second.aclose)
        for connector in (docket, qbo):
            if connector is not None:
                stack.push_async_callback(second.do, connector.aclose)
        stack.push_async_callback(second.give_up)
        desk, records = build_desk(places, cache, docket, qbo), Records(cache)
        connections = Connections(places, cache, passphrase, closing)
        if qbo is None:
            return Backstage(desk, records, connections=connections, elsewhere=second.do)
        imports = build_imports(places, cache)
        return Backstage(desk, records, qbo.web_url, imports, connections, second.do)

    return build


def _first_banner(places: Places, listing: Listing) -> Banner:
    """What the header says until the desk is there."""
    country, currency = listing.company_place()
    return Banner(
        company=listing.company_name(),
        live=False,
        practice=places.config.practice,
        connected=places.config.connected,
        read_only=places.only_shown,
        as_of=None,
        today=None,
        may_post=not places.config.sync.read_only,
        country=country,
        currency=currency,
    )


def _pull_the_plug() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
