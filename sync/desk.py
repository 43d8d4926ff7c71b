"""The few calls that both front ends use; everything behind them is decided here in sync.

A desk without connections (the example cache, a cache that is shown read-only) reads
everything and refuses to write, with the reason.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta

from connectors.docket.source import DocketSource
from connectors.qbo.ends import Ends
from connectors.qbo.faults import QboError
from core.clock import Clock, parse_instant, today
from core.errors import ConnectionTrouble, StoreTrouble, UsageTrouble, posts_nothing
from core.ids import Ids
from store import journal
from store.books import Choice, Company
from store.cache import Cache
from store.choices import choices_made
from store.company import load_company
from store.runs import all_runs, get_run
from store.settings import get_setting
from store.states import PostingState
from sync.adoption import adoptable
from sync.commands.decisions import Decisions
from sync.commands.posting import Posting, progress_of, require_unlocked, unfinished
from sync.commands.refresh import REFRESHED_AT, Refresh
from sync.commands.unlock import lock_of
from sync.commands.unsync import Unsync
from sync.commands.voiding import Voiding
from sync.company import insist_same, insist_same_name, read_company
from sync.connection import Ending, ending
from sync.control import RunControl
from sync.deposits.desk import MoneyDesk
from sync.effect import effect
from sync.estimate import docket_button
from sync.first_use import first_needed
from sync.mappings.rows import mappings
from sync.matching import Matcher
from sync.names import conflict_groups, name_check
from sync.opening import Opening, opening
from sync.patterns import (
    Lines,
    PatternName,
    PatternPreview,
    lines_to_do,
    pattern_names,
    preview_pattern,
)
from sync.plan import make_plan
from sync.policy import Policy
from sync.ports import Aside, QboPort
from sync.propose import propose_test
from sync.questions import Question, questions
from sync.results import result_from_json
from sync.running import Workshop
from sync.settings import EngineSettings
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
from sync.standing import assess, changes_of
from sync.tie_out.desk import Reports, TieOutDesk
from sync.trouble import connection_trouble
from sync.undo import Undo, UndoPlan
from sync.view import View


class Desk:
    """One company at work.

    Args:
        cache: the company's cache, open.
        docket: the way to Docket; None shows the cache only.
        qbo: the way to QuickBooks; None shows the cache only.
        clock: time and waiting.
        ids: fresh names for this process's leases.
        actor: who does all this, for the audit.
        settings: times and limits of the engine.
        aside: does what takes longer than a frame.
        reports: the way to QuickBooks' reports, if they can be asked for.
        may_post: whether anything may be written in QuickBooks.
        ends: tells when the connection ends, where that is known.
    """

    def __init__(
        self,
        cache: Cache,
        *,
        docket: DocketSource | None,
        qbo: QboPort | None,
        clock: Clock,
        ids: Ids,
        actor: str,
        settings: EngineSettings,
        aside: Aside = asyncio.to_thread,
        reports: Reports | None = None,
        may_post: bool = True,
        ends: Callable[[], Ends | None] | None = None,
    ) -> None:
        self._cache = cache
        self._docket = docket
        self._qbo = qbo
        self._clock = clock
        self._ids = ids
        self._actor = actor
        self._settings = settings
        self._aside = aside
        self._may_post = may_post
        self._ends = ends
        self._view = View(cache)
        self.money = MoneyDesk(self._view, clock)
        """Money received: unapplied, in Undeposited Funds, in bank deposits."""
        self.tie_out = TieOutDesk(cache, self._view, reports, clock, actor, self.money)
        """Both sides in count and cents, month-end, who owes what."""

    # --- looking

    def banner(self) -> Banner:
        """Return what every screen's header says."""
        with self._cache.read() as session:
            company = load_company(session)
            refreshed = get_setting(session, REFRESHED_AT)
        return Banner(
            company=company.name if company else "",
            live=company is not None and company.live,
            practice=company is not None and not company.live,
            connected=self._qbo is not None and self._docket is not None,
            read_only=self._cache.read_only,
            as_of=parse_instant(refreshed) if refreshed else None,
            today=today(self._clock, company.time_zone) if company else None,
            may_post=self._may_post,
            notice=self._ending(company).brief,
            country=company.country if company else "",
            currency=company.currency if company else "",
        )

    def connection_ending(self) -> Ending:
        """Return whether the connection ends soon, or ended, in words; empty if it does not."""
        with self._cache.read() as session:
            return self._ending(load_company(session))

    def _ending(self, company: Company | None) -> Ending:
        ends = self._ends() if self._ends is not None else None
        return ending(ends, self._clock.now(), company.subscription if company else "")

    def estimate(self) -> Estimate:
        """Return what Docket's own sync button would have done."""
        view = self._view
        return view.kept("estimate", lambda: docket_button(view.books(), view.checked()))

    def names(self) -> list[NameRow]:
        """Return the names of the pending invoices beside those in QuickBooks."""
        view = self._view
        return view.kept("names", lambda: name_check(view.books(), view.checked()))

    def mappings(self) -> list[NameRow]:
        """Return every name and how it came to its record in QuickBooks, what waits first.

        Clients, products and rules, payment methods, terms, taxes, classes, locations.
        """
        return self._view.kept("mappings", self._mappings)

    def _mappings(self) -> list[NameRow]:
        with self._cache.read() as session:
            made = choices_made(session)
        return mappings(self._view.books(), self._view.checked(), made)

    def conflicts(self) -> list[ConflictGroup]:
        """Return the conflicts, grouped by the one choice that solves them."""
        view = self._view
        return view.kept("conflicts", self._conflicts)

    def _conflicts(self) -> list[ConflictGroup]:
        groups = conflict_groups(self._view.books(), self._view.checked())
        shown = {(str(one.kind), one.subject_key) for one in groups}
        return [*groups, *self.money.conflicts(shown)]

    def candidates(self, kind: str, key: str, text: str) -> list[Candidate]:
        """Return QuickBooks records whose name is like `text`, best first."""
        view = self._view
        matcher = view.kept("matcher", lambda: Matcher(view.books(), view.policy()))
        return list(matcher.search(kind, text, key))

    def propose_test(self) -> str | None:
        """Return the invoice that is best to test with; None if none can be posted."""
        return propose_test(self._view.books(), self._view.checked())

    def lock(self) -> BulkLock:
        """Return whether bulk sync is open."""
        with self._cache.read() as session:
            return lock_of(session)

    def require_bulk(self) -> None:
        """Insist that bulk sync is open.

        Raises:
            LockedTrouble: it is not, with what opens it.
        """
        require_unlocked(self._cache, self._view)

    def preview(self, docket_ids: Sequence[str], also: Collection[str] = ()) -> Plan:
        """Return exactly what a sync of these invoices would do.

        `also` are those that a person ticked although they change what is settled.
        """
        view = self._view
        return make_plan(view.books(), view.policy(), view.checked(), docket_ids, also)

    def changes(self, docket_id: str) -> tuple[FieldChange, ...]:
        """Return what differs since an invoice was posted: then, in Docket and in QuickBooks now.

        Its payments' changes are among them; nothing while it is not in QuickBooks.
        """
        ground = self._view.ground()
        file = ground.books.invoices.get(docket_id)
        return () if file is None else changes_of(assess(ground, file))

    def link_preview(self) -> Plan:
        """Return the review of what is in QuickBooks already: linked by one confirmation.

        Nothing is written in QuickBooks by it, so `bulk_sync` takes it without a test.
        """
        view = self._view
        checked = view.checked()
        ids = adoptable(checked)
        return make_plan(view.books(), view.policy(), checked, ids, links_only=True)

    def pattern_preview(self, pattern: str, qbo_id: str) -> PatternPreview:
        """Return what a rule such as `10 yd *` would touch; `choose` keeps its choice.

        Raises:
            UsageTrouble: the rule would fit everything, or there is no such product/service.
        """
        view = self._view
        return preview_pattern(view.books(), view.checked(), self._lines(), pattern, qbo_id)

    def rule_names(self, pattern: str) -> tuple[PatternName, ...]:
        """Return the names that a rule such as `10 yd *` would decide, before it is kept.

        Raises:
            UsageTrouble: the rule would fit everything.
        """
        return pattern_names(self._view.books(), self._view.checked(), self._lines(), pattern)

    def _lines(self) -> Lines:
        view = self._view
        return view.kept("lines to do", lambda: lines_to_do(view.books(), view.checked()))

    async def opening(self, day: date | None = None) -> Opening:
        """Return what each customer owed on the start date, on both sides.

        Args:
            day: another day than the start date.

        Raises:
            UsageTrouble: no start date was chosen.
            ConnectionTrouble: QuickBooks cannot be asked for its balances.
        """
        books = self._view.books()
        start = day or books.company.start_date
        if start is None:
            raise UsageTrouble(
                "No start date was chosen yet.",
                books="Nothing was asked.",
                fix="Choose it first: `docket-qbo settings start_date 2026-11-01`.",
            )
        report = await self.tie_out.ask_balances(start - timedelta(days=1))
        return opening(books, self._view.checked(), report, start)

    def unfinished(self) -> RunProgress | None:
        """Return the run that can be gone on with, as the journal has it."""
        run = unfinished(self._cache)
        return None if run is None else progress_of(self._cache, run)

    def unclear(self) -> int:
        """Return how many postings have an outcome that is not known yet."""
        with self._cache.read() as session:
            states = (PostingState.UNKNOWN, PostingState.SENDING)
            return len(journal.postings_of(session, states=states))

    def result(self, run_id: int) -> RunResult | None:
        """Return what a run came to; None while it has no result."""
        with self._cache.read() as session:
            run = get_run(session, run_id)
        return None if run is None or run.result is None else result_from_json(run.result)

    def last_result(self) -> RunResult | None:
        """Return the newest result there is."""
        with self._cache.read() as session:
            runs = all_runs(session, limit=20)
        kept = next((run.result for run in runs if run.result is not None), None)
        return None if kept is None else result_from_json(kept)

    def policy(self) -> Policy:
        """Return how this company wants its invoices sent."""
        return self._view.policy()

    def settings(self) -> Mapping[str, str]:
        """Return every setting, with its default where none was set."""
        return self._decisions().settings()

    def questions(self) -> list[tuple[Question, str]]:
        """Return the settings that every office meets as questions, each with its value."""
        accounts = [one for one in self._view.books().entries if one.entity == "Account"]
        settings = self.settings()
        return [(one, settings[one.key]) for one in questions(accounts)]

    def first_needed(self, plan: Plan) -> list[tuple[Question, str]]:
        """Return the questions that nobody answered and that a plan is the first to need."""
        needed = first_needed(self._view.books(), plan)
        return [(one, value) for one, value in self.questions() if one.key in needed]

    def setting_effect(self, key: str, value: str) -> tuple[str, ...]:
        """Return in sentences what another value of a setting would change.

        Raises:
            UsageTrouble: there is none of this name, or it cannot have this value.
        """
        return effect(self._view.books(), self._view.checked(), key, value)

    # --- reading from outside

    async def pull(
        self, watch: Callable[[PullProgress], None] | None = None, full: bool = False
    ) -> PullResult:
        """Bring both sides into the cache and check everything.

        Raises:
            ConnectionTrouble: a side cannot be reached, or is not the cache's.
        """
        self._writable()
        docket, qbo = self._connected()
        refresh = Refresh(self._cache, docket, qbo, self._clock, self._view, self._aside)
        return await refresh.run(watch or _unwatched, full=full)

    def recheck(self) -> None:
        """Check everything anew and store statuses and conflicts."""
        self._writable()
        self._view.recheck()

    # --- deciding

    def choose(self, choice: Choice) -> int:
        """Keep a choice for all that wait for it; return how many invoices it touches."""
        return self._deciding().choose(choice)

    def keeps(self, kind: str, key: str) -> tuple[Choice, ...]:
        """Return the choices that leave a change as it is that waits for its tick.

        Args:
            kind: invoice, with all that changed of it; payment or credit, alone.
            key: Docket's id.
        """
        ground = self._view.ground()
        record = ground.index.payments.get(key) or ground.books.credits.get(key)
        on = () if record is None else (part.invoice_id for part in record.allocations)
        ids = [key] if kind == "invoice" else [f"{kind}:{key}", *on]
        keeps = [choice for one in self.preview(ids).invoices for choice in one.keeps]
        wanted = [one for one in keeps if kind == "invoice" or (one.kind, one.key) == (kind, key)]
        return tuple(dict.fromkeys(wanted))

    def leave(self, one: InvoicePlan) -> None:
        """Leave both sides as they are, instead of changing what is settled in QuickBooks.

        It holds until either side changes again.
        """
        for choice in one.keeps:
            self.choose(choice)

    def mail(self, docket_ids: Sequence[str], *, wanted: bool) -> None:
        """Have new invoices e-mailed by QuickBooks, or not, whatever the settings say of all."""
        self._deciding().mail(docket_ids, wanted=wanted)

    def take_back(self) -> str | None:
        """Take the newest choice back; return what it was, in words."""
        return self._deciding().take_back()

    def exclude(self, docket_ids: Sequence[str], reason: str) -> None:
        """Leave invoices out on purpose."""
        self._deciding().exclude(docket_ids, reason)

    def include(self, docket_ids: Sequence[str]) -> None:
        """Take invoices back in."""
        self._deciding().include(docket_ids)

    def retry(self, posting_id: int) -> None:
        """Let a posting that was refused, or waits for a person, go again.

        Raises:
            Trouble: it is not safe, with the reason.
        """
        self._deciding().retry(posting_id)

    def retry_alike(self, key: str) -> int:
        """Let all postings that QuickBooks refused for one reason go again; return how many."""
        return self._deciding().retry_alike(key)

    def hold(self, posting_id: int, reason: str = "") -> None:
        """Keep a posting from being sent, or sent again, until it is retried.

        Raises:
            Trouble: it is not safe, or too late, with the reason.
        """
        self._deciding().hold(posting_id, reason)

    def release(self, posting_id: int) -> None:
        """Let go what is held; it is looked up before it is sent.

        Raises:
            Trouble: it is not held, or it is not safe, with the reason.
        """
        self._deciding().release(posting_id)

    def set_start_date(self, day: date) -> None:
        """Choose from which day on invoices are posted."""
        self._deciding().set_start_date(day)

    def set_setting(self, key: str, value: str) -> None:
        """Change a setting.

        Raises:
            UsageTrouble: there is none of this name, or it cannot have this value.
        """
        self._deciding().set_setting(key, value)

    def unsync_invoices(self, docket_ids: Sequence[str]) -> int:
        """Forget the links of invoices and their money; return how many links went."""
        self._writable()
        return Unsync(self._cache, self._clock, self._actor, self._view).invoices(docket_ids)

    def unsync_client(self, client_id: str) -> int:
        """Forget the links of a client and all its invoices; return how many links went."""
        self._writable()
        return Unsync(self._cache, self._clock, self._actor, self._view).client(client_id)

    # --- posting

    async def test_sync(
        self,
        plan: Plan,
        watch: Callable[[RunProgress], None] | None = None,
        control: RunControl | None = None,
    ) -> RunResult:
        """Post one invoice and read it back.

        Raises:
            PlanChanged: the data changed since the preview.
        """
        posting = Posting(await self._open_shop(), self._view)
        return await posting.test(plan, watch or _unwatched, control or RunControl())

    async def bulk_sync(
        self,
        plan: Plan,
        watch: Callable[[RunProgress], None] | None = None,
        control: RunControl | None = None,
    ) -> RunResult:
        """Post everything that a confirmed plan holds.

        Raises:
            LockedTrouble: no test has succeeded yet, or a live company has no start date.
            PlanChanged: the data changed since the preview.
        """
        posting = Posting(await self._open_shop(), self._view)
        return await posting.bulk(plan, watch or _unwatched, control or RunControl())

    async def resume(
        self,
        watch: Callable[[RunProgress], None] | None = None,
        control: RunControl | None = None,
    ) -> RunResult:
        """Go on with the run that was cut short."""
        posting = Posting(await self._open_shop(), self._view)
        return await posting.resume(watch or _unwatched, control or RunControl())

    def void_preview(self, run_id: int) -> tuple[str, ...]:
        """Return what voiding a test would void, in words.

        Raises:
            Trouble: it was no test, or it cannot be voided.
        """
        plan = Voiding(self._shop(), self._view).test(run_id)
        return tuple(f"void {line.label}" for line in plan.of(Undo.VOID))

    async def void_test(self, run_id: int) -> RunResult:
        """Void in QuickBooks what a test posted, if nobody touched it.

        Raises:
            Trouble: somebody did, or it cannot be voided.
        """
        return await self.void(Voiding(self._shop(), self._view).test(run_id))

    def void_plan(
        self,
        run_id: int | None = None,
        posting_ids: Sequence[int] = (),
        *,
        inactive: bool = False,
    ) -> UndoPlan:
        """Return what voiding a run, the last run, or lines of the sync log would do.

        `inactive`: customers and products that were created are made inactive too.

        Raises:
            Trouble: there is nothing of it in QuickBooks.
        """
        voiding = Voiding(self._shop(), self._view)
        if posting_ids:
            return voiding.of_postings(posting_ids, inactive=inactive)
        return voiding.of_run(run_id, inactive=inactive)

    async def void(
        self, plan: UndoPlan, watch: Callable[[RunProgress], None] | None = None
    ) -> RunResult:
        """Void in QuickBooks exactly what a confirmed plan says.

        Raises:
            Trouble: something changed since the preview; nothing was voided.
        """
        voiding = Voiding(await self._open_shop(), self._view)
        return await voiding.run(plan, watch or _unwatched)

    async def _open_shop(self) -> Workshop:
        """The workshop, once QuickBooks has said that it is the cache's company.

        Raises:
            ConnectionTrouble: it is another one, or cannot be asked.
            UsageTrouble: this desk posts nothing.
        """
        if not self._may_post:
            raise posts_nothing()
        shop = self._shop()
        with self._cache.read() as session:
            known = load_company(session)
        if known is not None:
            try:
                info = await shop.qbo.company_info()
            except QboError as error:
                raise connection_trouble(error) from error
            qbo = shop.qbo
            found = read_company(qbo.realm_id, qbo.base_url, info, {}, known)
            insist_same(known, found)
            insist_same_name(known, found)
        return shop

    def _shop(self) -> Workshop:
        self._writable()
        _, qbo = self._connected()
        return Workshop(
            self._cache, qbo, self._clock, self._ids, self._settings, self._actor, self._aside
        )

    def _deciding(self) -> Decisions:
        self._writable()
        return self._decisions()

    def _decisions(self) -> Decisions:
        return Decisions(self._cache, self._clock, self._actor, self._view)

    def _writable(self) -> None:
        if self._cache.read_only:
            raise StoreTrouble(
                "This cache is shown read-only.",
                books="Nothing was changed.",
                fix="Open your own cache to work with it.",
            )

    def _connected(self) -> tuple[DocketSource, QboPort]:
        if self._docket is None or self._qbo is None:
            raise ConnectionTrouble(
                "Docket and QuickBooks are not connected.",
                books="Nothing was read or sent.",
                fix="Try `docket-qbo demo`, or name a configuration with --config.",
            )
        return self._docket, self._qbo


def _unwatched(progress: object) -> None:
    """For calls that nobody follows."""
