"""The panel in which a person decides: the subject, the options, one button.

The highlighted option says on the button what it does and to how many invoices, so
nothing is decided that was not read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button

from tui.differences import marked
from tui.options import Option, Subject, options
from tui.widgets.cells import Cell, safe, text_cell
from tui.widgets.columns import Column
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, ink, width_of


class ChoicePanel(Vertical):
    """Shows a subject's options; posts `Decided` for the one that is taken."""

    @dataclass
    class Decided(Message):
        """A person took an option."""

        subject: Subject
        option: Option

    def __init__(self) -> None:
        super().__init__(id="panel")
        self._subject: Subject | None = None
        self._list: RecordList[Option] = RecordList(self._columns(), id="options")

    def compose(self) -> ComposeResult:
        """Subject, options, button."""
        yield Lines(id="subject")
        yield self._list
        yield Button(Content(""), id="decide", classes="-post")

    def _columns(self) -> tuple[Column[Option], ...]:
        return (
            Column("words", "What to do", 30, self._words, 5, 60),
            Column("like", "Alike", 5, _likeness, right=True, drop=1),
            Column("why", "Evidence", 10, _evidence, 2, drop=2),
        )

    def _words(self, option: Option) -> Cell:
        if option.candidate is None or self._subject is None:
            return text_cell(option.words)
        name = marked(option.candidate.name, self._subject.name)
        if option.refusal:
            return (("  ", "dim"), *((text, "dim") for text, _ in name))
        return (("Use ", "dim"), *name)

    def show(self, subject: Subject | None) -> None:
        """Show another subject; None empties the panel."""
        self._subject = subject
        self.query_one("#subject", Lines).show(list(_about(subject)))
        self._list.show(options(subject) if subject else (), cursor=0)
        self._label()

    def on_resize(self) -> None:
        """The button says as much as it has room for."""
        self._label()

    def focus_options(self) -> None:
        """Take the keys."""
        self._list.focus()

    @property
    def option(self) -> Option | None:
        """The highlighted option."""
        return self._list.current

    @property
    def subject(self) -> Subject | None:
        """What it is about."""
        return self._subject

    @on(LineList.Moved)
    def _moved(self, event: LineList.Moved) -> None:
        event.stop()
        self._label()

    @on(LineList.Opened)
    def _opened(self, event: LineList.Opened) -> None:
        event.stop()
        self._decide()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self._decide()

    def _decide(self) -> None:
        if self._subject is None or self.option is None:
            return
        if self.option.refusal:
            self.app.notify(self.option.refusal, severity="warning", markup=False)
            return
        self.post_message(self.Decided(self._subject, self.option))

    def _label(self) -> None:
        button, option, subject = self.query_one("#decide", Button), self.option, self._subject
        button.display = option is not None
        if option is None or subject is None:
            return
        button.disabled = bool(option.refusal)
        scope = ""
        if option.choice is not None or option.action in ("exclude", "retry_alike"):
            scope = f": for {subject.waiting}"
        room = max(self.content_size.width - width_of(scope) - 4, 12)
        button.label = Content(safe(option.words, room) + scope)


def _about(subject: Subject | None) -> Iterable[Content]:
    if subject is None:
        yield ink("Nothing waits for you.", "good")
        return
    yield ink(subject.name, "strong") + ink(f"   {subject.waiting}", "dim")
    yield ink(subject.words)
    if subject.evidence:
        yield ink("Docket knows: " + ", ".join(subject.evidence), "dim")


def _likeness(option: Option) -> Cell:
    return ((str(option.candidate.likeness) if option.candidate else "", "dim"),)


def _evidence(option: Option) -> Cell:
    if option.candidate is None:
        return (("", "dim"),)
    said = ", ".join(option.candidate.evidence)
    kind = "" if option.candidate.usable else f"{option.candidate.entity.lower()}; not usable "
    return text_cell(kind + said, "dim")
