"""Builds the rooms for one call: cache, connectors, and the desk over them.

The only place that knows all of them; everything below gets what it needs handed in.
"""

from __future__ import annotations

import argparse
import getpass
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from cli.invoices import selection
from cli.places import Places, find_places, open_listing
from cli.secrets import (
    LateSecrets,
    app_keys,
    docket_key,
    ends_file,
    find_passphrase,
    find_secrets,
    token_lock,
)
from connectors.docket.http import HttpDocketSource
from connectors.docket.source import DocketSource
from connectors.docket_files.choosing import folder_finds
from connectors.docket_files.profile import load_profiles
from connectors.docket_files.source import FileDocketSource
from connectors.qbo.client import QboClient
from connectors.qbo.ends import EndsFile
from connectors.qbo.intuit import Grant, IntuitOAuth
from connectors.qbo.metering import MonthlyReads
from connectors.qbo.refresh import Refresher
from connectors.qbo.shared_schedule import SharedSchedule
from connectors.qbo.throttle import Limits, Throttle
from connectors.qbo.tokens import TokenStore
from core.clock import Clock, SystemClock
from core.errors import UsageTrouble
from core.ids import SystemIds
from core.installation import installation_id
from core.log_file import set_up_logging
from core.passphrase import Passphrase
from core.secrets import Secret, SecretStore
from store.books import Books
from store.cache import Cache
from store.listing import Filter, Listing
from store.load import load_books
from sync.desk import Desk
from sync.imports.known import CachedBooks
from sync.settings import EngineSettings
from sync.shapes import Plan

_CLOCK = SystemClock()


@dataclass(frozen=True, slots=True)
class Session:
    """One call's places, cache, desk and list."""

    places: Places
    cache: Cache
    desk: Desk
    listing: Listing

    def books(self) -> Books:
        """Everything the cache knows."""
        return load_books(self.cache)

    def plan(self, args: argparse.Namespace) -> Plan:
        """The plan for the invoices that the words name.

        Raises:
            UsageTrouble: no invoice is named, or one is unknown or not unique.
        """
        books = self.books()
        rows = self.listing.ids(Filter(paid=True)) if args.paid_only else ()
        late = self.desk.tie_out.paid_but_open() if args.paid_open else ()
        owing = [row.docket_id for row in late]
        chosen = selection(args, books, frozenset(rows), owing)
        if args.all and not args.paid_only:
            chosen += [row.key for row in self.desk.money.loose() if row.due]
        if args.email is not None:
            new = [one for one in chosen if one in books.invoices]
            self.desk.mail(new, wanted=args.email)
        return self.desk.preview(chosen, also=chosen if args.also_changes else ())

    def client_id(self, word: str) -> str:
        """The Docket id of a client named by id or by name.

        Raises:
            UsageTrouble: there is none, or the name is not unique.
        """
        clients = self.books().clients
        found = [word] if word in clients else []
        found = found or [key for key, row in clients.items() if row.customer_name == word]
        if len(found) != 1:
            raise UsageTrouble(
                f"{len(found) or 'No'} clients are called {word}.",
                books="Nothing was changed.",
                fix="Name the client by its Docket id; `docket-qbo names` shows it as key.",
            )
        return found[0]


@asynccontextmanager
async def open_session(
    args: argparse.Namespace, *, connected: bool = True, clock: Clock = _CLOCK
) -> AsyncIterator[Session]:
    """Open the cache and, where the configuration has addresses, both connectors.

    `connected` says that the command needs them; a rehearsal brings a faster clock.

    Raises:
        UsageTrouble: the command needs a company and none is configured.
        StoreTrouble: the cache cannot be opened.
    """
    places = find_places(args)
    set_up_logging(places.config.log, places.log_file)
    if connected:
        require_connection(places)
    async with AsyncExitStack() as stack:
        cache = open_cache(places, clock)
        stack.callback(cache.close)
        # What needs the company asks for its keys now; the rest never does.
        passphrase = find_passphrase(places, at_once=connected)
        docket, qbo = make_connectors(places, passphrase, cache, clock)
        for connector in (docket, qbo):
            if connector is not None:
                stack.push_async_callback(connector.aclose)
        listing = stack.enter_context(open_listing(places))
        yield Session(places, cache, build_desk(places, cache, docket, qbo, clock), listing)


