"""A small world for screen tests: a listing over a list, and a desk that does as told.

Screens are tested on what they show and what they call; the real desk over a built
cache has its own tests and is driven by the program's own.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from core.money import to_decimal
from core.records import Address, Allocation, Client, Invoice, InvoiceLine, Payment, TaxLine
from store.books import Choice, Document, Link
from store.details import AuditView, InvoiceDetail
from store.listing import CountAndSum, Filter, InvoiceRow, Sort, Waiting
from store.posting_views import AttemptView, JournalFilter, PostingView
from store.states import POSTING_WORDS, InvoiceStatus, LinkOrigin, PostingState
from sync.control import RunControl
from sync.opening import Opening, OpeningRow
from sync.patterns import PatternName, PatternPreview
from sync.questions import Question, questions
from sync.shapes import (
    Banner,
    BulkLock,
    Candidate,
    Compared,
    ConflictGroup,
    ConflictKind,
    CountAndMoney,
    Estimate,
    FieldChange,
    InvoicePlan,
    InvoiceResult,
    NameMatch,
    NameRow,
    NameState,
    Outcome,
    Plan,
    PlannedPosting,
    PostingResult,
    Proof,
    PullProgress,
    PullResult,
    RunProgress,
    RunResult,
    WayOut,
)
from sync.undo import Undo, UndoLine, UndoPlan
from tests.tui.fake_money import FakeMoney
from tests.tui.fake_names import all_names, rule_names, rule_preview
from tests.tui.fake_proof import FakeTieOut

HOSTILE = "[@click=app.quit]Acme[/] \x1b]52;c;AAAA\x07 \u202egnp\u200b 日本🚛"
NOW = datetime(2026, 11, 23, 9, 1, tzinfo=UTC)
CLIENTS = (
    "Kestrel Roofing LLC",
    "O'Brien & Sons Hauling",
    "日本建設株式会社",
    "Muñoz Landscaping",
    "Harbor Point HOA",
    "Ridgeline Builders, Inc.",
)
_STATUSES = (
    *[InvoiceStatus.PENDING] * 6,
    *[InvoiceStatus.CONFLICTED] * 2,
    *[InvoiceStatus.SYNCED] * 3,
    InvoiceStatus.EXCLUDED,
)


def make_rows(count: int = 240, client: str = "") -> list[InvoiceRow]:
    """Rows that look like an office's; `client` names them all."""
    return [_row(number, client) for number in range(count)]


