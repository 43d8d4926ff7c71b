"""What the screens ask of the rooms behind them, as protocols.

Screens know these few calls and nothing else, so the example cache, the tests and
the real program hand in what they have. `sync.desk.Desk` is the real one; it is
built after the first paint because its imports are slow.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:  # their imports are slow, and the first paint needs this module
    from pathlib import Path

    from core.money import Cents
    from core.secrets import Secret
    from store.books import Choice, Company
    from store.details import InvoiceDetail
    from store.imports import ImportRow
    from store.listing import CountAndSum, Filter, InvoiceRow, Sort, Waiting
    from store.posting_views import JournalFilter, PostingView
    from store.states import InvoiceStatus
    from sync.control import RunControl
    from sync.deposits.shapes import Deposits, Makes
    from sync.imports.desk import ImportResult
    from sync.imports.draft import Correction, TableDraft
    from sync.opening import Opening
    from sync.patterns import PatternName, PatternPreview
    from sync.questions import Question
    from sync.shapes import (
        Banner,
        BulkLock,
        Candidate,
        ConflictGroup,
        Estimate,
        FieldChange,
        InvoicePlan,
        NameRow,
        Plan,
        PullProgress,
        PullResult,
        RunProgress,
        RunResult,
    )
    from sync.tie_out.chart import Chart
    from sync.tie_out.desk import MonthEnd
    from sync.tie_out.receivables import PaidButOpen
    from sync.tie_out.shapes import Period, TieOut
    from sync.undo import UndoPlan


T = TypeVar("T")


class InvoiceList(Protocol):
    """The hot list, as store.listing.Listing offers it."""

    def page(self, which: Filter, sort: Sort, offset: int, limit: int) -> list[InvoiceRow]:
        """Return up to `limit` rows from `offset` on."""
        ...

    def count(self, which: Filter) -> CountAndSum:
        """Return how many there are and the sum of their totals."""
        ...

    def known(self, which: Filter) -> CountAndSum | None:
        """Return what `count` does if that is kept; None if it has to be counted."""
        ...

    def ids(self, which: Filter) -> list[str]:
        """Return the Docket ids of all."""
        ...

    def tabs(self) -> Mapping[InvoiceStatus, CountAndSum]:
        """Return every status with its count and sum."""
        ...

    def reasons(self) -> Sequence[tuple[InvoiceStatus, str, int]]:
        """Return every reason with its status and count, the most frequent first."""
        ...

    def choices_waiting(self) -> int:
        """Return how many choices would solve all conflicts."""
        ...

    def sums(self, ids: Collection[str]) -> CountAndSum:
        """Return how many of these exist and the sum of their totals."""
        ...

    def position(self, docket_id: str, which: Filter, sort: Sort) -> int | None:
        """Return an invoice's place in the list; None if it is not in it."""
        ...

    def waiting(self, docket_id: str) -> Waiting | None:
        """Return the posting of an invoice that is unclear or being sent."""
        ...

    def data_version(self) -> int:
        """Return a number that changes whenever somebody committed."""
        ...

    def aside(self) -> InvoiceList:
        """Return a list of the same for a thread."""
        ...

    def interrupt(self) -> None:
        """Break off what a thread is asking through this list."""
        ...


class TieOutDesk(Protocol):
    """The proof, as sync.tie_out.desk.TieOutDesk offers it."""

    def whole(self) -> Period:
        """From the start date to the last record."""
        ...

    def tie_out(self, period: Period) -> TieOut:
        """Both sides over a period, by month."""
        ...

    def chart(self) -> Chart:
        """Money by month on both sides, and what is open by age."""
        ...

    def paid_but_open(self) -> tuple[PaidButOpen, ...]:
        """What is paid in Docket and open in QuickBooks."""
        ...

    def checked_months(self) -> Mapping[str, tuple[str, str]]:
        """When and by whom months were checked."""
        ...

    def month(self, month: str) -> MonthEnd:
        """One month with its checklist."""
        ...

    def check_month(self, month: str, name: str) -> MonthEnd:
        """Keep that a person checked it."""
        ...


