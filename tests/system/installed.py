"""The program as its users have it: built as a wheel and installed where nothing else is.

The environment holds the wheel and what requirements/run.txt locks, and nothing of the
checkout; home, folders and configuration are those of a user of its own.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import httpx
import tomli_w

from tests.system.inside import Finished
from tests.system.world import FAST, PATIENCE

ROOT = Path(__file__).resolve().parents[2]
_MARK = "[docket-qbo "
_LOCKED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==")


def build_wheel(folder: Path) -> Path:
    """Build the wheel with the locked build tools; nothing is fetched."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@dataclass(frozen=True, slots=True)
class Installed:
    """An installed program and its user."""

    program: Path
    home: Path

    @property
    def config(self) -> Path:
        """Where the program looks for its configuration by itself."""
        return self.home / ".config" / "docket-qbo" / "config.toml"

    def environ(self) -> dict[str, str]:
        """The user's; nothing in it leads to the checkout."""
        return {"PATH": os.environ["PATH"], "HOME": str(self.home), "LANG": "C.UTF-8", **FAST}

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command in the user's home."""
        return subprocess.Popen(
            [str(self.program), *words],
            cwd=self.home,
            env=self.environ(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, typed: str = "") -> Finished:
        """Run a command to its end."""
        with self.start(*words) as process:
            out, err = process.communicate(typed, timeout=PATIENCE)
            return Finished(process.returncode, out, err)

    def configure(
        self, servers: Mapping[str, Any], folder: Path, redirect_port: int = 8791
    ) -> None:
        """Write what leads to the practice company instead of Intuit, and the exports' folder."""
        self.config.parent.mkdir(parents=True, exist_ok=True)
        sections = {
            "docket": {"folder": str(folder)},
            "quickbooks": {
                "url": servers["qbo_url"],
                "redirect_port": redirect_port,
                "discovery_url": f"{servers['qbo_url']}/.well-known/openid_configuration",
            },
            "secrets": {"file": "practice.secrets"},
        }
        self.config.write_text(tomli_w.dumps(sections))

    def exported(self, layout: str, invoices: int) -> Path:
        """Write the practice Docket's exports; return their folder."""
        folder, count = self.home / "exports", str(invoices)
        words = ("--layout", layout, "--invoices", count, "--out", str(folder))
        made = self.run("sandbox", "export", *words)
        assert made.code == 0, made.err
        return folder

    def import_all(self, exports: Path) -> None:
        """Import as it is proposed."""
        imported = self.run("import", str(exports), "--yes")
        assert "Imported: " in imported.out, imported.err

    def sync_all(self, servers: Mapping[str, Any]) -> None:
        """Refresh, pass a test sync, sync the rest; what the preview said is in QuickBooks."""
        assert self.run("pull").code == 0
        rows = self.run("preview", "--all", "--json").json()["invoices"]
        posting = [row for row in rows if row["outcome"] == "posted"]
        tested = self.run("sync", "--test", f"id:{posting[0]['docket_id']}", "--yes")
        assert tested.code == 0, tested.out + tested.err
        self.run("sync", "--all", "--yes")
        ours = [one for one in ledger(servers)["Invoice"] if _MARK in one.get("PrivateNote", "")]
        assert {one["DocNumber"] for one in ours} == {row["number"] for row in posting}

    @contextmanager
    def practice(self, invoices: int) -> Iterator[Mapping[str, Any]]:
        """Run the practice company of the installed program."""
        with self.start("sandbox", "--json", "--invoices", str(invoices)) as process:
            try:
                assert process.stdout is not None
                yield json.loads(process.stdout.readline())
            finally:
                process.send_signal(signal.SIGTERM)
                process.communicate(timeout=PATIENCE)


def install(wheel: Path, folder: Path) -> Installed:
    """Make an environment with the wheel and what it needs, and a user without a past."""
    environment, home = folder / "environment", folder / "home"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run(
        [*pip, "install", "-q", "--no-index", "--no-deps", "--no-compile", str(wheel)],
        check=True,
        cwd=folder,
    )
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    _lend_dependencies(environment / "lib" / version / "site-packages")
    home.mkdir()
    return Installed(environment / "bin" / "docket-qbo", home)


def ledger(servers: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Everything that the practice QuickBooks holds."""
    answer = httpx.get(
        f"{servers['qbo_url']}/sandbox/ledger",
        params={"realm": servers["realm_id"]},
        timeout=PATIENCE,
    )
    answer.raise_for_status()
    found: dict[str, list[dict[str, Any]]] = answer.json()
    return found


def _lend_dependencies(site: Path) -> None:
    """Link in what run.txt locks: its packages are here, and no index is asked for them."""
    own = Path(sysconfig.get_paths()["purelib"])
    for name in _LOCKED.findall((ROOT / "requirements" / "run.txt").read_text()):
        try:
            files = metadata.distribution(name).files or []
        except metadata.PackageNotFoundError:
            continue  # locked for another system, or another Python
        for top in {file.parts[0] for file in files} - {"..", "__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(own / top)
