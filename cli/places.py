"""Where this call reads and writes: which configuration, which cache.

A flag over the environment over the file over the default (design: one order for
every setting).
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from cli.companies import KnownCompany, known_companies, pick, short_name
from core.config import Config, read_config
from core.errors import UsageTrouble
from core.paths import Paths, find_paths
from store.listing import Listing


@dataclass(frozen=True, slots=True)
class Places:
    """The answer, with everything resolved to absolute paths."""

    paths: Paths
    config: Config
    config_file: Path | None
    cache_file: Path
    company: str = ""
    """Short name of a further company; empty for the first one."""
    named_cache: bool = False
    """Whether the cache was named by a flag or a variable, such as the example's."""

    @property
    def only_shown(self) -> bool:
        """Whether the cache is somebody's file without a company behind it: left as it is."""
        return self.named_cache and not self.config.connected

    @property
    def log_file(self) -> Path:
        """The diagnostic log: the configured one, else the one in the user's log folder."""
        name = self.config.log.file
        return self.config.resolve(name) if name else self.paths.log_file

    @property
    def calls_file(self) -> Path:
        """Where this user's processes see each other's calls to the configured company."""
        quickbooks = self.config.quickbooks
        address = urlsplit(quickbooks.url).netloc.replace(":", "-")
        return self.paths.data / f"{quickbooks.realm_id}@{address}.calls"

    @property
    def reads_file(self) -> Path:
        """Where the metered reads of the configured company are counted by the month."""
        return self.calls_file.with_suffix(".reads")


def find_places(args: argparse.Namespace, environ: Mapping[str, str] = os.environ) -> Places:
    """Resolve `--config`, `--company` and `--db`; `--read-only` is over what the file says.

    Raises:
        UsageTrouble: a file or a company that was named does not exist, which company is
            meant is not clear, or the configuration is wrong.
    """
    paths = find_paths(environ)
    file, company = _configuration(args, paths, environ)
    config = read_config(file, environ)
    read_only = getattr(args, "read_only", False)
    database = args.db or _path(environ.get("DOCKET_QBO_DB"))
    return _places(paths, config, file, company, database, read_only=read_only)


def new_places(
    paths: Paths,
    name: str,
    database: Path | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Places:
    """The places of a company that has no configuration yet; without a name, of the first one.

    Raises:
        UsageTrouble: nothing can be called so, or it is there already.
    """
    company = short_name(name) if name else ""
    file = paths.companies / f"{company}.toml" if company else paths.config_file
    if file.exists():
        raise UsageTrouble(
            f"There is a company of that name already: {file}.",
            books="Nothing was started.",
            fix="Take another name, or connect that one anew.",
        )
    config = read_config(None, environ)
    return _places(paths, config, None, company, database, read_only=False)


def other_places(here: Places, company: KnownCompany) -> Places:
    """The places of another company of the same user, read-only if `here` is."""
    read_only = here.config.sync.read_only
    return _places(here.paths, company.config, company.file, company.key, None, read_only=read_only)


def _places(
    paths: Paths,
    config: Config,
    file: Path | None,
    company: str,
    database: Path | None,
    *,
    read_only: bool,
) -> Places:
    if read_only:
        config = replace(config, sync=config.sync._replace(read_only=True))
    named = database is not None
    if database is None:
        name = config.cache.file
        database = config.resolve(name) if name else paths.cache_of(company)
    return Places(paths, config, file, database.absolute(), company, named)


def _configuration(
    args: argparse.Namespace, paths: Paths, environ: Mapping[str, str]
) -> tuple[Path | None, str]:
    """The configuration's file, if there is one, and the short name of its company."""
    name = getattr(args, "company", None) or ""
    named = args.config
    if named is not None and name:
        raise UsageTrouble(
            "--config and --company name two configurations.",
            books="Nothing was started.",
            fix="Leave one of them out.",
        )
    if not name and named is None:
        named = _path(environ.get("DOCKET_QBO_CONFIG"))
        name = environ.get("DOCKET_QBO_COMPANY", "") if named is None else ""
    if named is None:
        meant = pick(known_companies(paths, environ), name)
        return (meant.file, meant.key) if meant else (None, "")
    if not named.is_file():
        raise UsageTrouble(
            f"There is no configuration {named}.",
            books="Nothing was started.",
            fix="Check the name after --config, or start with `docket-qbo demo`.",
        )
    further = named.resolve().parent == paths.companies.resolve()
    return named, named.stem if further else ""


def open_listing(places: Places) -> Listing:
    """Open the list; an example's cache stays byte for byte as it is.

    Raises:
        StoreTrouble: it cannot be read.
    """
    return Listing.open(places.cache_file, read_only=places.only_shown)


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None