class MoneyDesk(Protocol):
    """Money received, as sync.deposits.desk.MoneyDesk offers it."""

    def deposits(self) -> Deposits:
        """Payments by day, what waits, what looks wrong."""
        ...

    def makes(self, amount: Cents, *, fee: bool = False) -> Sequence[Makes]:
        """Which payments make a bank's amount."""
        ...


class Desk(Protocol):
    """The use-cases, as sync.desk.Desk offers them."""

    @property
    def tie_out(self) -> TieOutDesk:
        """The proof."""
        ...

    @property
    def money(self) -> MoneyDesk:
        """Money received."""
        ...

    def banner(self) -> Banner:
        """What every header says."""
        ...

    def estimate(self) -> Estimate:
        """What Docket's own sync would have done."""
        ...

    def names(self) -> Sequence[NameRow]:
        """Every name of the invoices that are not synced."""
        ...

    def mappings(self) -> Sequence[NameRow]:
        """Every name, and how it came to its record in QuickBooks; what waits first."""
        ...

    def rule_names(self, pattern: str) -> Sequence[PatternName]:
        """The products that a rule would decide."""
        ...

    def pattern_preview(self, pattern: str, qbo_id: str) -> PatternPreview:
        """What a rule to a product/service would touch; its choice keeps it."""
        ...

    def conflicts(self) -> Sequence[ConflictGroup]:
        """The open conflicts, a line for each choice that solves some."""
        ...

    def candidates(self, kind: str, key: str, text: str) -> Sequence[Candidate]:
        """Records in QuickBooks that resemble a piece of text."""
        ...

    def propose_test(self) -> str | None:
        """An invoice fit for a test sync; None if there is none."""
        ...

    def lock(self) -> BulkLock:
        """Whether bulk sync is open."""
        ...

    def preview(self, docket_ids: Sequence[str], also: Collection[str] = ()) -> Plan:
        """What a sync of these would do; `also` are ticked to change what is settled."""
        ...

    def link_preview(self) -> Plan:
        """What is in QuickBooks already, to be linked by one confirmation."""
        ...

    async def opening(self, day: date | None = None) -> Opening:
        """What each customer owed on the start date, on both sides."""
        ...

    def unfinished(self) -> RunProgress | None:
        """A run that a stop or a crash left."""
        ...

    def choose(self, choice: Choice) -> int:
        """Keep a decision; return how many invoices it touches."""
        ...

    def changes(self, docket_id: str) -> tuple[FieldChange, ...]:
        """Return what differs since an invoice was posted, three ways."""
        ...

    def mail(self, docket_ids: Sequence[str], *, wanted: bool) -> None:
        """Have new invoices e-mailed by QuickBooks, or not."""
        ...

    def leave(self, one: InvoicePlan) -> None:
        """Leave both sides as they are, instead of changing what is settled."""
        ...

    def take_back(self) -> str | None:
        """Undo the last decision; return it in words."""
        ...

    def exclude(self, docket_ids: Sequence[str], reason: str) -> None:
        """Leave these out."""
        ...

    def include(self, docket_ids: Sequence[str]) -> None:
        """Take these in again."""
        ...

    def unsync_invoices(self, docket_ids: Sequence[str]) -> int:
        """Forget the links of these; return how many."""
        ...

    def unsync_client(self, client_id: str) -> int:
        """Forget a client's links; return how many."""
        ...

    def retry(self, posting_id: int) -> None:
        """Let a held or refused posting go again."""
        ...

    def retry_alike(self, key: str) -> int:
        """Let all postings that were refused for one reason go again; return how many."""
        ...

    def hold(self, posting_id: int, reason: str = "") -> None:
        """Keep a posting from being sent, or sent again."""
        ...

    def set_start_date(self, day: date) -> None:
        """Post invoices from this date on."""
        ...

    def questions(self) -> Sequence[tuple[Question, str]]:
        """The settings that every office meets, as questions with their values."""
        ...

    def first_needed(self, plan: Plan) -> Sequence[tuple[Question, str]]:
        """The questions that nobody answered and that a plan is the first to need."""
        ...

    def setting_effect(self, key: str, value: str) -> Sequence[str]:
        """What another value would change, in sentences."""
        ...

    def set_setting(self, key: str, value: str) -> None:
        """Change a setting."""
        ...

    def last_result(self) -> RunResult | None:
        """What became of the last run."""
        ...

    async def pull(
        self, watch: Callable[[PullProgress], None] | None = None, full: bool = False
    ) -> PullResult:
        """Fetch what is new from both sides."""
        ...

    async def test_sync(
        self,
        plan: Plan,
        watch: Callable[[RunProgress], None] | None = None,
        control: RunControl | None = None,
    ) -> RunResult:
        """Post the one invoice of the plan and read it back."""
        ...

    async def bulk_sync(
        self,
        plan: Plan,
        watch: Callable[[RunProgress], None] | None = None,
        control: RunControl | None = None,
    ) -> RunResult:
        """Post what the plan says."""
        ...

    async def resume(
        self,
        watch: Callable[[RunProgress], None] | None = None,
        control: RunControl | None = None,
    ) -> RunResult:
        """Go on with the run that was left."""
        ...

    def void_plan(
        self,
        run_id: int | None = None,
        posting_ids: Sequence[int] = (),
        *,
        inactive: bool = False,
    ) -> UndoPlan:
        """What voiding a run, the last one, or lines of the sync log would do."""
        ...

    async def void(
        self, plan: UndoPlan, watch: Callable[[RunProgress], None] | None = None
    ) -> RunResult:
        """Void exactly what a plan says."""
        ...

    def void_preview(self, run_id: int) -> Sequence[str]:
        """What voiding a test would void, in words."""
        ...

    async def void_test(self, run_id: int) -> RunResult:
        """Void what a test made."""
        ...


