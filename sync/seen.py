"""Tells a payment from an edit: up to which SyncToken a linked document is as we left it.

A payment, a deposit or an e-mail raises the token of an invoice and leaves its content
alone. When a newer state arrives and says the same as the one before, the link moves on
to its token; when it says something else, the link stays behind, and preflight compares
field by field. So nothing has to be compared for the thousands that were only paid.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from core.jsonio import JsonObject
from store import links, mirror
from sync.content import same_content

LINKED = frozenset({"Invoice", "Payment", "CreditMemo", "RefundReceipt"})


def follow_tokens(session: Session, realm: str, entity: str, objects: Sequence[JsonObject]) -> None:
    """Move links on, before `objects` take the place of the states that are known of them."""
    if entity not in LINKED:
        return
    arrived = {str(one["Id"]): one for one in objects}
    behind = {
        link.qbo_id: link.sync_token
        for link in links.owners_of(session, realm, entity, arrived)
        if _newer(str(arrived[link.qbo_id].get("SyncToken", "")), link.sync_token)
    }
    if not behind:
        return
    known = mirror.known_bodies(session, realm, entity, behind)
    moved = {
        qbo_id: str(arrived[qbo_id]["SyncToken"])
        for qbo_id, (token, body) in known.items()
        if token == behind[qbo_id] and same_content(body, arrived[qbo_id])
    }
    links.move_tokens(session, realm, entity, moved)


def _newer(token: str, than: str) -> bool:
    return token.isdigit() and than.isdigit() and int(token) > int(than)
