"""What reports are made of: periods, columns, rows, and the journal they are computed from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from sandbox.qbo.company import Company
from sandbox.qbo.fields import Record

Rows: TypeAlias = list[Record]


@dataclass(frozen=True)
class Asked:
    """The period and basis a report was asked for."""

    start: str
    end: str
    customer: str = ""


@dataclass(frozen=True)
class Column:
    """A column's title and type."""

    title: str
    kind: str = "Money"
    key: str = ""

    def show(self) -> Record:
        """The column as reports describe it."""
        shown: Record = {"ColTitle": self.title, "ColType": self.kind}
        named = [{"Name": "ColKey", "Value": self.key}]
        return shown | ({"MetaData": named} if self.key else {})


def cells(*values: Any, key: str = "") -> list[Record]:
    """ColData: amounts with two places, zero and nothing as empty text."""
    shown: list[Record] = [{"value": _text(value)} for value in values]
    if key:
        shown[0]["id"] = key
    return shown


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}" if value else ""
    return str(value)


def entries(company: Company) -> Iterator[tuple[str, str, Record, str, str, Decimal]]:
    """Every journal line: date, entity, transaction, account, customer, amount."""
    for name, table in company.tables.items():
        for record in table:
            for account, customer, amount in record.get("_postings", ()):
                yield record["TxnDate"], name, record, account, customer, amount


def by_account(
    company: Company, fits: Callable[[str], bool], customer: str = ""
) -> dict[str, Decimal]:
    """What each account moved on the days that fit, with one customer or with all."""
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    for day, _, record, account, _, amount in entries(company):
        if fits(day) and customer in ("", record.get("CustomerRef")):
            totals[account] += amount
    return totals


def section(title: str, rows: Rows, total: Decimal, group: str) -> Record:
    """Rows under a title, with their total."""
    return {
        "Header": {"ColData": cells(title, "")},
        **({"Rows": {"Row": rows}} if rows else {}),
        "Summary": {"ColData": cells(f"Total {title}", total)},
        "type": "Section",
        "group": group,
    }


def summary(title: str, total: Decimal, group: str) -> Record:
    """A total that stands alone."""
    return {"Summary": {"ColData": cells(title, total)}, "type": "Section", "group": group}
