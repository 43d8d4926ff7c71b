"""What an installation adds to Python, and what a process really loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run_python(code: str, *, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_clash_of_names_is_reported_instead_of_run(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "__init__.py").write_text("")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import core; "
            "from docket_qbo.__main__ import claim_rooms; claim_rooms()",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "another package called 'core'" in done.stderr


@pytest.mark.parametrize(
    ("entry", "forbidden"),
    [
        ("core.money, core.text, core.ids, core.config", ("sqlalchemy", "httpx", "textual")),
        ("cli.main", ("sqlalchemy", "sqlmodel", "httpx", "textual", "starlette", "requests")),
        ("store.listing", ("sqlalchemy", "sqlmodel", "pydantic", "httpx", "textual")),
        ("connectors.docket.http", ("sqlalchemy", "sqlmodel", "store", "sync")),
        ("connectors.qbo.client", ("sqlalchemy", "sqlmodel", "store", "sync", "requests")),
        ("sync.desk", ("textual", "tui", "cli", "sandbox")),
        ("tui.app", ("sqlalchemy", "sqlmodel", "httpx", "connectors", "sandbox")),
        ("sandbox.main", ("core", "store", "sync", "connectors", "tui", "cli")),
    ],
)
def test_a_room_loads_only_what_it_may(entry: str, forbidden: tuple[str, ...]) -> None:
    code = f"import sys; import {entry}; print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    loaded = set(run_python(code).split())
    assert not loaded & set(forbidden)
