"""The steps from an app's keys to a connected company; the command and the screen share them.

Whichever way the first tokens come, what follows is one: the company is read with them
and must be the configuration's and the cache's, then they are kept, then the
configuration is bound to its id and name. Up to there nothing of an older connection
was touched.
"""

from __future__ import annotations

import asyncio
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from cli.addresses import PRODUCTION, UNCHANGED
from cli.companies import KnownCompany, known_companies
from cli.config_file import keep_values
from cli.places import Places
from cli.secrets import app_keys, docket_key, token_lock
from cli.session import build_desk, make_oauth, make_token_store
from connectors.qbo.client import QboClient
from connectors.qbo.consent import GOOD_FOR, Consent, ConsentRequest, is_realm
from connectors.qbo.faults import QboError
from connectors.qbo.intuit import Grant, OAuthRefused, OAuthUnclear
from connectors.qbo.listener import RedirectListener, redirect_uri
from connectors.qbo.refresh import alone
from connectors.qbo.throttle import Limits, Throttle
from core.clock import Clock
from core.errors import ConnectionTrouble, UsageTrouble
from core.ids import SystemIds
from core.secrets import Secret, SecretStore, draw_secret
from core.text import display
from store import audit
from store.books import Company
from store.cache import Cache
from sync.pull_qbo import QboPull
from sync.trouble import connection_trouble

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Key:
    """One key that has to be there: the name it is kept under, and its question."""

    name: str
    question: str


