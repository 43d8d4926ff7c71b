"""Plans the money that is on no invoice, when it is selected by its key; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from core.records import Refund
from core.text import display
from store.states import InvoiceStatus
from sync.bodies import expected_body, memo_body, payment_body
from sync.checks.ground import Ground
from sync.checks.loose import Loose, loose_customer, loose_money
from sync.checks.money import Money, State, is_memo, label_of
from sync.draft import Drafts
from sync.notes import money_notes
from sync.shapes import InvoicePlan, Outcome, PlannedPosting
from sync.standing import keep_of

_KINDS = ("payment:", "credit:", "refund:")
_APART = {
    State.REVERSE: ("it voids a payment in QuickBooks",),
    State.CHANGE: ("it changes a payment in QuickBooks",),
}


class LooseDrafts:
    """Drafts payments, prepayments and credit memos on no invoice."""

    def __init__(self, ground: Ground, drafts: Drafts) -> None:
        self._ground = ground
        self._drafts = drafts

    def plan(self, selection: Sequence[str], also: Collection[str]) -> Iterator[InvoicePlan]:
        """Yield the plan of each selected key, oldest money first.

        Args:
            selection: keys such as `credit:c-7`; invoices' ids are left aside.
            also: what was ticked on its own: only then is anything voided.
        """
        wanted = {key for key in selection if key.startswith(_KINDS)}
        if not wanted:
            return
        for key, loose in loose_money(self._ground).items():
            if key in wanted:
                yield self._one(loose, ticked=key in also)

    def _one(self, loose: Loose, *, ticked: bool) -> InvoicePlan:
        record = loose.record
        change, keep = loose.standing.change, keep_of(loose.standing)
        apart = _APART.get(loose.standing.state, ())
        postings = (self._posting(loose),) if loose.due else ()
        held = postings if apart and not ticked else ()
        return InvoicePlan(
            docket_id=loose.key,
            number=display(record.number, 30),
            client=self._ground.client_name(record.client_id),
            status=_status(loose),
            total=record.amount,
            paid=False,
            outcome=_outcome(loose, waits=bool(held)),
            reason=loose.trouble or ("tick it on its own" if held else ""),
            notes=tuple(money_notes(self._ground, loose.standing)) if postings else (),
            postings=() if held else postings,
            changes=() if change is None else change.fields,
            apart=apart,
            held=held,
            keeps=() if keep is None else (keep,),
        )

    def _posting(self, loose: Loose) -> PlannedPosting:
        record, standing = loose.record, loose.standing
        about = (standing.kind, record.id)
        label = label_of(record)
        there = standing.document
        if standing.state == State.REVERSE and there is not None:
            return self._drafts.void(about, loose.key, label, there)
        if there is not None and standing.state == State.ADOPT:
            return self._drafts.posting(
                about,
                loose.key,
                there.entity,
                label=label,
                amount=record.amount,
                body=lambda _: expected_body(there),
                adopts=there.qbo_id,
            )
        assert not isinstance(record, Refund), "a lost refund is linked or asked about"
        if standing.state == State.CHANGE and there is not None and standing.change is not None:
            return self._drafts.update(about, loose.key, record, there, standing.change.body)
        return self._drafts.posting(
            about,
            loose.key,
            "CreditMemo" if is_memo(record) else "Payment",
            label=label,
            amount=record.amount,
            body=lambda mark: self._body(record, mark),
        )

    def _body(self, record: Money, mark: str) -> dict[str, object]:
        customer = loose_customer(self._ground, record)
        if is_memo(record):
            return memo_body(self._ground, record, customer, mark)
        return payment_body(self._ground, record, customer, (), mark)


def _status(loose: Loose) -> InvoiceStatus:
    if loose.due:
        return InvoiceStatus.PENDING
    if loose.trouble:
        return InvoiceStatus.CONFLICTED
    return InvoiceStatus.SYNCED if loose.standing.state == State.POSTED else InvoiceStatus.PENDING


def _outcome(loose: Loose, *, waits: bool) -> Outcome:
    if loose.trouble or waits:
        return Outcome.NEEDS_YOU
    if not loose.due:
        return Outcome.SKIPPED
    return Outcome.LINKED if loose.standing.state == State.ADOPT else Outcome.PAYMENT_ONLY
