"""Configuration: addresses, time-outs, limits, keys, logging; never a secret.

A value comes from a flag, else from the environment (`DOCKET_QBO_<SECTION>_<KEY>`),
else from the TOML file, else from the defaults below. The company's own settings
and mappings are not here but in its cache.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from core.errors import UsageTrouble
from core.formats import LOCALES

PREFIX = "DOCKET_QBO_"

_KINDS = {bool: "true or false", int: "a whole number", str: "text in quotes"}
_NOTHING_STARTED = "Nothing was started: the cache and QuickBooks are as they were."


class DocketConfig(NamedTuple):
    """How to reach Docket: over HTTP, or by a folder that its exports are put into."""

    url: str = ""
    folder: str = ""
    timeout_seconds: int = 30


class QuickBooksConfig(NamedTuple):
    """How to reach one QuickBooks Online company."""

    url: str = ""
    realm_id: str = ""
    company: str = ""
    """Its name, as it was when it was connected."""
    discovery_url: str = ""
    redirect_port: int = 8791
    """Of this machine, for the answer of Intuit's page; registered with the app."""
    timeout_seconds: int = 130
    """A little over QuickBooks' own limit of 120 s, so that its 504 is seen."""


class LimitsConfig(NamedTuple):
    """QuickBooks' documented limits per company; lower them if other programs share it."""

    requests_per_minute: int = 500
    requests_per_second: int = 10
    in_flight: int = 6


class SyncConfig(NamedTuple):
    """How long an unclear posting rests before QuickBooks is asked; whether any is sent."""

    settle_seconds: int = 200
    read_only: bool = False
    """Nothing is written in QuickBooks, whatever is asked for."""


class SecretsConfig(NamedTuple):
    """Where tokens and keys are; never what they are.

    `store` is `keyring`, `file` (sealed by a passphrase) or empty: the sealed file where
    there is one, else the system's keyring, else a new sealed file. `passphrase_from` is
    `env:NAME`, `fd:N`, `ask`, or empty (core.passphrase). `file` names a file in clear,
    accepted for the practice company only.
    """

    store: str = ""
    passphrase_from: str = ""
    file: str = ""


class CacheConfig(NamedTuple):
    """Which cache belongs to this company; empty: the user's data folder."""

    file: str = ""


class LogConfig(NamedTuple):
    """The diagnostic log; it never holds names, amounts or secrets."""

    level: str = "INFO"
    file: str = ""
    keep_files: int = 5
    max_bytes: int = 1_000_000


class ScreenConfig(NamedTuple):
    """How the dashboard shows things; colours go by NO_COLOR in the environment."""

    ascii: bool = False
    """Plain ASCII, for terminals and fonts without more; of itself where the locale says so."""
    locale: str = ""
    """How days and money are written: us, ca, uk, au or iso; empty: by the company's country."""


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration."""

    docket: DocketConfig = field(default_factory=DocketConfig)
    quickbooks: QuickBooksConfig = field(default_factory=QuickBooksConfig)
    limits: LimitsConfig = field(default_factory=LimitsConfig)
    sync: SyncConfig = field(default_factory=SyncConfig)
    secrets: SecretsConfig = field(default_factory=SecretsConfig)
    cache: CacheConfig = field(default_factory=CacheConfig)
    log: LogConfig = field(default_factory=LogConfig)
    screen: ScreenConfig = field(default_factory=ScreenConfig)
    keys: Mapping[str, str] = field(default_factory=dict)
    """Key bindings by action id, over the built-in ones."""
    folder: Path = Path()
    """Where the file lies; relative paths in it are meant from there."""

    @property
    def addressed(self) -> bool:
        """Both sides have an address; Docket's may be a folder."""
        return bool((self.docket.url or self.docket.folder) and self.quickbooks.url)

    @property
    def connected(self) -> bool:
        """Both sides have an address, and the company in QuickBooks is known."""
        return self.addressed and bool(self.quickbooks.realm_id)

    @property
    def practice(self) -> bool:
        """Everything is on this machine: the practice company."""
        near = is_loopback(self.docket.url) if self.docket.url else bool(self.docket.folder)
        return self.addressed and is_loopback(self.quickbooks.url) and near

    def resolve(self, name: str) -> Path:
        """Return the path that `name` means in this configuration."""
        return (self.folder / Path(name).expanduser()).absolute()


