"""The invoices: what was rented, hauled and charged on top, and when.

An invoice's kind (mix.INVOICE_KINDS, or `clean`) says what is special about it;
everything else about it is chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sandbox.docket import amounts
from sandbox.docket.amounts import Record, cents, money
from sandbox.rolloff import catalogue
from sandbox.rolloff.catalogue import Product
from sandbox.rolloff.dice import Dice
from sandbox.rolloff.mix import IN_QBO, Mix
from sandbox.rolloff.parties import Party
from sandbox.rolloff.schedule import days_of, order_of_kinds, stamp
from sandbox.rolloff.words import STATE_AGENCY
from sandbox.rolloff.work import line_of, work_lines

FIRST_NUMBER = 24001
TERMS = {"Commercial": 30, "Contractor Bulk Bill": 15, "Contractor Prepay": 0, "Residential": 0}

_CLIENT_OF_KIND = {
    "client_near": "near",
    "client_case": "case",
    "client_vendor": "vendor",
    "client_employee": "employee",
    "client_inactive": "inactive",
    "client_new": "new",
    "client_twin": "twin",
    "foreign": "foreign",
}
_PRODUCT_OF_KIND = {
    "product_near": catalogue.NEAR,
    "product_missing": catalogue.MISSING,
    "product_category": catalogue.CATEGORY,
}
_PLAIN = frozenset((*IN_QBO, "number_taken", "refunded", "zero", "negative"))
"""Kinds without a discount, so that what they show is shown by itself."""


@dataclass(frozen=True)
class Job:
    """An invoice with its kind and its client, and its lines as first sent."""

    kind: str
    party: Party
    record: Record
    sent: Record
    """As Docket's own sync sent it, before an overage was added; else the record itself."""

    @property
    def issued_on(self) -> date:
        """The invoice's date."""
        return date.fromisoformat(self.record["issued_on"])


def jobs(seed: int, plan: Mix, people: Sequence[Party], today: date) -> list[Job]:
    """All invoices, oldest first, numbered in that order."""
    dice = Dice(seed, "jobs")
    clients = _Turns(dice, people)
    drifted = {
        match: _round_robin([p for p in catalogue.DRIFTED if p.match == match])
        for match in _PRODUCT_OF_KIND.values()
    }
    made: list[Job] = []
    kinds = order_of_kinds(dice, plan)
    for place, (kind, day) in enumerate(zip(kinds, days_of(kinds, today), strict=True)):
        party = clients.next(_CLIENT_OF_KIND.get(kind, "same"))
        number = str(FIRST_NUMBER + place)
        if kind == "number_twice" and made:
            number = _number_to_repeat(made, party, number)
        record = _invoice(dice, kind, place, party, day, today)
        if kind in _PRODUCT_OF_KIND:
            line = line_of(next(drifted[_PRODUCT_OF_KIND[kind]]), "1")
            record["lines"] = [line, *record["lines"][1:]]
        made.append(_finish(dice, kind, party, {**record, "number": number}, today))
    return made


