"""The app: opens the main screen at once, and the rooms behind it a moment later.

Before the first paint only Textual and the listing (plain SQLite) are loaded. Desk,
SQLModel and HTTP come from a factory in a thread after it. The app holds what
outlives a screen: the banner, the marks, the run under way. It decides nothing.
"""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.command import CommandPalette
from textual.filter import LineFilter, Monochrome, NoColor
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.theme import Theme

from core.clock import Clock, SystemClock
from core.errors import Exit, Trouble
from core.formats import formats_for
from core.text import display, in_place
from sync.posting_words import Stand, next_words
from tui.keys import bindings
from tui.manner import Manner, take
from tui.palette import Actions
from tui.routes import Routes
from tui.runs import Runs
from tui.screens.main import MainScreen
from tui.selection import Selection
from tui.theme import DARK, LIGHT, THEMES
from tui.troubles import as_trouble
from tui.views import KeptViews, ViewsFile
from tui.widgets.banner import Banner
from tui.widgets.line_list import LineList
from tui.words import spoken

if TYPE_CHECKING:
    from sync.banner import Banner as BannerShape
    from sync.shapes import Plan
    from tui.ports import Backstage, InvoiceList


class DocketQboApp(App[int]):
    """The terminal program; `run` returns the exit code."""

    TITLE = "docket-qbo"
    CSS_PATH: ClassVar = ["app.tcss", "screens/main.tcss"]
    BINDINGS = bindings("app")
    COMMANDS: ClassVar = {Actions}  # instead of Textual's own
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    NOTIFICATION_TIMEOUT = 4

    @dataclass
    class Ready(Message):
        """The rooms behind the screen are open."""

    def __init__(
        self,
        listing: InvoiceList,
        open_backstage: Callable[[], Backstage],
        *,
        banner: BannerShape | None = None,
        resume: bool = False,
        light: bool = False,
        pull_the_plug: Callable[[], None] | None = None,
        open_url: Callable[[str], None] | None = None,
        clock: Clock | None = None,
        views: ViewsFile | None = None,
        own_keys: Mapping[str, str] | None = None,
        ascii_only: bool = False,
        locale: str = "",
    ) -> None:
        """Take what the screens need.

        Args:
            listing: the hot read model, already open.
            open_backstage: builds Desk and records; called once, in a thread.
            banner: what the header says until the Desk knows better.
            resume: take up an unfinished run without asking.
            light: start in the light theme.
            pull_the_plug: kills the program; only handed in with the practice company.
            open_url: opens an address in a browser; Textual's own if None.
            clock: for countdowns; the system's if None.
            views: keeps the order and the filters; None forgets them at the end.
            own_keys: keys by action id, over the built-in ones.
            ascii_only: draw in plain ASCII.
            locale: one of core.formats' for days and money; empty: by the company's country.
        """
        super().__init__()
        self.no_color = bool(os.environ.get("NO_COLOR"))  # https://no-color.org: not empty
        self.manner = Manner(ascii=ascii_only, no_color=self.no_color)
        self._locale = locale
        self._last_filters = list(_filters(self.manner))
        take(self.manner)
        self.set_class(ascii_only, "-ascii")
        self._take_banner(banner)
        self.clock = clock or SystemClock()
        self.listing = listing
        self.selection = Selection()
        self.views = KeptViews(views)
        self.own_keys = own_keys or {}
        self.runs = Runs(self)
        self.routes = Routes(self)
        self.pull_the_plug = pull_the_plug
        self.wanted: str | None = None
        """The company to open next, once this one is closed."""
        self._open_backstage = open_backstage
        self._backstage: Backstage | None = None
        self._resume = resume
        self._open_url = open_url
        self.set_keymap(self.own_keys)
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_in(LIGHT if light else DARK)

    def _begin_in(self, theme: Theme) -> None:
        """Take a theme before any style sheet is read; setting it later reads them twice."""
        self.set_reactive(App.theme, theme.name)
        self.stylesheet.set_variables(self.get_css_variables())
        for name, holds in (
            ("-dark-mode", theme.dark),
            ("-light-mode", not theme.dark),
            (f"-theme-{theme.name}", True),
        ):
            self.set_class(holds, name, update=False)

    @property
    def is_ready(self) -> bool:
        """Whether Desk and records are there."""
        return self._backstage is not None

    @property
    def has_books(self) -> bool:
        """Whether both sides were fetched at least once."""
        return self.is_ready and self.banner is not None and self.banner.as_of is not None

    @property
    def backstage(self) -> Backstage:
        """Desk and records.

        Raises:
            Trouble: they are still being opened, or could not be.
        """
        if self._backstage is None:
            raise Trouble(
                "The books are still being opened.",
                books="Nothing was started.",
                fix="Try again in a moment.",
            )
        return self._backstage

    def get_default_screen(self) -> Screen[None]:
        """The main screen is the first thing there is."""
        return MainScreen()

    def on_ready(self) -> None:
        """Open the rooms behind once the first picture stands."""
        alone = not gc.isenabled()  # as the command line starts the program
        if alone:
            gc.freeze()  # what was loaded until now stays, and need not be looked through again
            gc.enable()
        self.run_worker(self._open(alone=alone), group="open", exit_on_error=False)

    async def _open(self, *, alone: bool) -> None:
        with self.trouble_shown():
            self._backstage = await asyncio.to_thread(self._open_backstage)
            if alone:
                gc.freeze()  # the rooms stay as well: 60 ms in which no key would be answered
            await self.read_banner()
            self.post_message(self.Ready())
            await self.runs.take_up(at_once=self._resume)

    async def read_banner(self) -> None:
        """Ask the Desk where we are and tell every header."""
        shape = await asyncio.to_thread(self.backstage.desk.banner)
        before = self.manner.formats
        self._take_banner(shape)
        for screen in self.screen_stack:
            for header in screen.query(Banner):
                header.show(shape)
            if self.manner.formats != before:
                for lines in screen.query(LineList):
                    lines.refresh()

    def _take_banner(self, shape: BannerShape | None) -> None:
        """Keep it, and write days and money as its company does."""
        self.banner = shape
        if shape is not None:
            self.manner.formats = formats_for(self._locale, shape.country, shape.currency)
        elif self._locale:
            self.manner.formats = formats_for(self._locale, "", "")

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line passes before it is painted: in the end without colour, and in ASCII."""
        found = [one for one in super().get_line_filters() if not isinstance(one, Monochrome)]
        return [*found, *self._last_filters]

    async def on_event(self, event: events.Event) -> None:
        """Make safe what is pasted into the palette: Textual's own field draws all as it is."""
        if isinstance(event, events.Paste) and isinstance(self.screen, CommandPalette):
            event.text = in_place(event.text)
        await super().on_event(event)

    def on_docket_qbo_app_ready(self) -> None:
        """Let the main screen fill in what only the Desk knows."""
        self.main_screen.backstage_ready()

    @property
    def main_screen(self) -> MainScreen:
        """The screen at the bottom of the stack."""
        first = self.screen_stack[0]
        if not isinstance(first, MainScreen):
            raise TypeError(f"the first screen is a {type(first).__name__}")
        return first

    @contextmanager
    def trouble_shown(self) -> Iterator[None]:
        """Show whatever is raised inside as an error screen, and go on."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - the last place before the person
            self.show_trouble(as_trouble(error))

    def _fatal_error(self) -> None:
        """End in three sentences.

        Textual's own report would print every variable, and so keys, names and amounts.
        """
        error = self._exception
        trouble = as_trouble(error if isinstance(error, Exception) else Exception())
        self.panic(Text("\n".join(display(line) for line in trouble.sentences().split("\n"))))

    def show_trouble(self, trouble: Trouble) -> None:
        """Put the three sentences on the screen."""
        from tui.screens.error import ErrorScreen

        self.push_screen(ErrorScreen(trouble))

    async def run_ended(self, changed: Plan | None, trouble: Trouble | None = None) -> None:
        """Show its result, the new preview if its data `changed` first, or its `trouble`."""
        with self.trouble_shown():
            await self.read_banner()
            self.main_screen.refresh_guide()
            watched = self.routes.leave_progress()
            if trouble is not None:
                self.show_trouble(trouble)
            elif changed is not None:
                self.routes.preview_again(changed, test=self.runs.kind == "test")
            elif watched or self.runs.kind != "bulk":
                self.routes.result()
            elif self.runs.result is not None:
                self.notify("The sync has ended. R shows its result.", markup=False)

    def next_words(self, stand: Stand) -> str:
        """Since when a posting is as it is and what happens next."""
        return spoken(next_words(stand, self.clock.now(), going=self.runs.going))

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something in passing; names in it are text, however they look."""
        super().notify(
            display(message), title=title, severity=severity, timeout=timeout, markup=markup
        )

    def copy_words(self, words: str) -> None:
        """Copy to the clipboard, also over ssh, and say what."""
        clean = display(words)
        self.copy_to_clipboard(clean)
        self.notify(f"Copied {clean[:60]}", markup=False)

    # actions of everywhere

    def action_help(self) -> None:
        """The keys of the screen one is on."""
        from tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_switch_theme(self) -> None:
        """The other one of our two themes."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    async def action_ask_quit(self) -> None:
        """Leave at once; while a run is going, finish what is in flight first."""
        if not self.runs.going:
            self.exit(int(Exit.DONE))
            return
        from tui.screens.confirm import leave_during_run

        self.push_screen(leave_during_run(), self._quit_answered)

    def _quit_answered(self, leave: bool | None) -> None:
        if leave:
            self.runs.stop_and_then(lambda: self.exit(int(Exit.STOPPED)))

    def switch_company(self, key: str) -> None:
        """Close this company; whoever runs the app opens the other one."""
        self.wanted = key
        self.exit(int(Exit.DONE))

    def action_pull_the_plug(self) -> None:
        """Kill the program in the middle, to see that nothing is lost."""
        if self.pull_the_plug is not None:
            self.pull_the_plug()

    def open_in_browser(self, url: str) -> None:
        """Open an address of QuickBooks; an empty one means that there is no connection."""
        if not url:
            self.notify("There is no connection to QuickBooks here.", markup=False)
            return
        (self._open_url or self.open_url)(url)


def _filters(manner: Manner) -> Iterator[LineFilter]:
    """Textual's own answer to NO_COLOR is greys; we write no colour at all then."""
    if manner.no_color:
        yield NoColor()
    if manner.ascii:
        from tui.signs import Plain  # not before the first picture, unless it is asked for

        yield Plain()
