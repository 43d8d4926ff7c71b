"""Connecting, the companies, the settings and read-only, as the screens have them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from cli.connecting import Key
from core.errors import ConnectionTrouble
from core.secrets import Secret
from store.books import Company
from tests.tui.conftest import driven
from tui.app import DocketQboApp
from tui.ports import CompanyLine

COMPANY = Company(
    realm_id="9130000000000001",
    name="Acme Roll-Off LLC",
    country="US",
    currency="USD",
    time_zone="America/Chicago",
    subscription="PAID",
    live=True,
    birth_id="",
    start_date=None,
    books_closed_on=date(2026, 10, 31),
    custom_numbers=True,
    uses_sales_tax=True,
    automated_tax=False,
    auto_apply_credit=False,
    multicurrency=False,
)


@dataclass
class FakeConnector:
    """A connector that does as told; `calls` holds what it was asked."""

    takes_here: bool = True
    own_redirect: str = "http://localhost:8791/callback"
    realm_id: str = COMPANY.realm_id
    has_browser: bool = True
    keys: Sequence[Key] = ()
    refusals: list[ConnectionTrouble] = field(default_factory=list)
    calls: list[tuple[str, ...]] = field(default_factory=list)

    def missing(self) -> Sequence[Key]:
        return self.keys

    def keep_key(self, name: str, value: str) -> None:
        self.calls.append(("key", name, value))

    def page(self, redirect: str) -> str:
        self.calls.append(("page", redirect))
        return "https://appcenter.intuit.example/connect/oauth2?state=s"

    async def here(self, listening: Callable[[], None]) -> Company:
        listening()
        return self._connected("here")

    def pasted(self, address: str) -> Company:
        return self._connected("pasted", address)

    def by_token(self, token: Secret, realm_id: str) -> Company:
        return self._connected("token", token.reveal(), realm_id)

    def _connected(self, *call: str) -> Company:
        self.calls.append(call)
        if self.refusals:
            raise self.refusals.pop()
        return COMPANY


async def test_keys_way_company_and_start_date_are_one_screen() -> None:
    keys = (Key("qbo_client_id", "Client id"), Key("qbo_client_secret", "Its client secret"))
    connector = FakeConnector(keys=keys)
    async with driven(live=True, connector=connector) as it:
        await it.press("A", *"marked-id", "enter")
        assert "marked-id" not in it.text
        await it.press(*"marked-secret", "enter")
        assert "How does the answer of Intuit's page come here?" in it.text
        await it.press("enter")
        assert it.opened == ["https://appcenter.intuit.example/connect/oauth2?state=s"]
        for words in ("Country: US", "subscription: paid", "through 2026-10-31"):
            assert words in it.text
        await it.press(*"yesterday", "enter")
        assert "That is not a date" in it.text
        await it.press(*"2026-11-01", "enter")
        assert it.asked("start_date") == [date(2026, 11, 1)]
        assert "Connected to Acme Roll-Off LLC." in it.toasts
        await it.press("escape")
        assert it.screen_name == "MainScreen"
    assert connector.calls == [
        ("key", "qbo_client_id", "marked-id"),
        ("key", "qbo_client_secret", "marked-secret"),
        ("page", connector.own_redirect),
        ("here",),
    ]


async def test_what_is_refused_is_said_and_another_way_can_be_taken() -> None:
    refusal = ConnectionTrouble("On Intuit's page it was declined.", books="As it was.", fix="Go.")
    connector = FakeConnector(takes_here=False, has_browser=False, refusals=[refusal])
    async with driven(connector=connector) as it:
        await it.press("A", "enter", *"https://office.example/c", "enter")
        assert it.opened == []  # over ssh: the address is only shown
        assert "appcenter.intuit.example" in it.text
        await it.press("ctrl+y", *"https://office.example/c?x=1", "enter")
        assert "Copied the address" in it.toasts
        assert "it was declined" in it.text
        await it.press("down", "enter", *"RT1-marked", "enter", "enter")
        assert "RT1-marked" not in it.text
        assert "Connected." in it.text
    assert connector.calls[1:] == [
        ("pasted", "https://office.example/c?x=1"),
        ("token", "RT1-marked", COMPANY.realm_id),
    ]


async def test_a_cache_without_a_company_says_where_to_connect() -> None:
    async with driven() as it:
        await it.press("A")
        assert "docket-qbo connect" in it.toasts


def _line(key: str, *, connected: bool = True, current: bool = False) -> CompanyLine:
    return CompanyLine(key, key.title() or "First Yard", "LIVE", connected, current)


async def test_another_company_is_opened_by_closing_this_one() -> None:
    lines = [_line("", current=True), _line("draft", connected=False), _line("second")]
    async with driven(companies=lines) as it:
        await it.press("W")
        assert "● shown" in it.text
        assert "First Yard" in it.text
        await it.press("j", "enter")
        assert "docket-qbo connect --company draft" in it.toasts
        assert it.app.wanted is None
        await it.press("j")
        await it.pilot.press("enter")
        app: DocketQboApp = it.app
        assert app.wanted == "second"


async def test_a_running_sync_is_not_left_for_another_company() -> None:
    async with driven(companies=[_line("second")], tested=True) as it:
        it.desk.gate.clear()
        await it.press("2", "a", "b", "P", "escape", "W", "enter")
        assert "A sync is under way here" in it.toasts
        assert it.app.wanted is None
        it.desk.gate.set()
        await it.settle()


async def test_a_setting_is_a_question_and_its_effect_comes_before_it() -> None:
    async with driven(size=(120, 30)) as it:
        await it.press("s")
        assert "Where does the money land before the bank?" in it.text
        await it.press("G", "enter", "j", "enter")
        assert it.screen_name == "ConfirmScreen"
        assert "Effect of email_invoices = yes." in it.text
        await it.press("enter")
        assert it.desk.answers == {}
        await it.press("enter", "j", "enter", "y")
        assert it.desk.answers == {"email_invoices": "yes"}


async def test_read_only_is_in_every_header_and_posts_nothing() -> None:
    async with driven(tested=True, may_post=False) as it:
        assert "READ-ONLY" in it.lines[0]
        await it.press("2", "a", "b")
        assert "READ-ONLY" in it.lines[0]
        assert "posts nothing" in it.text
        await it.press("P")
        assert it.asked("bulk_sync") == []
        assert it.screen_name == "PreviewScreen"


async def test_a_connection_that_ends_soon_is_in_the_header() -> None:
    async with driven(notice="connect again before 2026-12-24", size=(120, 30)) as it:
        assert "connect again before 2026-12-24" in it.lines[0]
