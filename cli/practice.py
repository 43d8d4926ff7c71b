"""The configuration of a practice company: addresses in one file, secrets beside it.

Both are readable by their owner only. The secrets file is accepted for addresses on
this machine only (core.config), so that nobody gets used to tokens in files.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import tomli_w

from cli.secrets import CLIENT_ID, CLIENT_SECRET, DOCKET_KEY
from connectors.qbo.tokens import TokenSet, TokenStore
from core.clock import SystemClock
from core.secrets import FileSecrets, Secret

SETTLE_SECONDS = 3
"""The practice QuickBooks commits at once or never; nobody should wait 200 s for that."""


def write_config(path: Path, handle: Mapping[str, Any]) -> None:
    """Write the configuration of the practice company that `handle` describes.

    `handle` has the keys of `docket-qbo sandbox --json`.
    """
    kept = path.with_suffix(".secrets")
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_private(
        path,
        {
            "docket": {"url": handle["docket_url"]},
            "quickbooks": {
                "url": handle["qbo_url"],
                "realm_id": handle["realm_id"],
                "discovery_url": f"{handle['qbo_url']}/.well-known/openid_configuration",
            },
            "sync": {"settle_seconds": SETTLE_SECONDS},
            "secrets": {"file": kept.name},
            "cache": {"file": f"{path.stem}.db"},
        },
    )
    secrets = FileSecrets(kept)
    secrets.put(DOCKET_KEY, handle["docket_api_key"])
    secrets.put(CLIENT_ID, handle["client_id"])
    secrets.put(CLIENT_SECRET, handle["client_secret"])
    now = SystemClock().now()
    TokenStore(secrets, handle["realm_id"]).put(
        TokenSet(
            access_token=Secret(handle["access_token"]),
            refresh_token=Secret(handle["refresh_token"]),
            realm_id=handle["realm_id"],
            expires_at=now + timedelta(minutes=55),
        )
    )


def _write_private(path: Path, content: Mapping[str, Any]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(descriptor, 0o600)
    with open(descriptor, "wb") as file:
        tomli_w.dump(content, file)
