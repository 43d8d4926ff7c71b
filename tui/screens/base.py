"""What every screen has in common: banner above, keys below, a word when it is too small.

Whatever a worker of a screen could not do comes up as an error screen with three
sentences; a screen's workers end with it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, Literal, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from tui.keys import OPENS_FIELD, Action, bindings, footer
from tui.widgets.banner import Banner
from tui.widgets.key_bar import KeyBar
from tui.widgets.line_list import LineList
from tui.widgets.too_small import TooSmall, is_too_small

if TYPE_CHECKING:
    from textual.worker import WorkType

    from tui.app import DocketQboApp
    from tui.ports import Backstage

R = TypeVar("R")

ALWAYS = frozenset({"ask_quit", "quit", "help"})
"""Actions that a screen too small to read still takes."""


class AnyScreen(Screen[R]):
    """Shared by full screens and dialogs."""

    NAME: ClassVar[str] = ""
    """The screen's name in `tui.keys`."""

    _focus_before: Widget | None = None

    @property
    def program(self) -> DocketQboApp:
        """The app, by its own type."""
        return cast("DocketQboApp", self.app)

    @property
    def backstage(self) -> Backstage:
        """Desk and records; whoever asks is only opened once they are there."""
        return self.program.backstage

    def places(self) -> tuple[str, ...]:
        """Where the actions of this screen stand in the table."""
        return (self.NAME, "side", "app")

    def offered(self) -> tuple[str, ...]:
        """Where every action stands that can be done here, those of the list among them."""
        lines = self._lines()
        return self.places() if lines is None else (*self.places(), *lines.PLACES)

    def _lines(self) -> LineList[object] | None:
        """The list that the keys go to, else the first one there is."""
        if isinstance(self.focused, LineList):
            return self.focused
        return next((one for one in self.query(LineList) if one.display), None)

    async def do(self, action: Action) -> None:
        """Do what an action says, by whichever way but its key it was asked for."""
        home: DOMNode = self.app if action.where == "app" else self
        lines = self._lines()
        if lines is not None and action.where in lines.PLACES:
            home = lines
        await self.app.run_action(action.run, home)

    def refusal(self, action: str) -> str:
        """Why an action is not possible now; empty where it is."""
        return ""

    def work(self, job: Callable[[], Awaitable[None]], group: str = "work") -> None:
        """Do something slow beside the screen; the newest of a group replaces the one before."""

        async def guarded() -> None:
            with self.program.trouble_shown():
                try:
                    await job()
                except NoMatches:
                    if self in self.app.screen_stack:
                        raise
                    # It was closed as the work ended: there is nothing left to show it on.

        begun: WorkType[None] = guarded  # no coroutine that a screen's end could leave unstarted
        self.run_worker(begun, group=group, exclusive=True, exit_on_error=False)

    def say(
        self, words: str, severity: Literal["information", "warning", "error"] = "information"
    ) -> None:
        """A toast; its words are never markup."""
        self.app.notify(words, severity=severity, markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Cover a screen that does not fit; the keys go back where they went before."""
        small = is_too_small(event.size.width, event.size.height)
        if small and not self.has_class("-too-small"):
            self._focus_before = self.focused  # what is hidden loses it
        self.set_class(small, "-too-small")
        if not small and self._focus_before is not None:
            self.call_after_refresh(self.set_focus, self._focus_before)
            self._focus_before = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing acts behind the cover, and a field keeps what opens one for its text."""
        if self.has_class("-too-small"):
            return action in ALWAYS
        return not (action in OPENS_FIELD and self._types())

    def _types(self) -> bool:
        """Whether what is typed goes into a field."""
        return self.focused is not None and self.focused.check_consume_key("slash", "/")


class RoomScreen(AnyScreen[None]):
    """A full screen; subclasses give `body` and their NAME."""

    def compose(self) -> ComposeResult:
        """Banner, body, keys."""
        yield Banner(self.program.banner)
        yield from self.body()
        yield KeyBar(footer(*self.places()), self.refusal)
        yield TooSmall()

    def body(self) -> Iterable[Widget]:
        """What is between banner and keys."""
        raise NotImplementedError

    def action_back(self) -> None:
        """Back to the screen before."""
        self.dismiss()


class Dialog(AnyScreen[R], ModalScreen[R]):
    """A question or a message over the screen; esc answers with the harmless `nothing`.

    Its keys stand in the last line, in place of those of the screen below. Textual looks
    for keys no further than a dialog: those of everywhere are bound here too.
    """

    BINDINGS = bindings("app", by="app.")

    nothing: R

    def on_mount(self) -> None:
        """Textual calls this beside a subclass's own."""
        self.mount(KeyBar(footer(*self.places()), self.refusal))

    def action_back(self) -> None:
        """Close without deciding anything."""
        self.dismiss(self.nothing)
