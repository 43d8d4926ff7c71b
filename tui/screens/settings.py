"""How invoices are sent, as plain questions; what another answer would change, before it does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from sync.questions import Answer, Question
from tui.keys import bindings
from tui.screens.base import AnyScreen, Dialog
from tui.screens.confirm import ConfirmScreen
from tui.screens.list_screen import ListScreen
from tui.widgets.cells import text_cell
from tui.widgets.columns import Column
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink

Asked = tuple[Question, str]
"""A question, and the value of its setting."""

COLUMNS: tuple[Column[Asked], ...] = (
    Column("question", "Question", 30, lambda asked: text_cell(asked[0].words), 2),
    Column("answer", "Answer", 24, lambda asked: text_cell(asked[0].answer(asked[1]), "strong"), 3),
)
ANSWERS: tuple[Column[Answer], ...] = (
    Column("answer", "", 30, lambda answer: text_cell(answer.words)),
)


class SettingsScreen(ListScreen):
    """The questions with their answers; enter changes one."""

    NAME = "settings"
    BINDINGS = bindings("side")
    CSS_PATH = "result.tcss"

    def body(self) -> Iterable[Widget]:
        """What this is, and the questions."""
        yield Lines(
            [
                heading("How invoices are sent"),
                ink("Every answer is safe as it stands; enter changes one, and says what for."),
                ink("What is rarely needed: docket-qbo settings.", "dim"),
            ],
            id="figures",
        )
        yield RecordList[Asked](COLUMNS, empty="Nothing was fetched yet: r on the main screen.")

    async def read(self) -> None:
        """The questions as they stand."""
        asked = await asyncio.to_thread(self.backstage.desk.questions)
        self.query_one(RecordList).show(asked)

    @on(LineList.Opened)
    def _opened(self) -> None:
        chosen: RecordList[Asked] = self.query_one(RecordList)
        if chosen.current is not None:
            question, value = chosen.current
            self.work(lambda: self._change(question, value), group="change")

    async def _change(self, question: Question, value: str) -> None:
        picked = await self.app.push_screen_wait(AnswerScreen(question, value))
        if picked is None or picked.value == value:
            return
        if await keep_answer(self, question, picked):
            await self.read()


async def keep_answer(screen: AnyScreen[Any], question: Question, picked: Answer) -> bool:
    """Show what an answer would change, and keep it if the person says so; return whether."""
    desk = screen.backstage.desk
    screen.say("Working out what that would change …")
    said = await asyncio.to_thread(desk.setting_effect, question.key, picked.value)
    words = [f"From now on: {picked.words}.", "", *said]
    if not await screen.app.push_screen_wait(ConfirmScreen(question.words, words, yes="Keep this")):
        return False
    await asyncio.to_thread(desk.set_setting, question.key, picked.value)
    return True


class AnswerScreen(Dialog[Answer | None]):
    """The answers to one question; the present one is under the cursor."""

    NAME = "answer"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(self, question: Question, value: str) -> None:
        super().__init__()
        self._question = question
        self._list: RecordList[Answer] = RecordList(ANSWERS, question.answers)
        values = [answer.value for answer in question.answers]
        self._list.cursor = values.index(value) if value in values else 0

    def compose(self) -> ComposeResult:
        """The question, and what can be answered."""
        with Vertical(classes="box -wide -tall"):
            yield Lines([heading(self._question.words), Content("")])
            yield self._list

    def on_mount(self) -> None:
        """The list takes the keys."""
        self._list.focus()

    @on(LineList.Opened)
    def _opened(self) -> None:
        self.dismiss(self._list.current)
