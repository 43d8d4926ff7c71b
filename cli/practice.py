"""The configuration of a practice company: addresses in one file, secrets beside it.

Both are readable by their owner only. The secrets file is accepted for addresses on
this machine only (core.config), so that nobody gets used to tokens in files.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w
from core.secrets import FileSecrets

from cli.session import CLIENT_ID, CLIENT_SECRET, DOCKET_KEY

SETTLE_SECONDS = 3
"""The practice QuickBooks commits at once or never; nobody should wait 200 s for that."""


def write_config(path: Path, handle: Mapping[str, Any]) -> None:
    """Write the configuration of the practice company that `handle` describes.

    `handle` has the keys of `docket-qbo sandbox --json`.
    """
    tokens = path.with_suffix(".secrets")
    text = tomli_w.dumps(
        {
            "docket": {"url": handle["docket_url"]},
            "quickbooks": {
                "url": handle["qbo_url"],
                "realm_id": handle["realm_id"],
                "discovery_url": f"{handle['qbo_url']}/.well-known/openid_configuration",
            },
            "sync": {"settle_seconds": SETTLE_SECONDS},
            "secrets": {"file": tokens.name},
            "cache": {"file": f"{path.stem}.db"},
        }
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_private(path, text)
    secrets = FileSecrets(tokens)
    secrets.put(DOCKET_KEY, handle["docket_api_key"])
    secrets.put(CLIENT_ID, handle["client_id"])
    secrets.put(CLIENT_SECRET, handle["client_secret"])
