"""Exchange rates: asked for and set by currency and day, not by id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sandbox.qbo.company import Company
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.fault import Refused, missing, refused
from sandbox.qbo.fields import Record
from sandbox.qbo.operations import Options, shown, write

RATE = ENTITIES["ExchangeRate"]


def answer(company: Company, asked: Mapping[str, str]) -> Record:
    """The rate of a currency on a day: the newest that was set until then, else 1.

    Raises:
        Refused: 2020 without a currency, 2070 for a day that is none.
    """
    code = asked.get("sourcecurrencycode", "").upper()
    if not code:
        raise Refused([missing("sourcecurrencycode")])
    day = _day(company, asked.get("asofdate", ""))
    known = (one for one in _rates(company, code) if one["AsOfDate"] <= day)
    newest = max(known, key=lambda one: str(one["AsOfDate"]), default=None)
    if newest is not None:
        return shown(company, RATE, newest) | {"AsOfDate": day}
    home = company.preference("CurrencyPrefs", "HomeCurrency") or "USD"
    return {
        "domain": "QBO",
        "sparse": False,
        "SourceCurrencyCode": code,
        "TargetCurrencyCode": home,
        "Rate": Decimal(1),
        "AsOfDate": day,
    }


def write_rate(company: Company, body: Any) -> Record:
    """Set the rate of a currency on a day; a rate that was set for it before is replaced.

    Raises:
        Refused: QBO would refuse it.
    """
    if isinstance(body, Mapping) and not body.get("Id"):
        day = _day(company, str(body.get("AsOfDate") or ""))
        for one in _rates(company, str(body.get("SourceCurrencyCode"))):
            if one["AsOfDate"] == day:
                body = {**body, "Id": one["Id"], "SyncToken": one["SyncToken"]}
    return write(company, RATE, body, Options())


def _rates(company: Company, code: str) -> list[Record]:
    return [one for one in company.tables["ExchangeRate"] if one["SourceCurrencyCode"] == code]


def _day(company: Company, text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat() if text else company.today().isoformat()
    except ValueError:
        raise refused("2070", f"Invalid date. Supplied value: {text}", "AsOfDate") from None
