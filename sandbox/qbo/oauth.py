"""Intuit's authorization server, as far as an app meets it: discovery to revoke."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Awaitable, Callable, Mapping
from html import escape
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.qbo.html import page
from sandbox.qbo.tokens import OAuthRefused
from sandbox.qbo.world import World

SCOPES = (
    "com.intuit.quickbooks.accounting",
    "com.intuit.quickbooks.payment",
    "openid",
    "email",
    "profile",
    "address",
    "phone",
)
_HARD_HEADER = "x-include-refresh-token-hard-expires-in"


Handler: TypeAlias = Callable[[Request], Awaitable[Response]]


def routes(
    world: World, saved: Callable[[], None], breakable: Callable[[Handler], Handler]
) -> list[Route]:
    """The endpoints, over a world's tokens; `breakable` lets armed faults hit the token ones."""
    server = _Server(world, saved)
    discovery = [
        Route(f"/.well-known/{name}{slash}", server.discovery)
        for name in ("openid_configuration", "openid_sandbox_configuration")
        for slash in ("", "/")
    ]
    return [
        *discovery,
        Route("/connect/oauth2", server.ask, methods=["GET"]),
        Route("/connect/oauth2", server.decide, methods=["POST"]),
        Route("/oauth2/v1/tokens/bearer", breakable(server.token), methods=["POST"]),
        Route("/v2/oauth2/tokens/revoke", breakable(server.revoke), methods=["POST"]),
        Route("/v1/openid_connect/userinfo", server.userinfo),
        Route("/op/v1/jwks", server.keys),
    ]