def open_cache(places: Places, clock: Clock = _CLOCK) -> Cache:
    """Open the cache of this call; an example's for reading only.

    Raises:
        StoreTrouble: it cannot be opened.
    """
    return Cache.open(
        places.cache_file,
        clock=clock,
        ids=SystemIds(),
        read_only=places.only_shown,
    )


def require_connection(places: Places) -> None:
    """Check that the configuration has both addresses and a company.

    Raises:
        UsageTrouble: it has not.
    """
    if not places.config.connected:
        raise UsageTrouble(
            "No company is connected yet.",
            books="Nothing was started.",
            fix="Connect one with `docket-qbo connect`, or try `docket-qbo demo`.",
        )


def make_connectors(
    places: Places, passphrase: Passphrase, cache: Cache, clock: Clock = _CLOCK
) -> tuple[HttpDocketSource | FileDocketSource, QboClient] | tuple[None, None]:
    """Both connectors, to be closed by the caller; none where nothing is configured."""
    config = places.config
    if not config.connected:
        return None, None
    ids, secrets = SystemIds(), LateSecrets(lambda: find_secrets(places, passphrase))
    limits = Limits(
        per_minute=config.limits.requests_per_minute,
        per_second=config.limits.requests_per_second,
        in_flight=config.limits.in_flight,
    )
    qbo = QboClient(
        config.quickbooks.url,
        config.quickbooks.realm_id,
        _refresher(places, secrets, clock),
        clock=clock,
        ids=ids,
        throttle=Throttle(
            clock,
            limits,
            SharedSchedule(places.calls_file),
            MonthlyReads(places.reads_file),
        ),
        timeout=config.quickbooks.timeout_seconds,
        read_only=config.sync.read_only,
    )
    return _docket(places, secrets, cache, clock), qbo


def _docket(
    places: Places, secrets: SecretStore, cache: Cache, clock: Clock
) -> HttpDocketSource | FileDocketSource:
    config = places.config
    if config.docket.folder:
        folder = config.resolve(config.docket.folder)
        return FileDocketSource(
            lambda: folder_finds(folder, load_profiles(places.paths.profiles)), CachedBooks(cache)
        )
    return HttpDocketSource(
        config.docket.url,
        lambda: secrets.get(docket_key(places.company)) or "",
        clock=clock,
        ids=SystemIds(),
        timeout=config.docket.timeout_seconds,
    )


def build_desk(
    places: Places,
    cache: Cache,
    docket: DocketSource | None,
    qbo: QboClient | None,
    clock: Clock = _CLOCK,
) -> Desk:
    """The desk for this call; the actor in the audit log is the system's user."""
    config = places.config
    return Desk(
        cache,
        docket=docket,
        qbo=qbo,
        clock=clock,
        ids=SystemIds(),
        actor=getpass.getuser(),
        reports=qbo,
        may_post=not config.sync.read_only,
        ends=EndsFile(ends_file(places)).read if config.connected else None,
        settings=EngineSettings(
            settle=config.sync.settle_seconds,
            in_flight=config.limits.in_flight,
            ceiling=config.limits.requests_per_minute,
            call_timeout=config.quickbooks.timeout_seconds,
        ),
    )


def make_oauth(places: Places, secrets: SecretStore) -> IntuitOAuth:
    """Intuit's sign-in, with the keys of this configuration's app."""
    client_id, client_secret = app_keys(places)
    return IntuitOAuth(
        secrets.get(client_id) or "",
        Secret(secrets.get(client_secret) or ""),
        places.config.quickbooks.discovery_url,
    )


def make_token_store(places: Places, secrets: SecretStore) -> TokenStore:
    """This company's tokens, bound to this installation unless it is the practice company."""
    own = None if places.config.practice else installation_id(places.paths.data, SystemIds())
    realm_id = places.config.quickbooks.realm_id
    return TokenStore(secrets, realm_id, own, EndsFile(ends_file(places)))


class _LateOAuth:
    """`OAuth` whose keys are read when a token is due."""

    def __init__(self, places: Places, secrets: SecretStore) -> None:
        self._places, self._secrets = places, secrets

    def refresh(self, refresh_token: Secret) -> Grant:
        """Return new tokens; see `OAuth`."""
        return make_oauth(self._places, self._secrets).refresh(refresh_token)


def _refresher(places: Places, secrets: SecretStore, clock: Clock) -> Refresher:
    tokens, oauth = make_token_store(places, secrets), _LateOAuth(places, secrets)
    return Refresher(tokens, oauth, token_lock(places), clock=clock)
