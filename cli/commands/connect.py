"""`docket-qbo connect`: keys and first tokens of a company, by consent page or import.

What is typed is never shown; without a terminal it is read from standard input, one
answer a line, in the order of the questions.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from cli.output import put, say
from core.errors import ConnectionTrouble, Exit, UsageTrouble
from core.secrets import Secret, SecretStore, draw_secret
from core.text import display

if TYPE_CHECKING:
    from cli.places import Places
    from connectors.qbo.intuit import Grant, IntuitOAuth

T = TypeVar("T")

_UNCHANGED = "Nothing was connected; what was connected before stays so."


def add_words(parser: argparse.ArgumentParser) -> None:
    """--paste URL or --import, --new-keys."""
    way = parser.add_mutually_exclusive_group(required=True)
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
    parser.add_argument("--new-keys", action="store_true", help="ask for the app's keys again")


def run(args: argparse.Namespace) -> Exit:
    """Ask, exchange, read the company's name, then keep the tokens."""
    from cli.places import find_places
    from cli.secrets import find_passphrase, find_secrets, token_lock
    from cli.session import make_oauth, make_token_store, require_connection
    from connectors.qbo.refresh import alone
    from core.clock import SystemClock
    from core.logs import set_up_logging

    places = find_places(args)
    set_up_logging(places.config.log, places.log_file)
    require_connection(places)
    secrets = find_secrets(places, find_passphrase(places))
    _ask_keys(secrets, again=args.new_keys)
    oauth = make_oauth(places, secrets)
    trade = _imported(oauth) if args.token else _consented(places, oauth, args.paste)
    with alone(token_lock(places)):
        grant = _answered(trade)
        name = asyncio.run(_company_name(places, grant))
        make_token_store(places, secrets).begin(grant, SystemClock().now())
    put(f"Connected to {name}.")
    say("Next: docket-qbo pull")
    return Exit.DONE


def _ask_keys(secrets: SecretStore, *, again: bool) -> None:
    from cli.secrets import CLIENT_ID, CLIENT_SECRET, DOCKET_KEY

    for name, question in (
        (CLIENT_ID, "Client id of your app at Intuit: "),
        (CLIENT_SECRET, "Its client secret: "),
        (DOCKET_KEY, "Docket key: "),
    ):
        if again or not secrets.get(name):
            secrets.put(name, _ask(question))


def _imported(oauth: IntuitOAuth) -> Callable[[], Grant]:
    """Ask for a refresh token; the call that is returned trades it."""
    token = Secret(_ask("Refresh token: "))
    return lambda: oauth.refresh(token)


def _consented(places: Places, oauth: IntuitOAuth, redirect_uri: str) -> Callable[[], Grant]:
    """Show the page and read its answer; the call that is returned trades its code."""
    from connectors.qbo.consent import ConsentRequest
    from core.clock import SystemClock

    clock = SystemClock()
    request = ConsentRequest(redirect_uri, draw_secret(), clock.now())
    page = _answered(lambda: oauth.page(request.redirect_uri, request.state))
    say("Open this page in a browser, choose the company, and agree:")
    sys.stdout.write(f"{page}\n")
    sys.stdout.flush()
    consent = request.answer(_ask("The whole address that the browser shows then: "), clock.now())
    realm_id = places.config.quickbooks.realm_id
    if consent.realm_id != realm_id:
        raise ConnectionTrouble(
            f"On the page the company {consent.realm_id} was chosen; this configuration is for "
            f"the company {realm_id}.",
            books=_UNCHANGED,
            fix="Start again and choose that company, or use the configuration of this one.",
        )
    return lambda: oauth.exchange(consent.code, request.redirect_uri)


def _answered(ask: Callable[[], T]) -> T:
    """What Intuit's sign-in answers.

    Raises:
        ConnectionTrouble: it refuses, or does not answer.
    """
    from connectors.qbo.intuit import OAuthRefused, OAuthUnclear

    try:
        return ask()
    except OAuthRefused as error:
        wrong_keys = error.code == "invalid_client"
        what = "the app's keys" if wrong_keys else "this sign-in or refresh token"
        raise ConnectionTrouble(
            f"Intuit does not accept {what} ({display(error.code, 40)}).",
            books=_UNCHANGED,
            fix="Start again with --new-keys." if wrong_keys else "Start again with a fresh one.",
        ) from error
    except OAuthUnclear as error:
        raise ConnectionTrouble(
            "Intuit's sign-in did not answer as it should.",
            books=_UNCHANGED,
            fix="Try again in a few minutes, with a fresh sign-in or refresh token.",
        ) from error


async def _company_name(places: Places, grant: Grant) -> str:
    """The name of the company, read with the new token before it replaces an old one.

    Raises:
        Trouble: the token does not open this company.
    """
    from connectors.qbo.client import QboClient
    from connectors.qbo.faults import QboError
    from connectors.qbo.throttle import Limits, Throttle
    from core.clock import SystemClock
    from core.ids import SystemIds
    from sync.trouble import connection_trouble

    quickbooks, clock = places.config.quickbooks, SystemClock()
    async with QboClient(
        quickbooks.url,
        quickbooks.realm_id,
        _Granted(grant),
        clock=clock,
        ids=SystemIds(),
        throttle=Throttle(clock, Limits()),
        timeout=quickbooks.timeout_seconds,
    ) as client:
        try:
            return str((await client.company_info())["CompanyName"])
        except QboError as error:
            raise connection_trouble(error) from error


class _Granted:
    """One access token, as it was granted."""

    def __init__(self, grant: Grant) -> None:
        self._token = grant.access_token

    async def access_token(self) -> str:
        return self._token.reveal()

    async def renewed(self, refused: str) -> str:
        return refused


def _ask(question: str) -> str:
    """Read one answer, which is not shown.

    Raises:
        UsageTrouble: there is none.
    """
    if sys.stdin.isatty():
        from getpass import getpass

        answer = getpass(question).strip()
    else:
        answer = sys.stdin.readline().strip()
    if not answer:
        raise UsageTrouble(
            f"{question.rstrip(': ')}: there was no answer.",
            books=_UNCHANGED,
            fix="Start again; without a terminal, give one answer a line on standard input.",
        )
    return answer
