"""The tokens of one company, as they are kept between refreshes.

A refresh token is worth the whole connection: its value changes about once a day
and the old one dies. So a set carries a version for compare-and-swap, the value
before the last one, a mark while a refresh is under way, by which a later process
can tell a lost answer from a connection that was taken away, and the installation
it belongs to: two that share one would take it from each other day by day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from connectors.qbo.ends import Ends, EndsFile
from connectors.qbo.intuit import Grant
from core.clock import iso, parse_instant
from core.errors import ConnectionTrouble
from core.jsonio import dumps, loads
from core.secrets import Secret, SecretStore


@dataclass(frozen=True, slots=True)
class TokenSet:
    """Tokens of one company; `version` rises with every set that is saved.

    `refresh_expires_at` moves on with every refresh (100 days), `hard_expires_at`
    does not (5 years); both are None when Intuit did not say.
    """

    access_token: Secret
    refresh_token: Secret
    realm_id: str
    expires_at: datetime
    refresh_expires_at: datetime | None = None
    hard_expires_at: datetime | None = None
    version: int = 1
    previous_refresh_token: Secret | None = None
    refresh_started_at: datetime | None = None
    installation: str | None = None

    def after(self, grant: Grant, now: datetime) -> TokenSet:
        """Return the set that a refresh leads to; the old refresh token is kept beside it."""
        changed = grant.refresh_token != self.refresh_token
        return TokenSet(
            access_token=grant.access_token,
            refresh_token=grant.refresh_token,
            realm_id=self.realm_id,
            expires_at=now + timedelta(seconds=grant.expires_in),
            refresh_expires_at=_later(now, grant.refresh_expires_in) or self.refresh_expires_at,
            hard_expires_at=_later(now, grant.hard_expires_in) or self.hard_expires_at,
            version=self.version + 1,
            previous_refresh_token=self.refresh_token if changed else self.previous_refresh_token,
        )


class TokenStore:
    """One company's tokens in a `SecretStore`.

    Whoever writes holds the lock of `connectors.qbo.refresh`, so that reading the
    version and writing the set are one step.

    Args:
        secrets: where they are kept.
        realm_id: whose they are.
        installation: who we are; a set that another one keeps is refused. None for the
            practice company, whose servers take everybody.
        ends: where the days of its end are kept beside it, if anywhere.
    """

    def __init__(
        self,
        secrets: SecretStore,
        realm_id: str,
        installation: str | None = None,
        ends: EndsFile | None = None,
    ) -> None:
        self.realm_id = realm_id
        self._installation = installation
        self._ends = ends
        self._secrets = secrets
        self._name = f"qbo_tokens_{realm_id}"

    def load(self) -> TokenSet:
        """Return what is kept.

        Raises:
            ConnectionTrouble: nothing is kept, it is damaged, or it is another company's or
                another installation's.
        """
        text = self._secrets.get(self._name)
        if text is None:
            raise reconnect("This company is not connected to QuickBooks.")
        try:
            tokens = _read(loads(text))
        except (KeyError, TypeError, ValueError) as error:
            raise reconnect("The kept connection to QuickBooks is damaged.") from error
        if tokens.realm_id != self.realm_id:
            raise reconnect("The kept connection belongs to another company.")
        if self._installation and tokens.installation not in (None, self._installation):
            raise reconnect(
                "The kept connection belongs to another installation of docket-qbo; two that "
                "share one take it from each other."
            )
        return tokens

    def put(self, tokens: TokenSet) -> None:
        """Keep a set, whatever was there before; it becomes this installation's."""
        own = replace(tokens, installation=self._installation or tokens.installation)
        self._secrets.put(self._name, dumps(_written(own)))
        if self._ends is not None:
            self._ends.keep(Ends(own.refresh_expires_at, own.hard_expires_at))

    def remove(self, now: datetime) -> None:
        """Forget the tokens, whatever they are; no error if there are none."""
        self._secrets.delete(self._name)
        if self._ends is not None:
            self._ends.keep(Ends(disconnected=now))

    def begin(self, grant: Grant, now: datetime) -> TokenSet:
        """Keep the tokens of a new consent in place of what was there, and return them.

        Its version is above the old one's, so that a renewal which began before is not
        saved over it.
        """
        try:
            version = self.load().version + 1
        except ConnectionTrouble:
            version = 1
        tokens = TokenSet(
            access_token=grant.access_token,
            refresh_token=grant.refresh_token,
            realm_id=self.realm_id,
            expires_at=now + timedelta(seconds=grant.expires_in),
            refresh_expires_at=_later(now, grant.refresh_expires_in),
            hard_expires_at=_later(now, grant.hard_expires_in),
            version=version,
        )
        self.put(tokens)
        return tokens

    def mark(self, tokens: TokenSet, now: datetime) -> None:
        """Note that a refresh of this set is under way."""
        self.put(replace(tokens, refresh_started_at=now))

    def swap(self, tokens: TokenSet, over: int) -> TokenSet:
        """Keep `tokens` if version `over` is still the kept one; return what is kept then."""
        kept = self.load()
        if kept.version != over:
            return kept
        self.put(tokens)
        return tokens


def reconnect(what: str) -> ConnectionTrouble:
    """The trouble whose way out is a new consent."""
    return ConnectionTrouble(
        what,
        books="Nothing was sent; the cache, the sync log and QuickBooks are as they were.",
        fix="Connect to QuickBooks again (docket-qbo connect, or A in the dashboard); everything"
        " then goes on where it stopped.",
    )


def _later(now: datetime, seconds: int | None) -> datetime | None:
    return None if seconds is None else now + timedelta(seconds=seconds)


def _written(tokens: TokenSet) -> dict[str, str | int | None]:
    previous = tokens.previous_refresh_token
    return {
        "access_token": tokens.access_token.reveal(),
        "refresh_token": tokens.refresh_token.reveal(),
        "realm_id": tokens.realm_id,
        "expires_at": iso(tokens.expires_at),
        "refresh_expires_at": _text(tokens.refresh_expires_at),
        "hard_expires_at": _text(tokens.hard_expires_at),
        "version": tokens.version,
        "previous_refresh_token": previous.reveal() if previous else None,
        "refresh_started_at": _text(tokens.refresh_started_at),
        "installation": tokens.installation,
    }


def _read(kept: Mapping[str, Any]) -> TokenSet:
    previous = kept["previous_refresh_token"]
    return TokenSet(
        access_token=Secret(str(kept["access_token"])),
        refresh_token=Secret(str(kept["refresh_token"])),
        realm_id=str(kept["realm_id"]),
        expires_at=parse_instant(kept["expires_at"]),
        refresh_expires_at=_instant(kept["refresh_expires_at"]),
        hard_expires_at=_instant(kept["hard_expires_at"]),
        version=int(kept["version"]),
        previous_refresh_token=Secret(previous) if previous else None,
        refresh_started_at=_instant(kept["refresh_started_at"]),
        installation=kept.get("installation"),
    )


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else iso(instant)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else parse_instant(text)
