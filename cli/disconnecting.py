"""Ends a connection: told to Intuit first, then forgotten here, whatever Intuit said."""

from __future__ import annotations

from dataclasses import dataclass

from cli.places import Places
from cli.secrets import token_lock
from cli.session import make_oauth, make_token_store
from connectors.qbo.intuit import OAuthRefused, OAuthUnclear
from connectors.qbo.refresh import alone
from core.clock import Clock
from core.errors import ConnectionTrouble
from core.secrets import SecretStore
from core.text import display

_BY_HAND = (
    "To be sure, end it there too: in QuickBooks under Apps, My apps, or in your app's page at"
    " developer.intuit.com."
)


@dataclass(frozen=True, slots=True)
class Disconnected:
    """What became of it; `told` says that Intuit knows the connection is over."""

    told: bool
    lines: tuple[str, ...]


def disconnect(places: Places, secrets: SecretStore, clock: Clock) -> Disconnected:
    """Revoke the company's tokens at Intuit and remove them here. Blocks.

    Raises:
        ConnectionTrouble: another process is renewing them.
        UsageTrouble: they cannot be opened or removed.
    """
    store, name = make_token_store(places, secrets), _name(places)
    with alone(token_lock(places)):
        try:
            tokens = store.load()
        except ConnectionTrouble as trouble:
            store.remove(clock.now())
            return Disconnected(False, (trouble.what, "What was kept of it is removed.", _BY_HAND))
        try:
            make_oauth(places, secrets).revoke(tokens.refresh_token)
            refusal = ""
        except OAuthRefused as error:
            refusal = (
                f"Intuit did not accept that ({display(error.code, 40)}): it may be over there"
            )
        except OAuthUnclear:
            refusal = "Intuit did not answer: there the connection may still stand"
        store.remove(clock.now())
    if refusal:
        return Disconnected(
            False, (f"Disconnected from {name} on this machine only.", f"{refusal}.", _BY_HAND)
        )
    stays = "The cache, its links and the sync log stay; `docket-qbo connect` takes it up again."
    return Disconnected(True, (f"Disconnected from {name}; Intuit knows it.", stays))


def _name(places: Places) -> str:
    return display(places.config.quickbooks.company, 60) or "the company"
