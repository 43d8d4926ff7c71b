"""The panel in which a person decides: the subject, the options, one button.

The highlighted option says on the button what it does and to how many invoices, so
nothing is decided that was not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button

from tui.differences import marked
from tui.options import COMPARED, SEARCHED, Option, Subject, entity_words, options
from tui.widgets.cells import Cell, safe, text_cell
from tui.widgets.columns import Column
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, ink, width_of
from tui.words import spoken

CHOOSE = "   enter: choose"
"""What the panel says while the list has the keys."""


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
        self._nothing = ""
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
            return text_cell(spoken(option.words))
        name = text_cell(option.candidate.name)
        if self._subject.kind in COMPARED:
            name = marked(option.candidate.name, self._subject.name)
        if option.refusal:
            return (("  ", "dim"), *((text, "dim") for text, _ in name))
        return (("Use ", "dim"), *name)

    def show(self, subject: Subject | None, nothing: str) -> None:
        """Show another subject; without one the panel says `nothing`."""
        self._subject, self._nothing = subject, nothing
        found = options(subject) if subject else []
        self._list.hide(_unneeded(found))
        doable = (place for place, option in enumerate(found) if not option.refusal)
        self._list.show(found, cursor=next(doable, 0))
        self._list.display = bool(found)
        self._tell()

    def on_descendant_focus(self) -> None:
        """What enter does is another thing now."""
        self._tell()

    def on_descendant_blur(self) -> None:
        """The same."""
        self._tell()

    def _tell(self) -> None:
        """Say what it is about, which key chooses, and what the button does."""
        subject = self._subject
        chosen = self._list.has_focus or not self._list.line_count
        about = [ink(self._nothing, "good")]
        if subject is not None:
            about = list(_about(subject, self.content_size.width, "" if chosen else CHOOSE))
        self.query_one("#subject", Lines).show(about)
        self._label()

    def on_resize(self) -> None:
        """Title and button say as much as they have room for."""
        self._tell()

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
        button.label = Content(self._said(option, subject))
        button.refresh(layout=True)  # it may need its second line, or no longer

    def _said(self, option: Option, subject: Subject) -> str:
        """What the button says: what it does and to how many, or why it does not."""
        room = max(2 * (self.content_size.width - 8), 24)  # two lines, broken at a blank
        if option.refusal:
            return safe(option.refusal, room)
        scope, key = "", "enter  " if self._list.has_focus else ""
        if option.choice is not None or option.action in ("exclude", "retry_alike", "setting"):
            scope = f": for {subject.waiting}"
        words = safe(spoken(option.words), max(room - width_of(key + scope), 12))
        return key + words + scope


def _about(subject: Subject, width: int, hint: str) -> Iterable[Content]:
    named = subject.kind in SEARCHED
    rest = f"   {subject.waiting}"
    room = max(width - width_of(rest + hint), 12)
    name = safe(subject.name if named else spoken(subject.name), room)
    yield ink(name, "strong") + ink(rest, "dim") + ink(hint, "accent")
    yield ink(spoken(subject.words))
    if subject.evidence:
        yield ink("Docket knows: " + ", ".join(subject.evidence), "dim")


def _unneeded(found: Sequence[Option]) -> frozenset[str]:
    """The columns that would say nothing about these options."""
    candidates = [option.candidate for option in found if option.candidate is not None]
    told = any(one.evidence or not one.usable for one in candidates)
    return frozenset(({"like"} if not candidates else set()) | ({"why"} if not told else set()))


def _likeness(option: Option) -> Cell:
    return ((str(option.candidate.likeness) if option.candidate else "", "dim"),)


def _evidence(option: Option) -> Cell:
    if option.candidate is None:
        return (("", "dim"),)
    said = ", ".join(option.candidate.evidence)
    kind = "" if option.candidate.usable else f"{entity_words(option.candidate)}; not usable "
    return text_cell(kind + said, "dim")
