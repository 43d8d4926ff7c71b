"""The values that preflight, plan and engine hand to each other and to the front ends.

A screen or a command shows these and decides nothing itself. All are frozen and
free of I/O; amounts are cents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from core.jsonio import JsonObject
from core.money import Cents
from store.books import Choice
from store.states import InvoiceStatus
from sync.banner import Banner as Banner
from sync.questions import Question


class ConflictKind(StrEnum):
    """Why an invoice cannot be posted, or no longer agrees."""

    CUSTOMER_UNCLEAR = "customer_unclear"  # nearly the same name, or several
    CUSTOMER_TAKEN = "customer_taken"  # a vendor's or an employee's name
    CUSTOMER_INACTIVE = "customer_inactive"
    CUSTOMER_NEW = "customer_new"  # only where the setting asks before creating
    CUSTOMER_NAMELESS = "customer_nameless"
    PRODUCT_MISSING = "product_missing"
    PRODUCT_UNCLEAR = "product_unclear"
    PRODUCT_UNUSABLE = "product_unusable"  # a category, a bundle, inactive
    NUMBER_TAKEN = "number_taken"  # another invoice in QuickBooks has it
    NUMBER_TWICE = "number_twice"  # two Docket invoices have it
    NUMBER_UNFIT = "number_unfit"  # longer than 21 characters, or empty
    ALREADY_THERE = "already_there"  # very like one in QuickBooks, but not exactly
    POSSIBLE_DOUBLE = "possible_double"  # linked, and in QuickBooks a second time
    CLOSED_BOOKS = "closed_books"
    RECONCILED = "reconciled"  # on or before the day that the bookkeeper reconciled
    BEFORE_START = "before_start"
    CURRENCY = "currency"
    NEGATIVE_TOTAL = "negative_total"
    SUMS = "sums"  # Docket's own figures do not add up
    DISCOUNT = "discount"  # discounts are switched off in QuickBooks
    TAX = "tax"  # tax without sales tax switched on in QuickBooks, …
    PAYMENT = "payment"  # returned, over-allocated, changed after posting
    REFUND = "refund"
    CREDIT = "credit"  # a credit memo: no product, changed or voided after posting
    CHANGED_BOTH = "changed_both"
    CHANGED_IN_QBO = "changed_in_qbo"
    REMOVED_IN_QBO = "removed_in_qbo"
    REMOVED_IN_DOCKET = "removed_in_docket"
    BILLED_AGAIN = "billed_again"  # what it replaces is voided in Docket only
    DIFFERS = "differs"  # posted, but the answer is not what was sent
    REFUSED = "refused"  # QuickBooks refused
    SUBSCRIPTION = "subscription"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One QBO record that a person may choose, with the reasons for its rank."""

    entity: str
    qbo_id: str
    name: str
    likeness: int
    """0 to 100; 100 is the same name."""
    evidence: tuple[str, ...]
    """Such as "same e-mail", "same phone", "same street"."""
    usable: bool
    """False for a vendor or employee, or an inactive record."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """Something a person may do about a conflict.

    `action` is one of: use (choose a candidate), create (a new record called
    `name`), link (to the document already there), keep (leave both sides as they are;
    `name` says what was seen), send (what Docket changed, all the same), void (in
    QuickBooks), exclude, include, retry, retry_alike
    (all postings refused for one reason), wait, open (look in QuickBooks). `words` says
    it for a button.
    """

    action: str
    words: str
    name: str = ""
    entity: str = ""
    qbo_id: str = ""
    posting_id: int = 0
    """For retry: the posting that QuickBooks refused, or that waits."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One conflict of one invoice.

    Findings with the same `group` are solved by one choice: (kind, subject key).
    """

    kind: ConflictKind
    subject_kind: str
    """client, product, invoice, payment or refund."""
    subject_key: str
    subject: str
    """The subject's name for a person."""
    words: str
    """What is the matter, one or two sentences, in the screen's words."""
    candidates: tuple[Candidate, ...] = ()
    ways_out: tuple[WayOut, ...] = ()

    @property
    def group(self) -> tuple[str, str]:
        """What one choice solves."""
        return (str(self.kind), self.subject_key)


