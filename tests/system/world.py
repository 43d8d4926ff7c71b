"""A practice company and the real command line, for tests and campaigns.

Everything lies below one folder; ports are free ones; nothing outside the machine
is reached and nothing of the user's is touched.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx

from tests.system.inside import Finished, run_inside

FAST = {
    "DOCKET_QBO_LIMITS_REQUESTS_PER_MINUTE": "100000",
    "DOCKET_QBO_LIMITS_REQUESTS_PER_SECOND": "1000",
    "DOCKET_QBO_SYNC_SETTLE_SECONDS": "1",
}
"""The practice company enforces no limits here, so the client need not keep any."""

PATIENCE = 120.0
"""Seconds until a process counts as stuck; a busy machine may need many of them."""
MARKED = ("Invoice", "Payment", "CreditMemo", "RefundReceipt")
"""What the program posts with its mark in PrivateNote."""
_MARK = "[docket-qbo "


@dataclass(frozen=True, slots=True)
class World:
    """A running practice company with a configuration of the client for it."""

    home: Path
    config: Path
    servers: Mapping[str, Any]
    pid: int

    def environ(self) -> dict[str, str]:
        keep = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {**keep, **FAST, "DOCKET_QBO_HOME": str(self.home), "PYTHONHASHSEED": "0"}

    def start(self, *words: str, **options: Any) -> subprocess.Popen[str]:
        """Start `docket-qbo --config … words`."""
        command = [sys.executable, "-m", "docket_qbo", "--config", str(self.config), *words]
        return subprocess.Popen(
            command,
            env=self.environ(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def run(self, *words: str, timeout: float = PATIENCE) -> Finished:
        """Run a command to its end."""
        with self.start(*words) as process:
            out, err = process.communicate(timeout=timeout)
            return Finished(process.returncode, out, err)

    def inside(self, *words: str) -> Finished:
        """Run a command to its end in this process, for no more than Python's start saved."""
        return run_inside(self.environ(), "--config", str(self.config), *words)

    def docket(self, **edit: Any) -> Any:
        """Do in Docket what one of its users would."""
        answer = httpx.post(f"{self.servers['docket_url']}/sandbox/docket", json=edit)
        answer.raise_for_status()
        return answer.json()

    def ledger(self) -> dict[str, list[dict[str, Any]]]:
        """Everything that QuickBooks holds, from the server itself."""
        answer = httpx.get(
            f"{self.servers['qbo_url']}/sandbox/ledger",
            params={"realm": self.servers["realm_id"]},
            timeout=PATIENCE,
        )
        answer.raise_for_status()
        ledger: dict[str, list[dict[str, Any]]] = json.loads(answer.text, parse_float=Decimal)
        return ledger


@contextmanager
def practice(home: Path, *words: str) -> Iterator[World]:
    """Run the practice company's servers for the time of the block."""
    config = home / "practice.toml"
    command = [sys.executable, "-m", "docket_qbo", "sandbox", "--json", "--config-out", str(config)]
    log = (home / "servers.log").open("w")
    process = subprocess.Popen(
        [*command, *words],
        env={"PATH": os.environ["PATH"], "DOCKET_QBO_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, (home / "servers.log").read_text()
        yield World(home, config, json.loads(line), process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
        log.close()


def ready(world: World) -> None:
    """Refresh and pass a test sync."""
    assert world.inside("pull").code == 0
    rows = world.inside("preview", "--all", "--json").json()["invoices"]
    for row in rows:
        if row["outcome"] == "posted":
            tested = world.inside("sync", "--test", f"id:{row['docket_id']}", "--yes")
            if tested.code == 0:
                return
    raise AssertionError("no invoice passed a test sync")


def standing(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records that are neither voided nor deleted."""
    return [record for record in records if not record.get("status")]


def mark_of(record: Mapping[str, Any]) -> str:
    """The mark that a posting of ours leaves at the end of PrivateNote; empty without one."""
    note = str(record.get("PrivateNote", ""))
    return note[note.rindex(_MARK) :] if _MARK in note else ""


def doubles(ledger: Mapping[str, list[dict[str, Any]]]) -> dict[str, int]:
    """Marks that stand in QuickBooks more than once, with how often; each is one posting's."""
    marks = Counter(
        mark_of(record) for entity in MARKED for record in standing(ledger.get(entity, []))
    )
    return {mark: count for mark, count in marks.items() if mark and count > 1}
