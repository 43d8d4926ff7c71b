"""What comes back from Intuit's consent page: read with distrust, used once.

The page sends the browser to the redirect address with a code, our state and the company's
id. Anybody can make such an address and get a person to paste it: it would connect
somebody else's company. So the state is ours alone, random, good once and for minutes.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from core.config import is_loopback
from core.errors import ConnectionTrouble, UsageTrouble
from core.secrets import Secret

GOOD_FOR = timedelta(minutes=10)
"""From showing the address of the page until its answer; Intuit's code lives for minutes."""
_UNCHANGED = "Nothing was connected; what was connected before stays so."


@dataclass(frozen=True, slots=True)
class Consent:
    """A person agreed: the code to exchange, and the company it is for."""

    code: Secret
    realm_id: str


class ConsentRequest:
    """One question to a person, with one answer.

    Args:
        redirect_uri: where the page sends the browser; registered with the app.
        state: drawn for this question.
        asked_at: when the page's address was shown.

    Raises:
        UsageTrouble: the redirect address is neither https nor on this machine.
    """

    def __init__(self, redirect_uri: str, state: Secret, asked_at: datetime) -> None:
        self.redirect_uri = require_redirect(redirect_uri)
        self.state = state
        self._asked_at = asked_at
        self._answered = False

    @property
    def is_over(self) -> bool:
        """Whether our page was answered, with yes or no; nothing else is taken then."""
        return self._answered

    def answer(self, address: str, now: datetime) -> Consent:
        """Read the address that the browser was sent to.

        Raises:
            ConnectionTrouble: it is no answer to this question, comes too late or a second
                time, or the person declined.
        """
        said = _parts(address, self.redirect_uri)
        if not hmac.compare_digest(said.get("state", "").encode(), self.state.reveal().encode()):
            raise _no("This address does not belong to the page that was just opened.")
        if self._answered:
            raise _no("This address was used already.")
        self._answered = True
        if now - self._asked_at > GOOD_FOR:
            raise _no("More than ten minutes have passed since the page was opened.")
        if said.get("error") == "access_denied":
            raise _no("On Intuit's page the connection was declined.")
        if "error" in said:
            raise _no("Intuit's page reported an error instead of a connection.")
        code, realm_id = said.get("code", ""), said.get("realmId", "")
        if not code or not is_realm(realm_id):
            raise _no("The address is not whole: its code or its company is missing.")
        return Consent(Secret(code), realm_id)


def require_redirect(uri: str) -> str:
    """Return a redirect address as it is.

    Raises:
        UsageTrouble: a code sent there could be read on its way.
    """
    try:
        parts = urlsplit(uri)
        local = parts.scheme == "http" and is_loopback(uri)
    except ValueError:
        local, parts = False, urlsplit("")
    if (local or (parts.scheme == "https" and parts.netloc)) and not parts.fragment:
        return uri
    raise UsageTrouble(
        "The redirect address is neither https nor on this machine.",
        books=_UNCHANGED,
        fix="Write it exactly as it is registered with your app at Intuit.",
    )


def is_realm(text: str) -> bool:
    """Whether it looks like a company's id: digits, up to 20."""
    return text.isascii() and text.isdigit() and len(text) <= 20


def _parts(address: str, redirect_uri: str) -> dict[str, str]:
    """The query of a pasted address; a name that stands there twice is not taken."""
    try:
        came, registered = urlsplit(address.strip()), urlsplit(redirect_uri)
        query = parse_qs(came.query, max_num_fields=20)
    except ValueError as error:
        raise _no("This is not an address.") from error
    place = (registered.scheme, registered.netloc, registered.path or "/")
    if (came.scheme, came.netloc, came.path or "/") != place:
        raise _no("This address does not begin with the redirect address of your app.")
    return {name: values[0] for name, values in query.items() if len(values) == 1}


def _no(what: str) -> ConnectionTrouble:
    return ConnectionTrouble(
        what,
        books=_UNCHANGED,
        fix="Start again, and paste the whole address that the browser shows at the end.",
    )
