"""Walks through a list that may change while it is read.

QuickBooks' pages are positions in a list, not a snapshot: when a record before the
page goes away, the rest moves up and one row would be passed over for ever. So each
page begins with the last row of the one before; if that row is not there, the walk
steps back. A short page is not taken for the end; a page with nothing after that
row is.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from connectors.qbo.faults import QboUnclear
from core.jsonio import JsonObject

STEPS_BACK = 20
"""After so many, the list changes faster than it can be read."""


async def walk(
    ask: Callable[[int], Awaitable[Sequence[JsonObject]]], page: int
) -> AsyncIterator[list[JsonObject]]:
    """Yield rows page by page, each Id once.

    Args:
        ask: returns the rows from a position on, counted from 1, in the order of Ids.
        page: rows asked for at once, at least 2.

    Raises:
        QboUnclear: the list kept changing under the walk.
    """
    seen: set[str] = set()
    start, last, steps = 1, "", 0
    while True:
        rows = await ask(start)
        fresh = [row for row in rows if row["Id"] not in seen]
        seen.update(row["Id"] for row in fresh)
        if fresh:
            yield fresh
        moved = start > 1 and (not rows or (last and rows[0]["Id"] != last))
        if moved:
            steps += 1
            if steps > STEPS_BACK:
                raise QboUnclear("the list changed faster than it could be read")
            start, last = max(1, start - page), ""
            continue
        if not rows or (len(rows) == 1 and not fresh):
            return
        start, last = start + len(rows) - 1, rows[-1]["Id"]
