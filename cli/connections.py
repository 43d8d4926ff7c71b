"""What the screens do about connections: the companies there are, connecting one, a new one."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack

from cli.addresses import with_addresses
from cli.companies import known_companies
from cli.connecting import Connecting
from cli.places import Places, new_places
from cli.secrets import find_secrets
from core.clock import SystemClock
from core.ids import SystemIds
from core.passphrase import Passphrase
from store.cache import Cache
from tui.ports import CompanyLine


class Connections:
    """`tui.ports.Connections` over the configurations of this user.

    Args:
        places: of the company that is shown.
        cache: of it, open.
        passphrase: of the keys; asked for on the screen while one connects.
        stack: closes the caches of new companies.
    """

    def __init__(
        self, places: Places, cache: Cache, passphrase: Passphrase, stack: ExitStack
    ) -> None:
        self._places = places
        self._cache = cache
        self._passphrase = passphrase
        self._stack = stack

    @property
    def is_first(self) -> bool:
        """Whether there is no company at all yet, so that the next one needs no name."""
        return self._places.config_file is None

    @property
    def has_company(self) -> bool:
        """Whether the one that is shown can be connected anew."""
        return self._places.config.addressed

    def companies(self) -> list[CompanyLine]:
        """Every company of this user, and which of them is shown."""
        shown = self._places.config_file
        return [
            CompanyLine(one.key, one.name, one.kind, one.config.connected, one.file == shown)
            for one in known_companies(self._places.paths, os.environ)
        ]

    def ask_by(self, ask: Callable[[str], str] | None) -> None:
        """Where the passphrase is asked for; None: nowhere."""
        self._passphrase.ask_by(ask)

    def again(self) -> Connecting:
        """Connect the company that is shown anew. Blocks."""
        return self._begin(self._places, self._cache)

    def new(self, name: str, live: bool, folder: str) -> Connecting:
        """Connect another company, or the first one. Blocks.

        `folder` is where Docket's exports are put, or one such file.

        Raises:
            UsageTrouble: the name is taken or none, or there is no such folder or file.
        """
        made = new_places(self._places.paths, name)
        made = with_addresses(made, live=live, docket_folder=folder)
        if made.cache_file == self._cache.path:
            return self._begin(made, self._cache)
        cache = Cache.open(made.cache_file, clock=SystemClock(), ids=SystemIds())
        self._stack.callback(cache.close)
        return self._begin(made, cache)

    def _begin(self, places: Places, cache: Cache) -> Connecting:
        return Connecting(places, find_secrets(places, self._passphrase), cache, SystemClock())
