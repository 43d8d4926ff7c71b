"""Under which names the secrets of a company are kept, and where."""

from __future__ import annotations

import os
from pathlib import Path

from cli.places import Places
from core.errors import UsageTrouble
from core.passphrase import Passphrase, terminal
from core.secrets import FileSecrets, SecretStore

DOCKET_KEY = "docket_api_key"
CLIENT_ID = "qbo_client_id"
CLIENT_SECRET = "qbo_client_secret"  # noqa: S105 - the name it is kept under


def find_passphrase(places: Places, *, at_once: bool = False) -> Passphrase:
    """What tells the passphrase of this configuration's sealed file.

    `at_once` asks a person now, if there is a file to open: a screen that is about to
    take the terminal could not.

    Raises:
        UsageTrouble: it is needed now and there is none.
    """
    secrets = places.config.secrets
    passphrase = Passphrase(secrets.passphrase_from, os.environ, terminal())
    if at_once and _is_sealed(places):
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
    if not _is_sealed(places):
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


def _sealed_file(places: Places) -> Path:
    return places.paths.data / "keys" / "docket-qbo.keys"


def _is_sealed(places: Places) -> bool:
    """Whether the sealed file is the place, without a look at the keyring."""
    secrets = places.config.secrets
    if secrets.file or secrets.store == "keyring":
        return False
    return secrets.store == "file" or _sealed_file(places).exists()