class Connecting:
    """One connection in the making.

    Args:
        places: of the company; its configuration has addresses, maybe not yet an id.
        secrets: where keys and tokens are kept.
        cache: of the company, open.
        clock: what time it is.
    """

    def __init__(self, places: Places, secrets: SecretStore, cache: Cache, clock: Clock) -> None:
        self.places = places
        self._secrets = secrets
        self._cache = cache
        self._clock = clock
        self._request: ConsentRequest | None = None

    # --- keys

    def keys(self) -> list[Key]:
        """Every key that this company needs, in the order of asking."""
        client_id, client_secret = app_keys(self.places)
        needed = [
            Key(client_id, "Client id of your app at Intuit"),
            Key(client_secret, "Its client secret"),
        ]
        if not self.places.config.docket.folder:
            needed.append(Key(docket_key(self.places.company), "Docket key"))
        return needed

    def missing(self) -> list[Key]:
        """The keys that are not kept yet."""
        return [key for key in self.keys() if not self._secrets.get(key.name)]

    def keep_key(self, name: str, value: str) -> None:
        """Keep one under its name."""
        self._secrets.put(name, value)

    # --- consent

    @property
    def own_redirect(self) -> str:
        """The address of this machine that takes Intuit's answer.

        Raises:
            UsageTrouble: Intuit does not redirect to it with these keys.
        """
        if not self.takes_here:
            raise UsageTrouble(
                "With production keys Intuit sends its answer to an https address only.",
                books=UNCHANGED,
                fix="Use --paste URL with the redirect address of your app; the page there need"
                " not exist. Or --import a refresh token.",
            )
        return self.local_redirect

    @property
    def local_redirect(self) -> str:
        """The address that is registered for development keys."""
        return redirect_uri(self.places.config.quickbooks.redirect_port)

    @property
    def takes_here(self) -> bool:
        """Whether Intuit redirects to this machine: with development keys."""
        return self.places.config.quickbooks.url != PRODUCTION[0]

    @property
    def has_browser(self) -> bool:
        """Whether a window can be opened here; a browser in the terminal would take it over."""
        if self.is_remote:
            return False
        windows = sys.platform in ("darwin", "win32")
        return windows or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

    @property
    def is_remote(self) -> bool:
        """Whether the person is on this machine by ssh; their browser then is not."""
        return bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))

    def page(self, redirect: str) -> str:
        """Return the address of Intuit's page, with a question of ours in it. Blocks."""
        request = ConsentRequest(redirect, draw_secret(), self._clock.now())
        oauth = make_oauth(self.places, self._secrets)
        page = answered(lambda: oauth.page(request.redirect_uri, request.state))
        self._request = request
        return page

    def read(self, address: str) -> Consent:
        """Read the address at which the browser ended.

        Raises:
            ConnectionTrouble: it is no answer to our page, was declined, comes late, or is
                for another company.
        """
        consent = self._asked.answer(address, self._clock.now())
        self._insist_expected(consent.realm_id)
        return consent

    async def listen(self, listening: Callable[[], None]) -> Consent:
        """Wait on this machine for the answer, up to ten minutes. Raises as `read`.

        Args:
            listening: called once the answer can come; shows the page.
        """
        port, request = self.places.config.quickbooks.redirect_port, self._asked
        listener = RedirectListener(port, self.read, lambda: request.is_over, clock=self._clock)
        async with listener:
            listening()
            return await listener.answer(GOOD_FOR.total_seconds())

    @property
    def _asked(self) -> ConsentRequest:
        if self._request is None:
            raise ConnectionTrouble(
                "Intuit's page was not opened from here yet.",
                books=UNCHANGED,
                fix="Open it first.",
            )
        return self._request

    # --- the company

    @property
    def company(self) -> str:
        """The company's short name; empty for the first one."""
        return self.places.company

    @property
    def realm_id(self) -> str:
        """The company's id in the configuration; empty until it was connected once."""
        return self.places.config.quickbooks.realm_id

    async def here(self, listening: Callable[[], None]) -> Company:
        """Wait on this machine for the answer, and connect. Raises as `read`, `by_consent`."""
        consent = await self.listen(listening)
        return await asyncio.to_thread(self.by_consent, consent)

    def pasted(self, address: str) -> Company:
        """Read the address that a person pasted, and connect. Blocks; raises as `here`."""
        return self.by_consent(self.read(address))

    def by_consent(self, consent: Consent) -> Company:
        """Trade a consent for tokens, and connect the company. Blocks.

        Raises:
            ConnectionTrouble: Intuit or QuickBooks refuses, or it is another company.
        """
        oauth = make_oauth(self.places, self._secrets)
        redirect = self._asked.redirect_uri
        return self._connect(consent.realm_id, lambda: oauth.exchange(consent.code, redirect))

    def by_token(self, token: Secret, realm_id: str) -> Company:
        """Take a refresh token that a person got elsewhere, and connect. Blocks.

        Raises:
            UsageTrouble: this is no company's id.
            ConnectionTrouble: as `by_consent`.
        """
        if not is_realm(realm_id):
            raise UsageTrouble(
                f"{display(realm_id, 30)!r} is no company id.",
                books=UNCHANGED,
                fix="It is a number of up to 20 digits: in QuickBooks under Billing &"
                " subscription, in Intuit's playground beside the tokens.",
            )
        self._insist_expected(realm_id)
        oauth = make_oauth(self.places, self._secrets)
        return self._connect(realm_id, lambda: oauth.refresh(token))

    def _insist_expected(self, realm_id: str) -> None:
        expected = self.places.config.quickbooks
        if expected.realm_id and expected.realm_id != realm_id:
            name = display(expected.company, 60)
            raise ConnectionTrouble(
                f"On the page the company {realm_id} was chosen; this configuration is for "
                f"the company {expected.realm_id}{f', {name}' if name else ''}.",
                books=UNCHANGED,
                fix="Start again and choose that company; for another one, give it a name of its"
                " own: docket-qbo connect --company NAME.",
            )
        for other in self._others():
            theirs, name = other.config.quickbooks, display(other.name, 60)
            if (theirs.realm_id, theirs.url) == (realm_id, expected.url):
                raise ConnectionTrouble(
                    f"This company is connected already, as {name}.",
                    books=UNCHANGED,
                    fix="Two caches of one company would not know of each other: use it with"
                    f' --company "{other.key or name}".',
                )
            if expected.url == theirs.url == PRODUCTION[0] and self._same_docket(other):
                raise ConnectionTrouble(
                    f"Docket's records of {name} would be posted to this company as well.",
                    books=UNCHANGED,
                    fix="Each live company has a Docket account, and a folder of exports, of its"
                    " own: name this one's.",
                )

    def _same_docket(self, other: KnownCompany) -> bool:
        """Whether another company gets the same records of Docket."""
        ours, theirs = self.places.config.docket, other.config.docket
        if ours.folder and theirs.folder:
            own = self.places.config.resolve(ours.folder).resolve()
            folder = other.config.resolve(theirs.folder).resolve()
            return own == folder or _holds(own, folder) or _holds(folder, own)
        if not ours.url or ours.url != theirs.url:
            return False
        own_key = self._secrets.get(docket_key(self.places.company))
        return own_key is not None and own_key == self._secrets.get(docket_key(other.key))

    def _others(self) -> Sequence[KnownCompany]:
        everyone = known_companies(self.places.paths, {})
        own = self.file.resolve()
        ours = own.is_relative_to(self.places.paths.config.resolve())
        return [one for one in everyone if ours and one.file.resolve() != own]

    @property
    def file(self) -> Path:
        """The configuration that is written."""
        places = self.places
        if places.config_file is not None:
            return places.config_file
        if places.company:
            return places.paths.companies / f"{places.company}.toml"
        return places.paths.config_file

    def _connect(self, realm_id: str, trade: Callable[[], Grant]) -> Company:
        quickbooks = self.places.config.quickbooks._replace(realm_id=realm_id)
        bound = replace(self.places, config=replace(self.places.config, quickbooks=quickbooks))
        with alone(token_lock(bound)):
            grant = answered(trade)
            company = asyncio.run(self._met(bound, grant))
            make_token_store(bound, self._secrets).begin(grant, self._clock.now())
        with self._cache.write() as session:
            audit.append(
                session,
                self._clock.now(),
                getpass.getuser(),
                "connected",
                "quickbooks",
                after={"what": f"{company.name} ({realm_id})"},
            )
        self._bind(bound, company)
        return company

    def choose_start(self, day: date) -> None:
        """Post invoices of this company from this day on."""
        build_desk(self.places, self._cache, None, None).set_start_date(day)

    async def _met(self, bound: Places, grant: Grant) -> Company:
        """The company, read with the new token before that replaces an old one, and kept.

        Raises:
            Trouble: the token does not open this company, or the cache is another's.
        """
        quickbooks = bound.config.quickbooks
        async with QboClient(
            quickbooks.url,
            quickbooks.realm_id,
            _Granted(grant),
            clock=self._clock,
            ids=SystemIds(),
            throttle=Throttle(self._clock, Limits()),
            timeout=quickbooks.timeout_seconds,
            read_only=True,
        ) as client:
            pull = QboPull(self._cache, client, self._clock, _unwatched, _unwatched)
            try:
                return await pull.check_company()
            except QboError as error:
                raise connection_trouble(error) from error

    def _bind(self, bound: Places, company: Company) -> None:
        config = bound.config
        quickbooks = {
            "url": config.quickbooks.url,
            "discovery_url": config.quickbooks.discovery_url,
            "realm_id": config.quickbooks.realm_id,
            "company": company.name,
        }
        docket = {"folder": config.docket.folder} if config.docket.folder else {}
        docket = docket or {"url": config.docket.url}
        keep_values(self.file, {"docket": docket, "quickbooks": quickbooks})
        self.places = replace(
            bound,
            config=replace(config, quickbooks=config.quickbooks._replace(company=company.name)),
            config_file=self.file,
        )