def _row(number: int, client: str) -> InvoiceRow:
    status = _STATUSES[number % len(_STATUSES)]
    total = 9_000 + (number * 7_919) % 160_000
    paid = number % 5 < 3
    synced = status is InvoiceStatus.SYNCED
    reasons = {
        InvoiceStatus.PENDING: ("new", "new"),
        InvoiceStatus.CONFLICTED: (
            "customer_unclear",
            f"needs a customer: two are nearly the same as {client or CLIENTS[0]}",
        ),
        InvoiceStatus.EXCLUDED: ("excluded", "left out by hand"),
    }
    code, reason = reasons.get(status, ("", ""))
    return InvoiceRow(
        docket_id=f"inv{number}",
        number=client or str(1001 + number),
        issued_on=date(2026, 9, 1) + timedelta(days=number // 4),
        client=client or CLIENTS[number % len(CLIENTS)],
        total=total,
        open_docket=0 if paid else total,
        open_qbo=(0 if paid else total) if synced else None,
        qbo_number=str(1001 + number) if synced else "",
        last_synced=NOW - timedelta(days=2) if synced else None,
        status=status,
        reason=reason,
        reason_code=code,
        paid=paid,
    )


class FakeListing:
    """The listing's calls over a list of rows."""

    def __init__(self, rows: Sequence[InvoiceRow]) -> None:
        self.rows = list(rows)
        self.version = 1
        self.pages_read = 0

    def _found(self, which: Filter) -> list[InvoiceRow]:
        ids = None if which.ids is None else set(which.ids)
        return [
            row
            for row in self.rows
            if (which.status is None or row.status is which.status)
            and (which.paid is None or row.paid is which.paid)
            and (ids is None or row.docket_id in ids)
            and which.reason_code in ("", row.reason_code)
            and which.client.lower() in row.client.lower()
            and (which.first_day is None or row.issued_on >= which.first_day)
            and (which.last_day is None or row.issued_on <= which.last_day)
            and (which.least is None or row.total >= which.least)
            and (which.most is None or row.total <= which.most)
            and which.text.lower() in f"{row.number} {row.client}".lower()
        ]

    def page(self, which: Filter, sort: Sort, offset: int, limit: int) -> list[InvoiceRow]:
        self.pages_read += 1
        found = sorted(
            self._found(which),
            key=lambda row: _comparable(getattr(row, sort.column)),
            reverse=sort.descending,
        )
        return found[offset : offset + limit]

    def count(self, which: Filter) -> CountAndSum:
        return _sum(self._found(which))

    def known(self, which: Filter) -> CountAndSum | None:
        return self.count(which) if which.plain else None

    def reasons(self) -> list[tuple[InvoiceStatus, str, int]]:
        found = Counter((row.status, row.reason_code) for row in self.rows if row.reason_code)
        return [(status, code, count) for (status, code), count in found.most_common()]

    def aside(self) -> FakeListing:
        return self

    def interrupt(self) -> None:
        pass

    def ids(self, which: Filter) -> list[str]:
        return [row.docket_id for row in self._found(which)]

    def tabs(self) -> dict[InvoiceStatus, CountAndSum]:
        return {
            status: _sum([row for row in self.rows if row.status is status])
            for status in InvoiceStatus
        }

    def choices_waiting(self) -> int:
        return 7

    def sums(self, ids: Collection[str]) -> CountAndSum:
        return self.count(Filter(ids=ids))

    def position(self, docket_id: str, which: Filter, sort: Sort) -> int | None:
        rows = self.page(which, sort, 0, len(self.rows))
        places = [place for place, row in enumerate(rows) if row.docket_id == docket_id]
        return places[0] if places else None

    def waiting(self, docket_id: str) -> Waiting | None:
        due = NOW + timedelta(minutes=4)
        sent = NOW - timedelta(minutes=1)
        return Waiting(PostingState.UNKNOWN, sent, sent, due, None, sent, "")

    def data_version(self) -> int:
        return self.version


def _comparable(value: object) -> tuple[bool, object]:
    return value is not None, value


def _sum(rows: Sequence[InvoiceRow]) -> CountAndSum:
    return CountAndSum(len(rows), sum(row.total for row in rows))


def undo_plan(*, inactive: bool = False) -> UndoPlan:
    """A void of an invoice; its client stays unless it is ticked, and a refund cannot go."""

    def line(number: int, entity: str, label: str, action: Undo, reason: str = "") -> UndoLine:
        return UndoLine(
            number, entity.lower(), "", "d0", entity, "9", "0", label, 9_000, action, reason
        )

    lines = (
        line(1, "Invoice", "invoice 1001", Undo.VOID),
        line(2, "CreditMemo", "refund R-1", Undo.LEFT, "QuickBooks has no void for it"),
        line(3, "Customer", f"customer {HOSTILE}", Undo.INACTIVE if inactive else Undo.STAYS),
    )
    return UndoPlan((1, 2, 3), inactive, lines, f"digest {inactive}")


class FakeDesk:
    """A desk over the same rows; `calls` holds what was asked of it."""

    def __init__(
        self, listing: FakeListing, *, live: bool = False, name: str = "Acme Roll-Off LLC"
    ) -> None:
        self.listing = listing
        self.live = live
        self.name = name
        self.calls: list[tuple[str, object]] = []
        self.tie_out = FakeTieOut(listing.rows[0].client if listing.rows else "")
        self.money = FakeMoney(listing.rows[0].client if listing.rows else "")
        self.tested = False
        self.changed: tuple[FieldChange, ...] = ()
        """What differs three ways in every invoice."""
        self.fetched = True
        self.connected = True
        self.settled = False
        self.proposed: str | None = "inv0"
        self.may_post = True
        self.notice = ""
        self.country = self.currency = ""
        self.answers: dict[str, str] = {}
        """Settings that were changed."""
        self.unclear = False
        """The first invoice of a bulk run ends unclear."""
        self.left: RunProgress | None = None
        self.trouble: Exception | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.result: RunResult | None = None

    # reading

    def banner(self) -> Banner:
        return Banner(
            company=self.name,
            live=self.live,
            practice=not self.live,
            connected=self.connected,
            read_only=False,
            as_of=NOW if self.fetched else None,
            today=NOW.date(),
            may_post=self.may_post,
            notice=self.notice,
            country=self.country,
            currency=self.currency,
        )

    def questions(self) -> list[tuple[Question, str]]:
        return [(one, self.answers.get(one.key, one.answers[0].value)) for one in questions()]

    def first_needed(self, plan: Plan) -> list[tuple[Question, str]]:
        return self.questions()[: len(plan.invoices[:3])]

    def setting_effect(self, key: str, value: str) -> tuple[str, ...]:
        return (f"Effect of {key} = {value}.",)

    def set_setting(self, key: str, value: str) -> None:
        self.answers[key] = value

    def estimate(self) -> Estimate:
        return Estimate(
            duplicate_customers=9,
            generic_lines=14,
            generic_amount=387_000,
            invoices_twice=6,
            paid_but_open=521_500,
        )

    def names(self) -> list[NameRow]:
        if self.settled:
            return []
        return name_rows(self.listing.rows[0].client)

    def mappings(self) -> list[NameRow]:
        client = self.listing.rows[0].client
        return all_names(self.names(), client)

    def rule_names(self, pattern: str) -> tuple[PatternName, ...]:
        return rule_names(pattern)

    def pattern_preview(self, pattern: str, qbo_id: str) -> PatternPreview:
        return rule_preview(pattern, qbo_id)

    def conflicts(self) -> list[ConflictGroup]:
        done = {subject for call, subject in self.calls if call == "choose"}
        return [
            group
            for group in conflict_groups(self.listing.rows[0].client)
            if (group.subject_kind, group.subject_key) not in done
        ]

    def candidates(self, kind: str, key: str, text: str) -> list[Candidate]:
        self.calls.append(("candidates", text))
        return [Candidate("Customer", "77", f"{text.title()} Holdings", 71, (), usable=True)]

    def propose_test(self) -> str | None:
        return self.proposed

    def lock(self) -> BulkLock:
        words = "" if self.tested else "No test sync has agreed yet in this company."
        return BulkLock(open=self.tested, words=words)

    def preview(self, docket_ids: Sequence[str], also: Collection[str] = ()) -> Plan:
        if self.trouble:
            raise self.trouble
        self.calls.append(("preview", list(docket_ids)))
        wanted = set(docket_ids)
        return make_plan([row for row in self.listing.rows if row.docket_id in wanted])

    def link_preview(self) -> Plan:
        self.calls.append(("link_preview", None))
        return replace(make_plan([]), links_only=True)

    async def opening(self, day: date | None = None) -> Opening:
        rows = (
            OpeningRow("Acme Roll-Off", "Acme Roll-Off LLC", 200_00, 100_00),
            OpeningRow("Bay Homes", "Bay Homes", 50_00, 50_00),
        )
        return Opening(day or date(2026, 11, 1), rows)

    def unfinished(self) -> RunProgress | None:
        return self.left

    def last_result(self) -> RunResult | None:
        return self.result

    # deciding

    def choose(self, choice: Choice) -> int:
        self.calls.append(("choose", (choice.kind, choice.key)))
        self.calls.append(("choice", choice))
        return 12

    def changes(self, docket_id: str) -> tuple[FieldChange, ...]:
        return self.changed

    def mail(self, docket_ids: Sequence[str], *, wanted: bool) -> None:
        self.calls.append(("mail", (list(docket_ids), wanted)))

    def leave(self, one: InvoicePlan) -> None:
        self.calls.append(("leave", one.docket_id))

    def take_back(self) -> str | None:
        self.calls.append(("take_back", None))
        return "Took back: Kestrel Roofing LLC is Kestrel Roofing, LLC"

    def exclude(self, docket_ids: Sequence[str], reason: str) -> None:
        self.calls.append(("exclude", list(docket_ids)))

    def include(self, docket_ids: Sequence[str]) -> None:
        self.calls.append(("include", list(docket_ids)))

    def unsync_invoices(self, docket_ids: Sequence[str]) -> int:
        self.calls.append(("unsync", list(docket_ids)))
        return len(docket_ids)

    def unsync_client(self, client_id: str) -> int:
        self.calls.append(("unsync_client", client_id))
        return 3

    def retry(self, posting_id: int) -> None:
        self.calls.append(("retry", posting_id))

    def retry_alike(self, key: str) -> int:
        self.calls.append(("retry_alike", key))
        return 1

    def hold(self, posting_id: int, reason: str = "") -> None:
        self.calls.append(("hold", (posting_id, reason)))

    def set_start_date(self, day: date) -> None:
        self.calls.append(("start_date", day))

    # doing

    async def pull(
        self, watch: Callable[[PullProgress], None] | None = None, full: bool = False
    ) -> PullResult:
        self.calls.append(("pull", full))
        if watch:
            watch(PullProgress("Docket invoices", 120, 240))
        await self.gate.wait()
        self.fetched = True
        return PullResult(
            {"invoice": 3}, {"Invoice": 1}, first=False, company=self.name, warnings=()
        )

    async def test_sync(
        self,
        plan: Plan,
        watch: Callable[[RunProgress], None] | None = None,
        control: RunControl | None = None,
    ) -> RunResult:
        self.calls.append(("test_sync", plan))
        await self._run(plan, watch)
        if control is not None and control.stopping:
            return _unclear_test(plan)
        self.tested = True
        return result_of_test(plan, True)

    async def bulk_sync(
        self,
        plan: Plan,
        watch: Callable[[RunProgress], None] | None = None,
        control: RunControl | None = None,
    ) -> RunResult:
        self.calls.append(("bulk_sync", plan))
        await self._run(plan, watch)
        stopped = control is not None and control.stopping
        self.result = bulk_result(plan, stopped_because="you stopped it" if stopped else "")
        if self.unclear:
            first, *rest = self.result.invoices
            first = replace(first, outcome=Outcome.CHECKING)
            self.result = replace(self.result, invoices=(first, *rest))
        return self.result

    async def resume(
        self,
        watch: Callable[[RunProgress], None] | None = None,
        control: RunControl | None = None,
    ) -> RunResult:
        self.calls.append(("resume", None))
        plan = make_plan(self.listing.rows[:40])
        await self._run(plan, watch)
        return replace(bulk_result(plan), unclear_found=3)

    def void_plan(
        self,
        run_id: int | None = None,
        posting_ids: Sequence[int] = (),
        *,
        inactive: bool = False,
    ) -> UndoPlan:
        self.calls.append(("void_plan", inactive))
        return undo_plan(inactive=inactive)

    async def void(
        self, plan: UndoPlan, watch: Callable[[RunProgress], None] | None = None
    ) -> RunResult:
        self.calls.append(("void", plan))
        return await self.void_test(7)

    def void_preview(self, run_id: int) -> list[str]:
        return ["invoice 1001, 90.00"]

    async def void_test(self, run_id: int) -> RunResult:
        self.calls.append(("void_test", run_id))
        return replace(result_of_test(make_plan(self.listing.rows[:1]), True), kind="void")

    async def _run(self, plan: Plan, watch: Callable[[RunProgress], None] | None) -> None:
        if self.trouble:
            raise self.trouble
        if watch:
            watch(progress_of(plan))
        await self.gate.wait()


def make_plan(rows: Sequence[InvoiceRow]) -> Plan:
    """What a sync of these rows would do."""
    invoices = tuple(_plan_of(row) for row in rows)
    acting = [plan for plan in invoices if plan.outcome is Outcome.POSTED]
    paid = [plan for plan in acting if plan.paid]
    unpaid = [plan for plan in acting if not plan.paid]
    return Plan(
        invoices=invoices,
        totals={
            outcome: _money([plan for plan in invoices if plan.outcome is outcome])
            for outcome in Outcome
        },
        selected=_money(invoices),
        paid=_money(paid),
        unpaid=_money(unpaid),
        new_customers=(rows[0].client,) if rows else (),
        new_items=(),
        writes=2 * len(acting),
        payments=_money(paid),
        refunds=CountAndMoney(),
        metered_reads=2,
        digest="d" * 64,
    )


def _plan_of(row: InvoiceRow) -> InvoicePlan:
    needs = row.status is InvoiceStatus.CONFLICTED
    outcome = Outcome.NEEDS_YOU if needs else Outcome.POSTED
    return InvoicePlan(
        docket_id=row.docket_id,
        number=row.number,
        client=row.client,
        status=row.status,
        total=row.total,
        paid=row.paid,
        outcome=outcome,
        reason=row.reason if needs else "",
        notes=() if needs else (f"links customer {row.client} (differs only in case)",),
        postings=() if needs else (_posting(row),),
    )


def _posting(row: InvoiceRow) -> PlannedPosting:
    return PlannedPosting(
        kind="invoice",
        docket_id=row.docket_id,
        invoice_id=row.docket_id,
        entity="Invoice",
        operation="create",
        generation=1,
        label=f"invoice {row.number}",
        amount=row.total,
        body={
            "DocNumber": row.number,
            "TxnDate": row.issued_on.isoformat(),
            "CustomerRef": {"value": "12", "name": row.client},
            "PrivateNote": "Docket invoice [docket-qbo abcdef]",
            "Line": [
                {
                    "Amount": to_decimal(row.total),
                    "Description": "20 yd dumpster, 7 days",
                    "DetailType": "SalesItemLineDetail",
                    "SalesItemLineDetail": {
                        "ItemRef": {"value": "5", "name": "20 Yard Dumpster"},
                        "Qty": Decimal(1),
                        "UnitPrice": to_decimal(row.total),
                    },
                }
            ],
        },
    )


def _money(plans: Sequence[InvoicePlan]) -> CountAndMoney:
    return CountAndMoney(len(plans), sum(plan.total for plan in plans))


def progress_of(plan: Plan) -> RunProgress:
    """A run about half-way."""
    return RunProgress(
        run_id=7,
        phase="invoices",
        totals={**plan.totals, Outcome.POSTED: CountAndMoney(1, 100)},
        selected=plan.selected,
        writes_done=plan.writes // 2,
        writes_total=plan.writes,
        per_minute=212,
        seconds_left=75,
        waiting="",
        last="invoice 1042 posted",
        metered_reads=2,
    )


def bulk_result(plan: Plan, stopped_because: str = "") -> RunResult:
    """The end of a bulk run."""
    return RunResult(
        run_id=7,
        kind="bulk",
        finished=not stopped_because,
        stopped_because=stopped_because,
        totals=plan.totals,
        selected=plan.selected,
        invoices=tuple(
            InvoiceResult(p.docket_id, p.number, p.client, p.total, p.outcome, p.reason)
            for p in plan.invoices
        ),
        proof=Proof(plan.selected.amount, plan.selected.amount),
        agreed=True,
        postings=(),
        unclear_found=0,
        unclear_resent=0,
        metered_reads=2,
        started_at=NOW,
        ended_at=NOW + timedelta(seconds=74),
    )


def result_of_test(plan: Plan, equal: bool) -> RunResult:
    """The end of a test sync."""
    invoice = plan.invoices[0]
    compared = (
        Compared("total", "412.50", "412.50", equal=True),
        Compared("tax", "12.50", "12.50" if equal else "12.51", equal=equal),
        Compared("customer", invoice.client, invoice.client, equal=True),
    )
    posting = PostingResult(
        label=f"invoice {invoice.number}",
        kind="invoice",
        entity="Invoice",
        state="CONFIRMED",
        qbo_id="145",
        adopted=False,
        amount=invoice.total,
        compared=compared,
        reason="",
        web_url="https://app.qbo.intuit.com/app/invoice?txnId=145",
    )
    return replace(bulk_result(plan), kind="test", agreed=equal, postings=(posting,))


def _unclear_test(plan: Plan) -> RunResult:
    """A test that was stopped before it was known what became of it."""
    result = result_of_test(plan, True)
    invoice = replace(result.invoices[0], outcome=Outcome.CHECKING)
    totals = {**dict.fromkeys(Outcome, CountAndMoney()), Outcome.CHECKING: result.selected}
    posting = replace(result.postings[0], state="UNKNOWN", compared=(), qbo_id="")
    return replace(
        result,
        finished=False,
        stopped_because="you stopped it",
        invoices=(invoice,),
        totals=totals,
        postings=(posting,),
    )


def name_rows(client: str) -> list[NameRow]:
    """One name of each state that a person meets."""
    near = Candidate(
        "Customer",
        "31",
        f"{client[:8]},{client[8:]}",
        94,
        ("same e-mail", "same phone"),
        usable=True,
    )
    return [
        _name("client", "c1", client, NameState.NEARLY, None, (near,), 12, waiting=True),
        _name("client", "c2", CLIENTS[1], NameState.SAME, near, (), 30),
        _name("client", "c3", CLIENTS[2], NameState.MISSING, None, (), 4),
        _name("client", "c4", CLIENTS[3], NameState.TAKEN, None, (), 2, waiting=True),
        _name("product", "p1", "20 Yard Dumpster", NameState.SAME, near, (), 88),
        _name("product", "p2", "Overage / ton", NameState.MISSING, None, (), 9, waiting=True),
    ]


def _name(
    kind: str,
    key: str,
    name: str,
    state: NameState,
    target: Candidate | None,
    candidates: tuple[Candidate, ...],
    invoices: int,
    *,
    waiting: bool = False,
) -> NameRow:
    create = name if state is NameState.MISSING and kind == "client" else ""
    match = NameMatch(kind, key, name, state, target, create, candidates)
    return NameRow(match, invoices, invoices * 41_250, waiting, ("office@example.com",))


def conflict_groups(client: str) -> list[ConflictGroup]:
    """A customer to choose, a product to choose, and one without a choice."""
    candidates = (
        Candidate(
            "Customer",
            "31",
            f"{client[:8]},{client[8:]}",
            94,
            ("same e-mail", "same phone"),
            usable=True,
        ),
        Candidate("Customer", "32", f"{client} (old)", 81, (), usable=True),
        Candidate("Vendor", "33", client, 100, ("same street",), usable=False),
    )
    create = WayOut("create", f"Create {client}", name=client)
    exclude = WayOut("exclude", "Leave these invoices out")
    return [
        ConflictGroup(
            kind=ConflictKind.CUSTOMER_UNCLEAR,
            subject_kind="client",
            subject_key="c1",
            subject=client,
            words=f"QuickBooks has 2 customers that are nearly {client}.",
            invoices=tuple(f"inv{n}" for n in range(12)),
            amount=495_000,
            candidates=candidates,
            ways_out=(create, exclude),
        ),
        ConflictGroup(
            kind=ConflictKind.PRODUCT_MISSING,
            subject_kind="product",
            subject_key="p2",
            subject="Overage / ton",
            words="No product/service in QuickBooks is called Overage / ton.",
            invoices=tuple(f"inv{n}" for n in range(9)),
            amount=371_250,
            candidates=(Candidate("Item", "8", "Overage", 70, ("same price",), usable=True),),
            ways_out=(exclude,),
        ),
        ConflictGroup(
            kind=ConflictKind.CLOSED_BOOKS,
            subject_kind="invoice",
            subject_key="inv99",
            subject="1100",
            words="Its date lies in a closed month.",
            invoices=("inv99",),
            amount=41_250,
            candidates=(),
            ways_out=(
                WayOut("retry", "Try it again", posting_id=41),
                WayOut("open", "Look in QuickBooks"),
                WayOut("wait", "Wait until the month is open again"),
                exclude,
                WayOut("date", "Post with another date, signed off …", name="2026-11-01"),
            ),
        ),
    ]


class FakeRecords:
    """The read models of one invoice and of the log."""

    def __init__(self, listing: FakeListing) -> None:
        self.listing = listing

    def invoice(self, docket_id: str) -> InvoiceDetail | None:
        rows = [row for row in self.listing.rows if row.docket_id == docket_id]
        return _detail(rows[0]) if rows else None

    def journal(
        self, which: JournalFilter | None = None, offset: int = 0, limit: int = 100
    ) -> list[PostingView]:
        which = which or JournalFilter()
        found = [
            posting
            for posting in _log(self.listing.rows)
            if (which.states is None or posting.state in which.states)
            and (which.posting_id is None or posting.id == which.posting_id)
            and (which.invoice_id is None or posting.invoice_id == which.invoice_id)
            and which.text in posting.label
        ]
        return found[offset : offset + limit]

    def journal_count(self, which: JournalFilter | None = None) -> int:
        return len(self.journal(which, 0, 10_000))


def _log(rows: Sequence[InvoiceRow]) -> list[PostingView]:
    states = (
        PostingState.CONFIRMED,
        PostingState.UNKNOWN,
        PostingState.REJECTED,
        PostingState.HOLD,
    )
    return [_posting_view(number, row, states[number % 4]) for number, row in enumerate(rows[:40])]


_CALLS = {
    PostingState.CONFIRMED: ("answered", 200, "", "", "1-6a7b-ok"),
    PostingState.UNKNOWN: ("unclear", 504, "", "", "1-6a7b-lost"),
    PostingState.REJECTED: ("refused", 400, "6210", "Account Period Closed", "1-6a7b-no"),
}
"""Outcome, HTTP status, fault and trace id of the last call in each state."""


def _calls(state: PostingState) -> tuple[AttemptView, ...]:
    if state not in _CALLS:
        return ()
    outcome, status, code, text, tid = _CALLS[state]
    look = AttemptView("look", NOW, NOW, None, "", "", "", "found 0")
    send = AttemptView("send", NOW, NOW, status, code, text, tid, outcome)
    return (look, send)


def _posting_view(number: int, row: InvoiceRow, state: PostingState) -> PostingView:
    refused = state is PostingState.REJECTED
    calls = _calls(state)
    return PostingView(
        id=number,
        run_id=7,
        kind="invoice",
        docket_id=row.docket_id,
        invoice_id=row.docket_id,
        entity="Invoice",
        operation="create",
        generation=1,
        label=f"invoice {row.number} for {row.client}",
        amount=row.total,
        state=state,
        words=POSTING_WORDS[state],
        qbo_id="145" if state is PostingState.CONFIRMED else "",
        number=row.number,
        attempts=1,
        request_id="r" * 32,
        marker="[docket-qbo rrrr]",
        reason=f"The month of {row.client} is closed." if refused else "",
        fault_code="6210" if refused else "",
        intuit_tid=calls[-1].intuit_tid if calls else "",
        first_sent_at=NOW,
        last_sent_at=NOW,
        next_try_at=NOW + timedelta(seconds=200),
        lease_until=None,
        changed_at=NOW,
        calls=calls,
    )


def _detail(row: InvoiceRow) -> InvoiceDetail:
    address = Address(line1="1 Yard Rd")
    client = Client(
        id="c1",
        display_id="D-1",
        company_name=row.client,
        first_name="",
        last_name="",
        email="office@example.com",
        phone="",
        billing=address,
        service_addresses=(),
        client_type="",
        tax_exempt=False,
        updated_at=NOW,
    )
    synced = row.status is InvoiceStatus.SYNCED
    link = Link("invoice", row.docket_id, "Invoice", "145", LinkOrigin.CREATED, "0", "f", NOW)
    held = Document(
        entity="Invoice",
        qbo_id="145",
        sync_token="0",
        number=row.number,
        customer_id="12",
        txn_date=row.issued_on,
        total=row.total,
        tax=0,
        balance=row.open_docket,
        note="",
        removed="",
        applied=(),
        body={"CustomerRef": {"value": "12", "name": row.client}},
    )
    return InvoiceDetail(
        invoice=_invoice(row),
        client=client,
        payments=(_payment_of(row),) if row.paid else (),
        refunds=(),
        status=row.status,
        reason_code=row.reason_code,
        reason=row.reason,
        open_docket=row.open_docket,
        open_qbo=row.open_qbo,
        qbo_number=row.qbo_number,
        last_synced=row.last_synced,
        excluded_reason="",
        links=(link,) if synced else (),
        documents=(held,) if synced else (),
        postings=tuple(_log([row] * 3)),
        conflicts=(),
        history=(
            AuditView(NOW, row.client, "chose", "client:c1", None, {"what": "use Customer 17"}, ""),
            AuditView(NOW, "office", "posting CONFIRMED", "invoice:inv1", None, {"reason": ""}, ""),
        ),
    )


def _invoice(row: InvoiceRow) -> Invoice:
    line = InvoiceLine(
        id="l1",
        product_id="p1",
        name=row.client,
        description=row.client,
        quantity=Decimal(1),
        unit_price=to_decimal(row.total),
        amount=row.total,
        taxable=False,
    )
    return Invoice(
        id=row.docket_id,
        number=row.number,
        client_id="c1",
        service_address_id=None,
        issued_on=row.issued_on,
        due_on=None,
        terms_days=30,
        po_number="",
        memo=row.client,
        currency="USD",
        lines=(line,),
        tax_lines=(TaxLine("County", "Tax office", Decimal("6.25"), 0, 0),),
        subtotal=row.total,
        discount=0,
        discount_percent=None,
        tax=0,
        total=row.total,
        updated_at=NOW,
    )


def _payment_of(row: InvoiceRow) -> Payment:
    return Payment(
        id="pay1",
        number="P-1",
        client_id="c1",
        method="check",
        reference=row.client[:20],
        received_on=row.issued_on,
        amount=row.total,
        allocations=(Allocation(row.docket_id, row.total),),
        status="settled",
        updated_at=NOW,
    )
