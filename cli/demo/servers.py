"""The practice company's servers as a child process with its books in a file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import ConnectionTrouble


@dataclass(frozen=True, slots=True)
class PracticeFolder:
    """Everything a practice company keeps on disk, below one folder."""

    root: Path

    @property
    def config(self) -> Path:
        """The configuration that the servers write."""
        return self.root / "practice.toml"

    @property
    def state(self) -> Path:
        """The servers' books."""
        return self.root / "books.state"

    @property
    def ports(self) -> Path:
        """The ports of last time, so that addresses stay where they can."""
        return self.root / "ports.json"

    @property
    def log(self) -> Path:
        """What the servers said."""
        return self.root / "servers.log"

    def clear(self) -> None:
        """Remove everything below the folder that this program made."""
        import shutil

        if self.config.exists() or self.state.exists() or self.ports.exists():
            shutil.rmtree(self.root)


@contextmanager
def practice_servers(
    folder: PracticeFolder, *, invoices: int, seed: int
) -> Iterator[dict[str, Any]]:
    """Run the servers; yield what `docket-qbo sandbox --json` says of them.

    Raises:
        ConnectionTrouble: they did not come up.
    """
    folder.root.mkdir(parents=True, exist_ok=True, mode=0o700)
    qbo_port, docket_port = _last_ports(folder)
    words = [
        *(sys.executable, "-m", "docket_qbo", "sandbox", "--json", "--free-port"),
        *("--qbo-port", str(qbo_port), "--docket-port", str(docket_port)),
        *("--invoices", str(invoices), "--seed", str(seed)),
        *("--state", str(folder.state), "--config-out", str(folder.config)),
        *("--parent", str(os.getpid())),
    ]
    with folder.log.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program, words of our own making
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, process_group=0
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise ConnectionTrouble(
                "The practice company did not start.",
                books="Nothing was changed.",
                fix=f"What it said is in {folder.log}. `docket-qbo demo --reset` starts over.",
            )
        described: dict[str, Any] = json.loads(line)
        folder.ports.write_text(
            json.dumps([_port(described["qbo_url"]), _port(described["docket_url"])])
        )
        yield described
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _last_ports(folder: PracticeFolder) -> tuple[int, int]:
    try:
        qbo_port, docket_port = json.loads(folder.ports.read_text())
        return int(qbo_port), int(docket_port)
    except (OSError, ValueError):
        return 0, 0


def _port(url: str) -> int:
    return int(url.rsplit(":", 1)[1].strip("/"))
