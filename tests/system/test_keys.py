"""The real program with its keys in a sealed file: it works, and leaves them nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
import tomli_w

from cli.secrets import CLIENT_ID, CLIENT_SECRET, DOCKET_KEY
from connectors.qbo.tokens import TokenStore
from core.sealing import Sealing
from core.secrets import FileSecrets, Secret
from tests.system.world import Finished, World, practice

WORDS = "marked passphrase of this test"


@dataclass(frozen=True, slots=True)
class Office:
    """A user whose keys are sealed, connected to a practice company."""

    world: World
    home: Path
    config: Path

    def run(self, *words: str, by_descriptor: bool = False, passphrase: str = WORDS) -> Finished:
        """Run a command with the passphrase in a variable, or behind a descriptor."""
        there, here = os.pipe()
        os.write(here, passphrase.encode())
        os.close(here)
        given = (
            {"DOCKET_QBO_SECRETS_PASSPHRASE_FROM": f"fd:{there}"}
            if by_descriptor
            else {"DOCKET_QBO_PASSPHRASE": passphrase}
        )
        done = subprocess.run(
            [sys.executable, "-m", "docket_qbo", "--config", str(self.config), *words],
            env={**self.world.environ(), "DOCKET_QBO_HOME": str(self.home), **given},
            pass_fds=[there],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        os.close(there)
        return Finished(done.returncode, done.stdout, done.stderr)

    def secrets(self) -> FileSecrets:
        path = self.home / "keys" / "docket-qbo.keys"
        return FileSecrets(path, Sealing(lambda new: Secret(WORDS)), own_folder=True)

    def tokens(self) -> TokenStore:
        return TokenStore(self.secrets(), self.world.servers["realm_id"])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Its access token has ended, so the first command renews it."""
    home = tmp_path_factory.mktemp("office")
    with practice(tmp_path_factory.mktemp("servers"), "--invoices", "5") as world:
        config = tomllib.loads(world.config.read_text())
        plain = FileSecrets(world.config.parent / config["secrets"]["file"])
        config["secrets"] = {"store": "file"}
        config["log"] = {"level": "DEBUG"}
        made = Office(world, home, home / "config.toml")
        made.config.write_text(tomli_w.dumps(config))
        sealed = made.secrets()
        for name in (DOCKET_KEY, CLIENT_ID, CLIENT_SECRET):
            sealed.put(name, plain.get(name) or "")
        kept = TokenStore(plain, world.servers["realm_id"]).load()
        ended = kept.expires_at - timedelta(days=1)
        TokenStore(sealed, kept.realm_id).put(replace(kept, expires_at=ended))
        yield made


def test_a_whole_run_leaves_the_keys_in_no_file_and_no_output(office: Office) -> None:
    before = office.tokens().load()
    said = [office.run("pull", by_descriptor=True)]
    assert said[0].code == 0, said[0].err
    sealed = office.secrets().path.read_bytes()
    said += [office.run("pull", passphrase="not the right one")]
    assert (said[-1].code, office.secrets().path.read_bytes()) == (2, sealed)
    assert "passphrase" in said[-1].err
    after = office.tokens().load()
    assert after.version == before.version + 1
    keys = office.secrets()
    marked = [WORDS, keys.get(DOCKET_KEY), keys.get(CLIENT_SECRET)]
    marked += [tokens.access_token.reveal() for tokens in (before, after)]
    marked += [tokens.refresh_token.reveal() for tokens in (before, after)]
    texts = {str(number): (one.out + one.err).encode() for number, one in enumerate(said)}
    texts |= {str(file): file.read_bytes() for file in office.home.rglob("*") if file.is_file()}
    assert any(name.endswith(".log") for name in texts)
    for secret in marked:
        assert secret
        assert [name for name, text in texts.items() if secret.encode() in text] == []
