"""Brings QuickBooks' side into the cache: everything once, afterwards what changed.

The first time, lists and documents are read in full, entity by entity; later one
CDC call tells all. CDC looks back 30 days at most and answers with 1000 objects at
most, so an old cursor or a cut answer falls back to reading in full, and to asking
for what such a list lacks. The cursor is QuickBooks' own time less an overlap: what was
being written while we read comes again, and the mirror keeps the newer one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from connectors.qbo.shapes import Changes
from core.clock import Clock, iso, parse_instant
from core.jsonio import JsonObject
from store import company as company_store
from store import docket as cursors
from store import mirror
from store.books import Company
from store.cache import Cache
from sync.company import insist_same, read_company, tracks
from sync.gone import gone_from
from sync.ports import QboPort
from sync.seen import follow_tokens
from sync.shapes import PullProgress

SOURCE = "quickbooks"
NAMES = ("Customer", "Vendor", "Employee", "Item")
LISTS = ("Account", "Term", "PaymentMethod")
NO_CDC = ("TaxCode",)
"""Lists whose changes CDC does not tell; they are short and read in full each time."""
DOCUMENTS = ("Invoice", "Payment", "CreditMemo", "RefundReceipt", "SalesReceipt", "Deposit")
WATCHED = (*NAMES, *LISTS, *DOCUMENTS)

OVERLAP = timedelta(minutes=5)
OLDEST_CURSOR = timedelta(days=25)
BEFORE_OLDEST = timedelta(days=60)
"""Documents this much older than the oldest invoice to post may still be its twins."""

Arrived = Callable[[Mapping[str, Sequence[JsonObject]]], None]
"""Gets what came from QuickBooks, by entity, once it is kept."""

ACTIVE_OR_NOT = "Active in (true, false)"
_CDC, _BEGUN, _DOCUMENTS_FROM = "cdc", "begun", "documents_from"


class QboPull:
    """One refresh of QuickBooks' side.

    Args:
        cache: where it is kept.
        qbo: the company.
        clock: for the age of what is known.
        watch: gets the progress.
        arrived: gets everything that came.
    """

    def __init__(
        self,
        cache: Cache,
        qbo: QboPort,
        clock: Clock,
        watch: Callable[[PullProgress], None],
        arrived: Arrived,
    ) -> None:
        self._cache = cache
        self._qbo = qbo
        self._clock = clock
        self._watch = watch
        self._arrived = arrived
        self._tracked: tuple[str, ...] = ()

    async def check_company(self) -> Company:
        """Read the company and keep it, if it is the one that the cache belongs to.

        Raises:
            ConnectionTrouble: the cache belongs to another company, or to a practice
                company that has been started over.
        """
        self._watch(PullProgress("QuickBooks company", 0, None))
        info = await self._qbo.company_info()
        preferences = await self._qbo.preferences()
        with self._cache.read() as session:
            known = company_store.load_company(session)
        company = read_company(self._qbo.realm_id, self._qbo.base_url, info, preferences, known)
        if known is not None:
            insist_same(known, company)
        self._tracked = tracks(preferences)
        with self._cache.write() as session:
            company_store.save_company(session, company, info=info, preferences=preferences)
        return company

    async def run(self, *, full: bool, oldest_open: date | None) -> dict[str, int]:
        """Read what changed, or everything.

        Args:
            full: read everything, whatever the cursors say.
            oldest_open: issue date of the oldest invoice that is not synced.

        Returns:
            Objects that came new or changed, by entity.
        """
        changed: dict[str, int] = {}
        cursor = None if full else self._instant(_CDC)
        if cursor is None or self._clock.now() - cursor > OLDEST_CURSOR:
            await self._everything(oldest_open, changed, again=full)
            return changed
        await self._since(cursor, changed)
        await self._widen(oldest_open, changed)
        for entity in NO_CDC:
            await self._all(entity, ACTIVE_OR_NOT, changed)
        return changed

    async def look_back(self) -> None:
        """Bring what changed since the last look.

        Where that is too long ago for CDC, the documents are queried by the time of their
        last change; the cursor stays, so that the next refresh reads everything.
        """
        cursor = self._instant(_CDC)
        if cursor is None:
            return
        if self._clock.now() - cursor <= OLDEST_CURSOR:
            await self._since(cursor, {})
            return
        for entity in DOCUMENTS:
            await self._all(entity, _changed_since(cursor), {})

    async def _since(self, cursor: datetime, changed: dict[str, int]) -> None:
        """Keep what changed since `cursor`.

        An answer that was cut is asked for again entity by entity; a list of names that
        alone is too much is queried by the time of its last change, and documents, whose
        deletions stand at the end that was cut off, are read in full. Only when all is
        kept does the cursor move.
        """
        answer = await self._qbo.changes((*WATCHED, *self._tracked), cursor)
        if answer.complete:
            self._keep(answer, changed, answer.at)
            return
        for entity in (*WATCHED, *self._tracked):
            one = await self._qbo.changes((entity,), cursor)
            self._keep(one, changed, None)
            if not one.complete and entity in DOCUMENTS:
                listed = await self._all(entity, self._known_days(), changed)
                await self._mark_gone(entity, listed)
            elif not one.complete:
                await self._all(entity, f"{_changed_since(cursor)} and {ACTIVE_OR_NOT}", changed)
        with self._cache.write() as session:
            cursors.save_cursor(session, SOURCE, _CDC, iso(answer.at - OVERLAP))

    def _keep(self, answer: Changes, changed: dict[str, int], at: datetime | None) -> None:
        """Keep a CDC answer; with `at`, also the cursor, in the same transaction."""
        now, realm = self._clock.now(), self._qbo.realm_id
        with self._cache.write() as session:
            for entity, objects in answer.objects.items():
                follow_tokens(session, realm, entity, objects)
                changed[entity] = changed.get(entity, 0) + mirror.save_objects(
                    session, realm, entity, objects, source="cdc", seen_at=now
                )
            for entity, gone in answer.deleted.items():
                mirror.mark_deleted(session, realm, entity, gone, source="cdc")
            if at is not None:
                cursors.save_cursor(session, SOURCE, _CDC, iso(at - OVERLAP))
        self._arrived(answer.objects)
        for entity, objects in answer.objects.items():
            self._watch(PullProgress(f"QuickBooks {_words(entity)}", len(objects), None))

    def _keep_rows(self, entity: str, rows: Sequence[JsonObject], changed: dict[str, int]) -> None:
        with self._cache.write() as session:
            follow_tokens(session, self._qbo.realm_id, entity, rows)
            changed[entity] = changed.get(entity, 0) + mirror.save_objects(
                session,
                self._qbo.realm_id,
                entity,
                rows,
                source="query",
                seen_at=self._clock.now(),
            )
        self._arrived({entity: rows})

    async def _mark_gone(self, entity: str, listed: set[str]) -> None:
        """Mark the documents that a full list lacks and that QuickBooks no longer has."""
        realm = self._qbo.realm_id
        with self._cache.read() as session:
            missing = mirror.unlisted(session, realm, entity, listed)
        gone = await gone_from(self._qbo, entity, missing)
        now = self._clock.now()
        with self._cache.write() as session:
            mirror.mark_deleted(
                session, realm, entity, [(one, now) for one in gone], source="query"
            )

    async def _everything(
        self, oldest_open: date | None, changed: dict[str, int], *, again: bool
    ) -> None:
        begun = await self._begin(again=again)
        with self._cache.read() as session:
            marks = cursors.get_cursors(session, SOURCE)
        for entity in (*NAMES, *LISTS, *NO_CDC, *self._tracked):
            await self._once(entity, begun, ACTIVE_OR_NOT, changed, marks)
        needed = self._needed_from(oldest_open)
        since = f"TxnDate >= '{needed.isoformat()}'" if needed else ""
        older = f"TxnDate < '{needed.isoformat()}' and Balance > '0'" if needed else ""
        for entity in DOCUMENTS:
            await self._once(entity, begun, since, changed, marks, also=older)
        with self._cache.write() as session:
            cursors.save_cursor(
                session, SOURCE, _DOCUMENTS_FROM, needed.isoformat() if needed else ""
            )
            cursors.save_cursor(session, SOURCE, _CDC, iso(begun - OVERLAP))
            cursors.save_cursor(session, SOURCE, _BEGUN, "")

    async def _begin(self, *, again: bool) -> datetime:
        """Return QuickBooks' time at which the full reading began, before the first page.

        A reading that was cut short goes on with the entities that are still missing.
        """
        begun = None if again else self._instant(_BEGUN)
        if begun is not None and self._clock.now() - begun <= timedelta(days=1):
            return begun
        at = (await self._qbo.changes(("Customer",), self._clock.now() - OVERLAP)).at
        with self._cache.write() as session:
            cursors.save_cursor(session, SOURCE, _BEGUN, iso(at))
        return at

    async def _once(
        self,
        entity: str,
        begun: datetime,
        where: str,
        changed: dict[str, int],
        marks: Mapping[str, str],
        also: str = "",
    ) -> None:
        """Read an entity in full, unless its mark says that this reading has already done so.

        `also` says which invoices are wanted besides.
        """
        mark = iso(begun)
        if marks.get(f"full:{entity}") == mark:
            return
        listed = await self._all(entity, where, changed)
        if also and entity == "Invoice":
            listed |= await self._all(entity, also, changed)
        if entity in DOCUMENTS:
            await self._mark_gone(entity, listed)
        with self._cache.write() as session:
            cursors.save_cursor(session, SOURCE, f"full:{entity}", mark)

    async def _all(self, entity: str, where: str, changed: dict[str, int]) -> set[str]:
        """Keep what a query gives, and return the Ids."""
        seen: set[str] = set()
        self._watch(PullProgress(f"QuickBooks {_words(entity)}", 0, None))
        async for rows in self._qbo.query_all(entity, where):
            self._keep_rows(entity, rows, changed)
            seen.update(str(row["Id"]) for row in rows)
            self._watch(PullProgress(f"QuickBooks {_words(entity)}", len(seen), None))
        return seen

    async def _widen(self, oldest_open: date | None, changed: dict[str, int]) -> None:
        """Read older documents when an older invoice has turned up in Docket."""
        with self._cache.read() as session:
            kept = cursors.get_cursor(session, SOURCE, _DOCUMENTS_FROM)
        needed = self._needed_from(oldest_open)
        if not kept or needed is None or needed.isoformat() >= kept:
            return
        where = f"TxnDate >= '{needed.isoformat()}' and TxnDate < '{kept}'"
        for entity in DOCUMENTS:
            await self._all(entity, where, changed)
        with self._cache.write() as session:
            cursors.save_cursor(session, SOURCE, _DOCUMENTS_FROM, needed.isoformat())

    def _known_days(self) -> str:
        """Return the condition for the days of which the cache knows the documents."""
        with self._cache.read() as session:
            kept = cursors.get_cursor(session, SOURCE, _DOCUMENTS_FROM)
        return f"TxnDate >= '{kept}'" if kept else ""

    def _needed_from(self, oldest_open: date | None) -> date | None:
        with self._cache.read() as session:
            company = company_store.load_company(session)
        start = company.start_date if company else None
        days = [day for day in (start, oldest_open and oldest_open - BEFORE_OLDEST) if day]
        return min(days) if days else None

    def _instant(self, name: str) -> datetime | None:
        with self._cache.read() as session:
            text = cursors.get_cursor(session, SOURCE, name)
        return parse_instant(text) if text else None


def _changed_since(instant: datetime) -> str:
    at = instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"MetaData.LastUpdatedTime >= '{at}'"


def _words(entity: str) -> str:
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in entity)
    return f"{words.strip()}s"
