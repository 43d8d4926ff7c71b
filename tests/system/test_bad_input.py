"""What bad input gets: three clear sentences, the documented exit code, and books left right."""

from __future__ import annotations

import ctypes
import json
import re
import resource
import shutil
import signal
import socket
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import tomli_w

from core.clock import SystemClock
from store import sqlite
from tests.system.inside import Finished
from tests.system.terminal import Terminal
from tests.system.world import PATIENCE, World, doubles, practice, ready

pytestmark = pytest.mark.xdist_group("bad_input")

HOSTILE = "[@click=app.quit]Acme[/] \x1b]52;c;AAAA\x07"
TABLES = ("posting", "attempt", "link", "choice", "run", "invoice", "conflict", "audit")


def database(world: World) -> Path:
    return world.config.with_suffix(".db")


def copied(world: World, folder: Path, **changes: dict[str, Any]) -> World:
    """The same company with a cache and a configuration of its own, some sections changed."""
    folder.mkdir(exist_ok=True)
    for path in world.config.parent.glob(f"{world.config.stem}.*"):
        if path.suffix in {".toml", ".db", ".secrets"}:
            shutil.copy(path, folder)
    config = folder / world.config.name
    content = tomllib.loads(config.read_text())
    for section, values in changes.items():
        content[section] = {**content.get(section, {}), **values}
    config.write_text(tomli_w.dumps(content))
    return replace(world, home=folder, config=config)


def change_secrets(world: World, change: Callable[[dict[str, str]], None]) -> None:
    path = world.config.with_suffix(".secrets")
    secrets = json.loads(path.read_text())
    change(secrets)
    path.write_text(json.dumps(secrets))


def held(world: World) -> dict[str, list[Any]]:
    """What the cache holds of decisions and postings."""
    return {table: ask(world, f"SELECT * FROM {table} ORDER BY id") for table in TABLES}


@contextmanager
def nothing_changes(world: World) -> Iterator[None]:
    before = held(world), world.ledger()
    yield
    assert held(world) == before[0]
    assert world.ledger() == before[1]


def run(world: World, *words: str, **options: Any) -> Finished:
    with world.start(*words, **options) as process:
        out, err = process.communicate(timeout=PATIENCE)
        return Finished(process.returncode, out, err)


def told(done: Finished, code: int) -> str:
    """What happened, of the three sentences that must have come with this exit code."""
    assert "Traceback" not in done.out + done.err
    assert "unexpected" not in done.err
    assert done.code == code, done.err
    what, books, fix = done.err[done.err.rindex("docket-qbo: ") + 12 :].splitlines()
    assert all(sentence.strip().endswith((".", "!")) for sentence in (what, books, fix))
    return what


@pytest.fixture
def down() -> Iterator[str]:
    """The address of a server that refuses each connection; nobody else can take its port."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{one.getsockname()[1]}"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program wait a hundredth of what it means to before it tries again."""
    wait = SystemClock.sleep

    async def hurry(clock: SystemClock, seconds: float) -> None:
        await wait(clock, seconds / 100)

    monkeypatch.setattr(SystemClock, "sleep", hurry)


def pending(world: World) -> dict[str, int]:
    """Totals of the invoices that can be posted as they are, by Docket id."""
    rows = ask(world, "SELECT docket_id, total_cents FROM invoice WHERE reason_code = 'new'")
    return {str(row[0]): int(row[1]) for row in rows}


