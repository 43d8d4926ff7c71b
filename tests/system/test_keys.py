"""The real program with its keys in a sealed file: it works, and leaves them nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import tomli_w

from cli.secrets import CLIENT_ID, CLIENT_SECRET, DOCKET_KEY
from connectors.qbo.tokens import TokenStore
from core.sealing import Sealing
from core.secrets import FileSecrets, Secret
from store import sqlite
from tests.system.inside import Finished
from tests.system.watching import PROC, shown_while_running
from tests.system.world import World, practice

REDIRECT = "https://office.example.com/connected"
WORDS = "marked passphrase of this test"


@dataclass(frozen=True, slots=True)
class Office:
    """A user whose keys are sealed, connected to a practice company."""

    world: World
    home: Path
    config: Path
    secrets: FileSecrets

    def start(
        self, *words: str, program: tuple[str, ...] = ("-m", "docket_qbo"), **options: Any
    ) -> subprocess.Popen[str]:
        """Start a command, with the passphrase in a variable unless told otherwise."""
        environ = {**self.world.environ(), "DOCKET_QBO_HOME": str(self.home)}
        return subprocess.Popen(
            [sys.executable, *program, "--config", str(self.config), *words],
            env={**environ, **options.pop("env", {"DOCKET_QBO_PASSPHRASE": WORDS})},
            text=True,
            **dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE) | options,
        )

    def run(self, *words: str, typed: str = "", **options: Any) -> Finished:
        """Run a command to its end."""
        with self.start(*words, **options) as process:
            out, err = process.communicate(typed, timeout=120)
            return Finished(process.returncode, out, err)

    def watched(self, *words: str, **options: Any) -> Finished:
        """Run a command with the passphrase behind a descriptor, and watch it from outside.

        What its processes showed of themselves stands in `err`, below what it said.
        """
        there, here = os.pipe()
        os.write(here, WORDS.encode())
        os.close(here)
        source = {"DOCKET_QBO_SECRETS_PASSPHRASE_FROM": f"fd:{there}"}
        with (
            TemporaryFile("w+") as out,
            TemporaryFile("w+") as err,
            self.start(
                *words,
                **{"env": source, "pass_fds": [there], "stdout": out, "stderr": err, **options},
            ) as process,
        ):
            os.close(there)
            shown = shown_while_running(process)
            assert str(self.config).encode() in shown
            out.seek(0)
            err.seek(0)
            return Finished(
                process.returncode, out.read(), err.read() + shown.decode("utf-8", "replace")
            )

    def first_invoice(self) -> str:
        """One that can be test-synced."""
        path = next(self.home.glob("*.db"))
        with closing(sqlite.connect(path, query_only=True)) as connection:
            pending = "SELECT docket_id FROM invoice WHERE status = 'pending' ORDER BY issued_on"
            (found,) = connection.execute(pending).fetchone()
        return f"id:{found}"

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


CRASH = """
import sys
answer = open(sys.argv.pop()).read()
from docket_qbo.__main__ import claim_rooms
claim_rooms()
from connectors.qbo.wire import Wire
async def crash(self, request, token, metered):
    held = {"token": token, "client": vars(self), "sent": dict(request.headers)}
    raise RuntimeError(f"{held} " + answer)
Wire._once = crash
from cli.main import main
sys.exit(main(sys.argv[1:]))
"""
"""A bug at the worst place: an error that quotes the token, and what QuickBooks answered."""


@pytest.mark.skipif(not (PROC / "self" / "environ").exists(), reason="needs Linux' /proc")
def test_a_whole_run_leaves_the_keys_in_no_file_no_output_and_no_process(office: Office) -> None:
    before = office.tokens().load()
    said = [office.watched("pull")]
    assert said[0].code == 0, said[0].err
    sealed = office.secrets.path.read_bytes()
    said += [office.run("pull", env={"DOCKET_QBO_PASSPHRASE": "not the right one"})]
    assert (said[-1].code, office.secrets.path.read_bytes()) == (2, sealed)
    assert "passphrase" in said[-1].err
    after = office.tokens().load()
    assert after.version == before.version + 1

    said += [office.watched("sync", "--test", office.first_invoice(), "--yes")]
    assert said[-1].code == 0, said[-1].err
    said += [office.watched("sync", "--all", "--yes")]
    ledger = office.world.ledger()
    assert len(ledger["Invoice"]) > 1
    answer = office.world.home / "answer.json"
    names = [one["DisplayName"] for one in ledger["Customer"]]
    answer.write_text(str(names))
    said += [office.watched("pull", str(answer), program=("-c", CRASH))]
    assert "unexpected happened (RuntimeError)" in said[-1].err
    said += [office.watched("doctor", "--bundle", str(office.home / "bundle.json"))]
    assert said[-1].code == 0, said[-1].out
    bundle = (office.home / "bundle.json").read_text()
    assert "RuntimeError" in bundle, "support sees the crash"

    keys = office.secrets
    marked = [WORDS, keys.get(DOCKET_KEY), keys.get(CLIENT_SECRET)]
    marked += [tokens.access_token.reveal() for tokens in (before, after)]
    marked += [tokens.refresh_token.reveal() for tokens in (before, after)]
    app = f"{keys.get(CLIENT_ID)}:{keys.get(CLIENT_SECRET)}"  # as it goes to the token endpoint
    marked += [b64encode(app.encode()).decode()]
    texts = {str(number): (one.out + one.err).encode() for number, one in enumerate(said)}
    texts |= {str(file): file.read_bytes() for file in office.home.rglob("*") if file.is_file()}
    assert {".log", ".db", ".json"} <= {Path(name).suffix for name in texts}
    for secret in marked:
        assert secret
        assert [name for name, text in texts.items() if secret.encode() in text] == []
    told = bundle + "".join(path.read_text() for path in (office.home / "logs").iterdir())
    assert [name for name in names if name in told] == [], "what is in the books stays out"


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
