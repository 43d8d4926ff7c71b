"""What a person is told of a connection: the company behind it, and when it ends. Pure.

QuickBooks ends a connection that was not used for 100 days, and every one after five
years. Both are told in time, while a refresh or a new consent still costs a minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from connectors.qbo.ends import Ends
from core.text import display
from store.books import Company
from sync.checks.document import READ_ONLY

SOON_UNUSED = timedelta(days=14)
SOON_AT_LAST = timedelta(days=60)
"""An administrator of the company has to agree again; offices need some weeks for that."""

_AGAIN = "Connect again: docket-qbo connect, or A in the dashboard."
_SUBSCRIPTIONS = {
    "PAID": "paid",
    "ACTIVE": "active",
    "TRIAL": "on trial",
    "EXPIRED": "ended: it can be read, nothing can be posted until it is renewed at Intuit",
    "RESTRICTED": "restricted: it can be read, nothing can be posted until that is settled",
    "SUSPENDED": "suspended: it can be read, nothing can be posted until that is settled",
    "CANCELED": "cancelled: it can be read, nothing can be posted until it is renewed at Intuit",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """Of a connection: in a few words for a header, and in sentences. Empty: not soon."""

    brief: str = ""
    words: str = ""


def ending(ends: Ends | None, now: datetime, subscription: str = "") -> Ending:
    """Return what is to be told of a connection; nothing if it goes on, or is not known.

    Args:
        ends: when it ends.
        now: the instant.
        subscription: QuickBooks' word for the company's, as at the last refresh.
    """
    told = _by_time(ends, now) if ends is not None else Ending()
    if told.words or subscription not in READ_ONLY:
        return told
    return Ending(
        "subscription ended",
        f"The QuickBooks subscription of this company is {subscription.lower()}: it can be read,"
        " nothing can be posted. Renew it at Intuit, then refresh.",
    )


def _by_time(ends: Ends, now: datetime) -> Ending:
    if ends.disconnected is not None:
        return Ending("disconnected", f"Disconnected on {ends.disconnected:%Y-%m-%d}. {_AGAIN}")
    if ends.at_last is not None and now >= ends.at_last - SOON_AT_LAST:
        day = f"{ends.at_last:%Y-%m-%d}"
        if now >= ends.at_last:
            return Ending(
                "connection ended",
                f"The connection ended on {day}, as all do after five years. {_AGAIN}",
            )
        return Ending(
            f"connect again before {day}",
            f"QuickBooks ends this connection on {day}, as all after five years. {_AGAIN}",
        )
    if ends.unused is not None and now >= ends.unused - SOON_UNUSED:
        day = f"{ends.unused:%Y-%m-%d}"
        if now >= ends.unused:
            return Ending(
                "connection lapsed",
                f"The connection lapsed on {day}: it was not used for 100 days. {_AGAIN}",
            )
        return Ending(
            f"refresh before {day}",
            f"The connection lapses on {day} if it is not used"
            " until then. A refresh keeps it: docket-qbo pull.",
        )
    return Ending()


def key_steps(redirect: str) -> list[str]:
    """Return in plain steps where the keys come from.

    Args:
        redirect: this machine's address, which development keys may name.
    """
    return [
        "Where the keys come from (the whole way: docs/keys.md):",
        "1. Sign in at developer.intuit.com and make an app with the scope Accounting.",
        "2. To try: its development keys. For the live company: its production keys; Intuit",
        "   asks some questions about the app first. Nobody but you uses it.",
        f"3. Register the redirect address. Development: {redirect}",
        "   Production: an https address on a domain of yours; no page needs to be there.",
        "4. Client id and secret stand on the app's page of keys. Here they are kept as secrets.",
    ]


def company_lines(company: Company) -> list[str]:
    """Return what a person looks at before agreeing that this is the right company."""
    plan = _SUBSCRIPTIONS.get(company.subscription, display(company.subscription, 40).lower())
    kind = "a live company: what is posted is real" if company.live else "not live: for trying"
    return [
        f"Company: {display(company.name, 120)} ({kind})",
        f"Country: {display(company.country, 40)}; currency {display(company.currency, 10)};"
        f" its days are those of {display(company.time_zone, 60)}",
        f"QuickBooks subscription: {plan or 'not said'}",
        *_preferences(company),
    ]


def _preferences(company: Company) -> list[str]:
    numbers = "takes Docket's invoice numbers" if company.custom_numbers else "gives its own"
    tax = "no sales tax"
    if company.uses_sales_tax:
        tax = "sales tax, which QuickBooks computes" if company.automated_tax else "sales tax"
    closed = company.books_closed_on
    return [
        f"Invoice numbers: QuickBooks {numbers}",
        f"Sales tax: {tax}",
        f"Books closed: {f'through {closed.isoformat()}' if closed else 'nothing is closed'}",
        *(["Currencies: several"] if company.multicurrency else []),
        *(["Credits: QuickBooks applies them to invoices by itself"] * company.auto_apply_credit),
    ]
