"""The authorization server: connecting, refreshing, revoking, refusing."""

import base64
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from sandbox.qbo.tokens import HARD_LIFE, REFRESH_LIFE
from tests.sandbox_qbo.kit import REALM, Books

REDIRECT = "http://localhost:8123/callback"
ASK = {
    "client_id": "app",
    "response_type": "code",
    "scope": "com.intuit.quickbooks.accounting openid",
    "redirect_uri": REDIRECT,
    "state": "s1",
}
BASIC = {"Authorization": "Basic " + base64.b64encode(b"app:secret").decode()}
DAY = 86_400


async def chosen(books: Books, choice: str = "connect", **asked: str) -> dict[str, list[str]]:
    form = ASK | asked | {"choice": choice, "realm": REALM}
    response = await books.http.post("/connect/oauth2", data=form)
    assert response.status_code == 302
    assert response.headers["location"].startswith(REDIRECT + "?")
    return parse_qs(urlsplit(response.headers["location"]).query)


async def token(
    books: Books, headers: Mapping[str, str] | None = None, /, **form: str
) -> httpx.Response:
    return await books.http.post(
        "/oauth2/v1/tokens/bearer", data=form, headers=BASIC if headers is None else headers
    )


async def connected(books: Books) -> dict[str, str]:
    code = (await chosen(books))["code"][0]
    answer = await token(books, grant_type="authorization_code", code=code, redirect_uri=REDIRECT)
    found: dict[str, str] = answer.json()
    return found


@pytest.mark.parametrize("slash", ["", "/"])
async def test_discovery_names_every_endpoint_here(books: Books, slash: str) -> None:
    for name in ("openid_configuration", "openid_sandbox_configuration"):
        found = (await books.http.get(f"/.well-known/{name}{slash}")).json()
        for part in ("authorization", "token", "userinfo", "revocation"):
            assert found[f"{part}_endpoint"].startswith("http://qbo.test/")


async def test_the_page_offers_the_companies(books: Books) -> None:
    shown = await books.http.get("/connect/oauth2", params=ASK)
    assert "Books 1" in shown.text
    assert "Books 2" in shown.text
    assert "Connect" in shown.text


async def test_a_code_is_good_once(books: Books) -> None:
    back = await chosen(books)
    assert (back["state"], back["realmId"]) == (["s1"], [REALM])
    form = {
        "grant_type": "authorization_code",
        "code": back["code"][0],
        "redirect_uri": REDIRECT,
    }
    answer = await token(books, **form)
    assert answer.status_code == 200
    assert set(answer.json()) == {
        "token_type",
        "expires_in",
        "refresh_token",
        "x_refresh_token_expires_in",
        "access_token",
    }
    books.token = answer.json()["access_token"]
    assert (await books.send("GET", "term/1")).status_code == 200
    again = await token(books, **form)
    assert (again.status_code, again.json()) == (
        400,
        {"error_description": "Token invalid", "error": "invalid_grant"},
    )


async def test_a_code_belongs_to_its_app_and_address_and_ends(books: Books) -> None:
    form = {"grant_type": "authorization_code", "redirect_uri": REDIRECT}
    code = (await chosen(books))["code"][0]
    other = {"Authorization": "Basic " + base64.b64encode(b"other:secret").decode()}
    assert (await token(books, other, **form, code=code)).json()["error"] == "invalid_grant"
    code = (await chosen(books))["code"][0]
    moved = form | {"redirect_uri": REDIRECT + "/"}
    assert (await token(books, **moved, code=code)).json()["error"] == "invalid_request"
    code = (await chosen(books))["code"][0]
    books.world.clock.advance(601)
    assert (await token(books, **form, code=code)).json()["error"] == "invalid_grant"


async def test_denying_and_wrong_scopes_go_back_with_an_error(books: Books) -> None:
    assert (await chosen(books, "deny"))["error"] == ["access_denied"]
    wrong = await books.http.get("/connect/oauth2", params=ASK | {"scope": "everything"})
    assert "error=invalid_scope" in wrong.headers["location"]


@pytest.mark.parametrize("asked", [{"client_id": ""}, {"redirect_uri": "nowhere"}, {"state": ""}])
async def test_a_bad_request_is_shown_and_not_redirected(
    books: Books, asked: dict[str, str]
) -> None:
    response = await books.http.get("/connect/oauth2", params=ASK | asked)
    assert response.status_code == 400
    assert "location" not in response.headers


async def test_only_registered_addresses_and_apps_when_strict(books: Books) -> None:
    books.world.clients = {"app": "secret"}
    books.world.redirects = (REDIRECT,)
    assert (await books.http.get("/connect/oauth2", params=ASK)).status_code == 200
    for asked in ({"client_id": "stranger"}, {"redirect_uri": REDIRECT + "/x"}):
        response = await books.http.get("/connect/oauth2", params=ASK | asked)
        assert response.status_code == 400
    wrong = {"Authorization": "Basic " + base64.b64encode(b"app:guess").decode()}
    answer = await token(books, wrong, grant_type="refresh_token", refresh_token="x")
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