class NameState(StrEnum):
    """How a Docket name stands to QuickBooks."""

    LINKED = "linked"
    CHOSEN = "chosen"
    SAME = "same"
    SAME_BUT_CASE = "same_but_case"
    NEARLY = "nearly"
    SEVERAL = "several"
    MISSING = "missing"
    TAKEN = "taken"  # belongs to a vendor or an employee
    UNUSABLE = "unusable"  # inactive, or a category


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What matching found for one client or product.

    `target` is the record that will be used, if it is settled; `create_as` the name
    under which a new one will be made; neither means that a person decides.
    """

    kind: str
    """client or product; in the list of all names also those of `sync.mappings`."""
    key: str
    """Docket id of the client; for a product its id, or `name:<key>` without one."""
    name: str
    state: NameState
    target: Candidate | None
    create_as: str
    candidates: tuple[Candidate, ...]

    @property
    def target_id(self) -> str:
        """QBO Id of the target; empty without one."""
        return "" if self.target is None else self.target.qbo_id


@dataclass(frozen=True, slots=True)
class InvoiceCheck:
    """What preflight says of one invoice: its status, the reason, the conflicts."""

    docket_id: str
    status: InvoiceStatus
    reason_code: str
    """A ConflictKind, or new, changed, payment_due, refund_due, checking, …; for filters."""
    reason: str
    """The reason in the screen's words; one line."""
    findings: tuple[Finding, ...]
    open_docket: Cents
    """Total less payments and credits that count; a refund opens nothing."""
    open_qbo: Cents | None
    qbo_id: str
    qbo_number: str


@dataclass(frozen=True, slots=True)
class Preflight:
    """The whole cache, checked."""

    invoices: Mapping[str, InvoiceCheck]
    clients: Mapping[str, NameMatch]
    """By Docket id; only clients that an invoice refers to."""
    products: Mapping[str, NameMatch]
    """By key; only products that an invoice line refers to."""


class Outcome(StrEnum):
    """What becomes, or became, of a selected invoice. The eight words add up to the selection."""

    POSTED = "posted"
    UPDATED = "updated"
    PAYMENT_ONLY = "payment_only"
    LINKED = "linked"
    NEEDS_YOU = "needs_you"
    CHECKING = "checking"
    SKIPPED = "skipped"
    NOT_SENT = "not_sent"


OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.POSTED: "posted",
    Outcome.UPDATED: "updated",
    Outcome.PAYMENT_ONLY: "payment only",
    Outcome.LINKED: "linked (was already there)",
    Outcome.NEEDS_YOU: "needs you",
    Outcome.CHECKING: "checking",
    Outcome.SKIPPED: "skipped",
    Outcome.NOT_SENT: "not sent yet",
}


@dataclass(frozen=True, slots=True)
class Need:
    """A reference in a planned body to a record that another posting will make.

    It stands in the body as `{"value": "@kind:docket_id"}` until that posting is
    CONFIRMED, and is replaced when the body is frozen.
    """

    kind: str
    docket_id: str

    @property
    def placeholder(self) -> str:
        """How the reference stands in a planned body."""
        return f"@{self.kind}:{self.docket_id}"


@dataclass(frozen=True, slots=True)
class PlannedPosting:
    """One write to QuickBooks as it will be approved."""

    kind: str
    """client, product, invoice, payment, refund, credit, or credit_application."""
    docket_id: str
    invoice_id: str
    """The Docket invoice it belongs to; for a customer, the first that needs it."""
    entity: str
    operation: str
    """`create`, `update@<SyncToken>`, `void@<SyncToken>`."""
    generation: int
    label: str
    """For a person: "customer Acme Const.", "invoice 1042", "payment by check 5571"."""
    amount: Cents
    body: JsonObject = field(hash=False)
    """The QBO body; references to be made are placeholders (`Need`)."""
    needs: tuple[Need, ...] = ()
    adopts: str = ""
    """QBO Id of the record that will be linked instead of created, known from the cache."""
    uses_choice: tuple[str, str] | None = None
    """The (kind, key) of a choice that no confirmed posting has used yet."""
    beside: bool = False
    """A person said that what is like it in QuickBooks is another document."""
    replaces: str = ""
    """QBO Id of the document that is gone there, and whose link this one takes over."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field three ways; a text is empty where a side has nothing, or where it is not known."""

    field: str
    """In the screen's words: "due", "line 2"."""
    posted: str
    docket: str
    quickbooks: str


