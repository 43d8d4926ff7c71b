"""A connector and the companies of a user that do as told, for screen tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from cli.connecting import Key
from core.errors import ConnectionTrouble, UsageTrouble
from core.secrets import Secret
from store.books import Company
from tests.store.worlds import company
from tui.ports import CompanyLine

COMPANY = company(
    subscription="PAID",
    live=True,
    birth_id="",
    books_closed_on=date(2026, 10, 31),
    automated_tax=False,
)

KEYS = (Key("qbo_client_id", "Client id"), Key("qbo_client_secret", "Its client secret"))


@dataclass
class FakeConnector:
    """A connector that does as told; `calls` holds what it was asked."""

    takes_here: bool = True
    own_redirect: str = "http://localhost:8791/callback"
    realm_id: str = COMPANY.realm_id
    has_browser: bool = True
    local_redirect: str = own_redirect
    company: str = ""
    asked: Sequence[Key] = ()
    refusals: list[ConnectionTrouble] = field(default_factory=list)
    calls: list[tuple[str, ...]] = field(default_factory=list)

    def keys(self) -> Sequence[Key]:
        return KEYS

    def missing(self) -> Sequence[Key]:
        return self.asked

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

    def choose_start(self, day: date) -> None:
        self.calls.append(("start", day.isoformat()))

    def _connected(self, *call: str) -> Company:
        self.calls.append(call)
        if self.refusals:
            raise self.refusals.pop()
        return COMPANY


@dataclass
class FakeConnections:
    """What the screens ask about connections."""

    connector: FakeConnector = field(default_factory=FakeConnector)
    lines: Sequence[CompanyLine] = ()
    is_first: bool = False
    has_company: bool = True
    refusals: list[UsageTrouble] = field(default_factory=list)
    passphrase: str = ""
    """Asked for before there is a connector."""
    made: list[tuple[str, bool, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    ask: Callable[[str], str] | None = None

    def companies(self) -> Sequence[CompanyLine]:
        return self.lines

    def ask_by(self, ask: Callable[[str], str] | None) -> None:
        self.ask = ask

    def again(self) -> FakeConnector:
        if self.passphrase and self.ask is not None:
            self.told.append(self.ask(self.passphrase))
        return self.connector

    def new(self, name: str, live: bool, folder: str) -> FakeConnector:
        self.made.append((name, live, folder))
        if self.refusals:
            raise self.refusals.pop()
        return self.connector


def company_line(key: str, *, connected: bool = True, current: bool = False) -> CompanyLine:
    return CompanyLine(key, key.title() or "First Yard", "LIVE", connected, current)
