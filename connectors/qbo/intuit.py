"""Intuit's own OAuth library, kept at arm's length.

`intuit-oauth` is synchronous, sets no time-outs and fetches the discovery document
in its constructor. So it is loaded only when a token is due, runs in a thread of
the caller's, and sends through a session of ours that bounds every request.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard, TypeVar

from connectors.qbo.hosts import require_oauth
from core.config import is_loopback
from core.secrets import Secret

if TYPE_CHECKING:
    from requests import PreparedRequest

T = TypeVar("T")

HOUR = 3600
"""Seconds that an access token lives (docs/qbo-facts.md)."""
LONGEST_LIFE = 10 * 366 * 86_400
LONGEST_TOKEN = 16_000
"""Characters; access tokens have a thousand or two."""
TIMEOUTS = (10.0, 30.0)
"""Seconds to connect, and between bytes of an answer."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What the token endpoint gave; lives in seconds from now, None if it did not say."""

    access_token: Secret
    refresh_token: Secret
    expires_in: int
    refresh_expires_in: int | None
    hard_expires_in: int | None


class OAuthRefused(Exception):
    """The token endpoint said no; `code` is OAuth's, such as `invalid_grant`."""

    def __init__(self, code: str, status: int, intuit_tid: str | None) -> None:
        super().__init__(f"{code} (HTTP {status}, intuit_tid {intuit_tid or '-'})")
        self.code = code
        self.status = status
        self.intuit_tid = intuit_tid


class OAuthUnclear(Exception):
    """No usable answer; if it was `sent`, the refresh token may have been replaced."""

    def __init__(self, what: str, *, sent: bool = True) -> None:
        super().__init__(what)
        self.sent = sent


class OAuth(Protocol):
    """Exchanges a refresh token, as a port; blocks."""

    def refresh(self, refresh_token: Secret) -> Grant:
        """Return new tokens.

        Raises:
            OAuthRefused: a definite no.
            OAuthUnclear: no answer, or one that cannot be read.
        """
        ...


class IntuitOAuth:
    """`OAuth` through intuit-oauth.

    Args:
        client_id: of the app that the company connected.
        client_secret: the same app's.
        discovery_url: of the OpenID discovery document, which names the endpoints.

    Raises:
        UsageTrouble: `discovery_url` is neither Intuit's nor on this machine.
    """

    def __init__(self, client_id: str, client_secret: Secret, discovery_url: str) -> None:
        self._client_id = client_id
        self._client_secret = client_secret
        self._discovery_url = require_oauth(discovery_url)

    def refresh(self, refresh_token: Secret) -> Grant:
        """Return new tokens; see `OAuth`."""
        return self._granted("", lambda client: client.refresh(refresh_token.reveal()))

    def exchange(self, code: Secret, redirect_uri: str) -> Grant:
        """Return the first tokens for the code of a consent. Blocks.

        Raises:
            OAuthRefused: a definite no.
            OAuthUnclear: no answer, or one that cannot be read.
        """
        return self._granted(redirect_uri, lambda client: client.get_bearer_token(code.reveal()))

    def revoke(self, token: Secret) -> None:
        """End the connection that a token belongs to, at Intuit. Blocks.

        Raises:
            OAuthRefused: Intuit does not know the token, or not these keys.
            OAuthUnclear: no answer, or one that cannot be read.
        """
        self._asked("", "revoke_endpoint", lambda client: client.revoke(token.reveal()))

    def page(self, redirect_uri: str, state: Secret) -> str:
        """Return the address of Intuit's consent page for one company's books. Blocks.

        Raises:
            OAuthUnclear: the discovery document cannot be read.
        """
        from intuitlib.enums import Scopes
        from intuitlib.exceptions import AuthClientError
        from requests import RequestException

        try:
            with self._client(redirect_uri) as client:
                require_oauth(client.auth_endpoint)
                scopes = [Scopes.ACCOUNTING]
                return str(client.get_authorization_url(scopes, state.reveal()))
        except (AuthClientError, RequestException, KeyError, TypeError, ValueError) as error:
            raise OAuthUnclear(f"no page: {type(error).__name__}", sent=False) from None

    def _client(self, redirect_uri: str) -> Any:
        return _client_class()(
            self._client_id, self._client_secret.reveal(), redirect_uri, self._discovery_url
        )

    def _granted(self, redirect_uri: str, ask: Callable[[Any], object]) -> Grant:
        def granted(client: Any) -> Grant:
            client.include_refresh_token_hard_expires_in = True
            ask(client)
            return _grant(client)

        return self._asked(redirect_uri, "token_endpoint", granted)

    def _asked(self, redirect_uri: str, endpoint: str, ask: Callable[[Any], T]) -> T:
        """Ask one of the endpoints that the discovery document names, if it is Intuit's."""
        from intuitlib.exceptions import AuthClientError
        from requests import RequestException

        sent = False
        try:
            with self._client(redirect_uri) as client:
                require_oauth(getattr(client, endpoint))
                sent = True
                return ask(client)
        except AuthClientError as error:
            raise _refusal(error, sent) from None
        except (RequestException, KeyError, TypeError, ValueError) as error:
            raise OAuthUnclear(f"no usable answer: {type(error).__name__}", sent=sent) from None


@functools.cache
def _client_class() -> Any:
    """Intuit's client with our bounds; made late, because its import takes 135 ms."""
    from intuitlib.client import AuthClient

    class BoundedClient(AuthClient):  # type: ignore[misc]  # intuitlib has no types
        """An AuthClient that waits, redirects and trusts no more than ours does."""

        def request(self, method: str, url: str, **options: Any) -> Any:
            """Send one request of the library's within the bounds."""
            self.trust_env = not is_loopback(url)
            options.update(timeout=TIMEOUTS, allow_redirects=False, auth=_as_it_is)
            return super().request(method, url, **options)

    return BoundedClient


def _as_it_is(request: PreparedRequest) -> PreparedRequest:
    """Leave the Authorization header alone; without this, ~/.netrc would replace it."""
    return request


def _grant(client: Any) -> Grant:
    access, refreshed = client.access_token, client.refresh_token
    if not (_is_token(access) and _is_token(refreshed)):
        raise ValueError("an answer without tokens")
    return Grant(
        access_token=Secret(access),
        refresh_token=Secret(refreshed),
        expires_in=_seconds(client.expires_in) or HOUR,
        refresh_expires_in=_seconds(client.x_refresh_token_expires_in),
        hard_expires_in=_seconds(client.x_refresh_token_hard_expires_in),
    )


def _is_token(value: object) -> TypeGuard[str]:
    """Whether it may stand in a header: nothing in it that could end one."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= LONGEST_TOKEN
        and value.isascii()
        and value.isprintable()
        and " " not in value
    )


def _seconds(value: object) -> int | None:
    """A life as it was told; None for an odd one, which must not cost the tokens beside it."""
    try:
        seconds = int(str(value))
    except ValueError:
        return None
    return seconds if 0 < seconds <= LONGEST_LIFE else None


def _refusal(error: Any, sent: bool) -> OAuthRefused | OAuthUnclear:
    """Tell a no of the token endpoint from a server in trouble."""
    status = int(error.status_code)
    try:
        code = error.response.json()["error"]
    except (KeyError, TypeError, ValueError):
        code = None
    if sent and 400 <= status < 500 and isinstance(code, str):
        return OAuthRefused(code, status, error.intuit_tid)
    return OAuthUnclear(f"HTTP {status}", sent=sent)
