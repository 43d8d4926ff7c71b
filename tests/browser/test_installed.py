"""The installed wheel: every way to connect, in a real browser, with every layout of exports."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from store.backups import backups_of
from tests.browser.chromium import Page
from tests.store.test_released import VERSIONS, load
from tests.system.installed import Installed, build_wheel, install, ledger

REDIRECT = "https://office.example.com/docket-qbo"
LAYOUTS = ("office", "workbook", "continental")
WAYS = ("import", "paste", "here")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def user(wheel: Path, tmp_path: Path) -> Installed:
    return install(wheel, tmp_path)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def by_token(user: Installed, servers: Mapping[str, Any]) -> None:
    keys = ("client_id", "client_secret", "refresh_token", "realm_id")
    done = user.run("connect", "--import", typed="".join(f"{servers[key]}\n" for key in keys))
    assert done.code == 0, done.err


def by_page(user: Installed, servers: Mapping[str, Any], page: Page, *way: str) -> None:
    """Type the keys, agree in the browser; paste where it ended, if that is the way."""
    with user.start("connect", *way, "--no-browser") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{servers['client_id']}\n{servers['client_secret']}\n")
        process.stdin.flush()
        address = process.stdout.readline().strip()
        assert address.startswith(servers["qbo_url"]), process.communicate()
        page.open(address)
        page.click("button[value=connect]")
        typed = f"{page.address()}\n" if way[0] == "--paste" else ""
        out, err = process.communicate(typed, timeout=120)
    assert process.returncode == 0, out + err
    assert "Connected to " in out


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("way", WAYS)
def test_connect_import_test_and_bulk_sync_with_nothing_but_the_wheel(
    way: str, layout: str, user: Installed, page: Page
) -> None:
    with user.practice(invoices=40) as servers:
        exports = user.exported(layout, invoices=40)
        user.configure(servers, exports, redirect_port=free_port())
        if way == "import":
            by_token(user, servers)
        elif way == "paste":
            by_page(user, servers, page, "--paste", REDIRECT)
        else:
            by_page(user, servers, page, "--here")
        assert user.run("pull").code == 0
        done = user.run("settings", "products", f"item:{_service(servers)}")
        assert done.code == 0, done.err
        user.import_all(exports)
        user.sync_all(servers)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_wheel_brings_a_cache_of_an_earlier_release_forward(
    version: str, user: Installed
) -> None:
    path = user.home / "sync.db"
    load(version, path)
    shown = user.run("--db", str(path), "audit", "verify")
    assert shown.code != 0
    assert "older" in shown.err
    opened = user.run("--db", str(path), "import", "--log")
    assert opened.code == 0, opened.err
    assert backups_of(path)
    checked = user.run("--db", str(path), "audit", "verify")
    assert checked.code == 0, checked.err


def _service(servers: Mapping[str, Any]) -> str:
    """What a layout without lines is posted under."""
    items = ledger(servers)["Item"]
    return next(str(one["Id"]) for one in items if one["Type"] == "Service" and one["Active"])
