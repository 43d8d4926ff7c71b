"""Which documents QuickBooks no longer has: what a list read in full cannot tell by itself.

CDC tells of deletions for 30 days, and only as far as its 1,000 objects reach. After
that a document that is missing from a list may have been deleted, or moved to a day
outside of what was read, or just not be shown yet. Its Id alone decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from connectors.qbo.faults import QboRefused
from connectors.qbo.query import select, where_in
from sync.ports import QboPort

BATCH = 50
NOT_FOUND = "610"


async def gone_from(qbo: QboPort, entity: str, ids: Sequence[str]) -> list[str]:
    """Return which of these documents are deleted.

    Fifty are asked for at once; those that the query does not show are read one by one.
    """
    gone = []
    for begin in range(0, len(ids), BATCH):
        some = ids[begin : begin + BATCH]
        rows = await qbo.query(select(entity, where_in("Id", some)))
        shown = {str(row["Id"]) for row in rows}
        gone += [one for one in some if one not in shown and await _is_gone(qbo, entity, one)]
    return gone


async def _is_gone(qbo: QboPort, entity: str, qbo_id: str) -> bool:
    try:
        await qbo.read(entity, qbo_id)
    except QboRefused as no:
        if no.code == NOT_FOUND:
            return True
        raise
    return False
