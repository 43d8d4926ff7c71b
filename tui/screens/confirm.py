"""Questions. The answer key is never the key that asked, and Enter is never yes by default."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button

from tui.keys import bindings
from tui.screens.base import Dialog
from tui.widgets.sheet import Lines, heading, ink
from tui.words import invoices


class ConfirmScreen(Dialog[bool]):
    """A question with its consequences; `y` or a click says yes, anything else no."""

    NAME = "confirm"
    BINDINGS = bindings("confirm", "listed", "side")
    CSS_PATH = "dialog.tcss"
    nothing = False

    def __init__(
        self,
        title: str,
        words: Sequence[str],
        yes: str,
        no: str = "Cancel",
        *,
        ids: Sequence[str] = (),
        unseen: Sequence[str] = (),
        which: str = "selected",
    ) -> None:
        """Keep the words; a key lists `ids`, or `unseen`, those that are not on screen.

        `which` says in a word what these invoices are.
        """
        super().__init__()
        self._title, self._words, self._yes, self._no = title, words, yes, no
        self._ids, self._unseen, self._which = ids, unseen, which
        if len(ids) > 1:
            hidden = f", {len(unseen):,} not on screen" if unseen else ""
            self._words = (f"{len(ids):,} {which}{hidden}; l lists them.", *words)

    def compose(self) -> ComposeResult:
        """Title, sentences, two buttons; the harmless one has the focus."""
        with Vertical(classes="box"):
            yield Lines([heading(self._title), Content(""), *map(ink, self._words)])
            with Horizontal(classes="buttons"):
                yield Button(ink(self._no), id="no")
                yield Button(ink(f"y  {self._yes}"), id="yes")

    def on_mount(self) -> None:
        """Enter means no, wherever the focus goes."""
        self.query_one("#yes").can_focus = False
        self.query_one("#no").focus()

    def places(self) -> tuple[str, ...]:
        """What it is about can be listed where it is more than one invoice."""
        return ("confirm", *(("listed",) if len(self._ids) > 1 else ()), "side", "app")

    def action_yes(self) -> None:
        """Yes."""
        self.dismiss(True)

    def action_list(self) -> None:
        """The invoices that this is about; those that are not on screen, if there are any."""
        from tui.screens.marked import MarkedScreen

        if self._ids:
            title = f"{self._which.capitalize()}: {invoices(len(self._ids))}"
            if self._unseen:
                title = f"Not on screen: {len(self._unseen):,} of the {len(self._ids):,} selected"
            self.app.push_screen(MarkedScreen(self._unseen or self._ids, title))

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")


def leave_during_run() -> ConfirmScreen:
    """Asked before quitting while a run is going."""
    return ConfirmScreen(
        "A sync is under way",
        [
            "Quitting finishes what is in flight and stops there.",
            "Nothing is lost: the next start offers to go on with the rest.",
        ],
        yes="Finish what is in flight and quit",
        no="Stay",
    )


def bulk_locked(words: str) -> ConfirmScreen:
    """Shown when bulk sync is asked for before a test has agreed."""
    return ConfirmScreen(
        "Test one first",
        [words, "A test posts one invoice, reads it back and compares it to the cent."],
        yes="Propose an invoice to test",
    )


def leave_out(count: int, ids: Sequence[str] = (), unseen: Sequence[str] = ()) -> ConfirmScreen:
    """Asked before excluding."""
    return ConfirmScreen(
        f"Leave out {invoices(count)}?",
        [
            "They are not synced until you take them in again with x.",
            "Nothing changes in QuickBooks.",
        ],
        yes=f"Leave out {invoices(count)}",
        ids=ids,
        unseen=unseen,
    )


def unsync(what: str, ids: Sequence[str] = (), unseen: Sequence[str] = ()) -> ConfirmScreen:
    """Asked before links are forgotten."""
    return ConfirmScreen(
        f"Unsync {what}?",
        [
            "The link is forgotten here, nothing else.",
            "Nothing changes in QuickBooks; the next sync will link it again.",
        ],
        yes=f"Unsync {what}",
        ids=ids,
        unseen=unseen,
    )


def void_test(made: Sequence[str]) -> ConfirmScreen:
    """Asked before what a test `made` is voided."""
    return ConfirmScreen(
        "Void this test in QuickBooks?",
        [
            *made,
            "",
            "Amounts become 0.00 and the records stay.",
            "It is refused if somebody has changed them since.",
        ],
        yes="Void it in QuickBooks",
    )
