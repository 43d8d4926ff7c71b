"""What a person said about something posted: leave it as it is, or post anew what is gone; pure.

To leave it holds for what both sides said then: a later change on either asks anew.
"""

from __future__ import annotations

from core.records import Credit, Payment, Refund
from store.books import Document, Link
from sync.checks.ground import Ground
from sync.checks.money import kind_of
from sync.content import content_digest
from sync.fingerprint import fingerprint
from sync.shapes import WayOut


def live_link(ground: Ground, kind: str, docket_id: str) -> Link | None:
    """Return a record's link, unless a person said to post anew what was removed."""
    link = ground.index.link(kind, docket_id)
    choice = ground.books.choices.get((kind, docket_id))
    if link is None or choice is None or choice.action != "create":
        return link
    document = ground.index.document(link.entity, link.qbo_id)
    gone = document is not None and bool(document.removed)
    return None if gone and choice.qbo_id == link.qbo_id else link


def again_way(there: Document) -> WayOut:
    """The way out that posts anew what was removed in QuickBooks."""
    return WayOut("create", "Post it again", entity=there.entity, qbo_id=there.qbo_id)


def is_kept(ground: Ground, record: Payment | Refund | Credit, there: Document) -> bool:
    """Whether a person said so, or linked what differs, and nothing has changed since."""
    choice = ground.books.choices.get((kind_of(record), record.id))
    if choice is None or choice.action not in ("keep", "link"):
        return False
    return choice.name == _seen(record, there)


def link_way(record: Payment | Refund | Credit, there: Document) -> WayOut:
    """The way out that links what is there already although it differs."""
    words = "Link them as they are; the proof lists the difference"
    return WayOut("link", words, _seen(record, there), there.entity, there.qbo_id)


def keep_way(record: Payment | Refund | Credit, there: Document) -> WayOut:
    """The way out that leaves both sides as they are."""
    words = "Leave both as they are"
    return WayOut("keep", words, _seen(record, there), there.entity, there.qbo_id)


def leave_out_way(record: Refund) -> WayOut:
    """The way out that leaves a record that was never posted out of QuickBooks."""
    return WayOut("keep", "Leave it out of QuickBooks", _unposted(record))


def is_left_out(ground: Ground, record: Refund) -> bool:
    """Whether a person said so, and Docket has not changed it since."""
    choice = ground.books.choices.get((kind_of(record), record.id))
    return choice is not None and choice.action == "keep" and choice.name == _unposted(record)


def _unposted(record: Refund) -> str:
    return f"not posted:{fingerprint(record)[-12:]}"


def _seen(record: Payment | Refund | Credit, there: Document) -> str:
    gone = "void" if record.voided_at is not None else ""
    state = gone or ("deleted" if record.deleted_at is not None else "")
    status = record.status if isinstance(record, Payment) else ""
    said = fingerprint(record)[-12:]
    return f"{content_digest(there.body)}:{there.removed}:{said}:{state or status}"
