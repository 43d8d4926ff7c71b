"""How the proof shows: glyphs of its classes and checks, bars, lines of figures.

A difference is always a word and a number; bars only help the eye.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.content import Content

from core.money import Cents, format_cents
from sync.shapes import CountAndMoney
from sync.tie_out.month import Item
from sync.tie_out.shapes import (
    BUCKET_WORDS,
    CLASS_WORDS,
    MEASURE_WORDS,
    Cell,
    Class,
    Measure,
    TieOut,
    ZeroProof,
)
from tui.manner import manner
from tui.widgets.cells import Cell as Shown
from tui.widgets.sheet import ink, row
from tui.words import counted

HALF = 10
"""Width of one side of the chart in terminal columns."""
_WIDTHS = (18, 18, 20)

GLYPHS: Mapping[Class, str] = {
    Class.MISSING: "○",
    Class.ORPHAN: "?",
    Class.STATUS: "▲",
    Class.AMOUNT: "≠",
    Class.MOVED: "↔",
}
SHORT: Mapping[Class, str] = {
    Class.MISSING: "missing",
    Class.ORPHAN: "not from Docket",
    Class.STATUS: "status",
    Class.AMOUNT: "amount",
    Class.MOVED: "date, customer",
}


def bars(ours: Cents, theirs: Cents, most: Cents, half: int = HALF) -> Shown:
    """Docket to the left of the middle, QuickBooks to the right, both on one scale.

    In steps of half a block, for which there is a block on either side; in ASCII of a whole one.
    """
    steps = 1 if manner().ascii else 2
    left, right = (_filled(one, most, half * steps) for one in (ours, theirs))
    return (
        (("▐" * (left % steps) + "█" * (left // steps)).rjust(half), "accent"),
        ("│", "dim"),
        (("█" * (right // steps) + "▌" * (right % steps)).ljust(half), "plain"),
    )


def _filled(amount: Cents, most: Cents, steps: int) -> int:
    """How many of the steps; what is there at all shows."""
    if amount <= 0 or most <= 0:
        return 0
    return min(max(1, (amount * steps + most // 2) // most), steps)


def verdict(found: TieOut) -> Content:
    """Whether both sides agree, in words and with a sign."""
    if found.ties:
        return ink("= Both sides agree in count and cents.", "good").stylize("bold")
    records = counted(len(found.differences), "record")
    verb = "differs" if len(found.differences) == 1 else "differ"
    return ink(f"≠ {records} {verb}.", "warn").stylize("bold")


def figures(cell: Cell) -> Iterable[Content]:
    """Both sides in count and cents, a line a measure."""
    titles = ("Docket", "QuickBooks", "difference")
    heads = zip(titles, _WIDTHS, strict=True)
    yield row(
        [((("", "dim"),), 12, False), *((((one, "dim"),), size, True) for one, size in heads)]
    )
    for one in Measure:
        ours, theirs, gap = cell.docket[one], cell.quickbooks[one], cell.difference(one)
        same = gap == CountAndMoney()
        yield row(
            [
                (((MEASURE_WORDS[one], "plain"),), 12, False),
                (((_both(ours), "plain"),), _WIDTHS[0], True),
                (((_both(theirs), "plain"),), _WIDTHS[1], True),
                (((_gap(gap), "good" if same else "warn"),), _WIDTHS[2], True),
            ]
        )


def proof_words(proof: ZeroProof) -> str:
    """Where every Docket record is: "70 invoices = 37 in QuickBooks + 25 needs you"."""
    parts = [
        f"{sums.count:,} {BUCKET_WORDS[one]}" for one, sums in proof.parts.items() if sums.count
    ]
    sign = "=" if proof.left == CountAndMoney() else "≠"
    whole = counted(proof.docket.count, f"Docket {proof.record}")
    return f"{whole} {sign} {' + '.join(parts) or 'none'}"


def class_words(found: TieOut) -> str:
    """How many differ in each class that has some."""
    some = [(kind, len(found.of_class(kind))) for kind in Class]
    return "   ".join(
        f"{GLYPHS[kind]} {count:,} {CLASS_WORDS[kind]}" for kind, count in some if count
    )


def item_line(item: Item, width: int) -> Content:
    """One check: its mark, its words, what is left; what it means where there is room."""
    mark, style = ("✓", "good") if item.done else ("▲", "warn") if item.must else ("○", "plain")
    sums = "none" if item.done else _both(item.sums)
    return row(
        [
            (((mark, style),), 1, False),
            (((item.words, "plain"),), 35, False),
            (((sums, style),), 20, True),
            ((("" if item.done else item.why, "dim"),), width - 62 if width >= 100 else 0, False),
        ]
    )


def _gap(gap: CountAndMoney) -> str:
    return f"{'=' if gap == CountAndMoney() else '≠'} {_both(gap)}"


def _both(sums: CountAndMoney) -> str:
    return f"{sums.count:,}  {format_cents(sums.amount):>12}"
