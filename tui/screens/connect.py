"""Connecting to QuickBooks, step by step: keys, Intuit's page, the company, the start date.

One screen, one question at a time; esc leaves at any of them, and what was connected
before stays so until the new connection has shown that it opens this company.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from textual.content import Content
from textual.widget import Widget

from core.errors import Trouble
from core.secrets import Secret
from sync.connection import company_lines, key_steps
from tui.keys import bindings
from tui.manner import formats
from tui.ports import AskedKey, Connections, Connector
from tui.screens.asking import AskingScreen, Way
from tui.widgets.sheet import Lines, heading, ink

if TYPE_CHECKING:
    from store.books import Company

T = TypeVar("T")

HERE: Way = ("here", "Intuit's page; the answer comes to this machine", "development keys")
PASTE: Way = ("paste", "Intuit's page; paste the address it ends at", "production keys, or ssh")
TOKEN: Way = ("token", "A refresh token from elsewhere", "Intuit's playground")
KEYS: Way = ("keys", "Type the app's keys anew", "wrong or changed ones")
SANDBOX: Way = ("sandbox", "Intuit's sandbox: made-up books, real QuickBooks", "to try")
LIVE: Way = ("live", "My live company", "production keys")


class ConnectScreen(AskingScreen):
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

    def body(self) -> Iterable[Widget]:
        """The questions, and Intuit's page below them."""
        yield from super().body()
        yield Lines(id="page")

    def on_mount(self) -> None:
        """Begin with the first question."""
        super().on_mount()
        self.work(self._steps, group="steps")

    def on_unmount(self) -> None:
        """The passphrase is not asked for here any more."""
        self._connections.ask_by(None)
        super().on_unmount()

    def refusal(self, action: str) -> str:
        """The page's keys wait for the page."""
        about_page = action in ("copy_page", "open_page")
        return "Intuit's page was not asked for yet." if about_page and not self._page else ""

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
            await self.asked("enter tries again")

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
                value = await self.asked(key.question, secret=True)
            await asyncio.to_thread(connector.keep_key, key.name, value)

    async def _new_company(self) -> Connector:
        name = ""
        if not self._connections.is_first:
            self._tell("What is the new company called here? It gets a cache and keys of its own.")
            name = await self.asked("Second Yard")
        self._tell("Which QuickBooks is it?")
        live = await self.chosen([SANDBOX, LIVE]) == "live"
        self._tell("Into which folder are Docket's exports put? One file will do as well.")
        folder = await self.asked("/home/office/docket-exports")
        return await asyncio.to_thread(self._connections.new, name, live, folder)

    def _ask_from_thread(self, loop: asyncio.AbstractEventLoop) -> Callable[[str], str]:
        """How a thread asks for the passphrase: here, while this screen is open."""

        async def asked(question: str) -> str:
            self._tell("The keys are sealed by a passphrase, because this machine has no keyring.")
            return await self.asked(question, secret=True)

        return lambda words: asyncio.run_coroutine_threadsafe(asked(words), loop).result()

    async def _connected(self, connector: Connector, failed: Trouble | None) -> Company:
        """Ask for the way and go it; `failed` is told with the question."""
        if failed is None:
            self._tell("How does the answer of Intuit's page come here?")
        else:
            self._tell(failed.what, failed.books, failed.fix, style="warn")
        ways = [HERE, PASTE, TOKEN] if connector.takes_here else [PASTE, TOKEN]
        way = await self.chosen([*ways, KEYS])
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
        redirect = await self.asked("https://office.example.com/connected")
        page = await asyncio.to_thread(connector.page, redirect)
        self._tell(
            "Choose the company in the browser and agree. It may end on “page not found”:",
            "copy the whole address that it shows then, and paste it here.",
        )
        self._show_page(page)
        address = await self.asked("the whole address", secret=True)
        return await asyncio.to_thread(connector.pasted, address)

    async def _token(self, connector: Connector) -> Company:
        self._tell("A refresh token is as good as a key: it is not shown.")
        token = Secret(await self.asked("refresh token", secret=True))
        realm_id = connector.realm_id or await self.asked("company id")
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
            said = await self.asked(formats().example)
            if not said:
                return
            try:
                day = formats().read_day(said)
            except ValueError as error:
                words = str(error)
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
