"""Under which names the secrets of a company are kept, and where."""

from __future__ import annotations

from cli.places import Places
from core.errors import UsageTrouble
from core.secrets import FileSecrets, SecretStore

DOCKET_KEY = "docket_api_key"
CLIENT_ID = "qbo_client_id"
CLIENT_SECRET = "qbo_client_secret"  # noqa: S105 - the name it is kept under


def find_secrets(places: Places) -> SecretStore:
    """Where this configuration keeps its secrets.

    Raises:
        UsageTrouble: it names no place.
    """
    name = places.config.secrets.file
    if not name:
        raise UsageTrouble(
            "The configuration does not say where tokens and keys are.",
            books="Nothing was started.",
            fix="`docket-qbo sandbox --config-out FILE` writes a complete one for practice.",
        )
    return FileSecrets(places.config.resolve(name))
