"""The companies of this user: which there are, and which one is meant.

The first company has the user's `config.toml`; each further one has a configuration of
its own beside it, and with that a cache, tokens and a Docket key of its own. Where there
are several, which one is meant is said, never guessed: money goes into the wrong books
otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from core.config import Config, read_config
from core.errors import UsageTrouble
from core.paths import Paths
from core.text import display

_LONGEST = 40


class KnownCompany(NamedTuple):
    """One configured company; `key` is its short name, empty for the first one."""

    key: str
    file: Path
    config: Config

    @property
    def name(self) -> str:
        """What it is called: in QuickBooks, or by its short name until it is connected."""
        return self.config.quickbooks.company or self.key or "the first company"

    @property
    def kind(self) -> str:
        """PRACTICE COMPANY, SANDBOX, LIVE, or that it is not connected."""
        if not self.config.connected:
            return "not connected"
        if self.config.practice:
            return "PRACTICE COMPANY"
        live = urlsplit(self.config.quickbooks.url).netloc == "quickbooks.api.intuit.com"
        return "LIVE" if live else "Intuit's sandbox"

    def answers_to(self, name: str) -> bool:
        """Whether a person who says `name` means it."""
        names = {self.config.quickbooks.company.casefold(), self.key}
        return bool(name) and (name.casefold() in names or short_name(name) == self.key)


def known_companies(paths: Paths, environ: Mapping[str, str]) -> list[KnownCompany]:
    """Return every configured company, the first one first.

    Raises:
        UsageTrouble: a configuration cannot be read.
    """
    files = [("", paths.config_file)] if paths.config_file.is_file() else []
    if paths.companies.is_dir():
        files += [(file.stem, file) for file in sorted(paths.companies.glob("*.toml"))]
    return [KnownCompany(key, file, read_config(file, environ)) for key, file in files]


def pick(companies: Sequence[KnownCompany], name: str) -> KnownCompany | None:
    """Return the company that is meant; None where there is none at all.

    Args:
        companies: all there are.
        name: what a person said; empty if nothing.

    Raises:
        UsageTrouble: there are several and none was named, or the name is of none or several.
    """
    if not name:
        if len(companies) > 1:
            raise UsageTrouble(
                "There are several companies, and none was named.",
                books="Nothing was started.",
                fix=f"Say which with --company NAME: {_listed(companies)}.",
            )
        return companies[0] if companies else None
    meant = [one for one in companies if one.answers_to(name)]
    if len(meant) == 1:
        return meant[0]
    found = "Several companies are" if meant else "No company is"
    known = _listed(meant or companies) or "none yet"
    raise UsageTrouble(
        f"{found} called {display(name, 60)}.",
        books="Nothing was started.",
        fix=f"Known: {known}. A new one: docket-qbo connect --company NAME.",
    )


def short_name(name: str) -> str:
    """Return a name as a file's: `Acme Roll-Off, LLC` is `acme-roll-off-llc`.

    Raises:
        UsageTrouble: nothing is left of it.
    """
    short = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:_LONGEST].strip("-")
    if short:
        return short
    raise UsageTrouble(
        f"{display(name, 60)!r} cannot be a company's short name.",
        books="Nothing was started.",
        fix="Use a name with letters or digits, such as --company acme.",
    )


def _listed(companies: Sequence[KnownCompany]) -> str:
    return ", ".join(
        f"{display(one.name, 60)} ({one.key})" if one.key else display(one.name, 60)
        for one in companies
    )
