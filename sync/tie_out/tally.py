"""Sums both sides into cells and proves that nothing is lost; pure.

In every cell, Docket less QuickBooks is what the listed differences bring to it: the
lists explain the totals exactly (tests/tie_out).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from store.heap import no_collection
from store.states import InvoiceStatus
from store.tie_out import Facts
from sync.shapes import CountAndMoney
from sync.tie_out.compare import class_of, words_of
from sync.tie_out.pairs import Pair, Places, docket_amounts, pairs, qbo_amounts
from sync.tie_out.shapes import (
    NOTHING,
    Amounts,
    Bucket,
    Cell,
    Class,
    Cut,
    Difference,
    Measure,
    Period,
    TieOut,
    ZeroProof,
)

_SLOT = {"invoice": 0, "payment": 2, "refund": 4, "credit": 6}
_TAX, _OPEN = 8, 10
_SIZE = 12
_ORDER = tuple(Class)
LEFT_OUT = "excluded"
"""Reason code of an invoice that a person left out."""


def tie_out(facts: Facts, period: Period, cut: Cut = Cut.MONTH) -> TieOut:
    """Compare both sides over a period.

    A side of a record counts where its own day lies in the period; a record counts
    once, in one cell of each side. By payment method invoices are left aside.
    """
    with no_collection():
        books = _Books(Places(facts), period, cut)
        for pair in pairs(facts):
            books.take(pair)
        return books.close()


def _empty() -> list[int]:
    return [0] * _SIZE


@dataclass(slots=True)
class _Sums:
    """A cell in the making; each list holds count and cents of every measure."""

    docket: list[int] = field(default_factory=_empty)
    quickbooks: list[int] = field(default_factory=_empty)
    left_out: list[int] = field(default_factory=_empty)
    others: list[int] = field(default_factory=_empty)
    differences: int = 0


class _Books:
    """One tie-out in the making."""

    def __init__(self, places: Places, period: Period, cut: Cut) -> None:
        self._places = places
        self._place = places.by(cut)
        self._start, self._end = period.start, period.end
        self._period, self._cut = period, cut
        self._cells: defaultdict[str, _Sums] = defaultdict(_Sums)
        self._buckets = {record: {one: [0, 0] for one in Bucket} for record in _SLOT}
        self._docket = {record: [0, 0] for record in _SLOT}
        self._differences: list[Difference] = []

    def take(self, pair: Pair) -> None:
        """Put a record where it belongs."""
        one, held = pair.docket, pair.quickbooks
        here = one is not None and self._start <= one.day <= self._end
        there = held is not None and self._start <= held.day <= self._end
        record = pair.record
        if not (here or there) or (self._cut is Cut.METHOD and record == "invoice"):
            return
        ours, theirs = docket_amounts(pair), qbo_amounts(pair)
        mine, its = self._place(pair)
        mine, its = mine if here else "", its if there else ""
        if here and ours.records:
            self._count(pair, ours, theirs)
        if _set_apart(pair, ours, theirs):
            if mine and ours.records:
                _add(self._cells[mine].left_out, record, ours)
            if its and theirs.records:
                _add(self._cells[its].others, record, theirs)
            return
        if mine and ours.records:
            _add(self._cells[mine].docket, record, ours)
        if its and theirs.records:
            _add(self._cells[its].quickbooks, record, theirs)
        self._differ(pair, ours, theirs, mine, its)

    def close(self) -> TieOut:
        """Return what came of it."""
        whole = _Sums()
        for sums in self._cells.values():
            for name in ("docket", "quickbooks", "left_out", "others"):
                _merge(getattr(whole, name), getattr(sums, name))
        whole.differences = len(self._differences)
        cells = [_cell(key, self._places.label(key), sums) for key, sums in self._cells.items()]
        return TieOut(
            period=self._period,
            cut=self._cut,
            cells=tuple(sorted(cells, key=lambda cell: (cell.label.casefold(), cell.key))),
            total=_cell("", "all", whole),
            differences=tuple(
                sorted(
                    self._differences,
                    key=lambda one: (_ORDER.index(one.kind), one.docket_day or one.qbo_day),
                )
            ),
            proofs=tuple(
                _proof(record, self._docket[record], self._buckets[record]) for record in _SLOT
            ),
        )

    def _count(self, pair: Pair, ours: Amounts, theirs: Amounts) -> None:
        """Put a Docket record into the zero-proof."""
        record = pair.record
        for sums in (self._docket[record], self._buckets[record][bucket_of(pair, theirs)]):
            sums[0] += 1
            sums[1] += ours.amount

    def _differ(self, pair: Pair, ours: Amounts, theirs: Amounts, mine: str, its: str) -> None:
        one, held = pair.docket, pair.quickbooks
        moved = self._places.moved(pair)
        elsewhere = mine != its and bool(mine and its)
        kind = class_of(pair, ours, theirs, moved or elsewhere)
        if kind is None:
            return
        there = self._places.label(self._places.customer(pair)[1]) if moved else ""
        for key in {mine, its} - {""}:
            self._cells[key].differences += 1
        self._differences.append(
            Difference(
                kind=kind,
                record=pair.record,
                docket_id="" if one is None else one.docket_id,
                number=one.number if one is not None else held.number if held is not None else "",
                name=self._places.name(pair),
                docket_day="" if one is None else one.day,
                qbo_day="" if held is None else held.day,
                docket=ours,
                quickbooks=theirs,
                docket_cell=mine,
                qbo_cell=its,
                entity="" if held is None else held.entity,
                qbo_id="" if held is None else held.qbo_id,
                words=words_of(pair, kind, ours, theirs, there) or self._places_words(mine, its),
                invoice_id="" if one is None else one.invoice_id,
            )
        )

    def _places_words(self, mine: str, its: str) -> str:
        label = self._places.label
        return f"{label(mine)} in Docket, {label(its)} in QuickBooks"


def bucket_of(pair: Pair, theirs: Amounts) -> Bucket:
    """Return what became of a Docket record that stands."""
    one = pair.docket
    assert one is not None
    if theirs.records:
        return Bucket.POSTED
    if one.status == InvoiceStatus.EXCLUDED:
        return Bucket.EXCLUDED
    if one.reason_code == "refused":
        return Bucket.REFUSED
    return Bucket.HELD if one.status == InvoiceStatus.CONFLICTED else Bucket.PENDING


def _set_apart(pair: Pair, ours: Amounts, theirs: Amounts) -> bool:
    """Whether nobody expects a record on both sides.

    Left out on purpose and not in QuickBooks, or gone from Docket and left in
    QuickBooks on purpose; or in QuickBooks without our mark.
    """
    one, held = pair.docket, pair.quickbooks
    if one is None:
        return held is not None and not held.ours
    left = one.reason_code == LEFT_OUT and not ours.records
    return one.status == InvoiceStatus.EXCLUDED and (left or not theirs.records)


def _add(sums: list[int], record: str, amounts: Amounts) -> None:
    slot = _SLOT[record]
    count, amount, tax, still_open = amounts
    sums[slot] += count
    sums[slot + 1] += amount
    if tax:
        sums[_TAX] += 1
        sums[_TAX + 1] += tax if record == "invoice" else -tax
    if still_open:
        sums[_OPEN] += 1
        sums[_OPEN + 1] += still_open


def _merge(whole: list[int], part: list[int]) -> None:
    for place, value in enumerate(part):
        whole[place] += value


def _cell(key: str, label: str, sums: _Sums) -> Cell:
    return Cell(
        key,
        label,
        _figures(sums.docket),
        _figures(sums.quickbooks),
        _figures(sums.left_out),
        _figures(sums.others),
        sums.differences,
    )


def _figures(sums: list[int]) -> Mapping[Measure, CountAndMoney]:
    return {
        measure: CountAndMoney(sums[2 * place], sums[2 * place + 1])
        for place, measure in enumerate(Measure)
    }


def _proof(record: str, docket: list[int], buckets: Mapping[Bucket, list[int]]) -> ZeroProof:
    parts = {bucket: CountAndMoney(*sums) for bucket, sums in buckets.items()}
    return ZeroProof(record, CountAndMoney(*docket), parts)


def figures_of(amounts: Amounts, record: str) -> Mapping[Measure, CountAndMoney]:
    """Return what one record brings to each measure of a cell."""
    sums = _empty()
    if amounts != NOTHING:
        _add(sums, record, amounts)
    return _figures(sums)
