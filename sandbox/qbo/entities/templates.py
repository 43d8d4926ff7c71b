"""Templates of transactions that come again: any transaction with a RecurringInfo in it."""

from __future__ import annotations

from sandbox.qbo.entities import ledger, purchases, sales
from sandbox.qbo.entity import Entity
from sandbox.qbo.fields import Choice, Day, Flag, Number, Text
from sandbox.qbo.objects import Group

_SCHEDULE = Group(
    "ScheduleInfo",
    (
        Choice("IntervalType", ("Yearly", "Monthly", "Weekly", "Daily")),
        Number("NumInterval"),
        Number("DayOfMonth"),
        Number("WeekOfMonth"),
        Number("MonthOfYear"),
        Text("DayOfWeek", 20),
        Number("DaysBefore"),
        Number("MaxOccurrences"),
        Number("RemindDays"),
        Day("StartDate"),
        Day("EndDate"),
        Day("NextDate"),
        Day("PreviousDate"),
    ),
    class_name="RecurringScheduleInfo",
)
_RECURRING = Group(
    "RecurringInfo",
    (
        Text("Name", 100, required=True),
        Choice("RecurType", ("Automated", "Reminder", "UnScheduled"), required=True),
        Flag("Active"),
        _SCHEDULE,
    ),
    class_name="RecurringInfo",
    required=True,
)
_KINDS = (
    sales.INVOICE,
    sales.SALES_RECEIPT,
    sales.CREDIT_MEMO,
    sales.REFUND_RECEIPT,
    sales.ESTIMATE,
    sales.DEPOSIT,
    purchases.BILL,
    purchases.VENDOR_CREDIT,
    purchases.PURCHASE,
    purchases.PURCHASE_ORDER,
    ledger.JOURNAL_ENTRY,
    ledger.TRANSFER,
)


def _template(entity: Entity) -> Group:
    ignored = tuple(name for name in entity.ignored if name != "RecurringInfo")
    fields = (*entity.fields, _RECURRING)
    return Group(entity.name, fields, class_name=entity.name, ignored=ignored)


RECURRING_TRANSACTION = Entity(
    "RecurringTransaction",
    tuple(_template(entity) for entity in _KINDS),
    sequence="templates",
    label="Transactions",
    tracked=False,
    wrapped=True,
)

ENTITIES = (RECURRING_TRANSACTION,)
