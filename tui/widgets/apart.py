"""The block of a preview that changes what is settled in QuickBooks, ticked or not.

It says so in words and with a mark, and is red besides; nothing in it goes with "all
pending" unless it was ticked on its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from sync.shapes import FieldChange, InvoicePlan, Plan
from tui.widgets.cells import Cell, safe, text_cell
from tui.widgets.sheet import ink, row
from tui.words import counted, worth

SHOWN = 4
"""Invoices that the block names before it says how many more there are."""
FIELD = 16
MOVED = "≠"
"""Stands before what is no longer as it was posted."""


def ticked(plan: Plan, one: InvoicePlan) -> bool:
    """Whether an invoice of the block is part of what is sent."""
    return one.docket_id in plan.also


def apart_lines(plan: Plan) -> Iterable[Content]:
    """The block: a heading, each invoice with its tick and its reason, how to tick."""
    if not plan.apart:
        return
    chosen = sum(ticked(plan, one) for one in plan.apart)
    what = counted(len(plan.apart), "change")
    title = f"▲ {what} of what is settled in QuickBooks: {chosen} ticked, the rest is not sent"
    yield ink(title, "bad").stylize("bold")
    for one in plan.apart[:SHOWN]:
        mark = "[x]" if ticked(plan, one) else "[ ]"
        words = f"{mark} {one.number}  {one.client}  {worth(one.total)}: "
        yield ink(f"  {words}{', '.join(one.apart)}", "bad")
    if len(plan.apart) > SHOWN:
        yield ink(f"  and {len(plan.apart) - SHOWN} more, marked in the list", "bad")
    yield ink(
        "  x ticks the one in the list, X all or none; l leaves both sides as they are", "dim"
    )


def three_ways(changes: Iterable[FieldChange], width: int) -> Iterable[Content]:
    """What changed, field by field: as posted, in Docket now, in QuickBooks now.

    What is no longer as posted has a sign before it, for eyes that see no colour.
    """
    rows = list(changes)
    if not rows:
        return
    side = max((width - FIELD - 4) // 3, 8)
    heads = ("changed", "as posted", "Docket now", "QuickBooks now")
    yield row(
        [
            (((head if place == 0 else f"  {head}", "dim"),), FIELD if place == 0 else side, False)
            for place, head in enumerate(heads)
        ]
    )
    for one in rows:
        texts = (one.posted, one.docket, one.quickbooks)
        cells = [(_side(text, one.posted, side), side, False) for text in texts]
        yield row([(text_cell(one.field, "dim"), FIELD, False), *cells])


def _side(text: str, posted: str, width: int) -> Cell:
    shown = safe(text, width - 2) if text else "–"
    return text_cell(f"  {shown}") if text == posted else text_cell(f"{MOVED} {shown}", "warn")
