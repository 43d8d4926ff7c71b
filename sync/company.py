"""Reads CompanyInfo and Preferences as the company that everything else knows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from core.errors import ConnectionTrouble
from core.jsonio import JsonObject
from core.text import display
from store.books import Company

LIVE_ADDRESS = "https://quickbooks.api.intuit.com"
BIRTH_ID = "SandboxBirthId"
DEFAULT_TIME_ZONE = "America/Los_Angeles"
"""QuickBooks' own day, where a company names no time zone."""


def read_company(
    realm_id: str,
    base_url: str,
    info: JsonObject,
    preferences: JsonObject,
    known: Company | None,
) -> Company:
    """Return the company as QuickBooks describes it now.

    Args:
        realm_id: the id under which it was asked.
        base_url: where it was asked; only Intuit's production address is live.
        info: CompanyInfo.
        preferences: Preferences.
        known: the cache's, for what only a person decides (the start date).
    """
    pairs = dict(_name_values(info.get("NameValue", ())))
    sales = preferences.get("SalesFormsPrefs", {})
    tax = preferences.get("TaxPrefs", {})
    currency = preferences.get("CurrencyPrefs", {})
    return Company(
        realm_id=realm_id,
        name=str(info.get("CompanyName", "")),
        country=str(info.get("Country", "US")),
        currency=str(currency.get("HomeCurrency", {}).get("value", "USD")),
        time_zone=str(info.get("DefaultTimeZone") or DEFAULT_TIME_ZONE),
        subscription=pairs.get("SubscriptionStatus", ""),
        live=base_url == LIVE_ADDRESS,
        birth_id=pairs.get(BIRTH_ID, ""),
        start_date=known.start_date if known else None,
        books_closed_on=_day(preferences.get("AccountingInfoPrefs", {}).get("BookCloseDate")),
        custom_numbers=bool(sales.get("CustomTxnNumbers", False)),
        uses_sales_tax=bool(tax.get("UsingSalesTax", False)),
        automated_tax=bool(tax.get("PartnerTaxEnabled", False)),
        auto_apply_credit=bool(sales.get("AutoApplyCredit", False)),
        multicurrency=bool(currency.get("MultiCurrencyEnabled", False)),
    )


def insist_same(known: Company, found: Company) -> None:
    """Refuse another company than the cache's, before anything of it is kept or sent.

    Raises:
        ConnectionTrouble: it is another one, or a practice company that was started over.
    """
    if known.realm_id != found.realm_id:
        raise ConnectionTrouble(
            f"This cache belongs to {display(known.name)}, but the connection leads to"
            f" {display(found.name)}.",
            books="Nothing was read or sent; the cache and both companies are unchanged.",
            fix="Use the cache of this company, or connect to the cache's company again.",
        )
    if known.birth_id != found.birth_id:
        raise ConnectionTrouble(
            f"The practice company {display(found.name)} has been started over since this"
            " cache was filled.",
            books="Nothing was read or sent; the cache describes books that are gone.",
            fix="Start the cache over too: `make demo-reset`, or a new file with --db.",
        )


def insist_same_name(known: Company, found: Company) -> None:
    """Refuse to post where the company is called otherwise than in the cache.

    The Id is the same, so it may have been renamed; a person looks before money moves.

    Raises:
        ConnectionTrouble: it is called something else.
    """
    if known.name != found.name:
        raise ConnectionTrouble(
            f"The company is called {display(found.name)} in QuickBooks now; this cache knows"
            f" it as {display(known.name)}.",
            books="Nothing was sent.",
            fix="If it was renamed, refresh and look at the name at the top, then post again;"
            " else connect to the right company.",
        )


def tracks(preferences: JsonObject) -> tuple[str, ...]:
    """Return the lists that exist only where the company switched them on."""
    accounting = preferences.get("AccountingInfoPrefs", {})
    found = []
    if accounting.get("ClassTrackingPerTxn") or accounting.get("ClassTrackingPerTxnLine"):
        found.append("Class")
    if accounting.get("TrackDepartments"):
        found.append("Department")
    return tuple(found)


def _name_values(pairs: Iterable[JsonObject]) -> Iterator[tuple[str, str]]:
    for pair in pairs:
        yield str(pair.get("Name", "")), str(pair.get("Value", ""))


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None
