"""Connecting, the companies, the settings and read-only, as the screens have them."""

from __future__ import annotations

from textual.widgets import Input

from core.errors import ConnectionTrouble, UsageTrouble
from tests.tui.conftest import Driven, driven
from tests.tui.fake_connections import (
    COMPANY,
    KEYS,
    FakeConnections,
    FakeConnector,
    company_line,
)
from tui.app import DocketQboApp


async def fill(it: Driven, *answers: str) -> None:
    """Paste each answer into the field, and press enter."""
    for answer in answers:
        it.app.screen.query_one("#field", Input).value = answer
        await it.press("enter")


async def test_keys_way_company_and_start_date_are_one_screen() -> None:
    connector = FakeConnector(asked=KEYS)
    async with driven(live=True, connections=FakeConnections(connector)) as it:
        await it.press("A", *"marked")
        assert "marked" not in it.text
        await fill(it, "marked-id", "marked-secret")
        assert "How does the answer of Intuit's page come here?" in it.text
        await it.press("enter")
        assert it.opened == ["https://appcenter.intuit.example/connect/oauth2?state=s"]
        for words in ("Country: US", "subscription: paid", "through 2026-10-31"):
            assert words in it.text
        await fill(it, "yesterday")
        assert "is not a date" in it.text
        await fill(it, "2026-11-01")
        assert "Connected to Acme Roll-Off LLC." in it.toasts
        await it.press("escape")
        assert it.screen_name == "MainScreen"
    assert connector.calls == [
        ("key", "qbo_client_id", "marked-id"),
        ("key", "qbo_client_secret", "marked-secret"),
        ("page", connector.own_redirect),
        ("here",),
        ("start", "2026-11-01"),
    ]


async def test_what_is_refused_is_said_and_another_way_can_be_taken() -> None:
    refusal = ConnectionTrouble("On Intuit's page it was declined.", books="As it was.", fix="Go.")
    connector = FakeConnector(takes_here=False, has_browser=False, refusals=[refusal])
    async with driven(connections=FakeConnections(connector)) as it:
        await it.press("A", "enter")
        await fill(it, "https://office.example/c")
        assert it.opened == []  # over ssh: the address is only shown
        assert "appcenter.intuit.example" in it.text
        await it.press("ctrl+y")
        await fill(it, "https://office.example/c?x=1")
        assert "Copied the address" in it.toasts
        assert "it was declined" in it.text
        await it.press("down", "enter")
        await fill(it, "RT1-marked", "")
        assert "RT1-marked" not in it.text
        assert "Connected." in it.text
    assert connector.calls[1:] == [
        ("pasted", "https://office.example/c?x=1"),
        ("token", "RT1-marked", COMPANY.realm_id),
    ]


async def test_wrong_keys_are_typed_anew() -> None:
    connector = FakeConnector(takes_here=False)
    async with driven(connections=FakeConnections(connector)) as it:
        await it.press("A", "G", "enter")
        await fill(it, "id", "", "secret")
        assert "How does the answer of Intuit's page come here?" in it.text
    assert connector.calls == [
        ("key", "qbo_client_id", "id"),
        ("key", "qbo_client_secret", "secret"),
    ]


async def test_a_new_company_is_named_placed_and_then_shown() -> None:
    refusal = UsageTrouble("There is no folder /exprots.", books="As it was.", fix="Name another.")
    connector = FakeConnector(company="second", takes_here=False)
    connections = FakeConnections(connector, refusals=[refusal])
    async with driven(connections=connections) as it:
        await it.press("W", "n")
        await fill(it, "Second")
        await it.press("enter")
        await fill(it, "/exprots")
        assert "There is no folder /exprots." in it.text
        await fill(it, "", "Second")
        await it.press("j", "enter")
        await fill(it, "/exports")
        await it.press("down", "enter")
        await fill(it, "RT1")
        await it.pilot.press("enter")  # no start date yet
        await it.until(lambda: it.app.wanted is not None)
        assert it.app.wanted == "second"
    assert connections.made == [("Second", False, "/exprots"), ("Second", True, "/exports")]


async def test_the_first_company_needs_no_name() -> None:
    connections = FakeConnections(is_first=True, has_company=False)
    async with driven(connections=connections, fetched=False, connected=False) as it:
        assert "A connects them" in it.text
        await it.press("A")
        assert "Which QuickBooks is it?" in it.text


async def test_the_passphrase_is_asked_for_on_the_screen_and_nowhere_after_it() -> None:
    connections = FakeConnections(passphrase="Passphrase of the keys: ")
    async with driven(connections=connections) as it:
        await it.pilot.press("A")
        await it.until(lambda: "sealed by a passphrase" in it.text)
        await it.press(*"marked")
        assert "marked" not in it.text
        await fill(it, "marked words")
        assert connections.told == ["marked words"]
        await it.press("escape")
        assert connections.ask is None


async def test_leaving_while_the_passphrase_is_asked_for_holds_up_nobody() -> None:
    connections = FakeConnections(passphrase="Passphrase of the keys: ")
    async with driven(connections=connections) as it:
        await it.pilot.press("A")
        await it.until(lambda: "sealed by a passphrase" in it.text)
        await it.press("escape")
        assert it.screen_name == "MainScreen"
    assert connections.told == []


async def test_a_cache_without_a_company_says_where_to_connect() -> None:
    async with driven() as it:
        await it.press("A")
        assert "docket-qbo connect" in it.toasts


async def test_another_company_is_opened_by_closing_this_one() -> None:
    lines = [
        company_line("", current=True),
        company_line("draft", connected=False),
        company_line("second"),
    ]
    async with driven(connections=FakeConnections(lines=lines)) as it:
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
    async with driven(
        connections=FakeConnections(lines=[company_line("second")]), tested=True
    ) as it:
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
