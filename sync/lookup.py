"""Look before every create: is it there already, ours or somebody else's?

A request id is QuickBooks' memory of what we sent, and it is short; this look is
ours, and it is long. Up to fifty postings share one query, because reads are
metered; a posting that may have gone through is looked up singly and afresh, also
among all that was made since it was first sent: somebody may have given it another
number or day meanwhile. What a query finds is confirmed by our marker, the customer,
the amount and the date.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from connectors.qbo.query import PAGE, select, where_from, where_in
from core.clock import Clock
from core.jsonio import JsonObject
from core.text import name_key
from sync.ports import QboPort
from sync.shapes import PlannedPosting

BATCH = 50
CLOCKS_APART = timedelta(minutes=10)
"""How far this computer's clock may be ahead of QuickBooks' for the look since the send."""
MADE_AT = "MetaData.CreateTime"
NAME_LISTS = ("Customer", "Vendor", "Employee")
_NAMES = frozenset({*NAME_LISTS, "Item"})


@dataclass(frozen=True, slots=True)
class Question:
    """`select * from entity where field = value`, or `>=` for MADE_AT."""

    entity: str
    field: str
    value: str


def questions(planned: PlannedPosting, body: JsonObject) -> tuple[Question, ...]:
    """Return what has to be asked before a posting may be sent.

    Where the company numbers its documents itself, ours are found by date, and
    told apart by marker, customer and total. The date alone, without the customer: a
    document that somebody moved to another customer is found, and one query answers
    for all invoices of fifty days.
    """
    if planned.adopts:
        return (Question(planned.entity, "Id", planned.adopts),)
    if planned.entity == "Customer":
        return tuple(Question(one, "DisplayName", body["DisplayName"]) for one in NAME_LISTS)
    if planned.entity == "Item":
        return (Question("Item", "Name", body["Name"]),)
    if planned.entity == "Payment":
        return (Question("Payment", "PaymentRefNum", body["PaymentRefNum"]),)
    if body.get("DocNumber"):
        return (Question(planned.entity, "DocNumber", body["DocNumber"]),)
    return (Question(planned.entity, "TxnDate", body["TxnDate"]),)


def questions_again(
    planned: PlannedPosting, body: JsonObject, first_sent_at: datetime | None
) -> tuple[Question, ...]:
    """Return what has to be asked of a posting that may have gone through.

    A document's number, reference and date may have been changed since; when it was
    made may not. A wrong clock makes this second question find too little, so it is
    only ever asked beside the first.
    """
    plain = questions(planned, body)
    if planned.adopts or planned.entity in _NAMES or first_sent_at is None:
        return plain
    since = (first_sent_at - CLOCKS_APART).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (*plain, Question(planned.entity, MADE_AT, since))


def condition(entity: str, field: str, values: Sequence[str]) -> str:
    """Return the condition that asks for up to fifty values at once."""
    if field == MADE_AT:
        return where_from(MADE_AT, min(values))
    active = " and Active in (true, false)" if entity in _NAMES else ""
    return where_in(field, values) + active


class LookUps:
    """Answers to questions, asked fifty at a time and kept for a short while.

    Args:
        qbo: where to ask.
        clock: for the age of an answer.
        upcoming: questions that will be asked next of names, or of documents, nearest
            first; they ride along.
        fresh_seconds: how long an answer may be used for a first send.
    """

    def __init__(
        self,
        qbo: QboPort,
        clock: Clock,
        upcoming: Callable[[bool], Iterable[Question]],
        fresh_seconds: float,
    ) -> None:
        self._qbo = qbo
        self._clock = clock
        self._upcoming = upcoming
        self._fresh = fresh_seconds
        self._answers: dict[Question, tuple[float, tuple[JsonObject, ...]]] = {}
        self._asking: dict[Question, asyncio.Task[None]] = {}

    async def find(
        self, asked: Sequence[Question], *, singly: bool
    ) -> Mapping[str, tuple[JsonObject, ...]]:
        """Return the objects that answer, by entity.

        Args:
            asked: the questions of one posting.
            singly: ask now and for these alone, because an earlier send may have
                gone through.
        """
        found: dict[str, dict[str, JsonObject]] = {}
        for question in asked:
            if singly:
                objects = (await self._ask([question]))[question]
            else:
                objects = await self._answer(question)
            found.setdefault(question.entity, {}).update({str(one["Id"]): one for one in objects})
        return {entity: tuple(objects.values()) for entity, objects in found.items()}

    async def _answer(self, question: Question) -> tuple[JsonObject, ...]:
        known = self._known(question)
        if known is not None:
            return known
        task = self._asking.get(question)
        if task is None:
            task = self._start(question)
        await asyncio.shield(task)
        return self._answers[question][1]

    def _known(self, question: Question) -> tuple[JsonObject, ...] | None:
        kept = self._answers.get(question)
        if kept is None or self._clock.monotonic() - kept[0] > self._fresh:
            return None
        return kept[1]

    def _start(self, question: Question) -> asyncio.Task[None]:
        batch = {question: None}
        for other in self._upcoming(question.entity in _NAMES):
            if len(batch) >= BATCH:
                break
            alike = (other.entity, other.field) == (question.entity, question.field)
            if alike and other not in self._asking and self._known(other) is None:
                batch[other] = None
        task = asyncio.ensure_future(self._ask_and_keep(list(batch)))
        task.add_done_callback(_seen)
        for one in batch:
            self._asking[one] = task
        return task

    async def _ask_and_keep(self, batch: list[Question]) -> None:
        try:
            asked_at = self._clock.monotonic()
            for question, objects in (await self._ask(batch)).items():
                self._answers[question] = (asked_at, objects)
        finally:
            for question in batch:
                self._asking.pop(question, None)

    async def _ask(self, batch: Sequence[Question]) -> dict[Question, tuple[JsonObject, ...]]:
        entity, field = batch[0].entity, batch[0].field
        where = condition(entity, field, [question.value for question in batch])
        rows = await self._qbo.query(select(entity, where))
        if len(rows) == PAGE:
            rows = [row async for page in self._qbo.query_all(entity, where) for row in page]
        if field == MADE_AT:
            return {question: tuple(rows) for question in batch}
        by_value: dict[str, list[JsonObject]] = {}
        for row in rows:
            by_value.setdefault(name_key(str(row.get(field, ""))), []).append(row)
        return {question: tuple(by_value.get(name_key(question.value), ())) for question in batch}


def _seen(task: asyncio.Task[None]) -> None:
    """Mark a failure as seen: those who wait for the answer get it, if any still do."""
    if not task.cancelled():
        task.exception()
