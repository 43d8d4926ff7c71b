"""When a connection ends, kept in the clear beside its tokens.

Refresh tokens live 100 days from each use and five years at most. Those two days are no
secret, and `status` and the screen's header tell them without opening the keys, which
may need a passphrase. Only days are here, never a token.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.clock import iso, parse_instant
from core.errors import UsageTrouble
from core.jsonio import dumps, loads
from core.private_file import PrivateFile

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ends:
    """When the connection lapses unless it is used, when it ends anyway, when it was ended."""

    unused: datetime | None = None
    at_last: datetime | None = None
    disconnected: datetime | None = None


class EndsFile:
    """`Ends` in a small file of its own.

    It is a convenience: what goes wrong with it is logged, and never in the way of tokens.
    """

    def __init__(self, path: Path) -> None:
        self._file = PrivateFile(path)

    def read(self) -> Ends | None:
        """Return what is kept; None if nothing is, or it cannot be read."""
        try:
            written = self._file.read()
            kept = loads(written.decode()) if written else None
            return Ends(**{name: _instant(kept[name]) for name in _NAMES}) if kept else None
        except (UsageTrouble, KeyError, TypeError, ValueError) as error:
            _log.warning("when the connection ends is not known: %s", type(error).__name__)
            return None

    def keep(self, ends: Ends) -> None:
        """Keep it in place of what was there."""
        named = {name: getattr(ends, name) for name in _NAMES}
        content = dumps({name: iso(at) if at else None for name, at in named.items()})
        try:
            self._file.replace(content.encode())
        except UsageTrouble as error:
            _log.warning("when the connection ends was not kept: %s", type(error).__name__)


_NAMES = ("unused", "at_last", "disconnected")


def _instant(text: str | None) -> datetime | None:
    return None if text is None else parse_instant(text)
