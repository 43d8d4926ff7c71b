"""The audit log can be checked by somebody who has none of our code."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

import cli.main
from core.jsonio import dumps, loads
from store import audit
from store.cache import Cache
from tests.store.worlds import HOSTILE, NOW

DOCS = Path(__file__).parents[2] / "docs" / "audit.md"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The script that stands in the documentation."""
    found = re.search(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert len(found[1].splitlines()) <= 20
    path = tmp_path / "check.py"
    path.write_text(found[1], encoding="utf-8")
    return path


def fill(cache: Cache) -> None:
    with cache.write() as session:
        audit.append(session, NOW, "ann", "chose", "client:c1", after={"what": HOSTILE})
        audit.append(session, NOW, "Söhne", "set", "tax", before={"what": "a"}, after="\u2028")
        audit.append(session, NOW, "ann", "posting CONFIRMED", "invoice:1", request_id="abc")


def export(cache: Cache, target: Path) -> Path:
    with cache.read() as session:
        lines = [dumps(row) + "\n" for row in audit.rows(session)]
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return target


def check(script: Path, log: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(script), str(log)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def drop(lines: list[str]) -> list[str]:
    return [lines[0], lines[2]]


def swap(lines: list[str]) -> list[str]:
    return [lines[1], lines[0], lines[2]]


def alter(lines: list[str]) -> list[str]:
    row = loads(lines[1]) | {"actor": "somebody else"}
    return [lines[0], dumps(row), lines[2]]


def test_the_script_in_the_documentation_agrees_with_the_log(
    cache: Cache, script: Path, tmp_path: Path
) -> None:
    fill(cache)
    done = check(script, export(cache, tmp_path / "log.jsonl"))
    with cache.read() as session:
        assert done.stdout == f"3 rows, head {audit.head(session)}\n"
    assert done.returncode == 0


@pytest.mark.parametrize(("spoil", "row"), [(drop, 2), (swap, 1), (alter, 2)])
def test_the_script_names_the_first_row_that_does_not_fit(
    cache: Cache,
    script: Path,
    tmp_path: Path,
    spoil: Callable[[list[str]], list[str]],
    row: int,
) -> None:
    fill(cache)
    log = export(cache, tmp_path / "log.jsonl")
    lines = log.read_text(encoding="utf-8").split("\n")[:3]
    log.write_text("".join(line + "\n" for line in spoil(lines)), encoding="utf-8")
    done = check(script, log)
    assert (done.returncode, done.stderr) == (1, f"row {row} does not fit the chain\n")


def test_the_command_names_the_first_broken_row(
    cache: Cache,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DOCKET_QBO_HOME", str(tmp_path / "home"))
    fill(cache)
    words = ["--db", str(cache.path), "audit"]
    assert cli.main.main([*words, "verify"]) == 0
    target = tmp_path / "out.jsonl"
    assert cli.main.main([*words, "export", "--jsonl", str(target)]) == 0
    assert len(target.read_text(encoding="utf-8").strip().split("\n")) == 3
    with cache.write() as session:
        session.execute(text("DROP TRIGGER audit_no_update"))
        session.execute(text("UPDATE audit SET actor = 'nobody' WHERE id = 2"))
    capsys.readouterr()
    assert cli.main.main([*words, "verify"]) == 1
    assert "Row 2 does not fit" in capsys.readouterr().out
