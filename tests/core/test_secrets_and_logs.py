"""Secrets are kept for their owner and appear nowhere else."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from core.config import LogConfig
from core.errors import UsageTrouble
from core.log_file import set_up_logging
from core.logs import guard_terminal
from core.redaction import HIDDEN, redact
from core.secrets import FileSecrets, Secret

TOKEN = "eyJlbmMiOiJBMTI4Q0JDLUhTMjU2In0..marked/secret+value"


@pytest.fixture(autouse=True)
def _loggers_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_a_secret_shows_itself_only_when_asked() -> None:
    secret = Secret(TOKEN)
    assert TOKEN not in f"{secret} {secret!r} {[secret]}" + str({"a": secret})
    assert secret.reveal() == TOKEN
    assert secret == Secret(TOKEN)
    assert secret != Secret("another")
    assert len({secret, Secret(TOKEN)}) == 1


def test_secrets_last_and_are_forgotten(tmp_path: Path) -> None:
    secrets = FileSecrets(tmp_path / "made" / "secrets.json")
    assert secrets.get("a") is None
    secrets.delete("a")
    secrets.put("a", "1")
    secrets.put("b", "2")
    secrets.put("a", "3")
    assert FileSecrets(secrets.path).get("a") == "3"
    secrets.delete("a")
    assert (secrets.get("a"), secrets.get("b")) == (None, "2")


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    secrets = FileSecrets(tmp_path / "secrets.json")
    secrets.put("a", "1")
    assert stat.S_IMODE(secrets.path.stat().st_mode) == 0o600
    for mode in (0o640, 0o604, 0o620):
        secrets.path.chmod(mode)
        with pytest.raises(UsageTrouble, match="other users"):
            secrets.get("a")
        with pytest.raises(UsageTrouble):
            secrets.put("b", "2")


@pytest.mark.parametrize("text", ["{", "[]", '{"a":1}', "\xff"])
def test_a_damaged_file_is_left_alone(tmp_path: Path, text: str) -> None:
    secrets = FileSecrets(tmp_path / "secrets.json")
    secrets.path.write_bytes(text.encode("latin-1"))
    secrets.path.chmod(0o600)
    with pytest.raises(UsageTrouble):
        secrets.put("b", "2")
    assert secrets.path.read_bytes() == text.encode("latin-1")


def test_a_draft_left_by_a_crash_is_in_nobodys_way(tmp_path: Path) -> None:
    secrets = FileSecrets(tmp_path / "secrets.json")
    secrets.put("a", "1")
    (tmp_path / ".secrets.json.draft").write_text("half of a")
    secrets.put("b", "2")
    assert json.loads(secrets.path.read_text()) == {"a": "1", "b": "2"}
    assert not (tmp_path / ".secrets.json.draft").exists()


def _put_many(path: Path, prefix: str) -> None:
    for number in range(20):
        FileSecrets(path).put(f"{prefix}{number}", "x")


def test_two_processes_lose_nothing_of_each_other(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_put_many, args=(path, prefix)) for prefix in "ab"]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert len(json.loads(path.read_text())) == 40


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer abcdefgh12345",
        "{'Authorization': 'Basic YXBwOnNlY3JldA=='}",
        "(b'authorization', b'Bearer abcdefgh12345')",
        'grant {"access_token": "abcdefgh12345", "expires_in": 3600}',
        'escaped {"refresh_token": "ab\\"cdefgh12345"}',
        "POST refresh_token=abcdefgh12345&grant_type=x",
        "client_secret=abcdefgh12345",
        "clientSecret: abcdefgh12345",
        "docket_api_key = abcdefgh12345",
        "https://example.com/cb?code=abcdefgh12345&state=s",
        "previous_refresh_token='abcdefgh12345'",
        "x-csrf-token: abcdefgh12345",
    ],
)
def test_what_stands_behind_a_telling_key_goes(text: str) -> None:
    cleaned = redact(text)
    assert HIDDEN in cleaned
    assert "cdefgh12345" not in cleaned
    assert "YXBwOnNlY3JldA" not in cleaned


@pytest.mark.parametrize(
    "text",
    [
        'fault {"code": "6240"}, SyncToken "3", intuit_tid 1-5f732f5f',
        "SyncToken=3 sync_token: 3",
        "POST /v3/company/9130000000000001/invoice: status 400",
    ],
)
def test_what_support_needs_stays(text: str) -> None:
    assert redact(text) == text


@given(st.text(st.characters(categories=("Ll", "Nd")), min_size=12), st.text(), st.text())
def test_a_known_value_goes_wherever_it_stands(value: str, before: str, after: str) -> None:
    Secret(value)
    assert value not in redact(f"{before}{value}{after}").replace(HIDDEN, "|")


def test_the_log_holds_no_secret_not_even_in_a_traceback(tmp_path: Path) -> None:
    file = tmp_path / "logs" / "docket-qbo.log"
    secret = Secret(TOKEN)
    assert set_up_logging(LogConfig(), file)
    log = logging.getLogger("connectors.qbo")
    log.info("token %s by value %s", "refresh_token=abcdefgh12345", secret.reveal())
    try:
        raise ValueError(f"a token {TOKEN} in an error")
    except ValueError:
        log.exception("failed\nand \x1b[31mforged")
    log.debug("too quiet")
    logging.getLogger("httpx").info("HTTP Request: GET https://x?code=abcdefgh12345")
    text = file.read_text()
    assert "marked/secret" not in text
    assert "abcdefgh12345" not in text
    assert "Traceback" in text
    assert "\x1b" not in text
    assert "failed and" in text
    assert "too quiet" not in text
    assert "HTTP Request" not in text


def test_what_an_error_says_and_what_a_library_says_stays_out_of_the_log(tmp_path: Path) -> None:
    file = tmp_path / "docket-qbo.log"
    set_up_logging(LogConfig(), file)
    log = logging.getLogger("sync.engine")
    try:
        try:
            dict[str, str]()["Acme Roll-Off"]
        except KeyError as error:
            parts = [ValueError("412.50 of Acme"), RuntimeError("Acme")]
            raise ExceptionGroup("Acme and others", parts) from error
    except ExceptionGroup:
        log.exception("unexpected", stack_info=True)
    try:
        raise IntegrityError("INSERT INTO client VALUES (?)", ("Acme",), Exception("Acme"))
    except IntegrityError:
        log.exception("unexpected")
    logging.getLogger("asyncio").error("Task exception: exception=ValueError('Acme')")
    logging.getLogger("httpcore").warning("headers: Acme")
    text = file.read_text()
    assert "Acme" not in text
    assert "412.50" not in text
    for kind in ("KeyError", "ExceptionGroup", "ValueError", "RuntimeError", "IntegrityError"):
        assert kind in text, kind
    assert "in test_what_an_error_says" in text, "the way is there"
    assert "asyncio: (what" in text, "that something was said is there"


def test_before_there_is_a_log_the_terminal_gets_no_words_of_an_error_either(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging, "lastResort", None)
    log = logging.getLogger("docket_qbo")
    monkeypatch.setattr(log, "propagate", False)  # to pytest's own handlers
    guard_terminal()
    try:
        raise ValueError(f"Acme {TOKEN}")
    except ValueError:
        log.exception("unexpected")
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "Acme" not in said
    assert TOKEN not in said


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_the_log_rotates_and_stays_private(tmp_path: Path) -> None:
    file = tmp_path / "docket-qbo.log"
    set_up_logging(LogConfig(max_bytes=500, keep_files=2), file)
    for number in range(50):
        logging.getLogger("store").warning("line %d", number)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "docket-qbo.log",
        "docket-qbo.log.1",
        "docket-qbo.log.2",
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_setting_up_twice_writes_each_line_once(tmp_path: Path) -> None:
    for _ in range(2):
        set_up_logging(LogConfig(), tmp_path / "log")
    logging.getLogger("store").warning("only once")
    assert (tmp_path / "log").read_text().count("only once") == 1


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not set_up_logging(LogConfig(), tmp_path / "file" / "log")


def test_a_level_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageTrouble, match="LOUD"):
        set_up_logging(LogConfig(level="LOUD"), tmp_path / "log")