def _holds(folder: Path, file: Path) -> bool:
    """Whether a watched file lies in a watched folder; folders in it are not looked into."""
    return file.is_file() and file.parent == folder


def answered(ask: Callable[[], T]) -> T:
    """What Intuit's sign-in answers.

    Raises:
        ConnectionTrouble: it refuses, or does not answer.
    """
    try:
        return ask()
    except OAuthRefused as error:
        wrong_keys = error.code == "invalid_client"
        what = "the app's keys" if wrong_keys else "this sign-in or refresh token"
        raise ConnectionTrouble(
            f"Intuit does not accept {what} ({display(error.code, 40)}).",
            books=UNCHANGED,
            fix="Type the app's keys anew (--new-keys)."
            if wrong_keys
            else "Start again with a fresh one.",
        ) from error
    except OAuthUnclear as error:
        raise ConnectionTrouble(
            "Intuit's sign-in did not answer as it should.",
            books=UNCHANGED,
            fix="Try again in a few minutes, with a fresh sign-in or refresh token.",
        ) from error


class _Granted:
    """One access token, as it was granted."""

    def __init__(self, grant: Grant) -> None:
        self._token = grant.access_token

    async def access_token(self) -> str:
        return self._token.reveal()

    async def renewed(self, refused: str) -> str:
        return refused


def _unwatched(progress: object) -> None:
    """For calls that nobody follows."""
