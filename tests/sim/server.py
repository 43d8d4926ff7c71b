"""QuickBooks under simulation: the engine tests' company, with a world's flaws."""

from __future__ import annotations

import random
import re
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from connectors.qbo.faults import QboRefused
from connectors.qbo.shapes import Answer, Changes
from core.jsonio import JsonObject, loads
from core.money import Cents, to_decimal
from tests.engine.fake_qbo import FakeQbo, refused
from tests.engine.virtual import VirtualClock
from tests.sim.worlds import World

DOCUMENTS = ("Invoice", "Payment", "CreditMemo", "RefundReceipt", "SalesReceipt")
_COMPARED = re.compile(r"(TxnDate|Balance|MetaData.LastUpdatedTime) (>=|<|>) '([^']*)'")
_NOTE = re.compile(r"^(?:Voided )?Docket (?:invoice no\.|payment|refund) (\S+)", re.MULTILINE)
_CDC_REACH = timedelta(days=30)

T = TypeVar("T")
Key = tuple[str, str]
"""(entity, number or reference or name): whose record it is."""


def key_of(entity: str, body: JsonObject) -> Key:
    """Return by what a record is told apart; Docket's numbers are unique under simulation.

    What the program makes says whose it is in its note, whoever gave it its number.
    """
    named = _NOTE.search(str(body.get("PrivateNote", "")))
    if named is not None:
        return entity, named[1]
    for field in ("DocNumber", "PaymentRefNum", "DisplayName", "Name"):
        if body.get(field):
            return entity, str(body[field])
    return entity, "?"


