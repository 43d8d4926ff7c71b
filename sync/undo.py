"""What "Void in QuickBooks…" would do: a plan of its own, worked out from the cache; pure.

Only what this program created is voided, and only if nobody has touched it since: its
content is what was posted, nothing of somebody else's settles it, it lies in no bank
deposit and in no closed month. Whatever is left out is listed with its reason. Customers
and products stay, unless it is ticked to make them inactive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from core.jsonio import JsonObject, dumps, loads
from core.money import Cents
from store.books import Books, Document, Link
from store.journal_rows import PostingRow
from store.states import OPEN_STATES, LinkOrigin, PostingState
from sync.checks.deposited import may_change
from sync.checks.ground import Ground
from sync.checks.money import payment_label
from sync.policy import Policy
from sync.verify import agrees, compare

VOIDABLE = frozenset({"Invoice", "Payment"})
NAMES: Mapping[str, str] = {"Customer": "customer", "Item": "product/service"}
_UNDER_WAY = OPEN_STATES | {PostingState.HOLD}


class Undo(StrEnum):
    """What happens to one thing that was posted."""

    VOID = "void"
    INACTIVE = "inactive"
    STAYS = "stays"
    LEFT = "left"  # cannot be undone; the line says why


UNDO_WORDS: Mapping[Undo, str] = {
    Undo.VOID: "to void",
    Undo.INACTIVE: "to make inactive",
    Undo.STAYS: "stays",
    Undo.LEFT: "cannot be undone here",
}


@dataclass(frozen=True, slots=True)
class UndoLine:
    """One thing that was posted, and what would become of it."""

    posting_id: int
    kind: str
    docket_id: str
    invoice_id: str
    entity: str
    qbo_id: str
    sync_token: str
    label: str
    amount: Cents
    action: Undo
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """The preview of a void; what was confirmed is what is sent."""

    postings: tuple[int, ...]
    """Of the sync log, as chosen."""
    inactive: bool
    """Whether customers and products are made inactive too."""
    lines: tuple[UndoLine, ...]
    """Payments first, then invoices, then names."""
    digest: str

    def of(self, action: Undo) -> tuple[UndoLine, ...]:
        """The lines with this action."""
        return tuple(line for line in self.lines if line.action is action)

    @property
    def amount(self) -> Cents:
        """The sum of what is voided."""
        return sum(line.amount for line in self.of(Undo.VOID))


def plan_undo(
    books: Books,
    rows: Sequence[PostingRow],
    bodies: Mapping[tuple[str, str], bytes | None],
    *,
    inactive: bool,
) -> UndoPlan:
    """Work out what voiding these postings would do.

    Args:
        books: what the cache knows.
        rows: postings of the sync log; of one record the newest counts.
        bodies: of every linked record, what was posted, by (kind, Docket id).
        inactive: make the customers and products inactive that were created.
    """
    ground = Ground.of(books, Policy.from_settings(books.settings))
    chosen = {(row.kind, row.docket_id): row for row in sorted(rows, key=lambda row: row.id)}
    chosen = {key: row for key, row in chosen.items() if not row.operation.startswith("void@")}
    made = frozenset((row.kind, row.docket_id) for row in rows if row.operation == "create")
    judge = _Judge(ground, bodies, made)
    lines = [judge.line(row, inactive=inactive) for row in chosen.values()]
    lines = list(_with_their_payments(ground, lines))
    lines.sort(key=lambda line: (_ORDER.get(line.entity, 1), line.posting_id))
    text = dumps([[line.posting_id, str(line.action), line.sync_token] for line in lines])
    digest = hashlib.sha256(f"{inactive}{text}".encode()).hexdigest()
    return UndoPlan(tuple(sorted(row.id for row in rows)), inactive, tuple(lines), digest)


_ORDER: Mapping[str, int] = {"Payment": 0, "Invoice": 1, "CreditMemo": 2, "Customer": 3, "Item": 4}


class _Judge:
    def __init__(
        self,
        ground: Ground,
        bodies: Mapping[tuple[str, str], bytes | None],
        made: Collection[tuple[str, str]],
    ) -> None:
        self._ground = ground
        self._bodies = bodies
        self._made = made
        """The records of which the line that made them was chosen."""

    def line(self, row: PostingRow, *, inactive: bool) -> UndoLine:
        link = self._ground.index.link(row.kind, row.docket_id)
        document = self._ground.index.document(row.entity, row.qbo_id)
        reason = self._why_not(row, link, document)
        action = Undo.LEFT if reason else Undo.VOID
        if row.entity in NAMES:
            action = Undo.INACTIVE if inactive and not reason else Undo.STAYS
        token = "" if document is None else document.sync_token
        return UndoLine(
            posting_id=row.id,
            kind=row.kind,
            docket_id=row.docket_id,
            invoice_id=row.invoice_id,
            entity=row.entity,
            qbo_id=row.qbo_id,
            sync_token=token,
            label=row.label,
            amount=row.amount,
            action=action,
            reason=reason,
        )

    def _why_not(self, row: PostingRow, link: Link | None, document: Document | None) -> str:
        if row.state != PostingState.CONFIRMED:
            return "it is not in QuickBooks, or not as it was sent"
        if link is None or link.qbo_id != row.qbo_id:
            return "it is no longer linked"
        if row.operation.startswith("update@") and (row.kind, row.docket_id) not in self._made:
            return "it changed what an earlier sync made: choose that one's line to void it"
        if link.origin is LinkOrigin.ADOPTED:
            return "it was in QuickBooks already; only what this program made is undone"
        newest = self._ground.index.newest_posting(row.kind, row.docket_id)
        if newest is not None and newest.state in _UNDER_WAY:
            return "it waits in the sync log"
        if row.entity in NAMES:
            return ""
        if row.entity not in VOIDABLE:
            return (
                "QuickBooks has no void for a credit memo or refund receipt: if it is wrong,"
                " delete it there"
            )
        if document is None:
            return "it was not seen in QuickBooks: refresh first"
        if document.removed:
            return f"it is {document.removed.lower()} in QuickBooks already"
        if document.sync_token != link.sync_token or not self._as_posted(row, document):
            return "somebody has changed it in QuickBooks since"
        return may_change(self._ground, document)

    def _as_posted(self, row: PostingRow, document: Document) -> bool:
        body = self._bodies.get((row.kind, row.docket_id))
        sent: JsonObject | None = None if body is None else loads(body)
        return sent is not None and agrees(compare(sent, document.body, row.entity))


def _with_their_payments(ground: Ground, lines: Iterable[UndoLine]) -> Iterator[UndoLine]:
    """Yield the lines; an invoice goes only with everything that is applied to it."""
    kept = list(lines)
    going = {line.qbo_id for line in kept if line.entity == "Payment" and line.action is Undo.VOID}
    for line in kept:
        rest = _applied(ground, line, going) if line.action is Undo.VOID else ""
        if rest:
            yield replace(line, action=Undo.LEFT, reason=rest)
        else:
            yield line


def _applied(ground: Ground, line: UndoLine, going: Collection[str]) -> str:
    """Return what else settles an invoice, in words; empty if nothing does."""
    document = ground.index.document(line.entity, line.qbo_id)
    if line.entity != "Invoice" or document is None:
        return ""
    for part in document.applied:
        if part.entity == "Payment" and part.qbo_id in going:
            continue
        owner = ground.index.linked.get((part.entity, part.qbo_id))
        own = None if owner is None else ground.index.payments.get(owner.docket_id)
        what = payment_label(own) if own is not None else f"a {_entity_words(part.entity)}"
        return f"{what} is applied to it: choose that too, or take it off in QuickBooks first"
    return ""


def _entity_words(entity: str) -> str:
    return "".join(f" {one.lower()}" if one.isupper() else one for one in entity).strip()
