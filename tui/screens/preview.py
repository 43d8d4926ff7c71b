"""The preview: what a sync would do, worked out from the cache; what is confirmed is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable

from textual import on
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button

from core.clock import duration
from sync.shapes import InvoicePlan, Plan, PlannedPosting
from tui.keys import bindings
from tui.screens.base import RoomScreen
from tui.screens.documents import DocumentsScreen
from tui.widgets.apart import apart_lines
from tui.widgets.cells import Cell, money_cell, safe, text_cell
from tui.widgets.columns import Column
from tui.widgets.documents import Documents
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink
from tui.widgets.totals import FUTURE_WORDS, LOOKS, plan_lines, posting_words
from tui.words import counted, invoices, place, spoken, worth, writes

ROOMY = 30
"""Lines of a terminal that has room for a blank one between totals and facts."""
PER_MINUTE = 240
"""Writes a minute that a run usually reaches; only for the time expected."""
_LOOK = ink("s", "accent") + ink(" shows and changes them", "dim")
READ_ONLY = "Read-only: this program was started so that it posts nothing."


def _outcome(plan: InvoicePlan) -> Cell:
    if plan.apart:
        return (("[ ] change" if plan.held else "[x] change", "bad"),)
    return ((FUTURE_WORDS[plan.outcome], LOOKS[plan.outcome]),)


COLUMNS: tuple[Column[InvoicePlan], ...] = (
    Column("number", "Number", 8, lambda plan: text_cell(plan.number, "strong"), 1, 12),
    Column("client", "Client", 16, lambda plan: text_cell(plan.client), 4, 36),
    Column("total", "Total", 11, lambda plan: money_cell(plan.total), right=True),
    Column("paid", "Paid", 6, lambda plan: (("paid" if plan.paid else "unpaid", "dim"),)),
    Column("outcome", "What happens", 23, _outcome),
    Column(
        "why",
        "Note",
        9,
        lambda plan: text_cell(spoken(plan.reason or "; ".join(plan.notes)), "dim"),
        6,
        drop=1,
    ),
)


class PreviewScreen(RoomScreen):
    """Totals, what is new, every invoice, and the one button that posts."""

    NAME = "preview"
    BINDINGS = bindings("preview", "side")
    CSS_PATH = "preview.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual's name

    def __init__(self, plan: Plan, *, test: bool, about: str = "", changed: bool = False) -> None:
        """Show a plan.

        Args:
            plan: what would be done.
            test: of one invoice, shown document by document.
            about: which invoices these are, such as "the 12 marked invoices".
            changed: this preview replaces one whose data changed.
        """
        super().__init__()
        self._plan = self._whole = plan
        self._test, self._about, self._changed = test, about, changed
        self._first_use = 0
        """How many settings that nobody has chosen decide here for the first time."""

    def body(self) -> Iterable[Widget]:
        """Title, totals beside facts, the invoices or the one invoice's documents, buttons."""
        yield Lines(self._title(), id="title")
        if self._test:
            yield VerticalScroll(Documents(self._plan.invoices[0]), id="documents")
        else:
            yield Lines(id="sums")
            yield RecordList(COLUMNS, self._plan.invoices, id="plans")
        with Vertical(id="buttons"):
            yield Button(Content(""), id="post", classes="-post")
            yield Button(Content("esc  Cancel"), id="cancel")

    def on_mount(self) -> None:
        """What is read has the keys: the list, or the one invoice."""
        self._fill()
        self.work(self._ask_first_use, group="first")
        self.query_one("#post").can_focus = False  # only its key or a click, never Enter
        self.query_one("#documents" if self._test else "#plans").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A test has one invoice, and what is there is linked as it is: nothing to narrow."""
        if action == "paid_only" and (self._test or self._plan.links_only):
            return False
        return super().check_action(action, parameters)

    def _title(self) -> list[Content]:
        words = f"Preview of {self._about or invoices(self._plan.selected.count)}"
        if self._test:
            one = self._plan.invoices[0]
            words = f"Test sync of {one.number}, {one.client}, {worth(one.total)}"
        lines = [heading(words)]
        if not self._test:
            lines = [heading(words) + ink("   enter: ", "accent") + ink("fields", "dim")]
        if self._changed:
            lines.append(
                ink(
                    "The data changed since the preview. Nothing was sent; this is the new one.",
                    "warn",
                )
            )
        if self._first_use:
            count = counted(self._first_use, "setting")
            decide = "decides" if self._first_use == 1 else "decide"
            lines.append(ink(f"{count} {decide} here for the first time: ", "dim") + _LOOK)
        return lines

    async def _ask_first_use(self) -> None:
        asked = await asyncio.to_thread(self.backstage.desk.first_needed, self._whole)
        self._first_use = len(asked)
        self.query_one("#title", Lines).show(self._title())

    def _fill(self) -> None:
        plan, banner = self._plan, self.program.banner
        words = posting_words(plan.totals)
        post = self.query_one("#post", Button)
        posts = banner is None or banner.may_post
        post.disabled = not (words and posts)
        live = banner is not None and banner.live
        post.set_class(live, "-live")
        company = safe(banner.company, 40) if banner else ""
        if words and plan.also:
            words += f", with {counted(len(plan.also), 'change')} of what is settled"
        post.label = Content(
            f"P  {words}, to {company} ({place(live)})" if words else "Nothing here can be posted"
        )
        if not posts:
            post.label = Content(READ_ONLY)
        if self._test:
            self.query_one(Documents).show(plan.invoices[0])
            return
        gap = [Content("")] * (self.app.size.height >= ROOMY)
        lines = [*plan_lines(plan), *gap, *apart_lines(plan), *_facts(plan)]
        self.query_one("#sums", Lines).show(lines)
        self.query_one("#plans", RecordList).show(plan.invoices)

    @on(LineList.Opened)
    def _opened(self, event: LineList.Opened) -> None:
        self.app.push_screen(DocumentsScreen(self._plan.invoices[event.source.cursor]))

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "post":
            self.action_post()
        else:
            self.action_back()

    def action_post(self) -> None:
        """Send exactly what is shown."""
        if self.program.banner is not None and not self.program.banner.may_post:
            self.say(READ_ONLY, "warning")
            return
        if not posting_words(self._plan.totals):
            self.say("Nothing here can be posted.", "warning")
            return
        program, plan = self.program, self._plan
        self.dismiss()
        with program.trouble_shown():
            if self._test:
                program.runs.test(plan)
            else:
                program.selection.clear()
                program.runs.bulk(plan)
            program.routes.progress()

    def action_settings(self) -> None:
        """Look at what decides here; another answer makes another preview."""
        self.program.routes.settings()

    def action_tick(self) -> None:
        """Tick the highlighted change, or take the tick away."""
        one = self._plan.invoices[0] if self._test else self._current()
        if one is None or not one.apart:
            self.say("This is no change of what is settled in QuickBooks: it needs no tick.")
            return
        self._tick({*self._plan.also} ^ {one.docket_id})

    def action_mail(self) -> None:
        """Have QuickBooks e-mail the highlighted invoice, or not."""
        one = self._plan.invoices[0] if self._test else self._current()
        new = None if one is None else _new_invoice(one)
        if one is None or new is None:
            self.say("QuickBooks e-mails only what is posted new.")
            return
        wanted = "EmailStatus" not in new.body

        async def ask() -> None:
            await asyncio.to_thread(self.backstage.desk.mail, [one.docket_id], wanted=wanted)
            self._tick(self._plan.also)

        self.work(ask)

    def action_leave(self) -> None:
        """Leave both sides of the highlighted change as they are, until one changes again."""
        one = self._plan.invoices[0] if self._test else self._current()
        if one is None or not one.keeps:
            self.say("Only a change of what is settled in QuickBooks can be left as it is.")
            return

        async def leave() -> None:
            await asyncio.to_thread(self.backstage.desk.leave, one)
            self.say(f"Both sides of {one.number} stay as they are. In the conflicts u undoes it.")
            self._tick({*self._plan.also} - {one.docket_id})

        self.work(leave)

    def action_tick_all(self) -> None:
        """Tick every change of what is settled; if all are ticked, none."""
        every = {one.docket_id for one in self._plan.apart}
        if not every:
            self.say("Nothing here changes what is settled in QuickBooks.")
            return
        self._tick(set() if every <= {*self._plan.also} else every)

    def _current(self) -> InvoicePlan | None:
        plans: RecordList[InvoicePlan] = self.query_one("#plans", RecordList)
        return plans.current

    def _tick(self, also: Collection[str]) -> None:
        ids = [one.docket_id for one in self._plan.invoices]
        narrowed = self._plan is not self._whole

        async def again() -> None:
            desk = self.backstage.desk
            self._plan = await asyncio.to_thread(desk.preview, ids, sorted(also))
            if not narrowed:
                self._whole = self._plan
            self._fill()

        self.work(again)

    def action_paid_only(self) -> None:
        """Only the paid ones; again all."""
        whole, self._changed = self._whole, False
        if self._plan is not whole:
            self._plan = whole
            self._fill()
            return
        ids = [plan.docket_id for plan in whole.invoices if plan.paid]
        if not ids:
            self.say("None of them is paid.")
            return

        async def narrow() -> None:
            desk = self.backstage.desk
            self._plan = await asyncio.to_thread(desk.preview, ids, whole.also)
            self._fill()

        self.work(narrow)


def _new_invoice(one: InvoicePlan) -> PlannedPosting | None:
    """The posting that makes the invoice; None where it is in QuickBooks already."""
    made = (posting for posting in one.postings if posting.kind == "invoice")
    return next((one for one in made if one.operation == "create" and not one.adopts), None)


def _facts(plan: Plan) -> Iterable[Content]:
    for words, made in (("customer", plan.new_customers), ("product/service", plan.new_items)):
        if made:
            yield ink(f"{counted(len(made), 'new ' + words)}: {', '.join(made)}", "strong")
    seconds = plan.writes * 60 // PER_MINUTE + 1
    parts = [f"{writes(plan.writes)}, about {duration(seconds)}"] if plan.writes else []
    links = sum(bool(one.adopts) for invoice in plan.invoices for one in invoice.postings)
    if links:
        parts.append(f"{counted(links, 'link')}, for which nothing is sent")
    parts.append(f"{counted(plan.metered_reads, 'look-up')} that QuickBooks counts")
    yield ink("; ".join(parts), "dim")
