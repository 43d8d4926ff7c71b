"""Takes secrets out of text before it is written anywhere.

Twice, because each way alone has holes: by the key that stands before a secret, and
by the value of every secret that this process has held. Tracebacks pass it too.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from urllib.parse import quote

HIDDEN = "[redacted]"
SHORTEST = 8
"""Characters; a shorter value would blot out ordinary words."""
MOST_VALUES = 1000
"""Values that are remembered; the oldest, long since expired, go first."""

_values: OrderedDict[str, None] = OrderedDict()

_KEYED = re.compile(
    r"""
    (?P<key>
        ["']? (?: \b(?:proxy-)?authorization
              | (?<![\w-]) (?!sync_?token) [\w-]*token[\w-]*
              | \b client_?secret | \b [\w-]*api[_-]?key | \b password | \b passphrase
              ) ["']? \s* [=:] \s*
      | (?: [?&\s] | ^ ) code \s* =
    )
    (?: b? "(?:[^"\\]|\\.)*" | b? '(?:[^'\\]|\\.)*' | (?:(?:Bearer|Basic)\s+)? [^\s,;&'"})\]]+ )
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_SCHEMED = re.compile(r"\b(Bearer|Basic)\s+[\w.~+/=-]{8,}", re.IGNORECASE)


def register(value: str) -> None:
    """Remember a secret, so that `redact` knows it wherever it appears."""
    if len(value) < SHORTEST:
        return
    for form in (value, quote(value, safe="")):
        _values[form] = None
        _values.move_to_end(form)
    while len(_values) > MOST_VALUES:
        _values.popitem(last=False)


def redact(text: str) -> str:
    """Return `text` without secrets; what stood around them stays readable."""
    for value in sorted(_values, key=len, reverse=True):
        text = text.replace(value, HIDDEN)
    text = _KEYED.sub(lambda match: match["key"] + HIDDEN, text)
    return _SCHEMED.sub(lambda match: f"{match[1]} {HIDDEN}", text)
