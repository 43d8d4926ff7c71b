"""Connecting to QuickBooks, step by step: keys, Intuit's page, the company, the start date.

One screen, one question at a time; esc leaves at any of them, and what was connected
before stays so until the new connection has shown that it opens this company.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from core.errors import Trouble
from core.secrets import Secret
from sync.connection import company_lines, key_steps
from tui.keys import bindings
from tui.ports import AskedKey, Connections, Connector
from tui.screens.base import RoomScreen
from tui.widgets.cells import text_cell
from tui.widgets.columns import Column
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink

if TYPE_CHECKING:
    from store.books import Company

T = TypeVar("T")

Way = tuple[str, str, str]
"""Its name here, its words, and when it fits."""
HERE: Way = ("here", "Intuit's page; the answer comes to this machine", "development keys")
PASTE: Way = ("paste", "Intuit's page; paste the address it ends at", "production keys, or ssh")
TOKEN: Way = ("token", "A refresh token from elsewhere", "Intuit's playground")
KEYS: Way = ("keys", "Type the app's keys anew", "wrong or changed ones")
SANDBOX: Way = ("sandbox", "Intuit's sandbox: made-up books, real QuickBooks", "to try")
LIVE: Way = ("live", "My live company", "production keys")
COLUMNS: tuple[Column[Way], ...] = (
    Column("words", "Way", 48, lambda way: text_cell(way[1], "strong"), 3),
    Column("when", "For", 24, lambda way: text_cell(way[2], "dim")),
)


class ConnectScreen(RoomScreen):
    """Asks, connects, shows the company; what goes wrong is said and asked again."""

    NAME = "connect"
    BINDINGS = bindings("connect", "side")
    CSS_PATH = "connect.tcss"

    def __init__(self, connections: Connections, *, new: bool) -> None:
        """Connect the company that is shown anew, or a `new` one."""
        super().__init__()
        self._connections = connections
        self._new = new
        self._page = ""
        self._opens = False
        self._answer: asyncio.Future[str] | None = None

    def body(self) -> Iterable[Widget]:
        """What is told, the ways, the one field."""
        yield Lines([heading("Connect to QuickBooks")], id="told")
        yield RecordList[Way](COLUMNS, id="ways")
        yield Input(id="field")
        yield Lines(id="page")

    def on_mount(self) -> None:
        """Begin with the first question."""
        self.query_one("#ways").display = False
        self.query_one("#field").display = False
        self.work(self._steps, group="steps")

    def refusal(self, action: str) -> str:
        """The page's keys wait for the page."""
        about_page = action in ("copy_page", "open_page")
        return "Intuit's page was not asked for yet." if about_page and not self._page else ""

    # asking

    @property
    def waits(self) -> bool:
        """Whether a person is being asked."""
        return self._answer is not None and not self._answer.done()

    async def _asked(self, words: str, *, secret: bool = False) -> str:
        """The answer to one question; what is secret is not shown."""
        field = self.query_one("#field", Input)
        field.value, field.password, field.placeholder = "", secret, words
        field.display = True
        field.focus()
        try:
            return await self._waited()
        finally:
            field.value = ""
            field.display = False

    async def _chosen(self, ways: list[Way]) -> str:
        shown: RecordList[Way] = self.query_one("#ways", RecordList)
        shown.show(ways, cursor=0)
        shown.display = True
        shown.focus()
        try:
            return await self._waited()
        finally:
            shown.display = False

    async def _waited(self) -> str:
        self._answer = asyncio.get_running_loop().create_future()
        return await self._answer

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        if self._answer is not None and self.waits:
            self._answer.set_result(event.value.strip())

    @on(LineList.Opened)
    def _picked(self) -> None:
        shown: RecordList[Way] = self.query_one("#ways", RecordList)
        if shown.current and self._answer is not None and self.waits:
            self._answer.set_result(shown.current[0])

    def _tell(self, *words: str, style: str = "plain") -> None:
        company = self.program.banner.company if self.program.banner else ""
        shown = company and not self._new
        title = f"Connect to QuickBooks: {company}" if shown else "Connect to QuickBooks"
        told = [heading(title), Content(""), *(ink(one, style) for one in words)]
        self.query_one("#told", Lines).show(told)

    # the steps

    async def _steps(self) -> None:
        self._connections.ask_by(self._ask_from_thread(asyncio.get_running_loop()))
        connector = await self._told_again(self._begun)
        self._opens = connector.has_browser
        await self._told_again(lambda failed: self._ask_missing(connector, failed))
        company = await self._told_again(lambda failed: self._connected(connector, failed))
        self._show_page("")
        known = ["Connected.", *company_lines(company), ""]
        if company.start_date is None:
            await self._ask_start(connector, known)
        self.say(f"Connected to {company.name}.")
        if self._new:
            self.program.switch_company(connector.company)
            return
        await self.program.read_banner()
        self._tell(*known, "esc goes back; s on the main screen: how invoices are sent.")

    async def _told_again(self, step: Callable[[Trouble | None], Awaitable[T]]) -> T:
        """Take a step until it works; what was in its way is told with the next try."""
        failed: Trouble | None = None
        while True:
            try:
                return await step(failed)
            except Trouble as trouble:
                failed = trouble
                self._show_page("")

    async def _tell_trouble(self, failed: Trouble | None) -> None:
        if failed is not None:
            self._tell(failed.what, failed.books, failed.fix, style="warn")
            await self._asked("enter tries again")

    async def _begun(self, failed: Trouble | None) -> Connector:
        """The company that is connected."""
        await self._tell_trouble(failed)
        if self._new:
            return await self._new_company()
        self._tell("Opening the keys …")
        return await asyncio.to_thread(self._connections.again)

    async def _ask_missing(self, connector: Connector, failed: Trouble | None) -> None:
        await self._tell_trouble(failed)
        await self._ask_keys(connector, await asyncio.to_thread(connector.missing))

    async def _ask_keys(self, connector: Connector, keys: Sequence[AskedKey]) -> None:
        for key in keys:
            self._tell(*key_steps(connector.local_redirect))
            value = ""
            while not value:
                value = await self._asked(key.question, secret=True)
            await asyncio.to_thread(connector.keep_key, key.name, value)

    async def _new_company(self) -> Connector:
        name = ""
        if not self._connections.is_first:
            self._tell("What is the new company called here? It gets a cache and keys of its own.")
            name = await self._asked("Second Yard")
        self._tell("Which QuickBooks is it?")
        live = await self._chosen([SANDBOX, LIVE]) == "live"
        self._tell("Into which folder are Docket's exports put?")
        folder = await self._asked("/home/office/docket-exports")
        return await asyncio.to_thread(self._connections.new, name, live, folder)

    def _ask_from_thread(self, loop: asyncio.AbstractEventLoop) -> Callable[[str], str]:
        """How a thread asks for the passphrase: here, while this screen is open."""

        async def asked(question: str) -> str:
            self._tell("The keys are sealed by a passphrase, because this machine has no keyring.")
            return await self._asked(question, secret=True)

        return lambda words: asyncio.run_coroutine_threadsafe(asked(words), loop).result()

    def on_unmount(self) -> None:
        """Nobody is asked any more; a thread that waits for an answer goes on without."""
        self._connections.ask_by(None)
        if self._answer is not None:
            self._answer.cancel()

    async def _connected(self, connector: Connector, failed: Trouble | None) -> Company:
        """Ask for the way and go it; `failed` is told with the question."""
        if failed is None:
            self._tell("How does the answer of Intuit's page come here?")
        else:
            self._tell(failed.what, failed.books, failed.fix, style="warn")
        ways = [HERE, PASTE, TOKEN] if connector.takes_here else [PASTE, TOKEN]
        way = await self._chosen([*ways, KEYS])
        if way == "here":
            return await self._here(connector)
        if way == "paste":
            return await self._paste(connector)
        if way == "token":
            return await self._token(connector)
        await self._ask_keys(connector, connector.keys())
        return await self._connected(connector, None)

    async def _here(self, connector: Connector) -> Company:
        page = await asyncio.to_thread(connector.page, connector.own_redirect)
        self._tell(
            "Choose the company in the browser and agree; this screen goes on by itself.",
            f"{connector.own_redirect} must be registered with your app at Intuit.",
            "Over ssh, forward that port to here, or go back and paste the address instead.",
        )
        return await connector.here(lambda: self._show_page(page))

    async def _paste(self, connector: Connector) -> Company:
        self._tell("The redirect address of your app, to the letter as it is registered.")
        redirect = await self._asked("https://office.example.com/connected")
        page = await asyncio.to_thread(connector.page, redirect)
        self._tell(
            "Choose the company in the browser and agree. It may end on “page not found”:",
            "copy the whole address that it shows then, and paste it here.",
        )
        self._show_page(page)
        address = await self._asked("the whole address", secret=True)
        return await asyncio.to_thread(connector.pasted, address)

    async def _token(self, connector: Connector) -> Company:
        self._tell("A refresh token is as good as a key: it is not shown.")
        token = Secret(await self._asked("refresh token", secret=True))
        realm_id = connector.realm_id or await self._asked("company id")
        self._tell("Asking Intuit and QuickBooks …")
        return await asyncio.to_thread(connector.by_token, token, realm_id)

    def _show_page(self, page: str) -> None:
        self._page = page
        lines = [ink("Intuit's page (^y copies it, ^o opens it again):", "dim"), ink(page)]
        self.query_one("#page", Lines).show(lines if page else [])
        if page and self._opens:
            self.program.open_in_browser(page)

    async def _ask_start(self, connector: Connector, lines: Sequence[str]) -> None:
        """From which day on invoices are posted; nothing is an answer too."""
        words = "From which day on are invoices posted? Older ones are only linked."
        while True:
            self._tell(*lines, words, "Enter alone leaves it for later (B on the main screen).")
            said = await self._asked("2026-11-01")
            if not said:
                return
            try:
                day = date.fromisoformat(said)
            except ValueError:
                words = "That is not a date. Write it as 2026-11-01."
                continue
            await asyncio.to_thread(connector.choose_start, day)
            return

    def action_copy_page(self) -> None:
        """Copy the address, also over ssh."""
        if self._page:
            self.program.copy_to_clipboard(self._page)
            self.say("Copied the address of Intuit's page.")
        else:
            self.say(self.refusal("copy_page"))

    def action_open_page(self) -> None:
        """Open it in the browser again."""
        if self._page:
            self.program.open_in_browser(self._page)
        else:
            self.say(self.refusal("open_page"))
