"""The judge: what stands in QuickBooks beside what Docket has, when all is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from core.money import exact_cents
from store import audit, journal, links
from store.cache import Cache
from store.load import load_books
from store.states import WITHDRAWN, InvoiceStatus, PostingState
from sync.judge import is_voided
from tests.sim.docket import Docket
from tests.sim.server import DOCUMENTS, Key, Server, key_of

_GIVEN_UP = (PostingState.HOLD, PostingState.REJECTED)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong; empty everywhere when nothing is."""

    twice: tuple[Key, ...]
    """Made more than once by us, or beside what somebody had keyed."""
    lost: tuple[Key, ...]
    """Not in QuickBooks, or not known to be, though nobody interfered."""
    untied: tuple[Key, ...]
    """There, but not to the cent."""
    broken: tuple[str, ...]
    """The audit's chain, a refusal that was none, links two to one."""

    @property
    def good(self) -> bool:
        return not (self.twice or self.lost or self.untied or self.broken)

    def lines(self) -> Iterator[str]:
        """For the event log."""
        for word in ("twice", "lost", "untied", "broken"):
            for one in getattr(self, word):
                yield f"{word}: {one}"


def judged(
    cache: Cache,
    docket: Docket,
    server: Server,
    touched: set[Key],
    spoiled: set[Key],
    *,
    restored: bool = False,
) -> Judgement:
    """Compare both sides.

    Args:
        cache: the program's own idea of it.
        docket: what has to be there.
        server: what is there.
        touched: records that people changed meanwhile.
        spoiled: invoices that QuickBooks stored with another total.
        restored: whether the cache was: it may have forgotten which bytes it had frozen
            of a record that Docket has changed since.
    """
    made = Counter(server.standing())
    made.update(key for key in server.twins if key not in touched)
    lockless = _without_a_lock(server) if restored else set()
    twice = [key for key, count in made.items() if count > 1 and key not in lockless]
    lost, untied = [], []
    forgotten = touched if restored else set()
    broken = list(_broken(cache, docket, server, forgotten))
    with cache.read() as session:
        for key, (kind, docket_id, amount) in docket.owed().items():
            link = links.find_link(session, server.realm_id, kind, docket_id)
            held = None if link is None else server.objects.get(link.entity, {}).get(link.qbo_id)
            if key in touched:
                continue
            if held is None:
                # Forgotten, there once, and shown by no query: a person is asked about it.
                unseen = restored and server.world.blind and made[key] == 1
                lost += [] if unseen else [key]
            elif exact_cents(held["TotalAmt"]) != amount:
                untied.append(key)
    broken += _swallowed(cache, server, spoiled)
    untied += [key for key in _unbalanced(docket, server) if key not in touched]
    return Judgement(tuple(twice), tuple(lost), tuple(untied), tuple(broken))


def unlinked(cache: Cache, server: Server) -> set[str]:
    """Return what a refresh has just shown of postings that were given up, and is not linked."""
    found = set()
    with cache.read() as session:
        given_up = {
            row.marker: row
            for row in journal.postings_of(session, states=_GIVEN_UP)
            if not links.find_link(session, server.realm_id, row.kind, row.docket_id)
        }
    for entity in DOCUMENTS:
        for row in server.seen(entity):
            note = str(row.get("PrivateNote", ""))
            marks = [mark for mark in given_up if mark in note and not is_voided(row)]
            found |= {f"{entity} {row['Id']} of {given_up[mark].docket_id}" for mark in marks}
    return {f"{one} is not linked" for one in found}


def _without_a_lock(server: Server) -> set[Key]:
    """Return what nothing can keep a restored cache from making again.

    It has forgotten that a first request was certainly not carried out, and with it the
    id that was used after that: it sends the first one again, and makes it. This
    QuickBooks never shows what it holds.
    """
    if not server.world.blind:
        return set()
    return {
        key
        for key, ids in server.creates.items()
        if len(ids) > 1 and any(one in server.denied and one in server.replies for one in ids)
    }


def _unbalanced(docket: Docket, server: Server) -> Iterator[Key]:
    """Yield the invoices that show another balance than Docket's."""
    paid: Counter[str] = Counter()
    for payment in docket.payments:
        for part in payment.allocations:
            paid[part.invoice_id] += part.amount
    balances = {key_of("Invoice", row)[1]: row["Balance"] for row in server.all("Invoice")}
    for one in docket.invoices:
        held = balances.get(one.number)
        if held is not None and exact_cents(held) != one.total - paid[one.id]:
            yield ("Invoice", one.number)


def _swallowed(cache: Cache, server: Server, spoiled: set[Key]) -> Iterator[str]:
    """Yield the differences that nobody is shown."""
    held = {
        key_of("Invoice", row)[1]: exact_cents(row["TotalAmt"]) for row in server.all("Invoice")
    }
    for file in load_books(cache).invoices.values():
        number, total = file.invoice.number, file.invoice.total
        differs = ("Invoice", number) in spoiled and held.get(number, total) != total
        if differs and file.status == InvoiceStatus.SYNCED:
            yield f"invoice {number} differs and is called synced"
    with cache.read() as session:
        rows = journal.postings_of(session, kind="invoice", states=(PostingState.CONFIRMED,))
    for row in rows:
        made = server.objects.get("Invoice", {}).get(row.qbo_id, {})
        asked = row.operation == "create" and key_of("Invoice", made) in spoiled
        if asked and exact_cents(made["TotalAmt"]) != row.amount:
            yield f"invoice {row.docket_id} came back different and was confirmed"


def _broken(cache: Cache, docket: Docket, server: Server, forgotten: set[Key]) -> Iterator[str]:
    owed = docket.owed()
    changed = {owed[key][:2] for key in forgotten if key in owed}
    with cache.read() as session:
        if not audit.verify(session):
            yield "the audit's chain"
        rows = journal.postings_of(session)
        excused = {row.request_id for row in rows if (row.kind, row.docket_id) in changed}
        for request_id in sorted(server.rebuilt - excused - {""}):
            yield f"other bytes under {request_id}"
        for row in rows:
            open_state = row.state in (PostingState.SENDING, PostingState.APPROVED)
            if open_state:
                yield f"{row.kind}:{row.docket_id} left {row.state}"
            refused = row.state == PostingState.REJECTED and row.fault_code not in ("", WITHDRAWN)
            if refused and row.request_id not in server.refusals:
                yield f"{row.kind}:{row.docket_id} refused by nobody"
