"""Intuit's library, bounded: against a token server on this machine."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from connectors.qbo import intuit
from connectors.qbo.intuit import IntuitOAuth, OAuthRefused, OAuthUnclear
from core.errors import UsageTrouble
from core.secrets import Secret

GRANTED = {
    "token_type": "bearer",
    "access_token": "access-1",
    "refresh_token": "refresh-1",
    "expires_in": 3600,
    "x_refresh_token_expires_in": 8_726_400,
    "x_refresh_token_hard_expires_in": 157_680_000,
}


@dataclass
class Server:
    """What the server answers, and what it was sent."""

    url: str = ""
    status: int = 200
    body: bytes = json.dumps(GRANTED).encode()
    headers: dict[str, str] = field(default_factory=dict)
    token_endpoint: str = ""
    discovery_status: int = 200
    hang: str = ""
    woken: threading.Event = field(default_factory=threading.Event)
    seen: list[tuple[str, str, str]] = field(default_factory=list)

    def discovery(self) -> bytes:
        names = ("authorization", "revocation", "userinfo")
        document = {f"{name}_endpoint": f"{self.url}/{name}" for name in names}
        return json.dumps(
            {
                **document,
                "issuer": self.url,
                "jwks_uri": f"{self.url}/jwks",
                "token_endpoint": self.token_endpoint or f"{self.url}/token",
            }
        ).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(made.discovery_status, made.discovery())

        def do_POST(self) -> None:
            self.answer(made.status, made.body)

        def answer(self, status: int, body: bytes) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            sent = self.rfile.read(length).decode()
            made.seen.append((self.path, self.headers.get("Authorization") or "", sent))
            if self.path == made.hang:
                made.woken.wait(10)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **made.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *parts: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A client that gave up is what some tests are about."""

    http = Quiet(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield made
    finally:
        made.woken.set()
        http.shutdown()
        http.server_close()
        thread.join()


def oauth(server: Server) -> IntuitOAuth:
    return IntuitOAuth("app", Secret("app-secret"), f"{server.url}/discovery")


def test_a_refresh_goes_to_the_endpoint_that_discovery_names(server: Server) -> None:
    grant = oauth(server).refresh(Secret("refresh-0"))
    assert grant.access_token == Secret("access-1")
    assert grant.refresh_token == Secret("refresh-1")
    assert (grant.expires_in, grant.refresh_expires_in) == (3600, 8_726_400)
    assert grant.hard_expires_in == 157_680_000
    (path, _, _), (token_path, authorization, body) = server.seen
    assert (path, token_path) == ("/discovery", "/token")
    assert base64.b64decode(authorization.removeprefix("Basic ")) == b"app:app-secret"
    assert parse_qs(body) == {"grant_type": ["refresh_token"], "refresh_token": ["refresh-0"]}


def test_a_no_has_its_code(server: Server) -> None:
    server.status, server.body = 400, b'{"error":"invalid_grant","error_description":"x"}'
    server.headers = {"intuit_tid": "tid-3"}
    with pytest.raises(OAuthRefused) as caught:
        oauth(server).refresh(Secret("refresh-0"))
    assert (caught.value.code, caught.value.intuit_tid) == ("invalid_grant", "tid-3")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (503, b"<html>Sorry</html>"),
        (500, b'{"error":"invalid_grant"}'),
        (400, b"<html>Bad</html>"),
        (400, b"[]"),
        (200, b'{"access_token":"a'),
        (200, b"[]"),
        (200, b"{}"),
        (200, b'{"access_token":"a","refresh_token":"","expires_in":3600}'),
        (302, b""),
    ],
)
def test_anything_else_is_unclear(server: Server, status: int, body: bytes) -> None:
    server.status, server.body = status, body
    with pytest.raises(OAuthUnclear) as caught:
        oauth(server).refresh(Secret("refresh-0"))
    assert "refresh-0" not in str(caught.value)


def test_redirects_are_not_followed(server: Server) -> None:
    server.status, server.headers = 307, {"Location": f"{server.url}/elsewhere"}
    with pytest.raises(OAuthUnclear):
        oauth(server).refresh(Secret("refresh-0"))
    assert [path for path, _, _ in server.seen] == ["/discovery", "/token"]


@pytest.mark.parametrize("path", ["/discovery", "/token"])
def test_a_server_that_hangs_is_given_up_on(
    server: Server, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intuit, "TIMEOUTS", (1.0, 0.1))
    server.hang = path
    with pytest.raises(OAuthUnclear) as caught:
        oauth(server).refresh(Secret("refresh-0"))
    assert caught.value.sent == (path == "/token")


def test_a_discovery_that_fails_says_nothing_about_the_token(server: Server) -> None:
    server.discovery_status = 400
    with pytest.raises(OAuthUnclear) as caught:
        oauth(server).refresh(Secret("refresh-0"))
    assert not caught.value.sent


def test_a_discovery_document_cannot_send_the_keys_elsewhere(server: Server) -> None:
    server.token_endpoint = "https://evil.example/token"
    with pytest.raises(UsageTrouble):
        oauth(server).refresh(Secret("refresh-0"))
    assert [path for path, _, _ in server.seen] == ["/discovery"]


@pytest.mark.parametrize(
    "url", ["https://evil.example/d", "http://developer.api.intuit.com/d", "https://intuit.com.x/d"]
)
def test_discovery_itself_is_asked_of_intuit_or_this_machine_only(url: str) -> None:
    with pytest.raises(UsageTrouble):
        IntuitOAuth("app", Secret("app-secret"), url)


def test_the_users_netrc_and_proxies_stay_out_of_it(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login stranger password of-another-service\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    oauth(server).refresh(Secret("refresh-0"))
    assert "stranger" not in base64.b64decode(server.seen[1][1].removeprefix("Basic ")).decode()


def test_the_library_is_loaded_only_when_a_token_is_due() -> None:
    code = (
        "import sys, connectors.qbo.refresh, connectors.qbo.client; "
        "sys.exit(any(name.split('.')[0] in ('intuitlib', 'requests') for name in sys.modules "
        "if name != 'intuitlib'))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
