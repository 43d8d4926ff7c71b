"""Whose a posted document is in QuickBooks: another customer's than its client's is a question.

When two customers are merged there, all that one had moves to the other, and the client's
own customer cannot be used any more: that is asked once for the client, not once for each
invoice and payment. Money that somebody moved by hand is asked about by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from store.books import Document
from sync.checks.ground import EXCLUDE, OPEN, Ground, finding
from sync.checks.kept import is_kept, keep_way
from sync.checks.money import Standing, is_memo, label_of
from sync.checks.names import check_party
from sync.shapes import ConflictKind, Finding


def customer_of(ground: Ground, client_id: str, document: Document) -> str:
    """Return the customer that a document of a client should be with; empty where any may be.

    A client without a link, or with a choice, may have had another one when it was posted.
    A sub-customer of it is the client's place.
    """
    key = ("client", client_id)
    link = ground.books.links.get(key)
    if link is None or key in ground.books.choices:
        return ""
    held = ground.index.customers.get(document.customer_id)
    if held is not None and held.parent_id == link.qbo_id:
        return held.qbo_id
    return link.qbo_id


def check_customer(ground: Ground, client_id: str, document: Document) -> Iterator[Finding]:
    """Yield that a client's customer is gone, where a document of it is with another one now."""
    wanted = customer_of(ground, client_id, document)
    client = ground.books.clients.get(client_id)
    if wanted and wanted != document.customer_id and client is not None:
        yield from check_party(ground, client)


def check_moved(ground: Ground, one: Standing) -> Iterator[Finding]:
    """Yield that posted money is with another customer than its client's."""
    record, there = one.record, one.document
    if there is None or there.removed or ground.index.link(one.kind, record.id) is None:
        return
    wanted = customer_of(ground, record.client_id, there)
    if not wanted or wanted == there.customer_id:
        return
    gone = list(check_customer(ground, record.client_id, there))
    yield from gone
    if gone or is_kept(ground, record, there):
        return
    kind = ConflictKind.CREDIT if is_memo(record) else ConflictKind.PAYMENT
    label = label_of(record)
    yield finding(
        ConflictKind.REFUND if one.kind == "refund" else kind,
        (one.kind, record.id, label),
        f"{label[:1].upper()}{label[1:]} is with {ground.customer_name(there.customer_id)} in"
        f" QuickBooks; its client {ground.client_name(record.client_id)} is"
        f" {ground.customer_name(wanted)}.",
        (OPEN, keep_way(record, there), EXCLUDE),
    )
