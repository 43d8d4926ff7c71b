"""From nothing to connected companies and back, by the commands, against the practice Intuit."""

from __future__ import annotations

import argparse
import asyncio
import io
import re
import sqlite3
import sys
import threading
import tomllib
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from cli.dashboard import build_app
from cli.main import main
from cli.places import find_places
from core import system_keyring
from core.clock import SystemClock, iso
from core.jsonio import dumps
from tests.qbo.test_listener import free_port
from tests.system.inside import Finished, logging_of_its_own
from tests.system.world import FAST, World, practice
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines

REDIRECT = "https://office.example.com/connected"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Two companies in QuickBooks: the roll-off company, and Intuit's sample."""
    words = ("--invoices", "12", "--company", "rolloff,intuit-sample")
    with practice(tmp_path_factory.mktemp("servers"), *words) as servers:
        yield servers


class Keyring:
    """A keyring in memory; sealing a file takes its time."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop((service, username), None)


def _values(keyring: Keyring) -> list[str]:
    """Every secret in it, of a length that no other text has by chance."""
    found = re.findall(r"[A-Za-z0-9._-]{20,}", " ".join(keyring.kept.values()))
    return [one for one in found if not one.isdecimal()]


@dataclass
class Office:
    """A user of the command line who begins with nothing."""

    world: World
    home: Path
    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]
    keyring: Keyring
    agrees_to: int = 0
    """Which company is chosen on Intuit's page; -1 declines."""
    passphrase: str = "marked passphrase of this test"

    def run(self, *words: str, typed: str = "") -> Finished:
        self.patch.setenv("DOCKET_QBO_PASSPHRASE", self.passphrase)  # each command takes it out
        self.patch.setattr(sys, "stdin", io.StringIO(typed))
        self.capture.readouterr()
        code = main(words)
        said = self.capture.readouterr()
        return Finished(code, said.out, said.err)

    def company(self, number: int) -> Mapping[str, str]:
        found: Mapping[str, str] = self.world.servers["companies"][number]
        return found

    def consent(self, page: str) -> str:
        """Answer Intuit's page; return the address that the browser is sent to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(page).query).items()}
        choice = "deny" if self.agrees_to < 0 else "connect"
        form = {**asked, "realm": self.company(self.agrees_to)["realm_id"], "choice": choice}
        return httpx.post(page.partition("?")[0], data=form).headers["location"]

    def browse(self, page: str) -> bool:
        """What a browser does that is opened with the page."""

        def visit() -> None:
            sent_to = self.consent(page)
            if sent_to.startswith("http://localhost:"):
                httpx.get(sent_to, trust_env=False)

        browser = threading.Thread(target=visit)
        browser.start()
        return True

    def connect_first(self) -> Finished:
        """The roll-off company, on this machine, with the app's keys typed."""
        servers = self.world.servers
        typed = f"app\napp-secret\n{servers['docket_api_key']}\n2026-11-01\n"
        done = self.run("connect", "--docket-url", servers["docket_url"], typed=typed)
        assert done.code == 0, done.err
        return done

    def postable(self) -> str:
        """Refresh, and return an invoice that could be posted now."""
        self.run("settings", "start_date", "2020-01-01")
        assert self.run("pull").code == 0
        plans = self.run("preview", "--all", "--json").json()["invoices"]
        return next(str(one["docket_id"]) for one in plans if one["outcome"] == "posted")

    def config(self, name: str = "config.toml") -> dict[str, Any]:
        return tomllib.loads((self.home / name).read_text())


