"""A QuickBooks company in memory, with its memory of request ids and faults by script."""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from connectors.qbo.faults import (
    Fault,
    QboForbidden,
    QboRefused,
    QboThrottled,
    QboUnclear,
    QboUnreachable,
)
from connectors.qbo.shapes import Answer, Changes
from core.clock import Clock
from core.errors import ConnectionTrouble
from core.jsonio import JsonObject, loads

_IN = re.compile(r"([A-Za-z.]+) in \(((?:'(?:[^'\\]|\\.)*'(?:, )?)+)\)")
_SINCE = re.compile(r"MetaData\.(\w+) >= '([^']+)'")
_LITERAL = re.compile(r"'((?:[^'\\]|\\.)*)'")
_FROM = re.compile(r"select \* from (\w+)")
_PAGE = re.compile(r"startposition (\d+) maxresults (\d+)")


@dataclass
class Counts:
    calls: int = 0
    metered: int = 0


@dataclass
class FakeThrottle:
    counts: Counts = field(default_factory=Counts)
    blocked_for: float = 0.0


class FakeQbo:
    """`script` holds what befalls the next writes, in order: see `_befall`."""

    base_url = "http://127.0.0.1:1"
    realm_id = "9130000000000001"

    def __init__(self, clock: Clock, latency: float = 0.3) -> None:
        self.clock = clock
        self.latency = latency
        self.throttle = FakeThrottle()
        self.objects: dict[str, dict[str, JsonObject]] = {}
        self.replies: dict[str, JsonObject] = {}
        self.script: deque[str | None] = deque()
        self.writes: list[tuple[str, str]] = []
        """(entity, request id) of what was carried out."""
        self.sent: list[tuple[str, bytes]] = []
        """(request id, body) of every send that came in."""
        self.blind = self.forgetful = False
        """Queries show nothing; request ids are not remembered."""
        self.spoil: Callable[[str, JsonObject], None] | None = None
        """Changes what is about to be stored."""
        self.on_write: Callable[[str, JsonObject], str | None] | None = None
        self.in_flight = self.most_in_flight = 0
        self.unique_numbers = True
        self._next_id = itertools.count(100)

    def add(self, entity: str, **fields: Any) -> JsonObject:
        """Put a record there as if somebody had keyed it."""
        one = {
            "Id": str(next(self._next_id)),
            "SyncToken": "0",
            "Active": True,
            "MetaData": self._stamps(),
            **fields,
        }
        self.objects.setdefault(entity, {})[one["Id"]] = one
        return one

    def all(self, entity: str) -> list[JsonObject]:
        return list(self.objects.get(entity, {}).values())

    def seen(self, entity: str) -> list[JsonObject]:
        """What a query shows."""
        return [] if self.blind else self.all(entity)

    async def query(self, statement: str) -> list[JsonObject]:
        self.throttle.counts.metered += 1
        await self.clock.sleep(self.latency)
        entity = _FROM.match(statement)
        page = _PAGE.search(statement)
        assert entity, statement
        assert page, statement
        rows = self.seen(entity[1])
        for prop, literals in _IN.findall(statement):
            values = {_unquoted(text).casefold() for text in _LITERAL.findall(literals)}
            rows = [row for row in rows if str(row.get(prop, "")).casefold() in values]
        for prop, since in _SINCE.findall(statement):
            rows = [row for row in rows if _instant(row["MetaData"][prop]) >= _instant(since)]
        rows.sort(key=lambda row: int(row["Id"]))
        start = int(page[1]) - 1
        return [dict(row) for row in rows[start : start + int(page[2])]]

    async def query_all(
        self, entity: str, where: str = "", page: int = 1000
    ) -> AsyncIterator[list[JsonObject]]:
        self.throttle.counts.metered += 1
        await self.clock.sleep(self.latency)
        rows = [dict(row) for row in self.all(entity)]
        if rows:
            yield rows

    async def read(self, entity: str, qbo_id: str) -> JsonObject:
        self.throttle.counts.metered += 1
        await self.clock.sleep(self.latency)
        try:
            return dict(self.objects[entity][qbo_id])
        except KeyError:
            raise refused("610", "Object Not Found") from None

    async def create(
        self, entity: str, body: bytes, request_id: str, *, allow_duplicate_number: bool = False
    ) -> Answer:
        def make() -> JsonObject:
            return self._create(entity, loads(body), allow_duplicate_number)

        return await self._write(entity, request_id, body, make)

    async def update(self, entity: str, body: bytes, request_id: str) -> Answer:
        return await self._write(
            entity, request_id, body, lambda: self._update(entity, loads(body))
        )

    async def void(self, entity: str, body: bytes, request_id: str) -> Answer:
        return await self._write(entity, request_id, body, lambda: self._void(entity, loads(body)))

    async def changes(self, entities: Sequence[str], since: datetime) -> Changes:
        self.throttle.counts.metered += 1
        await self.clock.sleep(self.latency)
        objects = {one: [dict(row) for row in self.all(one)] for one in entities}
        return Changes(objects, {}, self.clock.now(), complete=True)

    async def company_info(self) -> JsonObject:
        self.throttle.counts.metered += 1
        return {
            "Id": "1",
            "CompanyName": "Acme Roll-Off LLC",
            "Country": "US",
            "DefaultTimeZone": "America/Denver",
            "NameValue": [{"Name": "SandboxBirthId", "Value": "b1"}],
        }

    async def preferences(self) -> JsonObject:
        self.throttle.counts.metered += 1
        return {
            "Id": "1",
            "SalesFormsPrefs": {"CustomTxnNumbers": True},
            "TaxPrefs": {"UsingSalesTax": True, "PartnerTaxEnabled": True},
            "CurrencyPrefs": {"HomeCurrency": {"value": "USD"}},
        }

    def web_url(self, entity: str, qbo_id: str) -> str:
        return f"{self.base_url}/{entity}/{qbo_id}"

    async def _write(
        self, entity: str, request_id: str, body: bytes, act: Callable[[], JsonObject]
    ) -> Answer:
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            return await self._exchange(entity, request_id, body, act)
        finally:
            self.in_flight -= 1

    async def _exchange(
        self, entity: str, request_id: str, body: bytes, act: Callable[[], JsonObject]
    ) -> Answer:
        sent = loads(body)
        self.sent.append((request_id, body))
        mishap = self.on_write(entity, sent) if self.on_write else None
        if mishap is None and self.script:
            mishap = self.script.popleft()
        await self.clock.sleep(self.latency)
        if mishap == "unreachable":
            raise QboUnreachable("no connection could be made")
        if mishap == "429":
            raise QboThrottled(None)
        if mishap == "403":
            raise QboForbidden("not allowed", status=403)
        if mishap == "no token":
            raise ConnectionTrouble("The connection was taken back.", books="", fix="Connect.")
        if mishap in ("lost_request", "500_before"):
            raise QboUnclear("the connection broke off")
        if mishap is not None and mishap.startswith("refuse:"):
            raise refused(mishap.removeprefix("refuse:"), "refused")
        if self.forgetful or request_id not in self.replies:
            self.replies[request_id] = act()
            self.writes.append((entity, request_id))
        if mishap in ("lost_answer", "500_after"):
            raise QboUnclear("no answer in time")
        return Answer(dict(self.replies[request_id]), "tid-1", 200)

    def _create(self, entity: str, sent: JsonObject, allow_duplicate: bool) -> JsonObject:
        if entity in ("Customer", "Vendor", "Employee"):
            for one in ("Customer", "Vendor", "Employee"):
                for row in self.all(one):
                    if row["DisplayName"].casefold() == sent["DisplayName"].casefold():
                        raise refused("6240", "The name supplied already exists. : null")
        if entity == "Invoice" and self.unique_numbers and not allow_duplicate:
            for row in self.all("Invoice"):
                if row.get("DocNumber") == sent.get("DocNumber"):
                    raise refused(
                        "6140",
                        "Duplicate Document Number Error : You must specify a different number."
                        f" This number has already been used. DocNumber={sent['DocNumber']} is"
                        f" assigned to TxnType=Invoice with TxnId={row['Id']}",
                    )
        made = dict(sent, Id=str(next(self._next_id)), SyncToken="0", Active=True, domain="QBO")
        made["MetaData"] = self._stamps()
        if entity in ("Invoice", "CreditMemo", "RefundReceipt"):
            self._total(made)
        if entity == "Payment":
            self._apply(made)
        if self.spoil is not None:
            self.spoil(entity, made)
        self.objects.setdefault(entity, {})[made["Id"]] = made
        return dict(made)

    def _stamps(self) -> JsonObject:
        now = _stamp(self.clock.now())
        return {"CreateTime": now, "LastUpdatedTime": now}

    def _update(self, entity: str, sent: JsonObject) -> JsonObject:
        held = self._as_known(entity, sent)
        held.update(sent, SyncToken=str(int(held["SyncToken"]) + 1))
        if "Line" in sent and entity == "Invoice":
            paid = Decimal(held["TotalAmt"]) - Decimal(held["Balance"])
            links = held["LinkedTxn"]
            self._total(held)
            held.update(Balance=held["TotalAmt"] - paid, LinkedTxn=links)
        return dict(held)

    def _void(self, entity: str, sent: JsonObject) -> JsonObject:
        held = self._as_known(entity, sent)
        self._unapply(held)
        held.update(
            TotalAmt=0,
            Balance=0,
            SyncToken=str(int(held["SyncToken"]) + 1),
            PrivateNote=f"Voided {held.get('PrivateNote', '')}".strip(),
        )
        return dict(held)

    def _as_known(self, entity: str, sent: JsonObject) -> JsonObject:
        """Return the record that is meant, if it is still what the sender knew."""
        held = self.objects.get(entity, {}).get(str(sent["Id"]))
        if held is None:
            raise refused("610", "Object Not Found")
        if held["SyncToken"] != sent["SyncToken"]:
            raise refused("5010", "Stale Object Error")
        return held

    def _total(self, made: JsonObject) -> None:
        lines = sum((Decimal(line["Amount"]) for line in made["Line"]), Decimal(0))
        tax = Decimal(made.get("TxnTaxDetail", {}).get("TotalTax", 0))
        made["TotalAmt"] = made["Balance"] = lines + tax
        made["LinkedTxn"] = []

    def _apply(self, made: JsonObject) -> None:
        applied = Decimal(0)
        for line in made.get("Line", []):
            for linked in line.get("LinkedTxn", []):
                applied += Decimal(line["Amount"])
                paid = self.objects[linked["TxnType"]][linked["TxnId"]]
                paid["Balance"] = Decimal(paid["Balance"]) - Decimal(line["Amount"])
                paid["LinkedTxn"] = [
                    *paid.get("LinkedTxn", []),
                    {"TxnId": made["Id"], "TxnType": "Payment"},
                ]
                paid["SyncToken"] = str(int(paid["SyncToken"]) + 1)
        made["UnappliedAmt"] = Decimal(made["TotalAmt"]) - applied

    def _unapply(self, held: JsonObject) -> None:
        for line in held.get("Line", []):
            for linked in line.get("LinkedTxn", []):
                paid = self.objects[linked["TxnType"]][linked["TxnId"]]
                paid["Balance"] = Decimal(paid["Balance"]) + Decimal(line["Amount"])
                paid["LinkedTxn"] = []
                paid["SyncToken"] = str(int(paid["SyncToken"]) + 1)
        if "UnappliedAmt" in held:
            held.update(Line=[], UnappliedAmt=0)


def refused(code: str, text: str) -> QboRefused:
    return QboRefused([Fault(code, text, text)], 400, "tid-no")


def _unquoted(text: str) -> str:
    return text.replace("\\'", "'").replace("\\\\", "\\")


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
