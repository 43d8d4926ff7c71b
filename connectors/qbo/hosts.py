"""Where tokens and books may be sent: to Intuit over https, or to this machine.

A configuration that points elsewhere would hand the keys of a company's books to a
stranger, so the check stands in front of everything that sends them.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from core.config import is_loopback
from core.errors import UsageTrouble
from core.text import display

_OAUTH_HOST = re.compile(r"([a-z0-9-]+\.)+intuit\.com")
API_HOSTS = frozenset({"quickbooks.api.intuit.com", "sandbox-quickbooks.api.intuit.com"})


def require_api(url: str) -> str:
    """Return the base address of the REST API without its closing slash.

    Raises:
        UsageTrouble: it is neither Intuit's API over https nor this machine.
    """
    parts = _split(url)
    intuit = parts.scheme == "https" and parts.netloc in API_HOSTS
    if (intuit or _local(url)) and parts.path in ("", "/") and not (parts.query or parts.fragment):
        return url.rstrip("/")
    raise _refused(url)


def require_oauth(url: str) -> str:
    """Return an address of the OAuth server as it is.

    Raises:
        UsageTrouble: it is neither Intuit's over https nor on this machine.
    """
    parts = _split(url)
    if (parts.scheme == "https" and _OAUTH_HOST.fullmatch(parts.netloc)) or _local(url):
        return url
    raise _refused(url)


def _split(url: str) -> SplitResult:
    """Split an address; one that hides another host behind a user name is refused.

    So is a blank or a control character, which one reader drops and the next does not.
    """
    if any(ch <= " " or ch == "\x7f" for ch in url):
        raise _refused(url)
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise _refused(url) from error
    if "@" in parts.netloc or "\\" in url or not parts.netloc.isascii():
        raise _refused(url)
    return parts


def _local(url: str) -> bool:
    return urlsplit(url).scheme in ("http", "https") and is_loopback(url)


def _refused(url: str) -> UsageTrouble:
    return UsageTrouble(
        f"QuickBooks' address {display(url, 80)!r} is neither Intuit's nor on this machine.",
        books="Nothing was sent; keys and books go nowhere else.",
        fix="Correct the address of QuickBooks in the configuration.",
    )
