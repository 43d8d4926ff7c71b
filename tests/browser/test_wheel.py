"""The wheel: what it adds to Python, what is in it, and that it does the job by itself."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from docket_qbo import __version__
from docket_qbo.__main__ import ROOMS
from tests.system.installed import ROOT, Installed, build_wheel, install
from tests.system.terminal import Terminal

pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def user(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(wheel, tmp_path_factory.mktemp("user"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def import_by_keys(user: Installed) -> None:
    """In the dashboard, which fetches at its first start, and looks first into the folder."""
    with Terminal([str(user.program)], {**user.environ(), "TERM": "xterm-256color"}) as screen:
        screen.wait_for("in QuickBooks.")
        screen.press("I")
        screen.wait_for("no profile knows this shape")
        screen.press("n")
        screen.wait_for("Import Docket's exports")
        screen.press("enter")
        screen.wait_for("table 1 of 4")
        screen.press("p")
        screen.wait_for("The import would bring")
        screen.press("y")
        screen.wait_for("Imported")
        screen.press("escape")
        screen.wait_for("Imports of Docket's export files")
        screen.press("q")
        assert screen.wait_for_end() == 0


def test_a_wheel_adds_one_name_to_python(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"docket_qbo"}


def test_every_file_of_the_rooms_is_in_the_wheel_and_no_test(names: set[str]) -> None:
    meant = {
        f"docket_qbo/rooms/{path.relative_to(ROOT)}"
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert any(name.endswith(".tcss") for name in meant)
    assert meant <= names
    assert "docket_qbo/rooms/docs/docket-api.yaml" in names
    assert not [name for name in names if "/tests/" in name]


def test_the_installed_program_does_the_main_job_away_from_the_repository(
    user: Installed,
) -> None:
    assert user.run("--version").out == f"docket-qbo {__version__}\n"
    with user.practice(invoices=12) as servers:
        exports = user.exported("office", invoices=12)
        user.configure(servers, exports)
        keys = ("client_id", "client_secret", "refresh_token", "realm_id")
        typed = "".join(f"{servers[key]}\n" for key in keys)
        connected = user.run("connect", "--import", typed=typed)
        assert connected.code == 0, connected.err
        import_by_keys(user)
        user.sync_all(servers)
    where = {path.relative_to(user.home).parts[0] for path in user.home.rglob("*.*")}
    assert where == {"exports", ".config", ".local"}
