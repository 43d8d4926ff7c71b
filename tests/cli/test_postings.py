"""The sync log on the command line: one line whole, and what may be done with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from cli.secrets import DOCKET_KEY
from core.errors import Exit
from core.ids import SeededIds
from core.secrets import FileSecrets
from store import journal
from store.cache import Cache
from store.company import save_company
from store.states import PostingState
from tests.store.test_journal import add, claim
from tests.store.worlds import NOW, REALM, StillClock, company

Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def cache_file(tmp_path: Path) -> Path:
    """A cache whose line 1 is unclear, after a call that got no answer, and line 2 confirmed."""
    path = tmp_path / "sync.db"
    cache = Cache.open(path, clock=StillClock(), ids=SeededIds(1))
    due = NOW + timedelta(seconds=200)
    with cache.write() as session:
        save_company(session, company())
        states = (("i1", PostingState.UNKNOWN, ""), ("i2", PostingState.CONFIRMED, "145"))
        for docket_id, state, qbo_id in states:
            number = add(session, docket_id)
            fence = claim(session, number)
            journal.add_attempt(
                session,
                number,
                phase="send",
                started_at=NOW,
                ended_at=NOW,
                http_status=504,
                fault_code="",
                fault_text="",
                intuit_tid="1-tid",
                outcome="unclear",
            )
            journal.settle(session, number, fence, state, qbo_id=qbo_id, next_try_at=due)
    cache.close()
    return path


@pytest.fixture
def run(
    tmp_path: Path,
    cache_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """The command over that cache; what it printed as JSON, or as text."""
    monkeypatch.setenv("DOCKET_QBO_HOME", str(tmp_path))
    config = tmp_path / "c.toml"
    config.write_text(
        '[docket]\nurl = "http://127.0.0.1:9"\n'
        f'[quickbooks]\nurl = "http://127.0.0.1:9"\nrealm_id = "{REALM}"\n'
        'discovery_url = "http://127.0.0.1:9/discovery"\n'
        '[secrets]\nfile = "secrets.json"\n'
    )
    FileSecrets(tmp_path / "secrets.json").put(DOCKET_KEY, "key")

    def call(*words: str) -> tuple[int, Any]:
        code = main(["--config", str(config), "--db", str(cache_file), *words])
        out = capsys.readouterr()
        return code, json.loads(out.out) if "--json" in words and out.out else out.out + out.err

    return call


def test_one_line_is_told_with_every_call_and_what_support_asks_for(run: Run) -> None:
    code, said = run("journal", "--posting", "1")
    assert code == Exit.UNCLEAR
    for words in (
        "Checking with QuickBooks since",
        "the next sync looks first",
        "HTTP 504, no clear answer",
        "it may have been carried out all the same",
        "intuit_tid: 1-tid",
    ):
        assert words in said


def test_one_line_as_json_says_what_may_be_done(run: Run) -> None:
    code, line = run("journal", "--posting", "2", "--json")
    assert code == Exit.DONE
    assert line["why_no_hold"] == line["why_no_retry"] == "QuickBooks has it already."
    assert line["number"] == "1042"
    assert [call["intuit_tid"] for call in line["calls"]] == ["1-tid"]


def test_what_is_not_settled_is_listed(run: Run) -> None:
    code, lines = run("journal", "--open", "--json")
    assert code == Exit.DONE
    assert [(line["id"], line["state"]) for line in lines] == [(1, "UNKNOWN")]
    assert lines[0]["next_try_at"] == "2026-11-20T09:33:20.123456Z"


def test_a_held_line_is_released_to_where_it_was(run: Run) -> None:
    code, line = run("hold", "1", "--reason", "Ann looks", "--json")
    assert code == Exit.LEFT
    assert line["state"] == "HOLD"
    assert line["reason"] == "held back by a person: Ann looks"
    code, line = run("release", "1", "--json")
    assert code == Exit.UNCLEAR
    assert line["state"] == "UNKNOWN"
    assert line["next_try_at"] == "2026-11-20T09:33:20.123456Z"


@pytest.mark.parametrize(
    ("words", "why", "code"),
    [
        (("hold", "2"), "QuickBooks has it already", Exit.LEFT),
        (("retry", "2"), "QuickBooks has it already", Exit.LEFT),
        (("retry", "1"), "sending blindly could make a second one", Exit.LEFT),
        (("release", "1"), "not held back", Exit.LEFT),
        (("hold", "9"), "no line 9", Exit.USAGE),
        (("journal", "--posting", "9"), "no line 9", Exit.USAGE),
    ],
)
def test_what_is_not_safe_says_why(run: Run, words: tuple[str, ...], why: str, code: Exit) -> None:
    found, said = run(*words)
    assert found == code
    assert why in said


def test_the_status_says_since_when_and_what_comes_next(run: Run) -> None:
    code, said = run("status")
    assert code == Exit.UNCLEAR
    assert "1 write has no known outcome yet" in said
    assert "1  invoice i1: Checking with QuickBooks since" in said