@pytest.fixture
def office(
    world: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Office]:
    (tmp_path / "exports").mkdir()
    url = world.servers["qbo_url"]
    environ = {
        **FAST,
        "DOCKET_QBO_HOME": str(tmp_path),
        "DOCKET_QBO_QUICKBOOKS_URL": url,
        "DOCKET_QBO_QUICKBOOKS_DISCOVERY_URL": f"{url}/.well-known/openid_configuration",
        "DOCKET_QBO_QUICKBOOKS_REDIRECT_PORT": str(free_port()),
        "DOCKET_QBO_LOG_LEVEL": "DEBUG",
        "DISPLAY": ":0",
    }
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    for name in ("SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    ring = Keyring()
    monkeypatch.setattr(system_keyring, "find_backend", lambda: ring)
    made = Office(world, tmp_path, monkeypatch, capsys, ring)
    monkeypatch.setattr(webbrowser, "open", made.browse)
    with logging_of_its_own():
        yield made


def test_the_first_company_is_connected_on_this_machine_shown_and_bound(office: Office) -> None:
    done = office.connect_first()
    company = office.company(0)
    assert f"Connected to {company['name']}." in done.out
    for words in ("Country: US", "QuickBooks subscription:", "Invoice numbers:", "Sales tax:"):
        assert words in done.out
    assert "Start date: 2026-11-01" in done.out
    assert "Where does the money land before the bank? In Undeposited Funds" in done.out
    kept = office.config()
    assert kept["docket"] == {"url": office.world.servers["docket_url"]}
    assert kept["quickbooks"]["realm_id"] == company["realm_id"]
    assert kept["quickbooks"]["company"] == company["name"]
    assert "Connected to" in office.run("connect", "--here").out
    assert office.run("status").out.startswith(company["name"])

    written = [file for file in office.home.rglob("*") if file.is_file()]
    assert any(file.suffix == ".log" for file in written)
    for secret in ("app-secret", *_values(office.keyring)):
        assert [file for file in written if secret.encode() in file.read_bytes()] == []
        assert secret not in done.out + done.err


def test_declined_late_and_foreign_answers_connect_nothing(office: Office) -> None:
    office.connect_first()
    before = office.config(), dict(office.keyring.kept)
    office.agrees_to = -1
    declined = office.run("connect")
    assert (declined.code, "declined" in declined.err) == (4, True)
    office.agrees_to = 1
    other = office.run("connect")
    assert (other.code, "was chosen; this configuration is for" in other.err) == (4, True)
    pasted = office.run("connect", "--paste", REDIRECT, typed=f"{REDIRECT}?code=c&realmId=1\n")
    assert (pasted.code, "does not belong" in pasted.err) == (4, True)
    assert (office.config(), office.keyring.kept) == before


def test_over_ssh_no_browser_is_opened_and_the_ways_are_said(office: Office) -> None:
    office.connect_first()
    office.patch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
    office.patch.setattr(webbrowser, "open", lambda page: pytest.fail("a browser was opened"))

    class Person(io.StringIO):
        """Opens what is shown in the browser at hand."""

        def write(self, text: str) -> int:
            if text.startswith("http"):
                office.browse(text.strip())
            return super().write(text)

    with office.patch.context() as patch:
        patch.setattr(sys, "stdout", Person())
        patch.setenv("DOCKET_QBO_PASSPHRASE", office.passphrase)
        code = main(["connect"])
    said = office.capture.readouterr().err
    assert code == 0, said
    assert "ssh -L" in said
    assert "--paste" in said


def test_production_keys_are_told_that_intuit_wants_https(office: Office) -> None:
    office.patch.delenv("DOCKET_QBO_QUICKBOOKS_URL")
    office.patch.delenv("DOCKET_QBO_QUICKBOOKS_DISCOVERY_URL")
    folder = ("--docket-folder", str(office.home / "exports"))
    asked = office.run("connect", "--production", "--here", *folder, typed="app\nsecret\n")
    assert (asked.code, "https address only" in asked.err) == (2, True)
    assert "docs/keys.md" in asked.err
    assert not (office.home / "config.toml").exists()
    unsaid = office.run("connect", *folder, typed="x\n")
    assert (unsaid.code, "--sandbox or --production" in unsaid.err) == (2, True)


def test_several_companies_are_kept_apart_and_named(office: Office) -> None:
    office.connect_first()
    first, second = office.company(0), office.company(1)
    folder = ("--docket-folder", str(office.home / "exports"))
    again = office.run("connect", "--company", "Twice", *folder)
    assert (again.code, "connected already" in again.err) == (4, True)
    office.agrees_to = 1
    done = office.run("connect", "--company", "The Sample", *folder, "--start-date", "2026-10-01")
    assert done.code == 0, done.err
    kept = office.config("companies/the-sample.toml")
    assert kept["quickbooks"]["realm_id"] == second["realm_id"]
    assert (office.home / "companies" / "the-sample" / "sync.db").is_file()

    listed = office.run("companies", "--json").json()
    assert [(one["name"], one["short_name"]) for one in listed] == [
        (first["name"], ""),
        (second["name"], "the-sample"),
    ]
    unnamed = office.run("status")
    assert (unnamed.code, "none was named" in unnamed.err) == (2, True)
    for word, meant in ((first["name"], first), ("the sample", second), (second["name"], second)):
        told = office.run("status", "--company", word, "--json").json()
        assert told["company"] == meant["name"], word
    unknown = office.run("status", "--company", "nobody")
    assert (unknown.code, "No company is called nobody" in unknown.err) == (2, True)


def test_a_connection_never_reaches_another_companys_cache(office: Office) -> None:
    office.connect_first()
    sync = ("sync", "--test", f"id:{office.postable()}", "--yes")
    with closing(sqlite3.connect(office.home / "sync.db")) as cache:
        cache.execute("UPDATE company SET realm_id = '9130000000000999', name = 'Stranger'")
        cache.commit()
    before = office.world.ledger()
    for words in (sync, ("pull",), ("connect",)):
        done = office.run(*words)
        assert (done.code, "belongs to Stranger" in done.err) == (4, True), done.err
    assert office.world.ledger() == before


def test_what_needs_no_key_asks_for_no_passphrase(office: Office) -> None:
    office.patch.setattr(system_keyring, "find_backend", lambda: None)
    office.connect_first()
    office.passphrase = ""
    for words in (("status",), ("preview", "--all"), ("settings",)):
        done = office.run(*words)
        assert done.code in (0, 1), done.err
        assert done.err == ""
    assert "passphrase" in office.run("pull").err.lower()


def test_a_connection_that_ends_soon_is_told_without_the_keys(office: Office) -> None:
    office.connect_first()
    office.passphrase = ""
    assert "connection" not in office.run("status").out
    (kept,) = (office.home / "keys").glob("*.ends")
    now = SystemClock().now()
    for name, days, said in (
        ("unused", 5, "lapses on"),
        ("unused", -1, "was not used for 100 days"),
        ("at_last", 30, "ends this connection on"),
        ("at_last", -1, "after five years"),
    ):
        ends = {"unused": None, "at_last": None, "disconnected": None}
        kept.write_text(dumps({**ends, name: iso(now + timedelta(days=days))}))
        assert said in office.run("status").out
    kept.write_text("{}")
    assert office.run("status").code in (0, 1)


def test_read_only_is_refused_at_the_door_and_said(office: Office) -> None:
    office.connect_first()
    sync = ("sync", "--test", f"id:{office.postable()}", "--yes")
    before = office.world.ledger()
    assert "READ-ONLY" in office.run("status", "--read-only").out
    assert office.run("status", "--read-only", "--json").json()["read_only"] is True
    flagged = office.run(*sync, "--read-only")
    office.patch.setenv("DOCKET_QBO_SYNC_READ_ONLY", "true")
    for done in (flagged, office.run(*sync)):
        assert (done.code, "read-only" in done.err) == (2, True), done.err
    assert office.world.ledger() == before
    office.patch.setenv("DOCKET_QBO_SYNC_READ_ONLY", "no")
    assert "true or false" in office.run("status").err


def test_disconnect_revokes_and_removes_also_where_intuit_cannot_be_told(office: Office) -> None:
    office.connect_first()
    asked = office.run("disconnect")
    assert (asked.code, "--yes" in asked.err) == (2, True)
    done = office.run("disconnect", "--yes")
    assert (done.code, "Intuit knows it" in done.out) == (0, True), done.err
    assert "Disconnected on" in office.run("status").out
    gone = office.run("pull")
    assert (gone.code, "not connected to QuickBooks" in gone.err) == (4, True)

    assert office.run("connect").code == 0
    assert "Disconnected" not in office.run("status").out
    fault = {"kind": "status-before", "status": 503, "path": "revoke", "count": 9}
    url = office.world.servers["qbo_url"]
    httpx.post(f"{url}/sandbox/faults", json=fault).raise_for_status()
    done = office.run("disconnect", "--yes")
    httpx.delete(f"{url}/sandbox/faults").raise_for_status()
    assert (done.code, "on this machine only" in done.out) == (1, True), done.out
    assert "not connected to QuickBooks" in office.run("pull").err


async def test_the_dashboard_connects_its_own_company_anew(office: Office) -> None:
    await asyncio.to_thread(office.connect_first)
    for words in (("pull",), ("disconnect", "--yes")):
        assert (await asyncio.to_thread(office.run, *words)).code == 0
    places = find_places(argparse.Namespace(config=None, db=None))
    async with AsyncExitStack() as stack:
        app = build_app(places, stack)
        async with app.run_test(size=(110, 40)) as pilot:

            async def until(holds: Callable[[], bool]) -> None:
                async with asyncio.timeout(60):
                    while not holds():
                        await pilot.pause(0.02)

            def told() -> str:
                found = app.screen.query("#told")
                return "\n".join(str(line) for line in found.first(Lines).lines(100))

            await until(lambda: app.banner is not None and app.banner.notice == "disconnected")
            await until(lambda: app.is_ready)
            await pilot.press("A")
            await until(lambda: isinstance(app.focused, RecordList))
            assert "How does the answer of Intuit's page come here?" in told()
            await pilot.press("enter")
            await until(lambda: "Connected." in told())
            await until(lambda: app.banner is not None and not app.banner.notice)
    assert (await asyncio.to_thread(office.run, "pull")).code == 0
    assert "Disconnected" not in (await asyncio.to_thread(office.run, "status")).out
