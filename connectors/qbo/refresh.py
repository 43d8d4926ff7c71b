"""Renews the tokens of one company: once, across tasks and across processes.

Two refreshes at once can leave both with a dead value. So there is one at a time in
a process (a lock of asyncio), one at a time on the machine (a kernel lock that dies
with its holder and has no time-out), what another process got is read again under
the lock and used instead, and a new value is on disk before anything uses it.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from pathlib import Path

from connectors.qbo.intuit import OAuth, OAuthRefused, OAuthUnclear
from connectors.qbo.tokens import TokenSet, TokenStore, reconnect
from core.clock import Clock
from core.errors import ConnectionTrouble
from core.secrets import Secret

EARLY = timedelta(minutes=5)
"""A token is renewed this long before it ends, so that calls under way keep theirs."""
PAUSE = timedelta(seconds=10)
"""Between two renewals of a token that has not ended: if a token this young is refused,
or its early renewal failed, trying at every call would help nobody."""
LOCK_SECONDS = 120.0
"""Longer than a refresh can take, so that only a stuck process is given up on."""

_log = logging.getLogger(__name__)


class Refresher:
    """Access tokens of one company for `QboClient`.

    Args:
        store: where the tokens are kept.
        oauth: renews them; it blocks, so it runs in a thread.
        lock: the file whose kernel lock is held during a refresh; the same for every
            process that uses `store`.
        clock: what time it is.
    """

    def __init__(self, store: TokenStore, oauth: OAuth, lock: Path, *, clock: Clock) -> None:
        self._store = store
        self._oauth = oauth
        self._lock_file = lock
        self._clock = clock
        self._held: TokenSet | None = None
        self._rest_until: datetime | None = None
        self._one = asyncio.Lock()

    async def access_token(self) -> str:
        """Return a token that is good for some minutes.

        Raises:
            ConnectionTrouble: there is none, and none can be had.
        """
        held = self._held
        if held is None or self._is_due(held, None):
            held = await self._renewed(None)
        return held.access_token.reveal()

    async def renewed(self, refused: str) -> str:
        """Return another token in place of one that QuickBooks refused.

        A token that was renewed only just now is returned as it is.

        Raises:
            ConnectionTrouble: there is none, and none can be had.
        """
        return (await self._renewed(Secret(refused))).access_token.reveal()

    async def _renewed(self, refused: Secret | None) -> TokenSet:
        async with self._one:
            if self._held is None or self._is_due(self._held, refused):
                self._held = await asyncio.to_thread(self._renew, refused)
            return self._held

    def _is_due(self, tokens: TokenSet, refused: Secret | None) -> bool:
        now = self._clock.now()
        if self._rest_until is not None and now < min(self._rest_until, tokens.expires_at):
            return False
        return tokens.access_token == refused or now >= tokens.expires_at - EARLY

    def _renew(self, refused: Secret | None) -> TokenSet:
        """Renew under the machine's lock, unless another process just did. Blocks."""
        from filelock import FileLock, Timeout

        self._lock_file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._lock_file, timeout=LOCK_SECONDS):
                kept = self._store.load()
                if not self._is_due(kept, refused):
                    return kept
                return self._exchange(kept)
        except Timeout as error:
            raise _later("Another window has been renewing the connection for minutes.") from error

    def _exchange(self, kept: TokenSet) -> TokenSet:
        """Exchange the refresh token; the new set is on disk when this returns."""
        interrupted = kept.refresh_started_at is not None
        self._store.mark(kept, self._clock.now())
        try:
            return self._swap(kept, kept.refresh_token)
        except OAuthUnclear as error:
            _log.warning("tokens not renewed: %s", error)
            self._rest_until = self._clock.now() + PAUSE
            if self._clock.now() < kept.expires_at:
                return kept
            raise _later("QuickBooks did not answer when the connection was renewed.") from error
        except OAuthRefused as error:
            _log.warning("tokens refused: %s", error)
            if error.code != "invalid_grant":
                raise _keys_refused(error) from error
        return self._after_refusal(kept, interrupted)

    def _after_refusal(self, kept: TokenSet, interrupted: bool) -> TokenSet:
        """The refresh token is dead: use a newer one, else try the one before it, once."""
        newer = self._store.load()
        if newer.version != kept.version:
            return newer
        if kept.previous_refresh_token is None:
            raise self._lost(kept, interrupted)
        try:
            return self._swap(kept, kept.previous_refresh_token)
        except OAuthRefused as error:
            raise self._lost(kept, interrupted) from error
        except OAuthUnclear as error:
            raise _later("QuickBooks did not answer when the connection was renewed.") from error

    def _swap(self, kept: TokenSet, refresh_token: Secret) -> TokenSet:
        grant = self._oauth.refresh(refresh_token)
        now = self._clock.now()
        self._rest_until = now + PAUSE
        return self._store.swap(kept.after(grant, now), over=kept.version)

    def _lost(self, kept: TokenSet, interrupted: bool) -> ConnectionTrouble:
        now = self._clock.now()
        if kept.hard_expires_at is not None and now >= kept.hard_expires_at:
            return reconnect("QuickBooks ends every connection after five years; this one is over.")
        if kept.refresh_expires_at is not None and now >= kept.refresh_expires_at:
            return reconnect("The connection to QuickBooks lapsed: it was not used for 100 days.")
        if interrupted:
            return reconnect(
                "The connection to QuickBooks was lost: QuickBooks replaced its key, and the "
                "program was stopped or cut off before the answer arrived."
            )
        return reconnect(
            "QuickBooks does not accept the connection any more: it was taken back there, or "
            "another program uses the same one."
        )


def _keys_refused(error: OAuthRefused) -> ConnectionTrouble:
    return ConnectionTrouble(
        f"QuickBooks does not accept the app's keys ({error.code}).",
        books="Nothing was sent; the cache, the sync log and QuickBooks are as they were.",
        fix="Check the client id and secret of the app, then try again.",
    )


def _later(what: str) -> ConnectionTrouble:
    return ConnectionTrouble(
        what,
        books="Nothing was sent; the cache, the sync log and QuickBooks are as they were.",
        fix="Try again in a few minutes.",
    )
