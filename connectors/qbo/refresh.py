"""Renews the tokens of one company: once, across tasks and across processes.

Two refreshes at once can leave both with a dead value. So there is one at a time in
a process (a lock of asyncio), one at a time on the machine (a kernel lock that dies
with its holder and has no time-out), what another process got is read again under
the lock and used instead, and a new value is on disk before anything uses it.

What is left is the time between QuickBooks' answer and the disk: a process that dies
there takes the new value with it (docs/reliability.md, "Tokens").
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from connectors.qbo.intuit import OAuth, OAuthRefused, OAuthUnclear
from connectors.qbo.tokens import TokenSet, TokenStore, reconnect
from core.clock import Clock
from core.errors import ConnectionTrouble, Trouble
from core.secrets import Secret
from core.text import display

EARLY = timedelta(minutes=10)
"""A token is renewed this long before it ends, so that calls under way keep theirs, and
a server in trouble has time to recover."""
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
        self._unsaved: TokenSet | None = None
        self._over: ConnectionTrouble | None = None
        self._rest_until: datetime | None = None
        self._one = asyncio.Lock()

    async def access_token(self) -> str:
        """Return a token that is good for some minutes.

        Raises:
            ConnectionTrouble: there is none, and none can be had.
        """
        held = self._held
        if held is None or self._unsaved is not None or self._is_due(held, None):
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
            if self._over is not None and self._rests():
                raise self._over
            held = self._held
            if held is None or self._unsaved is not None or self._is_due(held, refused):
                held = self._held = await asyncio.to_thread(self._renew, refused)
            return held

    def _rests(self) -> bool:
        return self._rest_until is not None and self._clock.now() < self._rest_until

    def _is_due(self, tokens: TokenSet, refused: Secret | None) -> bool:
        now = self._clock.now()
        if self._rests() and now < tokens.expires_at:
            return False
        return tokens.access_token == refused or now >= tokens.expires_at - EARLY

    def _renew(self, refused: Secret | None) -> TokenSet:
        """Renew under the machine's lock, unless another process just did. Blocks."""
        self._over = None
        with alone(self._lock_file):
            if self._unsaved is not None:
                return self._save(self._unsaved)
            kept = self._store.load()
            if not self._is_due(kept, refused):
                return kept
            return self._exchange(kept)

    def _exchange(self, kept: TokenSet) -> TokenSet:
        """Exchange the refresh token; the new set is on disk when this returns."""
        interrupted = kept.refresh_started_at is not None
        self._store.mark(kept, self._clock.now())
        try:
            return self._swap(kept, kept.refresh_token)
        except OAuthUnclear as error:
            _log.warning("tokens not renewed: %s", error)
            self._rest_until = self._clock.now() + PAUSE
            if not error.sent:
                self._unmark(kept)
            if self._clock.now() < kept.expires_at:
                return kept
            raise _later("QuickBooks did not answer when the connection was renewed.") from error
        except OAuthRefused as error:
            _log.warning("tokens refused: %s", error)
            self._rest_until = self._clock.now() + PAUSE
            if error.code != "invalid_grant":
                self._unmark(kept)
                raise _keys_refused(error) from error
        return self._after_refusal(kept, interrupted)

    def _after_refusal(self, kept: TokenSet, interrupted: bool) -> TokenSet:
        """The refresh token is dead: use a newer one, else try the one before it, once."""
        newer = self._store.load()
        if newer.version != kept.version:
            return newer
        try:
            if kept.previous_refresh_token is not None:
                return self._swap(kept, kept.previous_refresh_token)
        except OAuthRefused as error:
            _log.warning("the tokens before them are refused: %s", error)
        except OAuthUnclear as error:
            raise _later("QuickBooks did not answer when the connection was renewed.") from error
        self._unmark(kept)
        self._over = self._lost(kept, interrupted)
        raise self._over

    def _unmark(self, kept: TokenSet) -> None:
        """Nothing was replaced by this try: the mark is again what it was before it."""
        self._store.swap(kept, over=kept.version)

    def _swap(self, kept: TokenSet, refresh_token: Secret) -> TokenSet:
        grant = self._oauth.refresh(refresh_token)
        now = self._clock.now()
        self._rest_until = now + PAUSE
        return self._save(kept.after(grant, now))

    def _save(self, renewed: TokenSet) -> TokenSet:
        """Keep a set that nobody else has; until that works, this process holds the only one."""
        self._unsaved = renewed
        try:
            kept = self._store.swap(renewed, over=renewed.version - 1)
        except Trouble as trouble:
            raise _unsaved(trouble) from trouble
        self._unsaved = None
        return kept

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


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Be the only one on this machine who renews, or replaces, the tokens behind `lock`.

    Raises:
        ConnectionTrouble: another process has held it for minutes.
    """
    from filelock import FileLock, Timeout

    lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = FileLock(lock, timeout=LOCK_SECONDS)
    try:
        held.acquire()
    except Timeout as error:
        raise _later("Another window has been renewing the connection for minutes.") from error
    try:
        yield
    finally:
        held.release()


def _unsaved(why: Trouble) -> ConnectionTrouble:
    return ConnectionTrouble(
        f"The renewed connection to QuickBooks could not be saved: {why.what}",
        books="Nothing was sent; the cache, the sync log and QuickBooks are as they were.",
        fix=f"{why.fix} Leave this window open meanwhile: it holds the only copy.",
    )


def _keys_refused(error: OAuthRefused) -> ConnectionTrouble:
    return ConnectionTrouble(
        f"QuickBooks does not accept the app's keys ({display(error.code, 40)}).",
        books="Nothing was sent; the cache, the sync log and QuickBooks are as they were.",
        fix="Check the client id and secret of the app, then try again.",
    )


def _later(what: str) -> ConnectionTrouble:
    return ConnectionTrouble(
        what,
        books="Nothing was sent; the cache, the sync log and QuickBooks are as they were.",
        fix="Try again in a few minutes.",
    )
