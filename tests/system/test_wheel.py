"""The wheel: what it adds to Python, what is in it, and that it does the job by itself."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from docket_qbo import __version__
from docket_qbo.__main__ import ROOMS
from tests.system.installed import ROOT, Installed, build_wheel, install, posted
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
        exports = user.home / "exports"
        made = user.run(
            "sandbox", "export", "--layout", "office", "--invoices", "12", "--out", str(exports)
        )
        assert made.code == 0, made.err
        user.configure(servers, exports)
        keys = (servers["client_id"], servers["client_secret"], "none", servers["refresh_token"])
        connected = user.run("connect", "--import", typed="\n".join(keys) + "\n")
        assert connected.code == 0, connected.err
        imported = user.run("import", str(exports), "--yes")
        assert "Imported: " in imported.out, imported.err
        assert user.run("pull").code == 0
        rows = user.run("preview", "--all", "--json").json()["invoices"]
        first = next(row["docket_id"] for row in rows if row["outcome"] == "posted")
        tested = user.run("sync", "--test", f"id:{first}", "--yes")
        assert tested.code == 0, tested.out + tested.err
        user.run("sync", "--all", "--yes")
        expected = {row["number"] for row in rows if row["outcome"] == "posted"}
        assert {one["DocNumber"] for one in posted(servers)} == expected
        with Terminal([str(user.program)], {**user.environ(), "TERM": "xterm-256color"}) as screen:
            screen.wait_for("Synced ")
            screen.press("q")
            assert screen.wait_for_end() == 0
    where = {path.relative_to(user.home).parts[0] for path in user.home.rglob("*.*")}
    assert where == {"exports", ".config", ".local"}
