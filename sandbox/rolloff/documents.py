"""The invoices: what was rented, hauled and charged on top, and when.

An invoice's kind (mix.INVOICE_KINDS, or `clean`) says what is special about it;
everything else about it is chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sandbox.docket import amounts
from sandbox.docket.amounts import Record, cents, money
from sandbox.rolloff import catalogue
from sandbox.rolloff.catalogue import Product
from sandbox.rolloff.dice import Dice
from sandbox.rolloff.mix import IN_QBO, Mix
from sandbox.rolloff.parties import Party
from sandbox.rolloff.words import STATE_AGENCY

FIRST_NUMBER = 24001
DAYS_BACK = 75
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


def closing_date(today: date) -> date:
    """The end of the month before the first ordinary invoice: the books closed then."""
    return (today - timedelta(days=DAYS_BACK)).replace(day=1) - timedelta(days=1)


def stamp(day: date, minute: int) -> str:
    """An instant on `day`, for the wire; minutes from 13:00 UTC (early morning there)."""
    at = datetime.combine(day, time(13)) + timedelta(minutes=minute)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def jobs(seed: int, plan: Mix, people: Sequence[Party], today: date) -> list[Job]:
    """All invoices, oldest first, numbered in that order."""
    dice = Dice(seed, "jobs")
    clients = _Turns(dice, people)
    drifted = {
        match: _round_robin([p for p in catalogue.DRIFTED if p.match == match])
        for match in _PRODUCT_OF_KIND.values()
    }
    made: list[Job] = []
    kinds = _spread(dice, plan)
    for place, (kind, day) in enumerate(zip(kinds, _days(kinds, today), strict=True)):
        party = clients.next(_CLIENT_OF_KIND.get(kind, "same"))
        number = str(FIRST_NUMBER + place)
        if kind == "number_twice" and made:
            number = _number_to_repeat(made, party, number)
        record = _invoice(dice, kind, place, party, day, today)
        if kind in _PRODUCT_OF_KIND:
            line = _line(next(drifted[_PRODUCT_OF_KIND[kind]]), "1")
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


def _spread(dice: Dice, plan: Mix) -> list[str]:
    """Each invoice's kind: closed ones first, those in QuickBooks in the first two thirds."""
    wanted = [kind for kind, count in plan.invoice_kinds.items() for _ in range(count)]
    closed = wanted.count("closed")
    early = [kind for kind in wanted if kind in IN_QBO]
    later = [kind for kind in wanted if kind not in IN_QBO and kind != "closed"]
    kinds = (["closed"] * closed + ["clean"] * plan.invoices)[: plan.invoices]
    cut = max(plan.invoices * 2 // 3, closed)
    for places, of_kind in ((range(closed, cut), early), (range(closed, plan.invoices), later)):
        free = [place for place in places if kinds[place] == "clean"]
        for place, kind in zip(dice.sample(free, len(of_kind)), of_kind, strict=False):
            kinds[place] = kind
    return kinds


def _days(kinds: Sequence[str], today: date) -> Iterator[date]:
    """Dates in order: the closed ones before the closing date, the rest up to yesterday."""
    closed, closed_count = closing_date(today), kinds.count("closed")
    first = today - timedelta(days=DAYS_BACK)
    for place, kind in enumerate(kinds):
        if kind == "closed":
            yield closed - timedelta(days=19 - 20 * place // closed_count)
        else:
            yield first + timedelta(days=DAYS_BACK * place // len(kinds))


def _number_to_repeat(made: Sequence[Job], party: Party, otherwise: str) -> str:
    """The number of the last clean invoice of somebody else."""
    for job in reversed(made):
        if job.kind == "clean" and job.party.id != party.id:
            return str(job.record["number"])
    return otherwise


def _invoice(dice: Dice, kind: str, place: int, party: Party, day: date, today: date) -> Record:
    days = TERMS[party.record["client_type"]]
    site = dice.pick(party.record["service_addresses"])
    lines = list(_lines(dice, kind, day))
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


def _lines(dice: Dice, kind: str, day: date) -> Iterator[Record]:
    """The lines of one job; dated a few days back, when the work was done."""
    done = (day - timedelta(days=dice.between(0, 6))).isoformat()
    work = dice.weighted((("bin", 72), ("junk", 13), ("toilet", 12), ("trip", 3)))
    if work == "bin":
        yield _line(dice.pick(catalogue.RENTALS), "1", done)
        if dice.chance(12):
            yield _line(dice.pick((catalogue.EXCHANGE, catalogue.RETURN)), "1", done)
        yield from _overages(dice, done)
    elif work == "junk":
        yield _line(dice.pick(catalogue.LOADS), "1", done)
        for extra in dice.sample((catalogue.MATTRESS, catalogue.TIRES, catalogue.APPLIANCE), 2):
            if dice.chance(35):
                yield _line(extra, str(dice.between(1, 6)), done)
        if dice.chance(40):
            yield _line(catalogue.LABOR, dice.pick(("0.5", "1", "1.25", "2.75")), done)
    elif work == "toilet":
        units = str(dice.between(1, 8))
        yield _line(catalogue.TOILET, units, done)
        yield _line(catalogue.TOILET_SERVICE, str(int(units) * 4), done)
        if dice.chance(30):
            yield _line(catalogue.HANDWASH, "1", done)
    else:
        yield _line(dice.pick((catalogue.DRY_RUN, catalogue.WASHOUT)), "1", done)
    if dice.chance(40):
        yield _line(catalogue.DELIVERY, "1", done)
    if dice.chance(50):
        yield {**_line(catalogue.FUEL, "1", done), "unit_price": money(dice.between(850, 3275))}
    if dice.chance(6):
        yield _line(catalogue.PERMIT, "1", done)
    if kind == "negative":
        yield {**_line(catalogue.DELIVERY, "-1", done), "unit_price": "3650.00"}


def _overages(dice: Dice, done: str) -> Iterator[Record]:
    if dice.chance(25):
        tons = f"{dice.between(5, 385)}"
        quantity = f"{int(tons) // 100}.{int(tons) % 100:02d}"
        note = f"{quantity} tons over the included weight"
        yield {**_line(catalogue.WEIGHT, quantity, done), "description": note}
    if dice.chance(15):
        yield _line(catalogue.DAY, str(dice.between(1, 9)), done)


def _line(product: Product, quantity: str, done: str | None = None) -> Record:
    return {
        "product_id": product.id,
        "name": product.name,
        "description": "",
        "quantity": quantity,
        "unit_price": product.price,
        "taxable": product.taxable,
        "service_date": done,
    }


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
        line = {**_line(catalogue.CARD_FEE, "1"), "unit_price": money(fee)}
        sent = _added_up({**draft, "lines": [*draft["lines"], line]}, charged)
    issued = date.fromisoformat(sent["issued_on"])
    if kind in IN_QBO and kind != "unsynced":
        sent = {**sent, "qbo_synced_at": stamp(issued + timedelta(days=1), 90)}
    if kind not in ("overage_after_sync", "overage_added"):
        return Job(kind, party, sent, sent)
    line = _line(catalogue.WEIGHT, f"{dice.between(1, 3)}.{dice.between(10, 99)}")
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
