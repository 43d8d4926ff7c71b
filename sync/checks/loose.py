"""Money of Docket that is on no invoice: prepayments, overpaid rests, unused credit memos.

An invoice's check does not see it, so it has a check of its own. Each has a key such as
`credit:c-7`, by which it is selected for a preview as an invoice is by its id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.records import Refund
from core.text import display
from store.books import Document
from store.states import OPEN_STATES, STOPPED_STATES, WITHDRAWN
from sync.checks.document import check_company
from sync.checks.ground import Ground
from sync.checks.memos import memo_standing
from sync.checks.money import Money, Standing, State, day_of, is_memo, kind_of
from sync.checks.payment_doubles import check_payment_doubles
from sync.checks.payments import unlinked_standing
from sync.checks.posted_money import posted_standing
from sync.checks.receipts import pair_loose
from sync.shapes import ConflictGroup, ConflictKind


@dataclass(frozen=True, slots=True)
class Loose:
    """One payment or credit of Docket on no invoice, weighed."""

    key: str
    standing: Standing
    trouble: str
    """What is in the way, in words; empty if nothing is."""

    @property
    def record(self) -> Money:
        """Docket's payment or credit."""
        record = self.standing.record
        assert not isinstance(record, Refund)
        return record

    @property
    def earlier(self) -> bool:
        """Whether it is from before the start date, and so nobody's business here."""
        kinds = {one.kind for one in self.standing.findings}
        return ConflictKind.BEFORE_START in kinds

    @property
    def due(self) -> bool:
        """Whether a sync would post or link it."""
        return self.standing.to_send and not self.trouble


def loose_key(record: Money) -> str:
    """Return the key by which it is selected."""
    return f"{kind_of(record)}:{record.id}"


def loose_money(ground: Ground) -> Mapping[str, Loose]:
    """Weigh all money of Docket that is on no invoice, by key, oldest first."""
    records = sorted(_records(ground), key=lambda one: (day_of(one), one.id))
    pairs = pair_loose(ground, [one for one in records if not is_memo(one)])
    found = {}
    for record in records:
        standing = _standing(ground, record, pairs)
        if standing.state != State.GONE:
            key = loose_key(record)
            found[key] = Loose(key, standing, _trouble(ground, record, standing))
    return found


def loose_groups(ground: Ground) -> Iterator[ConflictGroup]:
    """Yield the conflicts about money on no invoice; no invoice waits for them."""
    for loose in loose_money(ground).values():
        # What is of a day or an account is left aside: invoices show it too.
        own = [one for one in loose.standing.findings if one.subject_key == loose.record.id]
        for found in (*own, *check_payment_doubles(ground, loose.standing)):
            yield ConflictGroup(
                kind=found.kind,
                subject_kind=found.subject_kind,
                subject_key=found.subject_key,
                subject=found.subject,
                words=found.words,
                invoices=(),
                amount=loose.record.amount,
                candidates=found.candidates,
                ways_out=tuple(way for way in found.ways_out if way.action != "exclude"),
            )


def _records(ground: Ground) -> Iterator[Money]:
    yield from ground.books.loose.values()
    yield from (one for one in ground.books.credits.values() if not one.allocations)


def _standing(ground: Ground, record: Money, pairs: Mapping[tuple[str, str], Document]) -> Standing:
    if is_memo(record):
        return memo_standing(ground, record, "", None)
    link = ground.index.link(kind_of(record), record.id)
    if link is not None:
        return posted_standing(ground, record, link, 0, None)
    return unlinked_standing(ground, record, record.amount, pairs)


def _trouble(ground: Ground, record: Money, standing: Standing) -> str:
    for finding in standing.findings:
        return finding.words
    row = ground.index.newest_posting(kind_of(record), record.id)
    if row is not None and row.state in OPEN_STATES:
        return "being sent to QuickBooks"
    if row is not None and row.state in STOPPED_STATES and row.fault_code != WITHDRAWN:
        return display(row.reason, 400) or "QuickBooks refused it."
    if standing.to_send:
        for finding in check_company(ground):
            return finding.words
        if not loose_customer(ground, record):
            return (
                "Its client has no customer in QuickBooks yet: it can be posted once an invoice"
                " of the client was."
            )
    return ""


def loose_customer(ground: Ground, record: Money) -> str:
    """Return the Id of the customer whose money it is; empty while there is none."""
    client = ground.books.clients.get(record.client_id)
    match = None if client is None else ground.matcher.client(client)
    return "" if match is None else match.target_id