async def test_the_refresh_value_changes_after_a_day_and_the_old_one_is_dead(
    books: Books,
) -> None:
    first = await connected(books)
    form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    same = (await token(books, **form)).json()
    assert same["refresh_token"] == first["refresh_token"]
    assert same["access_token"] != first["access_token"]
    books.world.clock.advance(DAY)
    new = (await token(books, **form)).json()
    assert new["refresh_token"] != first["refresh_token"]
    dead = await token(books, **form)
    assert dead.headers["intuit_tid"]
    assert (dead.status_code, dead.json()) == (
        400,
        {
            "error_description": "Incorrect or invalid refresh token",
            "error": "invalid_grant",
        },
    )


async def test_rotation_may_be_had_always(books: Books) -> None:
    await books.http.post("/sandbox/settings", json={"rotate_always": True})
    first = await connected(books)
    form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    assert (await token(books, **form)).json()["refresh_token"] != first["refresh_token"]


async def test_a_refresh_token_rolls_for_a_hundred_days_and_ends_after_five_years(
    books: Books,
) -> None:
    value = (await connected(books))["refresh_token"]
    hard = BASIC | {"x-include-refresh-token-hard-expires-in": "true"}
    answer = (await token(books, hard, grant_type="refresh_token", refresh_token=value)).json()
    assert answer["x_refresh_token_hard_expires_in"] == HARD_LIFE
    while answer.get("refresh_token") and books.world.clock.moved < HARD_LIFE + 90 * DAY:
        value = answer["refresh_token"]
        books.world.clock.advance(90 * DAY)
        answer = (await token(books, grant_type="refresh_token", refresh_token=value)).json()
    assert HARD_LIFE < books.world.clock.moved <= HARD_LIFE + 90 * DAY
    assert answer["error"] == "invalid_grant"
    value = (await connected(books))["refresh_token"]
    books.world.clock.advance(REFRESH_LIFE + 1)
    late = await token(books, grant_type="refresh_token", refresh_token=value)
    assert late.json()["error"] == "invalid_grant"


@pytest.mark.parametrize("which", ["refresh_token", "access_token"])
async def test_revoking_either_token_ends_the_connection(books: Books, which: str) -> None:
    held = await connected(books)
    answer = await books.http.post(
        "/v2/oauth2/tokens/revoke", json={"token": held[which]}, headers=BASIC
    )
    assert (answer.status_code, answer.content) == (200, b"")
    books.token = held["access_token"]
    assert (await books.send("GET", "term/1")).status_code == 401
    refreshed = await token(books, grant_type="refresh_token", refresh_token=held["refresh_token"])
    assert refreshed.json()["error"] == "invalid_grant"
    again = await books.http.post(
        "/v2/oauth2/tokens/revoke", json={"token": held[which]}, headers=BASIC
    )
    assert again.status_code == 400


async def test_what_the_token_endpoint_cannot_use(books: Books) -> None:
    cases = [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({}, 400, "invalid_request"),
        ({"grant_type": "refresh_token"}, 400, "invalid_request"),
        ({"grant_type": "authorization_code", "code": "x"}, 400, "invalid_request"),
    ]
    for form, status, error in cases:
        answer = await token(books, **form)
        assert (answer.status_code, answer.json()["error"]) == (status, error)
    for headers in ({}, {"Authorization": "Basic %%%"}):
        answer = await token(books, headers, grant_type="refresh_token", refresh_token="x")
        assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


async def test_userinfo_needs_the_openid_scope(books: Books) -> None:
    held = await connected(books)
    with_scope = {"Authorization": f"Bearer {held['access_token']}"}
    found = (await books.http.get("/v1/openid_connect/userinfo", headers=with_scope)).json()
    assert found["email"]
    without = {"Authorization": f"Bearer {books.token}"}
    assert (await books.http.get("/v1/openid_connect/userinfo", headers=without)).status_code == 401


async def test_starting_the_server_again_locks_no_client_out(books: Books) -> None:
    tokens = books.world.tokens
    kept = tokens.hand_out("app", REALM)["refresh_token"]
    books.world.clock.advance(2 * DAY)
    assert tokens.hand_out("app", REALM)["refresh_token"] == kept
    answer = await token(books, grant_type="refresh_token", refresh_token=kept)
    assert answer.json()["refresh_token"] != kept


async def test_faults_can_be_armed_against_the_token_endpoint(books: Books) -> None:
    kept = books.world.tokens.hand_out("app", REALM)["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": kept}
    for kind in ("status-before", "status-after"):
        fault = {"kind": kind, "path": "tokens/bearer", "status": 503}
        await books.http.post("/sandbox/faults", json=fault)
        assert (await token(books, **form)).status_code == 503
    assert (await token(books, **form)).status_code == 200