class _Server:
    def __init__(self, world: World, saved: Callable[[], None]) -> None:
        self.world = world
        self.saved = saved

    async def discovery(self, request: Request) -> Response:
        base = str(request.base_url).rstrip("/")
        return JSONResponse(
            {
                "issuer": f"{base}/op/v1",
                "authorization_endpoint": f"{base}/connect/oauth2",
                "token_endpoint": f"{base}/oauth2/v1/tokens/bearer",
                "userinfo_endpoint": f"{base}/v1/openid_connect/userinfo",
                "revocation_endpoint": f"{base}/v2/oauth2/tokens/revoke",
                "jwks_uri": f"{base}/op/v1/jwks",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "scopes_supported": ["openid", "email", "profile", "address", "phone"],
                "token_endpoint_auth_methods_supported": [
                    "client_secret_post",
                    "client_secret_basic",
                ],
                "claims_supported": ["aud", "exp", "iat", "iss", "realmid", "sub"],
            }
        )

    async def keys(self, request: Request) -> Response:
        return JSONResponse({"keys": []})

    # --- authorize ---------------------------------------------------------------

    def _trouble(self, asked: Mapping[str, str]) -> str:
        """Why a request is shown an error page instead of being redirected."""
        if not asked.get("client_id") or (
            self.world.clients and asked["client_id"] not in self.world.clients
        ):
            return "The client_id query parameter value is invalid."
        redirect = asked.get("redirect_uri", "")
        known = self.world.redirects
        if not redirect.startswith(("http://", "https://")) or (known and redirect not in known):
            return (
                "The redirect_uri query parameter value is invalid. Make sure it is listed "
                "in the Redirect URIs section on your app's keys tab and matches exactly."
            )
        if not asked.get("state"):
            return "The state query parameter is missing."
        return ""

    async def ask(self, request: Request) -> Response:
        asked = dict(request.query_params)
        trouble = self._trouble(asked)
        if trouble:
            text = f"<h1>Sorry, but QuickBooks didn't connect</h1><p>{escape(trouble)}</p>"
            return HTMLResponse(page("Undefined didn't connect", text), 400)
        scopes = asked.get("scope", "").split()
        if not scopes or any(scope not in SCOPES for scope in scopes):
            return _back(asked, {"error": "invalid_scope"})
        if asked.get("response_type") != "code":
            return _back(asked, {"error": "unsupported_response_type"})
        return HTMLResponse(page("Connect an app", self._form(asked)))

    def _form(self, asked: Mapping[str, str]) -> str:
        options = "".join(
            f'<label><input type="radio" name="realm" value="{escape(realm)}"'
            f"{' checked' if first == 0 else ''}> {escape(_name(self.world, realm))}</label>"
            for first, realm in enumerate(self.world.companies)
        )
        hidden = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, value in asked.items()
            if name in ("client_id", "redirect_uri", "scope", "state")
        )
        return (
            "<h1>Connect to QuickBooks</h1><p>An app wants to see and change the books of a "
            f"practice company. Which one?</p><form method='post'>{hidden}<fieldset>{options}"
            "</fieldset><button name='choice' value='connect'>Connect</button> "
            "<button name='choice' value='deny' class='plain'>No, thanks</button></form>"
        )

    async def decide(self, request: Request) -> Response:
        asked = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        trouble = self._trouble(asked)
        if trouble:
            return HTMLResponse(page("Didn't connect", f"<p>{escape(trouble)}</p>"), 400)
        realm = asked.get("realm", "")
        if asked.get("choice") != "connect" or realm not in self.world.companies:
            return _back(asked, {"error": "access_denied"})
        scope = asked.get("scope", "")
        code = self.world.tokens.issue_code(realm, asked["client_id"], asked["redirect_uri"], scope)
        told = {"realmId": realm} if "com.intuit.quickbooks" in scope else {}
        return _back(asked, {"code": code} | told)

    # --- tokens ------------------------------------------------------------------

    async def token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        try:
            client = self._client(request, form)
            answer = self._granted(form, client)
        except OAuthRefused as refused:
            return self._refused(refused)
        if request.headers.get(_HARD_HEADER, "").lower() == "true":
            left = self.world.tokens.hard_life_left(answer["refresh_token"])
            answer["x_refresh_token_hard_expires_in"] = left
        self.saved()
        return JSONResponse(answer, headers=self._headers() | {"Cache-Control": "no-store"})

    def _headers(self) -> dict[str, str]:
        """The trace id that support asks for."""
        self.world.sent += 1
        stamp = int(self.world.clock.now().timestamp())
        return {"intuit_tid": f"1-{stamp:x}-{self.world.births:08x}{self.world.sent:016x}"}

    def _refused(self, refused: OAuthRefused) -> Response:
        return JSONResponse(refused.show(), refused.status, headers=self._headers())

    def _granted(self, form: Mapping[str, str], client: str) -> dict[str, Any]:
        tokens = self.world.tokens
        if form.get("grant_type") == "authorization_code":
            if not form.get("code") or not form.get("redirect_uri"):
                raise OAuthRefused("invalid_request", "code and redirect_uri are required")
            return tokens.exchange(form["code"], client, form["redirect_uri"])
        if form.get("grant_type") == "refresh_token":
            if not form.get("refresh_token"):
                raise OAuthRefused("invalid_request", "refresh_token is required")
            return tokens.refresh(form["refresh_token"], client)
        error = "unsupported_grant_type" if form.get("grant_type") else "invalid_request"
        raise OAuthRefused(error)

    def _client(self, request: Request, form: Mapping[str, str]) -> str:
        """The app, by Basic authorization or by form."""
        name, secret = form.get("client_id", ""), form.get("client_secret", "")
        scheme, _, packed = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                name, _, secret = base64.b64decode(packed, validate=True).decode().partition(":")
            except (binascii.Error, UnicodeDecodeError):
                raise OAuthRefused("invalid_client", status=401) from None
        known = self.world.clients
        if not name or not secret or (known and known.get(name) != secret):
            raise OAuthRefused("invalid_client", status=401)
        return name

    async def revoke(self, request: Request) -> Response:
        raw = await request.body()
        try:
            self._client(request, {})
            body = json.loads(raw)
        except OAuthRefused as refused:
            return self._refused(refused)
        except ValueError:
            body = dict(parse_qsl(raw.decode("utf-8", "replace")))
        token = str(body.get("token", "")) if isinstance(body, dict) else ""
        if not self.world.tokens.revoke(token):
            return self._refused(OAuthRefused("invalid_request"))
        self.saved()
        return Response(status_code=200, headers=self._headers())

    async def userinfo(self, request: Request) -> Response:
        _, _, token = request.headers.get("authorization", "").partition(" ")
        opened = self.world.tokens.realm_of(token)
        if opened is None or "openid" not in opened[1].split():
            return JSONResponse({"error": "invalid_token"}, 401)
        return JSONResponse(
            {
                "sub": f"practice-{opened[0]}",
                "email": "bookkeeper@example.com",
                "emailVerified": True,
                "givenName": "Pat",
                "familyName": "Bookkeeper",
                "phoneNumber": "+1 5555550100",
                "address": {"country": "US"},
            }
        )


def _name(world: World, realm: str) -> str:
    record = world.companies[realm].get("CompanyInfo", "1") or {}
    return str(record.get("CompanyName", realm))


def _back(asked: Mapping[str, str], told: Mapping[str, str]) -> Response:
    """Send the browser back to the app."""
    glue = "&" if "?" in asked["redirect_uri"] else "?"
    query = urlencode({**told, "state": asked.get("state", "")})
    return RedirectResponse(f"{asked['redirect_uri']}{glue}{query}", 302)