@dataclass(frozen=True, slots=True)
class InvoicePlan:
    """What a sync would do for one selected invoice."""

    docket_id: str
    number: str
    client: str
    status: InvoiceStatus
    total: Cents
    paid: bool
    outcome: Outcome
    reason: str
    """Why it is skipped or needs the person; else empty."""
    notes: tuple[str, ...]
    """What is worth knowing: "links customer ACME LLC (differs only in case)"."""
    postings: tuple[PlannedPosting, ...]
    """Of this invoice alone; a shared customer stands at the first invoice that needs it."""
    changes: tuple[FieldChange, ...] = ()
    """Of a posted invoice: what changed since."""
    apart: tuple[str, ...] = ()
    """Why it changes what is settled in QuickBooks, and is ticked on its own; empty: it does not.

    Such as "voids it", "it is paid in QuickBooks", "it is of an earlier month (2026-10)".
    """
    held: tuple[PlannedPosting, ...] = ()
    """What would be sent if it were ticked; not part of the plan."""
    keeps: tuple[Choice, ...] = ()
    """Of what is ticked on its own: the choices that leave both sides as they are instead."""


@dataclass(frozen=True, slots=True)
class CountAndMoney:
    """A line of a result: how many invoices, and their totals."""

    count: int = 0
    amount: Cents = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The preview: worked out from the cache alone, and exactly what is confirmed."""

    invoices: tuple[InvoicePlan, ...]
    totals: Mapping[Outcome, CountAndMoney]
    selected: CountAndMoney
    paid: CountAndMoney
    """Of those to post: will show as Paid."""
    unpaid: CountAndMoney
    """Of those to post: will stay open; the payment posts alone later."""
    new_customers: tuple[str, ...]
    new_items: tuple[str, ...]
    writes: int
    payments: CountAndMoney
    refunds: CountAndMoney
    metered_reads: int
    """Look-ups that QuickBooks counts."""
    digest: str
    """sha256 of everything else; what was confirmed is what is sent."""
    also: tuple[str, ...] = ()
    """Docket ids of the invoices that were ticked to change what is settled."""
    links_only: bool = False
    """Nothing is written in QuickBooks: what is there already is linked, the rest waits."""

    @property
    def apart(self) -> tuple[InvoicePlan, ...]:
        """The invoices that change what is settled in QuickBooks, ticked or not."""
        return tuple(one for one in self.invoices if one.apart)


class PlanChanged(Exception):
    """The data changed since the preview; nothing was sent, and `plan` is the new preview."""

    def __init__(self, plan: Plan) -> None:
        """Carry the plan that must be confirmed anew."""
        super().__init__("the data changed since the preview")
        self.plan = plan


@dataclass(frozen=True, slots=True)
class Difference:
    """One field where QuickBooks holds something else than was sent."""

    field: str
    sent: str
    held: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One row of "what was sent | what QuickBooks holds"."""

    field: str
    sent: str
    held: str
    equal: bool


@dataclass(frozen=True, slots=True)
class PostingResult:
    """What became of one posting."""

    label: str
    kind: str
    entity: str
    state: str
    qbo_id: str
    adopted: bool
    amount: Cents
    compared: tuple[Compared, ...]
    reason: str
    web_url: str


@dataclass(frozen=True, slots=True)
class InvoiceResult:
    """What became of one invoice of a run."""

    docket_id: str
    number: str
    client: str
    total: Cents
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Both sides in cents, QuickBooks' from its own answers."""

    docket: Cents
    quickbooks: Cents

    @property
    def difference(self) -> Cents:
        """Zero when the run agrees."""
        return self.docket - self.quickbooks


@dataclass(frozen=True, slots=True)
class RunResult:
    """A finished or stopped run; `totals` adds up to `selected` in count and money."""

    run_id: int
    kind: str
    finished: bool
    stopped_because: str
    """Empty when it ran to its end; else why it stopped, in plain words."""
    totals: Mapping[Outcome, CountAndMoney]
    selected: CountAndMoney
    invoices: tuple[InvoiceResult, ...]
    proof: Proof
    agreed: bool
    """Everything that was posted came back equal to the cent."""
    postings: tuple[PostingResult, ...]
    """For a test sync all of them; for a bulk run those that need attention."""
    unclear_found: int
    """Postings that were unclear after a stop and turned out to be there."""
    unclear_resent: int
    metered_reads: int
    started_at: datetime
    ended_at: datetime
    audit_head: str = ""
    """The audit log's newest hash when the run ended: who keeps it can prove the log."""