class Records(Protocol):
    """The store's read models, as store.details.Records offers them."""

    def invoice(self, docket_id: str) -> InvoiceDetail | None:
        """An invoice with everything around it."""
        ...

    def journal(
        self, which: JournalFilter | None = None, offset: int = 0, limit: int = 100
    ) -> Sequence[PostingView]:
        """A page of the sync log, newest first."""
        ...

    def journal_count(self, which: JournalFilter | None = None) -> int:
        """How many postings fit."""
        ...


class Imports(Protocol):
    """Docket's export files, as sync.imports.bench.ImportBench offers them."""

    @property
    def folder(self) -> Path:
        """Where to look first."""
        ...

    def log(self) -> Sequence[ImportRow]:
        """The imports so far, newest first."""
        ...

    def names(self, text: str) -> Sequence[str]:
        """Folders and exports whose path begins so."""
        ...

    def look(self, path: str) -> Sequence[TableDraft]:
        """The tables of a file, or of all exports of a folder."""
        ...

    def correct(self, table: TableDraft, said: Correction) -> TableDraft:
        """The table as it would be read after a correction."""
        ...

    async def preview(
        self, tables: Sequence[TableDraft], watch: Callable[[PullProgress], None]
    ) -> ImportResult:
        """What an import would change."""
        ...

    async def run(
        self, tables: Sequence[TableDraft], watch: Callable[[PullProgress], None]
    ) -> ImportResult:
        """Import, and keep the columns."""
        ...

    async def undo(self) -> Mapping[str, int]:
        """Take the last import back; return the records by kind."""
        ...