class _Turns:
    """Clients of each kind in turn, so that each has something to bill."""

    def __init__(self, dice: Dice, people: Sequence[Party]) -> None:
        self._turns: dict[str, Iterator[Party]] = {}
        for kind in {party.match for party in people}:
            of_kind = [party for party in people if party.match == kind]
            self._turns[kind] = self._often(dice, of_kind) if kind == "same" else _endless(of_kind)

    def next(self, kind: str) -> Party:
        return next(self._turns[kind])

    @staticmethod
    def _often(dice: Dice, people: Sequence[Party]) -> Iterator[Party]:
        """Everybody once, then the regulars (the first third) far more often."""
        yield from people
        regulars = people[: max(len(people) // 3, 1)]
        while True:
            yield dice.pick(regulars if dice.chance(75) else people)


def _endless(people: Sequence[Party]) -> Iterator[Party]:
    while True:
        yield from people


def _round_robin(products: Sequence[Product]) -> Iterator[Product]:
    while True:
        yield from products


def _number_to_repeat(made: Sequence[Job], party: Party, otherwise: str) -> str:
    """The number of the last clean invoice of somebody else."""
    for job in reversed(made):
        if job.kind == "clean" and job.party.id != party.id:
            return str(job.record["number"])
    return otherwise


def _invoice(dice: Dice, kind: str, place: int, party: Party, day: date, today: date) -> Record:
    days = TERMS[party.record["client_type"]]
    site = dice.pick(party.record["service_addresses"])
    lines = list(work_lines(dice, kind, day))
    percent, discount = None, "0.00"
    if kind not in _PLAIN and dice.chance(8):
        if dice.chance(60):
            percent = dice.pick(("5", "10", "7.5"))
        else:
            discount = dice.pick(("25.00", "40.00", "15.50"))
    if kind == "zero":
        percent = "100"
    return {
        "id": f"inv-{place + 1:06d}",
        "number": "",
        "client_id": party.id,
        "service_address_id": site["id"],
        "issued_on": day.isoformat(),
        "due_on": (day + timedelta(days=days)).isoformat(),
        "terms_days": days,
        "po_number": f"PO-{dice.between(1000, 99999)}" if days and dice.chance(45) else "",
        "memo": dice.pick(_MEMOS) if dice.chance(25) else "",
        "currency": "CAD" if kind == "foreign" else "USD",
        "lines": lines,
        "discount": discount,
        "discount_percent": percent,
        "updated_at": stamp(day, place % 500),
        "voided_at": stamp(min(day + timedelta(days=2), today), 5) if kind == "voided" else None,
        "void_reason": dice.pick(("Duplicate order", "Job cancelled")) if kind == "voided" else "",
        "qbo_synced_at": None,
    }


_MEMOS = (
    "Thank you for your business!",
    "Gate code 4471. Driver: don't block the alley.",
    "Bin placed on driveway, boards under the rollers.",
    "Attn: A/P – José, second floor",
    "No mattresses, paint or tires.",
    "Swap-out requested for Friday < 10am & again Monday",
)


def rates(party: Party) -> list[Mapping[str, str]]:
    """The components of the tax where the client is; none for the exempt."""
    if party.exempt:
        return []
    return [{"name": n, "agency": STATE_AGENCY, "rate": rate} for n, rate in party.town.rates]


def _finish(dice: Dice, kind: str, party: Party, draft: Record, today: date) -> Job:
    """Add up, and do to the invoice what happens to its kind after it was issued."""
    charged = [] if kind in ("negative", "foreign") else rates(party)
    sent = _added_up(draft, charged)
    if kind != "negative" and dice.chance(5) and cents(sent["total"]) > 0:
        fee = amounts.percent(cents(sent["subtotal"]), "3")
        line = {**line_of(catalogue.CARD_FEE, "1"), "unit_price": money(fee)}
        sent = _added_up({**draft, "lines": [*draft["lines"], line]}, charged)
    issued = date.fromisoformat(sent["issued_on"])
    if kind in IN_QBO and kind != "unsynced":
        sent = {**sent, "qbo_synced_at": stamp(issued + timedelta(days=1), 90)}
    if kind not in ("overage_after_sync", "overage_added"):
        return Job(kind, party, sent, sent)
    line = line_of(catalogue.WEIGHT, f"{dice.between(1, 3)}.{dice.between(10, 99)}")
    later = min(issued + timedelta(days=6), today)
    draft = {**sent, "lines": [*sent["lines"], {**line, "service_date": later.isoformat()}]}
    record = {**_added_up(draft, charged), "updated_at": stamp(later, 240)}
    return Job(kind, party, record, sent if kind == "overage_after_sync" else record)


def _added_up(draft: Record, charged: list[Mapping[str, str]]) -> Record:
    lines = [
        {"id": f"{draft['id']}-{place}", **line} for place, line in enumerate(draft["lines"], 1)
    ]
    return {
        **draft,
        **amounts.totals(lines, charged, draft["discount"], draft["discount_percent"]),
    }
