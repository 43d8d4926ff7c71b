"""The tree holds no secret, the scan would see one, and SECURITY.md names tests that exist."""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from pathlib import Path

import httpx
import pytest

from tests.audit.known_holes import Offline, Pin, holes, pins
from tests.audit.secrets_in_tree import ROOT, scan, scan_tree

# Put together here, so that this file holds none.
SECRETS = {
    "client id": "AB" + "x9Kq" * 12,
    "refresh token": "AB11" + "17648203941" + "kQz7Lm2Wp9Tn4Rv8" * 2,
    "newer refresh token": "RT1-" + "204-H0-" + "1771234567abcdefghij0123",
    "access token": "eyJ" + "lbmMiOiJBMTI4Q0JDLUhTMjU2In0" + ".." + "c2VjcmV0LXZhbHVl",
    "private key": "-----BEGIN " + "RSA PRIVATE KEY-----",
    "named": "client_" + 'secret = "' + "q8Zr3Lw7Xk2Vt9Bn" + "4Mf6Hd1Js5Gp0Yc" + '"',
    "named without quotes": "DOCKET_API_" + "KEY=" + "q8Zr3Lw7Xk2Vt9Bn4Mf6",
    "random": "x = '" + "q8Zr3Lw7Xk2Vt9Bn" + "4Mf6Hd1Js5Gp0YcUeAoI" + "'",
}


@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_is_seen_and_not_repeated(kind: str) -> None:
    (found,) = {one.line: one for one in scan(f"first\n{SECRETS[kind]}\n")}.values()
    assert found.line == 2
    assert SECRETS[kind][-12:] not in str(found)


@pytest.mark.parametrize(
    "line",
    [
        "    --hash=sha256:83490def1f723413db5096591f7609ac52544805be93849170088ed04f5a2e0b",
        "def test_what_was_sealed_comes_back_unchanged_and_is_told_from_damage() -> None:",
        'CLIENT_SECRET = "qbo_client_secret"',
        "token: marked-secret-Of-This-Test-0123456789",
        "https://developer.api.intuit.com/.well-known/openid_configuration/",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
    ],
)
def test_what_is_no_secret_is_left_in_peace(line: str) -> None:
    assert list(scan(line)) == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no checkout of git's")
def test_no_file_of_the_tree_holds_a_secret() -> None:
    assert [str(found) for found in scan_tree()] == []


# known holes


def answering(status: int, body: bytes) -> httpx.MockTransport:
    return httpx.MockTransport(lambda request: httpx.Response(status, content=body))


def test_every_locked_package_is_asked_about_once() -> None:
    asked: list[dict[str, object]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.extend(json.loads(request.content)["queries"])
        results: list[dict[str, object]] = [{} for _ in asked]
        results[0] = {"vulns": [{"id": "PYSEC-1"}, {"id": "GHSA-2"}]}
        return httpx.Response(200, json={"results": results})

    locked = pins(ROOT / "requirements")
    known = holes(locked, httpx.MockTransport(answer))
    assert len(asked) == len(locked) > 50
    assert {"httpx", "textual", "cryptography"} <= {pin.name for pin in locked}
    assert known == {min(locked): ["PYSEC-1", "GHSA-2"]}


@pytest.mark.parametrize(
    ("status", "body"),
    [(503, b""), (200, b"<html>"), (200, b"{}"), (200, b'{"results":[]}'), (200, b"[7]")],
)
def test_without_an_answer_nothing_is_claimed(status: int, body: bytes) -> None:
    with pytest.raises(Offline):
        holes([Pin("httpx", "0.28.1")], answering(status, body))


def test_every_locked_package_has_its_hashes() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        for block in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip()):
            assert "--hash=sha256:" in block, f"{path.name}: {block.splitlines()[0]}"


# what the program may not do


def test_nothing_in_the_program_turns_verification_off() -> None:
    for room in ("cli", "connectors", "core", "store", "sync", "tui"):
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"verify\s*=\s*False|CERT_NONE|_create_unverified", text), path
            assert "follow_redirects=True" not in text, path


# SECURITY.md


@cache
def functions_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, functions)}


def threats() -> list[str]:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    table = text.partition("## Threats")[2].partition("\n## ")[0]
    return [line for line in table.splitlines() if line.startswith("| ")][1:]


def test_every_threat_has_a_test_that_exists() -> None:
    assert len(threats()) > 20
    for row in threats():
        named = re.findall(r"`(tests/[\w/.]+\.py)(?:::(\w+))?`", row)
        assert named, row
        for file, name in named:
            assert (ROOT / file).is_file(), file
            assert not name or name in functions_of(ROOT / file), f"{file}::{name}"
