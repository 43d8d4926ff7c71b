"""OAuth tokens of the practice companies: codes once, access for an hour, refresh rolling.

One token set belongs to one company and one app. The refresh value changes when
it is older than a day (or always, by a switch); the value before it is dead at
once, and five years after the first one nothing helps but to connect again.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, replace
from typing import Any

from sandbox.clock import SandboxClock

ACCESS_LIFE = 3600
REFRESH_LIFE = 8_726_400
HARD_LIFE = 157_680_000
CODE_LIFE = 300
ROTATE_AFTER = 86_400
ACCOUNTING = "com.intuit.quickbooks.accounting"


@dataclass(frozen=True)
class Code:
    """An authorization code, good once and for minutes."""

    realm: str
    client: str
    redirect_uri: str
    scope: str
    expires: float


@dataclass(frozen=True)
class Connection:
    """One app's access to one company."""

    realm: str
    client: str
    scope: str
    refresh: str
    rotated: float
    refreshed: float
    born: float


class OAuthRefused(Exception):
    """The token endpoint refuses: `error` and its description, with an HTTP status."""

    def __init__(self, error: str, description: str = "", status: int = 400) -> None:
        super().__init__(description or error)
        self.error, self.description, self.status = error, description, status

    def show(self) -> dict[str, str]:
        """The JSON body."""
        told = {"error_description": self.description} if self.description else {}
        return told | {"error": self.error}


class Tokens:
    """All that the authorization server remembers; tokens follow from the seed."""

    def __init__(self, clock: SandboxClock, seed: int) -> None:
        self.clock = clock
        self.seed = seed
        self.rotate_always = False
        self.drawn = 0
        self.codes: dict[str, Code] = {}
        self.connections: dict[tuple[str, str], Connection] = {}
        self.access: dict[str, tuple[str, str, float]] = {}

    def _draw(self, length: int) -> str:
        self.drawn += 1
        text = ""
        while len(text) < length:
            raw = f"{self.seed}|{self.drawn}|{len(text)}".encode()
            text += hashlib.sha256(raw).hexdigest()
        return text[:length]

    def _now(self) -> float:
        return self.clock.now().timestamp()

    def issue_code(self, realm: str, client: str, redirect_uri: str, scope: str) -> str:
        """A code for a company that its user agreed to connect."""
        code = f"AB{self._draw(46)}"
        self.codes[code] = Code(realm, client, redirect_uri, scope, self._now() + CODE_LIFE)
        return code

    def exchange(self, code: str, client: str, redirect_uri: str) -> dict[str, Any]:
        """Trade a code for tokens.

        Raises:
            OAuthRefused: it was used, is too old, or belongs to another app or address.
        """
        found = self.codes.pop(code, None)
        if found is None or found.expires < self._now():
            raise OAuthRefused("invalid_grant", "Token invalid")
        if found.client != client:
            raise OAuthRefused("invalid_grant", "Incorrect Token type or clientID")
        if found.redirect_uri != redirect_uri:
            raise OAuthRefused("invalid_request", "redirect_uri does not match")
        return self.connect(found.realm, client, found.scope)

    def connect(self, realm: str, client: str, scope: str = ACCOUNTING) -> dict[str, Any]:
        """Begin a connection anew; earlier tokens of this app and company die."""
        self._drop_access(client, realm)
        now = self._now()
        refresh = f"RT1-{self._draw(36)}"
        made = Connection(realm, client, scope, refresh, now, now, now)
        self.connections[client, realm] = made
        return self._answer(made)

    def hand_out(self, client: str, realm: str) -> dict[str, Any]:
        """Tokens of a connection as it stands, for whoever starts the server.

        Unlike a refresh it never changes the refresh value, so that a client which
        kept it from an earlier start is not locked out. A lost connection is made anew.
        """
        held = self.connections.get((client, realm))
        if held is None or self._over(held):
            return self.connect(realm, client)
        return self._answer(held)

    def refresh(self, value: str, client: str) -> dict[str, Any]:
        """Trade a refresh token for a new access token.

        Raises:
            OAuthRefused: the value is superseded, revoked, expired, or another app's.
        """
        held = self._by_refresh(value)
        if held is None:
            raise OAuthRefused("invalid_grant", "Incorrect or invalid refresh token")
        if held.client != client:
            raise OAuthRefused("invalid_grant", "Incorrect Token type or clientID")
        if self._over(held):
            raise OAuthRefused("invalid_grant", "Incorrect or invalid refresh token")
        now = self._now()
        rotated, kept = held.rotated, held.refresh
        if self.rotate_always or now - held.rotated >= ROTATE_AFTER:
            rotated, kept = now, f"RT1-{self._draw(36)}"
        renewed = replace(held, refresh=kept, rotated=rotated, refreshed=now)
        self.connections[client, held.realm] = renewed
        return self._answer(renewed)

    def revoke(self, value: str) -> bool:
        """End the connection that a token belongs to; False if no one knows it."""
        held = self._by_refresh(value)
        if held is None and value in self.access:
            client, realm, _ = self.access[value]
            held = self.connections.get((client, realm))
        if held is None:
            return False
        del self.connections[held.client, held.realm]
        self._drop_access(held.client, held.realm)
        return True

    def realm_of(self, access: str) -> tuple[str, str] | None:
        """(realm, scope) that an access token opens; None if it opens nothing any more."""
        client, realm, expires = self.access.get(access, ("", "", 0.0))
        held = self.connections.get((client, realm))
        if held is None or expires < self._now():
            return None
        return realm, held.scope

    def hard_life_left(self, refresh: str) -> int:
        """Seconds left of the five years of the connection with this refresh token."""
        held = self._by_refresh(refresh)
        return int(held.born + HARD_LIFE - self._now()) if held else 0

    def _over(self, held: Connection) -> bool:
        now = self._now()
        return now - held.refreshed > REFRESH_LIFE or now - held.born > HARD_LIFE

    def _by_refresh(self, value: str) -> Connection | None:
        return next((one for one in self.connections.values() if one.refresh == value), None)

    def _drop_access(self, client: str, realm: str) -> None:
        self.access = {
            token: held for token, held in self.access.items() if held[:2] != (client, realm)
        }

    def _answer(self, held: Connection) -> dict[str, Any]:
        now = self._now()
        self.access = {token: one for token, one in self.access.items() if one[2] >= now}
        access = f"eyJlbmMiOiJBMTI4Q0JDLUhTMjU2IiwiYWxnIjoiZGlyIn0..{self._draw(120)}"
        self.access[access] = (held.client, held.realm, now + ACCESS_LIFE)
        return {
            "token_type": "bearer",
            "expires_in": ACCESS_LIFE,
            "refresh_token": held.refresh,
            "x_refresh_token_expires_in": REFRESH_LIFE,
            "access_token": access,
        }

    def dump(self) -> dict[str, Any]:
        """What a restart must not forget."""
        return {
            "drawn": self.drawn,
            "rotate_always": self.rotate_always,
            "connections": [asdict(one) for one in self.connections.values()],
            "access": [[token, *held] for token, held in self.access.items()],
        }

    def load(self, dumped: dict[str, Any]) -> None:
        """Take back what `dump` gave."""
        self.drawn = dumped["drawn"]
        self.rotate_always = dumped["rotate_always"]
        made = [Connection(**one) for one in dumped["connections"]]
        self.connections = {(one.client, one.realm): one for one in made}
        self.access = {one[0]: (one[1], one[2], one[3]) for one in dumped["access"]}
