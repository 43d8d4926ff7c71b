"""One company's books: its records, numbers, balances, and what it has switched on.

Every change goes through `write`, which keeps the books' derived facts (account
balances, what each customer owes) in step, and inside `unit`, which makes a
request all or nothing and tells the state file what to save.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.clock import PACIFIC, SandboxClock, pacific
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.fields import Record
from sandbox.qbo.switches import Switches
from sandbox.qbo.table import Table
from sandbox.qbo.wire import ZERO, money

KEPT_HISTORY = 50
"""Changes of a transaction that its page still shows."""


class Company:
    """The books of one realm."""

    def __init__(self, realm: str, clock: SandboxClock) -> None:
        self.realm = realm
        self.clock = clock
        self.switches = Switches()
        self.tables = {name: Table(entity) for name, entity in ENTITIES.items()}
        self.next_ids: Counter[str] = Counter()
        self.accounts: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.owed: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.links: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
        self.deposited: dict[str, str] = {}
        self.address = ""
        """Where clients reach the server, as the last request had it; files are fetched there."""
        self._unit: dict[tuple[str, str], tuple[Record | None, Record | None]] | None = None
        self._last_change = ""
        self.dirty: dict[tuple[str, str], None] = {}

    # --- reading -----------------------------------------------------------------

    def get(self, entity: str, key: str) -> Record | None:
        """The record with this id, if it is there and not deleted."""
        return self.tables[entity].get(key)

    def name_of(self, entity: str, key: str) -> str | None:
        """What a reference to this record shows beside its id."""
        if entity == "Currency":
            return CURRENCIES.get(key)
        record = self.tables[entity].get(key) if entity in self.tables else None
        title = ENTITIES[entity].title if record is not None else ""
        return None if record is None else record.get(title)

    def preference(self, part: str, name: str) -> Any:
        """One of the company's preferences; None if it is not set."""
        record = self.get("Preferences", "1") or {}
        return record.get(part, {}).get(name)

    def info(self, name: str) -> str | None:
        """One of CompanyInfo's NameValue pairs."""
        record = self.get("CompanyInfo", "1") or {}
        pairs = record.get("NameValue", ())
        return next((pair["Value"] for pair in pairs if pair["Name"] == name), None)

    def today(self) -> date:
        """The date a transaction gets that brings none: Pacific, as QBO's servers have it."""
        return self.clock.now().astimezone(PACIFIC).date()

    def local_today(self) -> date:
        """Today where the company is."""
        record = self.get("CompanyInfo", "1") or {}
        zone = ZoneInfo(record.get("DefaultTimeZone", "America/Los_Angeles"))
        return self.clock.now().astimezone(zone).date()

    # --- writing -----------------------------------------------------------------

    @contextmanager
    def unit(self) -> Iterator[dict[tuple[str, str], tuple[Record | None, Record | None]]]:
        """One request: all of it is kept, or none; yields what changed (before, after)."""
        if self._unit is not None:
            yield self._unit
            return
        self._unit = {}
        numbers = Counter(self.next_ids)
        try:
            yield self._unit
            self.dirty.update(dict.fromkeys(self._unit))
        except BaseException:
            self._undo()
            self.next_ids = numbers
            raise
        finally:
            self._unit = None

    def _undo(self) -> None:
        changes = dict(self._unit or {})
        for (entity, key), (before, after) in changes.items():
            self._post(after, -1)
            self._post(before, 1)
            table = self.tables[entity]
            table.deleted.pop(key, None)
            if before is not None and before.get("_deleted"):
                table.put(key, None)
                table.deleted[key] = before
            else:
                table.put(key, before)
        for entity in {entity for entity, _ in changes}:
            self.tables[entity].sort_by_change()

    def new_id(self, sequence: str, first: int = 1) -> str:
        """The next id of a sequence that begins at `first`."""
        number = self.next_ids[sequence] or first
        self.next_ids[sequence] = number + 1
        return str(number)

    def write(
        self, entity: str, record: Record, *, edited: bool = True, why: str = "edited"
    ) -> Record:
        """Store a new or changed record; returns it as stored.

        `edited` changes raise the SyncToken; others (a balance that moved) only
        the time of the last change. `why` is what a transaction's history says.
        """
        key = record["Id"]
        table = self.tables[entity]
        before = table.get(key)
        now = self.clock.now()
        meta = dict(record.get("MetaData") or {"CreateTime": pacific(now)})
        meta["LastUpdatedTime"] = pacific(now)
        self._last_change = max(
            now.astimezone(UTC).isoformat("T", "microseconds"), self._last_change
        )
        stored = record | {"MetaData": meta, "_changed": self._last_change}
        if before is None:
            stored["SyncToken"] = "0"
        elif edited:
            stored["SyncToken"] = str(int(before["SyncToken"]) + 1)
        if "TotalAmt" in stored:
            stored["_history"] = _history(before, stored, why)
        self._note(entity, key, before, stored)
        table.put(key, stored)
        self._post(before, -1)
        self._post(stored, 1)
        self._rebalance(before, stored)
        return stored

    def remove(self, entity: str, key: str) -> Record:
        """Delete a transaction; a tombstone stays for CDC and the ledger."""
        table = self.tables[entity]
        before = table.records[key]
        self._last_change = max(
            self.clock.now().astimezone(UTC).isoformat("T", "microseconds"), self._last_change
        )
        meta = before["MetaData"] | {"LastUpdatedTime": pacific(self.clock.now())}
        tomb = before | {
            "_deleted": True,
            "_changed": self._last_change,
            "MetaData": meta,
            "_postings": [],
            "_links": {},
            "_deposits": [],
        }
        self._note(entity, key, before, tomb)
        table.put(key, None)
        table.deleted[key] = tomb
        self._post(before, -1)
        self._rebalance(before, tomb)
        return tomb

    def _note(self, entity: str, key: str, before: Record | None, after: Record) -> None:
        if self._unit is None:
            raise RuntimeError("a change outside a unit of work")
        first, _ = self._unit.get((entity, key), (before, None))
        self._unit[entity, key] = (first, after)

    def _post(self, record: Record | None, sign: int) -> None:
        """Add or take back what a record does to accounts, customers, links and deposits."""
        if record is None:
            return
        postings = record.get("_postings", ())
        if sum((amount for _, _, amount in postings), ZERO):
            raise RuntimeError(f"postings do not balance: {postings}")
        for account, customer, amount in postings:
            self.accounts[account] += sign * amount
            if customer:
                self.owed[customer] += sign * amount
        for target, amount in record.get("_links", {}).items():
            if sign > 0:
                self.links[target][record["Id"]] = amount
            else:
                self.links[target].pop(record["Id"], None)
        for target in record.get("_deposits", ()):
            if sign > 0:
                self.deposited[target] = record["Id"]
            else:
                self.deposited.pop(target, None)

    def _rebalance(self, before: Record | None, after: Record) -> None:
        """Move the balances of customers, up to their parents, and of vendors."""
        touched: dict[str, Decimal] = defaultdict(Decimal)
        for record, sign in ((before, -1), (after, 1)):
            for _, customer, amount in (record or {}).get("_postings", ()):
                if customer:
                    touched[customer] += sign * amount
        for key, delta in touched.items():
            if delta:
                self._move(key, delta)

    def _move(self, key: str, delta: Decimal) -> None:
        vendor = self.get("Vendor", key)
        if vendor is not None:
            owed = {"Balance": money(vendor["Balance"] - delta)}
            self.write("Vendor", vendor | owed, edited=False)
        customer = self.get("Customer", key)
        own = delta
        while customer is not None:
            moved = {
                "Balance": money(customer["Balance"] + own),
                "BalanceWithJobs": money(customer["BalanceWithJobs"] + delta),
            }
            self.write("Customer", customer | moved, edited=False)
            own = ZERO
            customer = self.get("Customer", customer.get("ParentRef", ""))

    # --- loading -----------------------------------------------------------------

    def restore(self, entity: str, records: list[Record]) -> None:
        """Take records back from a state file, their effects on the books included."""
        table = self.tables[entity]
        for record in sorted(records, key=lambda record: str(record["_changed"])):
            self._last_change = max(self._last_change, record["_changed"])
            if record.get("_deleted"):
                table.deleted[record["Id"]] = record
            else:
                table.put(record["Id"], record)
                self._post(record, 1)


def _history(before: Record | None, now: Record, why: str) -> list[tuple[Any, ...]]:
    """The record's past with this change at its end, for people to read."""
    voided = now.get("_voided") and not (before or {}).get("_voided")
    what = "created" if before is None else "voided" if voided else why
    open_amount = now.get("Balance", now.get("UnappliedAmt", ""))
    entry = (now["MetaData"]["LastUpdatedTime"], what, now["TotalAmt"], open_amount)
    return [*(before or {}).get("_history", ()), entry][-KEPT_HISTORY:]


CURRENCIES = {
    "USD": "United States Dollar",
    "CAD": "Canadian Dollar",
    "EUR": "Euro",
    "GBP": "British Pound Sterling",
    "AUD": "Australian Dollar",
}
"""The names that QBO shows beside currency codes."""
