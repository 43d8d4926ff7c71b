"""`docket-qbo connect`: from the keys of an app to a connected company, in three ways.

Keys and tokens that are typed are never shown; without a terminal every answer is read
from standard input, one a line, in the order of the questions.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from cli.output import put, say
from core.errors import Exit, UsageTrouble

if TYPE_CHECKING:
    from cli.connecting import Connecting
    from cli.places import Places
    from store.books import Company
    from sync.desk import Desk

_UNCHANGED = "Nothing was connected; what was connected before stays so."


def add_words(parser: argparse.ArgumentParser) -> None:
    """The way, which QuickBooks, Docket's way, --start-date, --new-keys."""
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--here",
        action="store_true",
        help="take the answer of Intuit's page on this machine (development keys)",
    )
    way.add_argument(
        "--paste",
        metavar="URL",
        help="show Intuit's page and read the address it ends at; URL is your app's redirect",
    )
    way.add_argument(
        "--import",
        dest="token",
        action="store_true",
        help="take a refresh token, for example of Intuit's OAuth playground",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--sandbox", dest="live", action="store_false", default=None, help="Intuit's sandbox"
    )
    which.add_argument(
        "--production", dest="live", action="store_true", default=None, help="a live company"
    )
    parser.add_argument(
        "--docket-folder", metavar="DIR", default="", help="of Docket's exports, or one file"
    )
    parser.add_argument("--docket-url", metavar="URL", default="", help="of a gateway to Docket")
    parser.add_argument("--start-date", metavar="DAY", help="post invoices from this day on")
    parser.add_argument("--no-browser", action="store_true", help="only show the page's address")
    parser.add_argument("--new-keys", action="store_true", help="ask for the app's keys again")


def run(args: argparse.Namespace) -> Exit:
    """Ask, agree, read the company, keep the tokens; then the start date, and the defaults."""
    from cli.connecting import Connecting
    from cli.secrets import find_passphrase, find_secrets
    from cli.session import build_desk
    from core.clock import SystemClock
    from core.ids import SystemIds
    from core.log_file import set_up_logging
    from store.cache import Cache

    start = _day(args.start_date) if args.start_date else None
    places = _addressed(args)
    set_up_logging(places.config.log, places.log_file)
    clock = SystemClock()
    secrets = find_secrets(places, find_passphrase(places))
    with closing(Cache.open(places.cache_file, clock=clock, ids=SystemIds())) as cache:
        connecting = Connecting(places, secrets, cache, clock)
        _ask_keys(connecting, again=args.new_keys)
        company = _company(args, connecting)
        _show(company)
        desk = build_desk(connecting.places, cache, None, None)
        _choose_start(desk, company, start)
        _show_defaults(desk)
    name = connecting.places.company
    say(f"Next: docket-qbo{f' --company {name}' if name else ''} pull")
    return Exit.DONE


def _addressed(args: argparse.Namespace) -> Places:
    """The places of this company, with the addresses that were chosen or are asked for."""
    from cli.addresses import with_addresses

    places = _places(args)
    live, folder, url = args.live, args.docket_folder, args.docket_url
    if live is None and not places.config.quickbooks.url:
        live = _ask_live()
    if not (folder or url or places.config.docket.folder or places.config.docket.url):
        folder = _ask("Folder that Docket's exports are put into, or one file: ", shown=True)
    return with_addresses(places, live=live, docket_url=url, docket_folder=folder)


def _places(args: argparse.Namespace) -> Places:
    """As everywhere, but a company that is not known yet is a new one."""
    from cli.companies import known_companies
    from cli.places import find_places, new_places
    from core.paths import find_paths

    if not args.company or args.config is not None:
        return find_places(args)
    paths = find_paths(os.environ)
    if any(one.answers_to(args.company) for one in known_companies(paths, os.environ)):
        return find_places(args)
    return new_places(paths, args.company, args.db)


def _ask_live() -> bool:
    said = _ask(
        "Intuit's sandbox, to try (s), or your live company (p for production)? ", shown=True
    )
    if said[:1].lower() not in ("s", "p"):
        raise UsageTrouble(
            "That was neither sandbox nor production.",
            books=_UNCHANGED,
            fix="Start again with --sandbox or --production.",
        )
    return said[:1].lower() == "p"


