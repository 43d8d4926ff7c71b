"""Where QuickBooks and Docket are, for a configuration that connecting writes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cli.places import Places
from connectors.docket_files.tables import is_export
from core.config import is_loopback
from core.errors import UsageTrouble
from core.text import display

UNCHANGED = "Nothing was connected; what was connected before stays so."
PRODUCTION = (
    "https://quickbooks.api.intuit.com",
    "https://developer.api.intuit.com/.well-known/openid_configuration/",
)
SANDBOX = (
    "https://sandbox-quickbooks.api.intuit.com",
    "https://developer.api.intuit.com/.well-known/openid_sandbox_configuration/",
)
"""Intuit's addresses of the books, and of what names its sign-in."""


def with_addresses(
    places: Places, *, live: bool | None = None, docket_url: str = "", docket_folder: str = ""
) -> Places:
    """Return the places with what was chosen over what the configuration says.

    Raises:
        UsageTrouble: it would lead a connected company elsewhere, or Docket's way is not clear.
    """
    config = places.config
    if live is not None:
        url, discovery = PRODUCTION if live else SANDBOX
        if config.quickbooks.realm_id and config.quickbooks.url != url:
            raise UsageTrouble(
                "This configuration is connected to another QuickBooks already.",
                books=UNCHANGED,
                fix="Give the new one a name of its own: docket-qbo connect --company NAME.",
            )
        config = replace(
            config, quickbooks=config.quickbooks._replace(url=url, discovery_url=discovery)
        )
    if (docket_folder and config.docket.url) or (docket_url and config.docket.folder):
        raise UsageTrouble(
            "The configuration names another way to Docket already.",
            books=UNCHANGED,
            fix=f"Change it under [docket] in {places.config_file}, then start again.",
        )
    if docket_folder:
        folder = Path(docket_folder).expanduser().absolute()
        if not folder.is_dir() and not is_export(folder):
            raise UsageTrouble(
                f"There is no folder and no CSV or XLSX file {display(str(folder), 200)}.",
                books=UNCHANGED,
                fix="Make the folder, and let Docket's exports be put into it; or name another.",
            )
        config = replace(config, docket=config.docket._replace(folder=str(folder)))
    elif docket_url:
        if not docket_url.startswith("https://") and not is_loopback(docket_url):
            raise UsageTrouble(
                "Docket's address must begin with https://.",
                books=UNCHANGED,
                fix="Correct it, or name a folder of exports with --docket-folder.",
            )
        config = replace(config, docket=config.docket._replace(url=docket_url))
    return replace(places, config=config)
