"""Judges a company after its syncs: QuickBooks' own books against every plan that was made.

Nothing here asks the program whether it did well: what must be there comes from the
plans, what is there from the server, and the cache is read for what it must not hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.clock import SystemClock
from core.ids import SystemIds
from store import audit, sqlite
from store.cache import Cache
from store.journal import open_postings
from tests.system.world import MARKED, doubles, mark_of, standing

COUNTED = (*MARKED, "Customer", "Item")

Ledger = Mapping[str, list[dict[str, Any]]]


@dataclass(slots=True)
class Due:
    """What has to stand in QuickBooks in the end, by the plans as they were confirmed."""

    marks: dict[str, int] = field(default_factory=dict)
    """Cents by mark."""
    records: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    """The Docket records (kind, id) that are created, by QuickBooks' name of them."""
    owner: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Whose a mark is."""

    def add(self, plan: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Take a preview in."""
        for row in plan["invoices"]:
            for posting in row["postings"]:
                if posting["operation"] == "create" and not posting["adopts"]:
                    self._add(posting)

    def _add(self, posting: Mapping[str, Any]) -> None:
        key = posting["kind"], posting["docket_id"]
        self.records.setdefault(posting["entity"], set()).add(key)
        mark = mark_of(posting["body"])
        if posting["entity"] in MARKED:
            self.marks[mark] = posting["amount_cents"]
            self.owner[mark] = key

    def forget_voided(self, ledger: Ledger, marks: Iterable[str]) -> None:
        """Leave out of these marks the ones that do not stand any more."""
        held = _held(ledger)
        for mark in marks:
            if mark not in held:
                del self.marks[mark]
                gone = self.owner.pop(mark)
                for records in self.records.values():
                    records.discard(gone)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one company came to; all zero and empty when it is right."""

    twice: int
    lost: int
    difference_cents: int
    wrong: tuple[str, ...]


def judge(before: Ledger, after: Ledger, due: Due, caches: Sequence[Path]) -> Verdict:
    """Compare QuickBooks before and after with what was due, and look into the caches.

    By mark, so that every posting is known by name; and by count, so that a record
    without its mark would be seen too.
    """
    held = _held(after)
    lost = [mark for mark in due.marks if mark not in held]
    surplus = _counts(after) - _counts(before)
    wanted = Counter({name: len(records) for name, records in due.records.items()})
    twice = max(len(doubles(after)), (surplus - wanted).total())
    missing = max(len(lost), (wanted - surplus).total())
    difference = sum(abs(due.marks[mark] - held[mark]) for mark in due.marks if mark in held)
    wrong = [*_unplanned(before, after, due), *(f"no {due.owner[mark]} {mark}" for mark in lost)]
    wrong += [line for cache in caches for line in _cache_faults(cache)]
    return Verdict(twice, missing, difference, tuple(wrong))


def _unplanned(before: Ledger, after: Ledger, due: Due) -> list[str]:
    """What came into the books and stands in no plan, or stands there a second time."""
    known = {(entity, one["Id"]) for entity in COUNTED for one in before.get(entity, [])}
    names = {entity: len(due.records.get(entity, ())) for entity in COUNTED}
    seen: set[str] = set()
    lines = []
    for entity in COUNTED:
        fresh = [one for one in standing(after.get(entity, [])) if (entity, one["Id"]) not in known]
        for one in fresh:
            mark = mark_of(one)
            planned = mark in due.marks and mark not in seen
            seen.add(mark)
            if entity in MARKED and not planned:
                lines.append(f"{entity} {one['Id']} was not planned: {mark or 'no mark'}")
        if entity not in MARKED and len(fresh) > names[entity]:
            shown = [f"{one['Id']} {one.get('DisplayName') or one.get('Name')}" for one in fresh]
            lines.append(f"{entity}: {names[entity]} planned, there are {shown}")
    return lines


def _held(ledger: Ledger) -> dict[str, int]:
    return {
        mark_of(record): int(record["TotalAmt"] * 100)
        for entity in MARKED
        for record in standing(ledger.get(entity, []))
        if mark_of(record)
    }


def _counts(ledger: Ledger) -> Counter[str]:
    return Counter({entity: len(standing(ledger.get(entity, []))) for entity in COUNTED})


def _cache_faults(path: Path) -> list[str]:
    faults = []
    cache = Cache.open(path, clock=SystemClock(), ids=SystemIds())
    try:
        with cache.read() as session:
            faults += [
                f"posting {row.id} {row.label} is still {row.state}"
                for row in open_postings(session)
            ]
            broken = audit.first_break(session)
        if broken is not None:
            faults.append(f"the audit's chain breaks at row {broken}")
        wrong = sqlite.quick_check(cache.reader())
        if wrong:
            faults.append(f"SQLite says {wrong}")
    finally:
        cache.close()
    return faults
