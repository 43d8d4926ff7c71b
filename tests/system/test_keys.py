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
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import tomli_w

from cli.secrets import CLIENT_ID, CLIENT_SECRET, DOCKET_KEY
from connectors.qbo.tokens import TokenStore
from core.sealing import Sealing
from core.secrets import FileSecrets, Secret
from tests.system.world import Finished, World, practice

REDIRECT = "https://office.example.com/connected"
WORDS = "marked passphrase of this test"


@dataclass(frozen=True, slots=True)
class Office:
    """A user whose keys are sealed, connected to a practice company."""

    world: World
    home: Path
    config: Path
    secrets: FileSecrets

    def start(self, *words: str, **options: Any) -> subprocess.Popen[str]:
        """Start a command, with the passphrase in a variable unless told otherwise."""
        environ = {**self.world.environ(), "DOCKET_QBO_HOME": str(self.home)}
        return subprocess.Popen(
            [sys.executable, "-m", "docket_qbo", "--config", str(self.config), *words],
            env={**environ, **options.pop("env", {"DOCKET_QBO_PASSPHRASE": WORDS})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def run(self, *words: str, typed: str = "", **options: Any) -> Finished:
        """Run a command to its end."""
        with self.start(*words, **options) as process:
            out, err = process.communicate(typed, timeout=120)
            return Finished(process.returncode, out, err)

    def run_by_descriptor(self, *words: str) -> Finished:
        """Run a command with the passphrase behind a descriptor."""
        there, here = os.pipe()
        os.write(here, WORDS.encode())
        os.close(here)
        source = {"DOCKET_QBO_SECRETS_PASSPHRASE_FROM": f"fd:{there}"}
        done = self.run(*words, env=source, pass_fds=[there])
        os.close(there)
        return done

    def tokens(self) -> TokenStore:
        return TokenStore(self.secrets, self.world.servers["realm_id"])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Its access token has ended, so the first command renews it."""
    home = tmp_path_factory.mktemp("office")
    with practice(tmp_path_factory.mktemp("servers"), "--invoices", "5") as world:
        config = tomllib.loads(world.config.read_text())
        plain = FileSecrets(world.config.parent / config["secrets"]["file"])
        config["secrets"] = {"store": "file"}
        config["log"] = {"level": "DEBUG"}
        sealing = Sealing(lambda new: Secret(WORDS))
        sealed = FileSecrets(home / "keys" / "docket-qbo.keys", sealing, own_folder=True)
        made = Office(world, home, home / "config.toml", sealed)
        made.config.write_text(tomli_w.dumps(config))
        for name in (DOCKET_KEY, CLIENT_ID, CLIENT_SECRET):
            sealed.put(name, plain.get(name) or "")
        kept = TokenStore(plain, world.servers["realm_id"]).load()
        ended = kept.expires_at - timedelta(days=1)
        TokenStore(sealed, kept.realm_id).put(replace(kept, expires_at=ended))
        yield made


def test_a_whole_run_leaves_the_keys_in_no_file_and_no_output(office: Office) -> None:
    before = office.tokens().load()
    said = [office.run_by_descriptor("pull")]
    assert said[0].code == 0, said[0].err
    sealed = office.secrets.path.read_bytes()
    said += [office.run("pull", env={"DOCKET_QBO_PASSPHRASE": "not the right one"})]
    assert (said[-1].code, office.secrets.path.read_bytes()) == (2, sealed)
    assert "passphrase" in said[-1].err
    after = office.tokens().load()
    assert after.version == before.version + 1
    keys = office.secrets
    marked = [WORDS, keys.get(DOCKET_KEY), keys.get(CLIENT_SECRET)]
    marked += [tokens.access_token.reveal() for tokens in (before, after)]
    marked += [tokens.refresh_token.reveal() for tokens in (before, after)]
    texts = {str(number): (one.out + one.err).encode() for number, one in enumerate(said)}
    texts |= {str(file): file.read_bytes() for file in office.home.rglob("*") if file.is_file()}
    assert any(name.endswith(".log") for name in texts)
    for secret in marked:
        assert secret
        assert [name for name, text in texts.items() if secret.encode() in text] == []


def test_a_refresh_token_is_imported_and_used(office: Office) -> None:
    before = office.tokens().load()
    wrong = office.run("connect", "--import", typed="RT1-of-somebody-else\n")
    assert (wrong.code, office.tokens().load()) == (4, before)
    done = office.run("connect", "--import", typed=f"{before.refresh_token.reveal()}\n")
    assert done.code == 0, done.err
    assert done.out.startswith("Connected to ")
    after = office.tokens().load()
    assert after.access_token != before.access_token
    assert after.version == before.version + 1
    assert before.refresh_token.reveal() not in done.out + done.err


def test_the_address_of_the_consent_page_is_pasted(office: Office) -> None:
    before = office.tokens().load()
    with office.start("connect", "--paste", REDIRECT) as process:
        assert process.stdout is not None
        page = process.stdout.readline().strip()
        asked = {name: values[0] for name, values in parse_qs(urlsplit(page).query).items()}
        agreed = {**asked, "realm": before.realm_id, "choice": "connect"}
        sent_to = httpx.post(page.partition("?")[0], data=agreed).headers["location"]
        out, err = process.communicate(f"{sent_to}\n", timeout=120)
    assert process.returncode == 0, err
    assert "Connected to " in out
    after = office.tokens().load()
    assert after.refresh_token != before.refresh_token
    assert after.hard_expires_at is not None
