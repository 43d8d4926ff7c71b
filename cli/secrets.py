"""Under which names the secrets of a company are kept, and where."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from cli.places import Places
from core.errors import UsageTrouble
from core.passphrase import Passphrase, terminal
from core.secrets import FileSecrets, SecretStore

DOCKET_KEY = "docket_api_key"
CLIENT_ID = "qbo_client_id"
CLIENT_SECRET = "qbo_client_secret"  # noqa: S105 - the name it is kept under


def docket_key(company: str) -> str:
    """The name of a company's Docket key; another company is another Docket account."""
    return f"{DOCKET_KEY}:{company}" if company else DOCKET_KEY


def app_keys(places: Places) -> tuple[str, str]:
    """The names of the app's id and secret; an app has one pair for Intuit's sandbox too."""
    sandbox = "//sandbox-" in places.config.quickbooks.url
    end = ":sandbox" if sandbox else ""
    return f"{CLIENT_ID}{end}", f"{CLIENT_SECRET}{end}"


class LateSecrets:
    """A store of secrets that is looked for at its first use.

    Finding a keyring takes time and a sealed file a passphrase; most commands need neither.
    """

    def __init__(self, find: Callable[[], SecretStore]) -> None:
        self._find = find
        self._found: SecretStore | None = None

    def get(self, name: str) -> str | None:
        """Return the secret, or None if there is none."""
        return self._store.get(name)

    def put(self, name: str, value: str) -> None:
        """Keep a secret; it is on disk when this returns."""
        self._store.put(name, value)

    def delete(self, name: str) -> None:
        """Forget a secret; no error if there is none."""
        self._store.delete(name)

    @property
    def _store(self) -> SecretStore:
        if self._found is None:
            self._found = self._find()
        return self._found


def find_passphrase(places: Places, *, at_once: bool = False) -> Passphrase:
    """What tells the passphrase of this configuration's sealed file.

    `at_once` asks a person now, if there is a file to open: a screen that is about to
    take the terminal could not.

    Raises:
        UsageTrouble: it is needed now and there is none.
    """
    secrets = places.config.secrets
    passphrase = Passphrase(secrets.passphrase_from, os.environ, terminal())
    if at_once and is_sealed(places):
        passphrase()
    return passphrase


def find_secrets(places: Places, passphrase: Passphrase) -> SecretStore:
    """Where this configuration keeps its secrets.

    Raises:
        UsageTrouble: the system's keyring is asked for and there is none.
    """
    secrets = places.config.secrets
    if secrets.file:
        return FileSecrets(places.config.resolve(secrets.file))
    if not is_sealed(places):
        from core.ids import SystemIds
        from core.system_keyring import KeyringSecrets, find_backend

        backend = find_backend()
        if backend is not None:
            return KeyringSecrets(backend, SystemIds())
        if secrets.store == "keyring":
            raise UsageTrouble(
                "This machine has no keyring that keeps secrets safe.",
                books="Nothing was started.",
                fix='Start or install one, or set store = "file" under [secrets].',
            )
    from core.sealing import Sealing

    return FileSecrets(_sealed_file(places), Sealing(passphrase), own_folder=True)


def token_lock(places: Places) -> Path:
    """The file whose lock is held while tokens are renewed or replaced.

    Beside the tokens, not the cache: two caches may share one connection.
    """
    realm, file = places.config.quickbooks.realm_id, places.config.secrets.file
    if file:
        return places.config.resolve(f"{file}.{realm}.lock")
    return _sealed_file(places).with_name(f"{realm}.lock")


def ends_file(places: Places) -> Path:
    """Where it is kept when the connection ends."""
    return token_lock(places).with_suffix(".ends")


def _sealed_file(places: Places) -> Path:
    return places.paths.data / "keys" / "docket-qbo.keys"


def is_sealed(places: Places) -> bool:
    """Whether the sealed file is the place, without a look at the keyring."""
    secrets = places.config.secrets
    if secrets.file or secrets.store == "keyring":
        return False
    return secrets.store == "file" or _sealed_file(places).exists()
