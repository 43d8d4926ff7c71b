"""The first thing shown: what Docket's own button would have done, and the three steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from tui.widgets.cells import safe
from tui.widgets.sheet import Sheet, fold
from tui.words import counted, invoices_worth, worth

if TYPE_CHECKING:
    from sync.shapes import BulkLock, Estimate, NameRow


class Guide(NamedTuple):
    """What the card tells, worked out from the cache."""

    estimate: Estimate | None
    """None for books so large that they are not worked through unasked."""
    names_waiting: int
    waiting_words: str
    lock: BulkLock
    pending: int
    pending_words: str

    @property
    def done(self) -> bool:
        """Whether there is nothing left of the three steps."""
        return not self.names_waiting and self.lock.open and not self.pending


def large_guide(choices: int, lock: BulkLock, pending: tuple[int, int]) -> Guide:
    """Sum up what the cache tells of the three steps without a look at every invoice."""
    words = f"{counted(choices, 'choice')} wait for you" if choices else "all settled"
    return Guide(None, choices, words, lock, pending[0], invoices_worth(*pending))


def guide(
    estimate: Estimate, names: Sequence[NameRow], lock: BulkLock, pending: tuple[int, int]
) -> Guide:
    """Sum up what the three steps have before them."""
    waiting = [row for row in names if row.waiting]
    return Guide(
        estimate=estimate,
        names_waiting=len(waiting),
        waiting_words=f"{counted(len(waiting), 'name')} wait for you" if waiting else "all settled",
        lock=lock,
        pending=pending[0],
        pending_words=invoices_worth(*pending),
    )


class GuideCard(Sheet):
    """Hidden and shown by a key; its steps are done by the keys they name.

    It hides itself once all three are done, unless somebody asked for it.
    """

    def __init__(self, *, shown: bool = True) -> None:
        super().__init__(id="guide")
        self._appear(shown=shown)
        self.border_title = Content("First steps")
        self.border_subtitle = Content("h hides this, and brings it back")
        self._guide: Guide | None = None
        self._empty: list[Content] = []
        self._asked_for = False

    @property
    def is_worked_out(self) -> bool:
        """Whether it has figures to show, be they of a while ago."""
        return self._guide is not None

    def toggle(self) -> None:
        """Hide it, or bring it back to stay."""
        self._appear(shown=not self.display)
        self._asked_for = self.display

    def show(self, guide: Guide) -> None:
        """Show other figures."""
        self._guide = guide
        if guide.done and not self._asked_for:
            self._appear(shown=False)
        self.redraw()

    def show_empty(self, *, may_fetch: bool) -> None:
        """Say that there are no books yet, and what brings them."""
        self._empty = _nothing_yet(may_fetch)
        self._appear(shown=True)
        self.redraw()

    def _appear(self, *, shown: bool) -> None:
        """Show or hide it; once shown it goes by the style sheets, which cover small windows."""
        self.styles.display = None if shown else "none"

    def lines(self, width: int) -> list[Content]:
        """The sentence, a blank line, the steps."""
        if self._guide is None and self._empty:
            return fold(self._empty, width)
        if self._guide is None:
            return [Content.styled("Working out what Docket's own sync would do …", "$quiet")]
        if self._guide.estimate is None:
            return _steps(self._guide)
        folded = fold([_sentence(self._guide.estimate)], width)
        return [*folded, Content(""), *_steps(self._guide)]


def _nothing_yet(may_fetch: bool) -> list[Content]:
    first = Content("Nothing was fetched from Docket and QuickBooks yet.")
    if may_fetch:
        key = ("r", "bold $primary")
        return [first, Content.assemble("Press ", key, " to fetch the books of both sides.")]
    return [
        first,
        Content.assemble(
            "Docket and QuickBooks are not connected: ",
            ("A", "bold $primary"),
            " connects them.",
        ),
        Content("To try it out before: docket-qbo demo."),
    ]


def _sentence(estimate: Estimate) -> Content:
    parts = [
        (estimate.duplicate_customers, counted(estimate.duplicate_customers, "duplicate customer")),
        (
            estimate.generic_lines,
            f"{counted(estimate.generic_lines, 'line')} ({worth(estimate.generic_amount)}) "
            f"into a generic {safe(estimate.generic_item, 40)}",
        ),
        (estimate.invoices_twice, f"{counted(estimate.invoices_twice, 'invoice')} twice"),
        (estimate.paid_but_open, f"{worth(estimate.paid_but_open)} paid but shown open"),
    ]
    told = ", ".join(words for figure, words in parts if figure)
    if not told:
        return Content(
            "If you had pressed Sync in Docket: no harm found this time. Here: 0 as well."
        )
    return Content.assemble(
        "If you had pressed Sync in Docket: ",
        (told, "bold $text-warning"),
        ". Here: ",
        ("0", "bold $text-success"),
        ".",
    )


def _steps(guide: Guide) -> list[Content]:
    tested = guide.lock.open
    rest = guide.pending_words if guide.pending else "nothing is pending"
    return [
        _step("1", "n", "Check the names", guide.waiting_words, done=not guide.names_waiting),
        _step("2", "t", "Test one", "posted, read back, compared to the cent", done=tested),
        _step(
            "3",
            "b",
            "Sync the rest",
            rest if tested else f"{rest}; opens after the test",
            done=tested and not guide.pending,
        ),
    ]


def _step(number: str, key: str, words: str, state: str, *, done: bool) -> Content:
    mark = ("✓", "bold $text-success") if done else (number, "bold")
    return Content.assemble(
        mark, "  ", (f" {key} ", "bold $primary on $panel"), f"  {words:<16} ", (state, "$quiet")
    )
