"""What an installation adds to Python, and what a process really loads."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run_python(code: str, *, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_a_wheel_adds_one_name_to_python(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name.split("/")[0] for name in archive.namelist()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"docket_qbo"}


def test_a_wheel_holds_migrations_styles_and_grammar_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert any("rooms/store/migrations/versions/" in name for name in names)
    assert any(name.endswith(".tcss") for name in names)
    assert "docket_qbo/rooms/sandbox/qbo/query.lark" in names
    assert not [name for name in names if "/tests/" in name]


def test_the_unpacked_wheel_runs_away_from_the_repository(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    done = subprocess.run(
        # -P and an own path: the checkout must not answer for the wheel.
        [
            sys.executable,
            "-P",
            "-c",
            f"import sys; sys.path[:] = [{str(tmp_path / 'site')!r}] + "
            f"[entry for entry in sys.path if entry != {str(ROOT)!r}]; "
            "from docket_qbo.__main__ import claim_rooms; print(claim_rooms()); "
            "import core.money, cli.main; print(core.money.__file__)",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    home, loaded = done.stdout.split()
    assert home == str((tmp_path / "site" / "docket_qbo" / "rooms").resolve())
    assert loaded.startswith(home)


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