class Server(FakeQbo):
    """The books, and what a world makes of requests to them.

    Args:
        world: its flaws.
        chance: the seed's.
    """

    def __init__(self, world: World, chance: random.Random) -> None:
        super().__init__(VirtualClock(), latency=0.05)  # nobody sets this clock
        self.world = world
        self.chance = chance
        self.unique_numbers = not world.one_lock and chance.random() < 0.3
        self.made: list[tuple[Key, str]] = []
        """(whose, Id) of everything that the API created."""
        self.twins: list[Key] = []
        """What somebody had keyed by hand before."""
        self.refusals: set[str] = set()
        """Request ids that were definitely refused."""
        self.creates: dict[Key, set[str]] = {}
        """Under which request ids each record was to be made."""
        self.denied: set[str] = set()
        """Request ids that once were certainly not carried out, for whatever reason."""
        self.rebuilt: set[str] = set()
        """Request ids under which other bytes came than the first time."""
        self.cut_at = chance.choice([1000, 1000, 1000, 1000, 6])
        """How many objects CDC tells of at most; the real 1,000, or what a company here has."""
        self._tokens: dict[tuple[str, str], object] = {}
        self._bodies: dict[str, bytes] = {}
        self._under_way: set[str] = set()
        self.gone: dict[str, list[tuple[str, datetime]]] = {}
        self._remembered_at: dict[str, float] = {}
        self._seen_from: dict[tuple[str, str], float] = {}

    def now(self) -> float:
        return self.clock.monotonic()

    async def carry_out(
        self, entity: str, request_id: str, act: Callable[[], JsonObject], *, delay: float
    ) -> Answer:
        """Do what a request asks, unless its id is known.

        Raises:
            QboRefused: a definite no.
        """
        self._under_way.add(request_id)
        await self.clock.sleep(delay)
        known = self._known(request_id)
        if known is None and self.world.racy:
            await self.clock.sleep(self.chance.uniform(0, 5))
        self._under_way.discard(request_id)
        if known is None:
            try:
                known = act()
            except QboRefused:
                self.refusals.add(request_id)
                raise
            self._restamp()
            self.replies[request_id] = known
            self._remembered_at[request_id] = self.now()
            self.writes.append((entity, request_id))
        return Answer(dict(known), "tid", 200)

    def decided(self, request_id: str) -> bool:
        """Whether an earlier request under this id decides the answer: it came through, or will.

        A refusal then would break the promise that ids are remembered.
        """
        came = request_id in self._under_way or self._known(request_id) is not None
        return came and self.world.memory > 0

    def _known(self, request_id: str) -> JsonObject | None:
        if not request_id or request_id not in self.replies:
            return None
        age = self.now() - self._remembered_at[request_id]
        return self.replies[request_id] if age < self.world.memory else None

    def standing(self) -> list[Key]:
        """Return whose records the API made; one that somebody deleted may be made anew."""
        return [key for key, qbo_id in self.made if qbo_id in self.objects.get(key[0], {})]

    def note(self, entity: str, request_id: str, body: bytes) -> None:
        """A request came in, whatever becomes of it."""
        if request_id not in self._bodies and "Id" not in (sent := loads(body)):
            self.creates.setdefault(key_of(entity, sent), set()).add(request_id)
        if self._bodies.setdefault(request_id, body) != body:
            self.rebuilt.add(request_id)

    def make(self, entity: str, body: bytes, allow_duplicate: bool) -> JsonObject:
        """Create; the answer is what was stored."""
        sent = loads(body)
        if self.world.own_numbers and entity != "Payment" and entity in DOCUMENTS:
            sent.setdefault("DocNumber", f"{9000 + len(self.made)}")
        made = self._create(entity, sent, allow_duplicate)
        self.made.append((key_of(entity, made), str(made["Id"])))
        lag = self.chance.uniform(0, self.world.lag) if entity in DOCUMENTS else 0.0
        self._seen_from[entity, str(made["Id"])] = self.now() + lag
        return made

    def change(self, entity: str, body: bytes) -> JsonObject:
        """Update one record, if it is what the sender knew."""
        return self._update(entity, loads(body))

    def void_it(self, entity: str, body: bytes) -> JsonObject:
        """Void one record, if it is what the sender knew."""
        return self._void(entity, loads(body))

    def seen(self, entity: str) -> list[JsonObject]:
        """Return what a query or CDC shows now."""
        if self.world.blind and entity in DOCUMENTS:
            return []
        return [
            dict(row)
            for row in self.all(entity)
            if self._seen_from.get((entity, str(row["Id"])), 0.0) <= self.now()
        ]

    async def query_all(
        self, entity: str, where: str = "", page: int = 1000
    ) -> AsyncIterator[list[JsonObject]]:
        await self.clock.sleep(self.latency)
        rows = [row for row in self.seen(entity) if _fits(row, where)]
        if rows:
            yield rows

    async def changes(self, entities: Sequence[str], since: datetime) -> Changes:
        await self.clock.sleep(self.latency)
        """Tell what changed, as far as CDC reaches: 30 days back, and not beyond the cut."""
        now = self.clock.now()
        since = max(since, now - _CDC_REACH)
        objects = {one: self._changed(one, since) for one in entities}
        gone = {
            one: [(qbo_id, at) for qbo_id, at in self.gone.get(one, ()) if at >= since]
            for one in entities
        }
        left = _cut(gone.values(), _cut(objects.values(), self.cut_at))
        return Changes(objects, gone, now, complete=left > 0)

    def _changed(self, entity: str, since: datetime) -> list[JsonObject]:
        """Return what is shown and changed, oldest first."""
        found = [(row["MetaData"]["LastUpdatedTime"], row) for row in self.seen(entity)]
        found.sort(key=lambda one: one[0])
        return [row for at, row in found if datetime.fromisoformat(at) >= since]

    async def preferences(self) -> JsonObject:
        found = await super().preferences()
        return {**found, "SalesFormsPrefs": {"CustomTxnNumbers": not self.world.own_numbers}}

    def _restamp(self) -> None:
        """Note when records changed: each change moves a SyncToken."""
        for entity, rows in self.objects.items():
            for qbo_id, row in rows.items():
                before = self._tokens.get((entity, qbo_id), "0")
                if before != row["SyncToken"]:
                    self._tokens[entity, qbo_id] = row["SyncToken"]
                    at = self._stamps()["LastUpdatedTime"]
                    row["MetaData"] = {**row["MetaData"], "LastUpdatedTime": at}

    def add_twin(self, number: str, customer: str, day: str, total: Cents) -> None:
        """Somebody has keyed the same invoice by hand."""
        amount = to_decimal(total)
        self.twins.append(("Invoice", number))
        self.add(
            "Invoice",
            DocNumber=number,
            CustomerRef={"value": customer},
            TxnDate=day,
            TotalAmt=amount,
            Balance=amount,
            Line=[],
            LinkedTxn=[],
        )

    def delete(self, entity: str, qbo_id: str) -> None:
        """Somebody deletes it in QuickBooks."""
        self._unapply(self.objects[entity].pop(qbo_id))
        self._restamp()
        self.gone.setdefault(entity, []).append((qbo_id, self.clock.now()))

    def void_by_hand(self, entity: str, qbo_id: str) -> None:
        """Somebody voids it in QuickBooks."""
        held = self.objects[entity][qbo_id]
        self._void(entity, {"Id": qbo_id, "SyncToken": held["SyncToken"]})
        self._restamp()

    def edit_by_hand(self, entity: str, qbo_id: str) -> None:
        """Somebody changes an amount in QuickBooks."""
        held = self.objects[entity][qbo_id]
        token = str(int(held["SyncToken"]) + 1)
        held.update(TotalAmt=Decimal(held["TotalAmt"]) + 5, SyncToken=token)
        self._restamp()

    def _apply(self, made: JsonObject) -> None:
        for line in made.get("Line", []):
            for linked in line.get("LinkedTxn", []):
                if linked["TxnId"] not in self.objects.get(linked["TxnType"], {}):
                    raise refused("610", "Object Not Found")
        super()._apply(made)


def _cut(lists: Iterable[list[T]], most: int) -> int:
    """Leave no more than so many in all; return how many would still have had a place."""
    for one in lists:
        del one[most:]
        most -= len(one)
    return most


def _fits(row: JsonObject, where: str) -> bool:
    for field, sign, text in _COMPARED.findall(where):
        held = row["MetaData"]["LastUpdatedTime"] if "." in field else row.get(field, "")
        if field == "Balance":
            fits = Decimal(held or 0) > Decimal(text)
        else:
            fits = held >= text if sign == ">=" else held < text
        if not fits:
            return False
    return True