def read_config(path: Path | None, environ: Mapping[str, str]) -> Config:
    """Read the file, if there is one, and what the environment says over it.

    Raises:
        UsageTrouble: the file cannot be read, or a key or a value in it is wrong.
    """
    raw: dict[str, Any] = {}
    if path is not None:
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise UsageTrouble(
                f"The configuration {path} cannot be read: {error}.",
                books=_NOTHING_STARTED,
                fix="Mend the file, or name another one with --config.",
            ) from error
    config = Config(folder=path.absolute().parent if path else Path.cwd())
    known = {entry.name for entry in fields(Config)} - {"folder"}
    for name in raw:
        if name not in known:
            raise _wrong(path, name, f"there is no section of this name; known: {sorted(known)}")
    for name in known - {"keys"}:
        section = raw.get(name, {})
        if not isinstance(section, dict):
            raise _wrong(path, name, f"write it as a section, [{name}]")
        current = getattr(config, name)
        defaults = current._asdict()
        merged = {**section, **_from_environ(name, environ, defaults)}
        _check_section(path, name, defaults, merged)
        config = replace(config, **{name: current._replace(**merged)})
    keys = raw.get("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(value, str) for value in keys.values()):
        raise _wrong(path, "keys", 'write each as action = "key"')
    config = replace(config, keys=keys)
    _check(path, config)
    return config


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine, by what it says, without asking a name server."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _from_environ(
    section: str, environ: Mapping[str, str], known: Mapping[str, object]
) -> dict[str, str | int]:
    found: dict[str, str | int] = {}
    for entry, now in known.items():
        name = f"{PREFIX}{section}_{entry}".upper()
        if name not in environ:
            continue
        text = environ[name]
        if isinstance(now, bool):
            if text not in ("true", "false"):
                raise _wrong(None, name, "it must be true or false")
            found[entry] = text == "true"
        elif isinstance(now, int):
            if not text.isdigit():
                raise _wrong(None, name, "it must be a whole number")
            found[entry] = int(text)
        else:
            found[entry] = text
    return found


def _check_section(
    path: Path | None, section: str, known: Mapping[str, object], values: Mapping[str, object]
) -> None:
    for name, value in values.items():
        if name not in known:
            raise _wrong(path, f"{section}.{name}", f"unknown; known here: {sorted(known)}")
        if type(value) is not type(known[name]):
            raise _wrong(path, f"{section}.{name}", f"it must be {_KINDS[type(known[name])]}")
        if isinstance(value, int) and not isinstance(value, bool) and value < 1:
            raise _wrong(path, f"{section}.{name}", "it must be 1 or more")


def _check(path: Path | None, config: Config) -> None:
    for name, url in (
        ("docket.url", config.docket.url),
        ("quickbooks.url", config.quickbooks.url),
        ("quickbooks.discovery_url", config.quickbooks.discovery_url),
    ):
        if url and not url.startswith("https://") and not is_loopback(url):
            raise _wrong(path, name, "only https addresses, or this machine, are allowed")
    realm = config.quickbooks.realm_id
    if realm and not (realm.isascii() and realm.isdecimal() and len(realm) <= 20):
        # Files are named by it.
        raise _wrong(path, "quickbooks.realm_id", "a company's number is digits alone")
    if config.quickbooks.redirect_port > 65535:
        raise _wrong(path, "quickbooks.redirect_port", "a port is 65535 at most")
    if config.docket.url and config.docket.folder:
        raise _wrong(path, "docket.folder", "it cannot be set beside docket.url")
    if config.screen.locale not in ("", *LOCALES):
        raise _wrong(path, "screen.locale", f"it is one of {', '.join(LOCALES)}")
    if config.secrets.store not in ("", "keyring", "file"):
        raise _wrong(path, "secrets.store", 'it is "keyring" or "file"')
    if not _names_passphrase(config.secrets.passphrase_from):
        raise _wrong(path, "secrets.passphrase_from", 'it is "env:NAME", "fd:3" or "ask"')
    if config.secrets.file and config.secrets.store:
        raise _wrong(path, "secrets.file", "it cannot be set beside secrets.store")
    if config.secrets.file and not config.practice:
        raise _wrong(
            path, "secrets.file", "a file of tokens is accepted for the practice company only"
        )


def _names_passphrase(source: str) -> bool:
    """Whether it is one of core.passphrase's ways; 0 to 2 are the terminal's descriptors."""
    kind, _, name = source.partition(":")
    if kind == "env":
        return name.isidentifier()
    if kind == "fd":
        return name.isascii() and name.isdigit() and int(name) > 2
    return source in ("", "ask")


def _wrong(path: Path | None, name: str, why: str) -> UsageTrouble:
    where = f"in {path}" if path else "in the environment"
    return UsageTrouble(
        f"The setting {name} {where} is wrong: {why}.",
        books=_NOTHING_STARTED,
        fix="Mend it and start again.",
    )