@dataclass(frozen=True, slots=True)
class StepCount:
    """How far one phase of a run is; what is only linked counts too."""

    phase: str
    """customers, products, invoices or payments."""
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RunProgress:
    """A snapshot of a run under way; the newest replaces the one before."""

    run_id: int
    phase: str
    """looking, customers, products, invoices, payments, checking, paused, done."""
    totals: Mapping[Outcome, CountAndMoney]
    selected: CountAndMoney
    writes_done: int
    writes_total: int
    """As in the plan; what is only linked counts apart."""
    per_minute: int
    seconds_left: int | None
    waiting: str
    """Why nothing moves: "QuickBooks asks us to wait, 43 s"; else empty."""
    last: str
    """The newest outcome in words: "invoice 1042 posted"."""
    metered_reads: int
    links_done: int = 0
    links_total: int = 0
    """Records found in QuickBooks instead of made; nothing is written for them."""
    steps: tuple[StepCount, ...] = ()
    """The phases that the run has, in their order."""
    calls: int = 0
    """Calls to QuickBooks within the last minute."""
    ceiling: int = 0
    """Calls a minute that QuickBooks allows; 0 where that is not known."""
    needs: tuple[str, ...] = ()
    """The newest that need somebody, "invoice 1042: refused …", the oldest of them first."""


@dataclass(frozen=True, slots=True)
class PullProgress:
    """How far a refresh is."""

    phase: str
    """"Docket invoices", "QuickBooks customers", "checking"."""
    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class PullResult:
    """What a refresh brought."""

    docket: Mapping[str, int]
    """Records by kind that came new or changed."""
    quickbooks: Mapping[str, int]
    first: bool
    company: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What Docket's own sync button would have done with the pending invoices.

    Worked out by preflight from what Docket documents of its sync: exact names
    only, unknown products into a generic "Service", no look before a create, a
    later payment needs another press.
    """

    duplicate_customers: int
    generic_lines: int
    generic_amount: Cents
    invoices_twice: int
    paid_but_open: Cents
    generic_item: str = "Service"


class How(StrEnum):
    """How a name of Docket's came to its record in QuickBooks."""

    NAME = "name"  # the same name; of a term, the same days
    CHOICE = "choice"  # a person's
    RULE = "rule"  # a person's, for all products that are alike
    LINKED = "linked"  # was already there
    CREATED = "created"  # by a sync
    SETTING = "setting"  # a person's answer for all of its kind
    NEW = "new"  # will be created
    OPEN = "open"  # to none yet


@dataclass(frozen=True, slots=True)
class NameRow:
    """One line of the name check: a Docket name beside its name in QuickBooks."""

    match: NameMatch
    invoices: int
    """Invoices that are not synced and use it."""
    amount: Cents
    waiting: bool
    """It blocks them until a person chooses."""
    evidence: tuple[str, ...]
    """E-mail, phone, address of the client; SKU and price of the product."""
    places: int = 0
    """A client's service addresses."""
    split: bool = False
    """Each of its places is a sub-customer, by choice."""
    how: How = How.OPEN
    when: date | None = None
    """The company's day of the choice, or of the link."""
    rule: str = ""
    """The rule that decides, such as `10 yd *`."""
    ids: tuple[str, ...] = ()
    """The invoices that are not synced and use it, where they are known."""
    posted: int = 0
    """Invoices that use it and are synced: a change leaves them as they are."""
    question: Question | None = None
    """The setting that decides, with its answers, where it is not a choice of its own."""
    answer: str = ""
    """The setting's value."""


@dataclass(frozen=True, slots=True)
class ConflictGroup:
    """Conflicts that one choice solves, with what waits for it."""

    kind: ConflictKind
    subject_kind: str
    subject_key: str
    subject: str
    words: str
    invoices: tuple[str, ...]
    """Docket ids."""
    amount: Cents
    candidates: tuple[Candidate, ...]
    ways_out: tuple[WayOut, ...]


@dataclass(frozen=True, slots=True)
class BulkLock:
    """Whether bulk sync is open, and if not, why and what opens it."""

    open: bool
    words: str