def ask(world: World, statement: str) -> list[Any]:
    connection = sqlite.connect(database(world), query_only=True)
    try:
        return list(connection.execute(statement).fetchall())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def rough(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A company for the tests that post, or that end it; each takes what is left."""
    with practice(tmp_path_factory.mktemp("rough"), "--invoices", "60") as company:
        ready(company)
        yield company


def all_there_once(world: World, wanted: Mapping[str, int]) -> None:
    """QuickBooks holds each of these invoices, once, with its total."""
    ledger = world.ledger()
    assert not doubles(ledger)
    numbers = dict(ask(world, "SELECT docket_id, number FROM invoice"))
    totals = {row.get("DocNumber"): int(row["TotalAmt"] * 100) for row in ledger["Invoice"]}
    assert {key: totals.get(numbers[key]) for key in wanted} == dict(wanted)


# who we are, and who answers


def test_a_wrong_docket_key(world: World, tmp_path: Path) -> None:
    here = copied(world, tmp_path / "here")
    change_secrets(here, lambda secrets: secrets.update(docket_api_key="not-the-key"))
    with nothing_changes(here):
        done = run(here, "pull")
    assert "Docket" in told(done, 4)
    assert "not-the-key" not in done.err


def test_tokens_that_are_dead(world: World, tmp_path: Path) -> None:
    here = copied(world, tmp_path / "here")

    def kill(secrets: dict[str, str]) -> None:
        for name, value in secrets.items():
            for token in ("access_token", "refresh_token"):
                value = value.replace(world.servers[token], f"dead-{token}")
            secrets[name] = value

    change_secrets(here, kill)
    with nothing_changes(here):
        for words in (("pull",), ("sync", "--all", "--yes")):
            done = here.inside(*words)
            assert "QuickBooks" in told(done, 4)
            assert "dead-" not in done.err


@pytest.mark.parametrize("section", ["docket", "quickbooks"])
@pytest.mark.usefixtures("impatient")
def test_a_server_that_is_down(world: World, tmp_path: Path, down: str, section: str) -> None:
    here = copied(world, tmp_path / "here", **{section: {"url": down}})
    with nothing_changes(here):
        what = told(here.inside("pull"), 4)
    assert ("Docket" if section == "docket" else "QuickBooks") in what


@pytest.mark.usefixtures("impatient")
def test_a_sync_while_quickbooks_is_down(world: World, tmp_path: Path, down: str) -> None:
    here = copied(world, tmp_path / "here", quickbooks={"url": down})
    with nothing_changes(here):
        told(here.inside("sync", "--all", "--yes"), 4)


def test_a_configuration_of_another_company(world: World, tmp_path: Path) -> None:
    here = copied(world, tmp_path / "here", quickbooks={"realm_id": "9130000000000002"})
    with nothing_changes(here):
        for words in (("pull",), ("sync", "--all", "--yes")):
            told(here.inside(*words), 4)


# the cache and the disk


def test_a_cache_of_a_newer_version(world: World, tmp_path: Path) -> None:
    here = copied(world, tmp_path / "here")
    connection = sqlite.connect(database(here))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = database(here).read_bytes()
    for words in (("status",), ("sync", "--all", "--yes")):
        assert "newer" in told(here.inside(*words), 1)
    assert database(here).read_bytes() == before


@pytest.mark.parametrize("harm", ["cut short", "overwritten", "no database"])
def test_a_damaged_cache(world: World, tmp_path: Path, harm: str) -> None:
    here = copied(world, tmp_path / "here")
    whole = database(here).read_bytes()
    spoiled = {
        "cut short": whole[: len(whole) // 2],
        "overwritten": whole[:4096] + b"\xff" * 65536 + whole[4096 + 65536 :],
        "no database": b"number,client,total\r\n" * 999,
    }[harm]
    database(here).write_bytes(spoiled)
    assert "damaged" in told(here.inside("sync", "--all", "--yes"), 1)
    assert database(here).read_bytes() == spoiled


def test_a_folder_that_cannot_be_written(world: World, tmp_path: Path) -> None:
    here = copied(world, tmp_path / "here")
    with nothing_changes(here):
        here.config.parent.chmod(0o555)
        try:
            done = run(here, "sync", "--all", "--yes", preexec_fn=obey_permissions)
        finally:
            here.config.parent.chmod(0o755)
    told(done, 1)


def test_a_cache_that_cannot_be_written(world: World, tmp_path: Path) -> None:
    here = copied(world, tmp_path / "here")
    with nothing_changes(here):
        database(here).chmod(0o444)
        done = run(here, "sync", "--all", "--yes", preexec_fn=obey_permissions)
        database(here).chmod(0o600)
    assert "cannot be opened" in told(done, 1)


def test_a_lock_or_an_epoch_that_is_no_file(world: World, tmp_path: Path) -> None:
    for suffix in ("lock", "epoch"):
        here = copied(world, tmp_path / suffix)
        beside = database(here).with_name(f"{database(here).name}.{suffix}")
        beside.mkdir()
        with nothing_changes(here):
            assert "cannot be opened" in told(here.inside("sync", "--all", "--yes"), 1)


def obey_permissions() -> None:
    """Let the child keep to file permissions even where the tests run as root."""
    if _LIBC is not None:
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            _LIBC.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def test_a_disk_that_is_full_in_the_middle_of_a_sync(rough: World) -> None:
    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (450_000, 450_000))

    wanted = dict(list(pending(rough).items())[:15])
    words = ("sync", *(f"id:{key}" for key in wanted), "--yes")
    assert "disk" in told(run(rough, *words, preexec_fn=small_disk), 1)
    assert rough.inside("sync", "--resume", "--yes").code in {0, 1}
    rough.inside(*words)
    all_there_once(rough, wanted)


def test_a_port_that_is_in_use(world: World) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run(world, "sandbox", "--qbo-port", port)
    assert port in told(done, 2)


# two at once, and stopping


@contextmanager
def slow_writes(world: World, seconds: float) -> Iterator[None]:
    faults = f"{world.servers['qbo_url']}/sandbox/faults"
    fault = {"kind": "latency", "method": "POST", "path": "/invoice", "seconds": seconds}
    httpx.post(faults, json={**fault, "count": None}).raise_for_status()
    try:
        yield
    finally:
        httpx.delete(faults).raise_for_status()


def test_two_posting_at_once_and_ctrl_c(rough: World) -> None:
    wanted = dict(list(pending(rough).items())[:15])
    words = ("sync", *(f"id:{key}" for key in wanted), "--yes")
    with slow_writes(rough, 2.5), rough.start(*words) as first:
        assert first.stderr is not None
        first.stderr.readline()
        assert "posting from this cache" in told(rough.inside(*words), 1)
        first.send_signal(signal.SIGINT)
        out, err = first.communicate(timeout=PATIENCE)
    assert first.returncode == 130, out + err
    assert "not sent yet" in out
    assert "Traceback" not in err
    assert rough.inside(*words).code == 0
    all_there_once(rough, wanted)


def test_a_practice_company_that_was_started_over(rough: World) -> None:
    httpx.post(f"{rough.servers['qbo_url']}/sandbox/reset").raise_for_status()
    with nothing_changes(rough):
        for words in (("pull",), ("sync", "--all", "--yes")):
            assert "started over" in told(rough.inside(*words), 4)


# the screen


def dashboard(world: World, *, columns: int = 120, lines: int = 40) -> Terminal:
    command = [sys.executable, "-m", "docket_qbo", "--config", str(world.config)]
    environ = {**world.environ(), "TERM": "xterm-256color"}
    return Terminal(command, environ, columns=columns, lines=lines)


def test_a_terminal_that_is_too_small(world: World) -> None:
    with dashboard(world, columns=79, lines=20) as terminal:
        terminal.wait_for("This window is too small.")
        assert "First steps" not in terminal.text
        terminal.resize(120, 40)
        terminal.wait_for("duplicate customers")
        terminal.press("space", "/")
        terminal.wait_for("number, client, product, amount")  # the field: it takes the letters
        terminal.press(*"2400")
        terminal.press("enter")
        terminal.wait_for("1 selected")
        terminal.resize(79, 20)
        terminal.wait_for("This window is too small.")
        terminal.press("x", "b", "escape")
        terminal.resize(120, 40)
        screen = terminal.wait_for("1 selected")
        assert "2400" in screen
        terminal.press_and_see("escape")
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_a_client_whose_name_is_an_attack(world: World) -> None:
    rows = ask(world, "SELECT client_docket_id, client_name FROM invoice")
    client = next(key for key, name in rows if name == HOSTILE)
    lines = [{"name": "Delivery Fee", "quantity": "1", "unit_price": "33.00", "taxable": False}]
    number = "HOSTILE-1"
    world.docket(action="add_invoice", client=client, lines=lines, number=number)
    assert world.inside("pull").code == 0
    with dashboard(world) as terminal:
        terminal.wait_for("duplicate customers")
        terminal.press("/", *number, "enter")
        terminal.wait_for("1 invoice")
        click(terminal, "[@click=")
        terminal.press("enter")
        terminal.wait_for("Lines")
        click(terminal, "[@click=")
        terminal.press("escape")
        terminal.wait_for("1 invoice")
        terminal.press("n")
        terminal.wait_for("names wait for you")
        terminal.press("escape")
        terminal.wait_for("1 invoice")
        terminal.press("space", "t")
        terminal.wait_for("Post 1 invoice")
        click(terminal, "[@click=")
        terminal.press("P")
        terminal.wait_for("Equal to the cent", seconds=PATIENCE)
        click(terminal, "[@click=")
        terminal.press("escape")
        terminal.wait_for("1 invoice")
        terminal.press("J")
        terminal.wait_for("Sync log")
        click(terminal, "[@click=")
        terminal.press("escape")
        terminal.wait_for("1 invoice")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert b"\x1b]52" not in terminal.raw
    assert b"AAAA\x07" not in terminal.raw


def click(terminal: Terminal, words: str) -> None:
    """Click on the first place where the screen shows these words; the program goes on."""
    screen = terminal.wait_for(words)
    line, text = next((n, t) for n, t in enumerate(screen.splitlines(), 1) if words in t)
    column = text.index(words) + 2
    for end in "Mm":
        terminal.press(f"\x1b[<0;{column};{line}{end}")
    terminal.read(0.3)
    assert terminal.code is None


def test_the_command_line_prints_no_name_as_it_came(world: World) -> None:
    for words in (("names",), ("journal",)):
        done = world.inside(*words)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.out + done.err)