def _ask_keys(connecting: Connecting, *, again: bool) -> None:
    from sync.connection import key_steps

    keys = connecting.keys() if again else connecting.missing()
    for line in key_steps(connecting.local_redirect) if keys else ():
        say(line)
    for key in keys:
        connecting.keep_key(key.name, _ask(f"{key.question}: "))


def _company(args: argparse.Namespace, connecting: Connecting) -> Company:
    """The company, connected by the way that was chosen."""
    from core.config import is_loopback
    from core.secrets import Secret

    browser = connecting.has_browser and not args.no_browser
    if args.token:
        token = Secret(_ask("Refresh token: "))
        return connecting.by_token(token, connecting.realm_id or _ask("Company id: ", shown=True))
    if args.paste or not (args.here or connecting.takes_here):
        redirect = args.paste or _ask("Redirect address of your app (https://…): ", shown=True)
        _show_page(connecting.page(redirect), browser=browser)
        address = _ask("The whole address that the browser shows then: ")
        return connecting.pasted(address)
    redirect = connecting.own_redirect
    if not is_loopback(connecting.places.config.quickbooks.url):
        say(f"This address must be registered with your app at Intuit: {redirect}")
    if connecting.is_remote:
        say("You are on this machine by ssh; the browser must reach its port:")
        port = connecting.places.config.quickbooks.redirect_port
        say(f"  ssh -L {port}:localhost:{port} …, or stop here (ctrl+c) and use --paste.")
    page = connecting.page(redirect)
    shown = connecting.here(lambda: _show_page(page, browser=browser))
    return asyncio.run(shown)


def _show_page(page: str, *, browser: bool) -> None:
    """Show the address, and open it where a browser of this machine can."""
    say("Open this page in a browser, choose the company, and agree:")
    sys.stdout.write(f"{page}\n")
    sys.stdout.flush()
    if browser:
        import webbrowser

        webbrowser.open(page)


def _show(company: Company) -> None:
    from sync.connection import company_lines

    put(f"Connected to {company.name}.")
    for line in company_lines(company):
        put(f"  {line}")


def _choose_start(desk: Desk, company: Company, start: date | None) -> None:
    """The one thing that nobody can know but the office; it may also be said later."""
    if start is None and company.start_date is not None:
        say(f"Start date: {company.start_date.isoformat()}, as it was chosen before.")
        return
    if start is None:
        say("From which day on are invoices posted? Older ones are only linked, never posted.")
        said = _line("Start date, such as 2026-11-01 (nothing: choose it later): ", shown=True)
        start = _day(said) if said else None
    if start is None:
        say("Later: docket-qbo settings start_date 2026-11-01")
        return
    desk.set_start_date(start)
    put(f"  Start date: {start.isoformat()}")


def _show_defaults(desk: Desk) -> None:
    from sync.questions import answered_lines, questions

    say("Everything else has a safe answer already; `docket-qbo settings NAME VALUE` changes it:")
    for line in answered_lines(questions(), desk.settings()):
        put(f"  {line}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageTrouble(
            f"{text} is not a date.",
            books="The start date is as it was.",
            fix="Write it as 2026-11-01: docket-qbo settings start_date 2026-11-01.",
        ) from error


def _ask(question: str, *, shown: bool = False) -> str:
    """Read one answer.

    Raises:
        UsageTrouble: there is none.
    """
    answer = _line(question, shown=shown)
    if not answer:
        raise UsageTrouble(
            f"{question.rstrip(': ')}: there was no answer.",
            books=_UNCHANGED,
            fix="Start again; without a terminal, give one answer a line on standard input.",
        )
    return answer


def _line(question: str, *, shown: bool = False) -> str:
    """Read one line, which is not echoed unless it is no secret."""
    if sys.stdin.isatty() and not shown:
        from getpass import getpass

        return getpass(question).strip()
    if sys.stdin.isatty():
        sys.stderr.write(question)
        sys.stderr.flush()
    return sys.stdin.readline().strip()
