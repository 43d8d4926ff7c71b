"""The postings of each selected invoice, in the order in which they must be made; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from core.records import Refund
from core.text import display
from store.books import Document, InvoiceFile
from store.states import InvoiceStatus
from sync.bodies import expected_body, invoice_body, refund_body, refund_lines
from sync.changes import whole
from sync.checks.document import sales_entity
from sync.checks.ground import Ground, shown_document
from sync.checks.money import Money, State, is_memo, money_label, refund_label
from sync.checks.money import Standing as MoneyStanding
from sync.checks.twins import posts_anyway
from sync.draft import Draft, Drafts
from sync.loose_drafts import LooseDrafts
from sync.memo_drafts import MemoDrafts
from sync.name_drafts import NameDrafts
from sync.new_choices import NewChoices
from sync.notes import invoice_notes, money_notes
from sync.preflight import CHECKING, judge
from sync.routes import Adopt, Apply, Create, Reverse, Route, Routes, Update, Wait
from sync.shapes import (
    InvoiceCheck,
    InvoicePlan,
    Need,
    Outcome,
    PlannedPosting,
    Preflight,
)
from sync.standing import Standing, apart_words, changes_of, keeps_of


class Planner:
    """Plans one selection; makes each posting once."""

    def __init__(self, ground: Ground, checked: Preflight, also: Collection[str] = ()) -> None:
        self._ground = ground
        self._checked = checked
        self._also = frozenset(also)
        self._drafts = Drafts(ground)
        self._names = NameDrafts(ground, self._drafts)
        self._memos = MemoDrafts(ground, self._drafts, self._names)
        self._loose = LooseDrafts(ground, self._drafts)
        self._choices = NewChoices(ground)

    def plan(self, selection: Sequence[str]) -> Iterator[InvoicePlan]:
        """Yield the plan of each selected invoice, by date, number and id."""
        books = self._ground.books
        files = [books.invoices[key] for key in set(selection) if key in books.invoices]
        files.sort(key=_order)
        routes = Routes(self._ground, [file.invoice.id for file in files if self._goes(file)])
        for file in files:
            yield self._invoice(routes, file)
        yield from self._loose.plan(selection, self._also)

    def _check(self, file: InvoiceFile) -> InvoiceCheck:
        known = self._checked.invoices.get(file.invoice.id)
        return known or judge(self._ground, self._drafts.standing(file))

    def _goes(self, file: InvoiceFile) -> bool:
        pending = self._check(file).status == InvoiceStatus.PENDING
        return pending and (file.invoice.id in self._also or not self._apart(file))

    def _apart(self, file: InvoiceFile) -> tuple[str, ...]:
        """Return why an invoice is ticked on its own; only what is linked can be."""
        if self._check(file).status != InvoiceStatus.PENDING:
            return ()
        if ("invoice", file.invoice.id) not in self._ground.books.links:
            return ()
        return apart_words(self._ground, self._drafts.standing(file))

    def _held(self, file: InvoiceFile) -> InvoicePlan:
        """Return the plan of an invoice if it alone were ticked."""
        alone = Planner(self._ground, self._checked, [file.invoice.id])
        return next(alone.plan([file.invoice.id]))

    def _invoice(self, routes: Routes, file: InvoiceFile) -> InvoicePlan:
        check = self._check(file)
        apart = self._apart(file)
        if apart and not self._goes(file):
            would = self._held(file)
            return replace(
                would,
                outcome=Outcome.NEEDS_YOU,
                reason=f"changes what is settled: tick it on its own ({', '.join(apart)})",
                postings=(),
                held=would.postings,
            )
        draft = Draft()
        if self._goes(file):
            outcome, reason = self._work(routes, routes.standing(file.invoice.id), draft)
        else:
            outcome, reason = _no_work(check), check.reason
        return InvoicePlan(
            docket_id=file.invoice.id,
            number=file.invoice.number,
            client=self._ground.client_name(file.invoice.client_id),
            status=check.status,
            total=file.invoice.total,
            paid=draft.settled >= file.invoice.total > 0,
            outcome=outcome,
            reason=reason,
            notes=tuple(draft.notes),
            postings=tuple(draft.postings),
            changes=changes_of(self._drafts.standing(file)) if check.qbo_id else (),
            apart=apart,
            keeps=keeps_of(self._drafts.standing(file)) if apart else (),
        )

    def _work(self, routes: Routes, standing: Standing, draft: Draft) -> tuple[Outcome, str]:
        """Draft what an invoice needs; return its outcome, with a reason if there is none."""
        outcome = self._document(standing, draft)
        moved = self._money(routes, standing, draft)
        if outcome is not None:
            return outcome, ""
        if moved == {"adopt"}:
            return Outcome.LINKED, ""
        if moved:
            return Outcome.PAYMENT_ONLY, ""
        return Outcome.SKIPPED, "; ".join(draft.notes) or "nothing to post yet"

    # --- the invoice itself

    def _document(self, standing: Standing, draft: Draft) -> Outcome | None:
        if standing.drift.void and standing.document is not None:
            self._void(standing, standing.document, draft)
            return Outcome.UPDATED
        if standing.link is None and standing.twin.adopt is not None:
            self._link(standing, draft)
            return Outcome.LINKED
        if standing.link is None:
            self._create(standing, draft)
            return Outcome.POSTED
        if standing.changed and standing.document is not None:
            self._update(standing, draft)
            return Outcome.UPDATED
        return None

    def _create(self, standing: Standing, draft: Draft) -> None:
        invoice = standing.invoice
        needs = self._names.draft(standing, invoice.lines, draft)
        choice = self._choices.of(standing)
        customer = self._drafts.customer(standing)
        draft.notes += invoice_notes(self._ground, standing)
        draft.postings.append(
            self._drafts.posting(
                ("invoice", invoice.id),
                invoice.id,
                sales_entity(invoice),
                label=f"invoice {display(invoice.number, 30)}",
                amount=abs(invoice.total),
                body=lambda marker: invoice_body(self._ground, invoice, customer, marker),
                needs=needs,
                uses_choice=choice,
                beside=posts_anyway(self._ground, invoice),
            )
        )

    def _link(self, standing: Standing, draft: Draft) -> None:
        invoice, document = standing.invoice, standing.twin.adopt
        if document is None:
            return
        self._names.adopt_client(standing, document.customer_id, draft)
        draft.notes.append(f"links {shown_document(self._ground, document)}")
        draft.notes += standing.twin.differences
        draft.postings.append(
            self._drafts.posting(
                ("invoice", invoice.id),
                invoice.id,
                "Invoice",
                label=f"invoice {display(invoice.number, 30)}",
                amount=invoice.total,
                body=lambda _: expected_body(document),
                adopts=document.qbo_id,
            )
        )

    def _update(self, standing: Standing, draft: Draft) -> None:
        invoice, document = standing.invoice, standing.document
        if document is None:
            return
        needs = self._names.draft(standing, invoice.lines, draft)
        customer = self._drafts.customer(standing)
        draft.notes += invoice_notes(self._ground, standing)
        changes = standing.drift.changes
        if changes is None:
            draft.notes.append("how it was posted is not kept: all of it is sent again")
        draft.postings.append(
            self._drafts.posting(
                ("invoice", invoice.id),
                invoice.id,
                document.entity,
                operation=f"update@{document.sync_token}",
                label=f"change of invoice {display(invoice.number, 30)}",
                amount=abs(invoice.total),
                body=lambda _: {
                    "Id": document.qbo_id,
                    "SyncToken": document.sync_token,
                    "sparse": True,
                    **(
                        whole(invoice_body(self._ground, invoice, customer, None), document.body)
                        if changes is None
                        else changes.body
                    ),
                },
                needs=needs,
                uses_choice=self._choices.of(standing),
            )
        )

    def _void(self, standing: Standing, document: Document, draft: Draft) -> None:
        invoice = standing.invoice
        label = f"invoice {display(invoice.number, 30)}"
        draft.postings.append(
            self._drafts.void(("invoice", invoice.id), invoice.id, label, document)
        )

    # --- its payments, credits and refunds

    def _money(self, routes: Routes, standing: Standing, draft: Draft) -> set[str]:
        """Draft the money of an invoice; return what happens: adopt, create, or nothing."""
        moved: set[str] = set()
        room: list[Need] = []
        for one in sorted(standing.money, key=lambda one: one.state != State.CHANGE):
            draft.notes += money_notes(self._ground, one)
            if one.state == State.POSTED and one.kind != "refund":
                draft.settled += one.amount
            if not one.to_send or (standing.dead and one.state != State.REVERSE):
                continue  # what a void freed is on no invoice: see sync.checks.loose
            if is_memo(one.record):
                moved.add(self._memos.draft(standing, one, routes.value, draft))
                continue
            route = routes.of(standing, one)
            if isinstance(route, Wait):
                draft.notes.append(route.words)
                continue
            if isinstance(route, Update):
                room.append(Need(one.kind, one.record.id))
            moved.add("adopt" if isinstance(route, Adopt) else "create")
            if one.kind != "refund" and not isinstance(route, Reverse):
                draft.settled += one.amount
            if route.home == standing.invoice.id:
                draft.postings.append(self._moved(standing, one, route, room))
        return moved

    def _moved(
        self, standing: Standing, one: MoneyStanding, route: Route, room: Sequence[Need]
    ) -> PlannedPosting:
        if isinstance(one.record, Refund):
            return self._refund(standing, one.record, route)
        record = (one.kind, one.record.id)
        if isinstance(route, Update):
            return self._drafts.update(
                record, standing.invoice.id, one.record, route.document, route.body
            )
        if isinstance(route, Apply):
            return self._drafts.applied_later(standing, one.record, route.document, route.more)
        if isinstance(route, Reverse):
            label = money_label(one.record)
            return self._drafts.void(record, standing.invoice.id, label, route.document)
        return self._payment(standing, one.record, route, room)

    def _payment(
        self, standing: Standing, payment: Money, route: Route, room: Sequence[Need]
    ) -> PlannedPosting:
        return self._drafts.payment(
            standing,
            payment,
            label=money_label(payment),
            applied=route.applied if isinstance(route, Create) else (),
            adopts=route.document if isinstance(route, Adopt) else None,
            after=room,
        )

    def _refund(self, standing: Standing, refund: Refund, route: Route) -> PlannedPosting:
        ground, invoice = self._ground, standing.invoice
        adopts = route.document if isinstance(route, Adopt) else None
        customer = self._drafts.customer(standing)
        receipt = ground.policy.refunds == "refund_receipt"
        entity = "RefundReceipt" if receipt else "CreditMemo"
        needs = () if adopts else self._drafts.needs(standing, refund_lines(invoice, refund))
        return self._drafts.posting(
            ("refund", refund.id),
            invoice.id,
            entity if adopts is None else adopts.entity,
            label=refund_label(refund),
            amount=refund.amount,
            body=lambda mark: (
                refund_body(ground, refund, invoice, customer, mark)
                if adopts is None
                else expected_body(adopts)
            ),
            needs=needs,
            adopts="" if adopts is None else adopts.qbo_id,
        )


def _order(file: InvoiceFile) -> tuple[str, str, str]:
    invoice = file.invoice
    return invoice.issued_on.isoformat(), invoice.number, invoice.id


def _no_work(check: InvoiceCheck) -> Outcome:
    if check.status == InvoiceStatus.CONFLICTED:
        return Outcome.NEEDS_YOU
    if check.status == InvoiceStatus.SYNCING and check.reason_code == CHECKING:
        return Outcome.CHECKING
    return Outcome.SKIPPED