@dataclass(frozen=True, slots=True)
class CompanyLine:
    """One company of this user; `key` is what switching to it takes."""

    key: str
    name: str
    kind: str
    """LIVE, PRACTICE COMPANY …, or not connected."""
    connected: bool
    current: bool


class Connector(Protocol):
    """From an app's keys to a connected company, as cli.connecting.Connecting offers it."""

    @property
    def takes_here(self) -> bool:
        """Whether Intuit redirects to this machine."""
        ...

    @property
    def own_redirect(self) -> str:
        """The address of this machine that takes Intuit's answer."""
        ...

    @property
    def realm_id(self) -> str:
        """The company's id, if it is known."""
        ...

    @property
    def company(self) -> str:
        """The company's short name, as switching to it takes it."""
        ...

    @property
    def local_redirect(self) -> str:
        """The address that is registered for development keys."""
        ...

    @property
    def has_browser(self) -> bool:
        """Whether a browser can be opened here, in a window of its own."""
        ...

    def keys(self) -> Sequence[AskedKey]:
        """Every key that is needed."""
        ...

    def missing(self) -> Sequence[AskedKey]:
        """The keys that are not kept yet."""
        ...

    def keep_key(self, name: str, value: str) -> None:
        """Keep one."""
        ...

    def page(self, redirect: str) -> str:
        """The address of Intuit's page. Blocks."""
        ...

    async def here(self, listening: Callable[[], None]) -> Company:
        """Wait on this machine for the answer, and connect; `listening` shows the page."""
        ...

    def pasted(self, address: str) -> Company:
        """Read the address at which the browser ended, and connect. Blocks."""
        ...

    def choose_start(self, day: date) -> None:
        """Post invoices of the company from this day on."""
        ...

    def by_token(self, token: Secret, realm_id: str) -> Company:
        """Take a refresh token, and connect the company. Blocks."""
        ...


class AskedKey(Protocol):
    """A key that is asked for."""

    @property
    def name(self) -> str:
        """The name it is kept under."""
        ...

    @property
    def question(self) -> str:
        """How a person is asked for it."""
        ...


class Connections(Protocol):
    """The companies of this user and their connections, as cli.connections offers them."""

    @property
    def is_first(self) -> bool:
        """Whether there is no company at all yet."""
        ...

    @property
    def has_company(self) -> bool:
        """Whether the one that is shown can be connected anew."""
        ...

    def companies(self) -> Sequence[CompanyLine]:
        """Every company, and which of them is shown."""
        ...

    def ask_by(self, ask: Callable[[str], str] | None) -> None:
        """Where the passphrase of the keys is asked for; None: nowhere."""
        ...

    def again(self) -> Connector:
        """Connect the company that is shown anew. Blocks."""
        ...

    def new(self, name: str, live: bool, folder: str) -> Connector:
        """Connect another company, with Docket's exports in a folder. Blocks."""
        ...


class Elsewhere(Protocol):
    """Does a job and waits for it, as core.second_loop.SecondLoop.do offers it."""

    async def __call__(self, job: Callable[[], Awaitable[T]]) -> T:
        """Return what comes of it; what it tells on the way may come from another thread."""
        ...


async def in_place(job: Callable[[], Awaitable[T]]) -> T:
    """Do it in the loop of whoever asks."""
    return await job()


def no_address(entity: str, qbo_id: str) -> str:
    """Nowhere: there is no connection to QuickBooks."""
    return ""


@dataclass(frozen=True, slots=True)
class Backstage:
    """What is ready a moment after the first paint."""

    desk: Desk
    records: Records
    web_url: Callable[[str, str], str] = no_address
    """Where a person sees a record in QuickBooks: entity and Id to an address."""
    imports: Imports | None = None
    """Docket's export files; None where the cache is for reading only."""
    connections: Connections | None = None
    """The companies of this user; None where there is just one cache."""
    elsewhere: Elsewhere = in_place
    """Where what the desk does asynchronously is done, so that the keys need not wait for it."""
