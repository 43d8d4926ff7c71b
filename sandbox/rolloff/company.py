"""The sample company as a whole: both sides from one seed and one date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sandbox.docket.amounts import Record
from sandbox.rolloff import catalogue, quickbooks
from sandbox.rolloff.documents import Job, jobs
from sandbox.rolloff.mix import DEMO_INVOICES, mix
from sandbox.rolloff.operation import Operation
from sandbox.rolloff.parties import Party, parties
from sandbox.rolloff.receipts import receipts
from sandbox.rolloff.schedule import DAYS_BACK, stamp

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Rolloff:
    """A roll-off company in Docket and in QuickBooks.

    Attributes:
        company_info: fields of CompanyInfo, over the server's own.
        preferences: Preferences by group, over the server's own.
        qbo: operations that make the company in QuickBooks, in order; see quickbooks.py.
        docket: account and records in the contract's form, for the Docket server.
        kinds: Docket ids by what is special about them: `client/near`, `invoice/zero`,
            `product/missing`, and so on.
    """

    company_info: Mapping[str, Any]
    preferences: Mapping[str, Any]
    qbo: Sequence[Operation]
    docket: Mapping[str, Any]
    kinds: Mapping[str, tuple[str, ...]]


def generate(seed: int = 7, invoices: int = DEMO_INVOICES, today: date = TODAY) -> Rolloff:
    """Make the company; the same arguments always make the same one.

    Args:
        seed: of all chance.
        invoices: how many Docket has; proportions are kept from a few dozen up.
        today: no date lies after it; most lie in the 75 days before.
    """
    plan = mix(invoices)
    people = parties(seed, plan, stamp(today - timedelta(days=DAYS_BACK + 40), 0))
    work = jobs(seed, plan, people, today)
    money_in = receipts(seed, work, today)
    old = stamp(today - timedelta(days=DAYS_BACK + 60), 0)
    return Rolloff(
        company_info=quickbooks.company_info(),
        preferences=quickbooks.preferences(today),
        qbo=quickbooks.operations(seed, people, work, money_in, today),
        docket={
            "account": {"id": f"acct-{seed}", "name": "Acme Roll-Off LLC"},
            "clients": [party.record for party in people],
            "products": [catalogue.docket_product(one, old) for one in catalogue.PRODUCTS],
            "invoices": [job.record for job in work],
            "payments": money_in.payments,
            "refunds": money_in.refunds,
            "credits": money_in.credits,
        },
        kinds=_kinds(people, work),
    )


def _kinds(people: Sequence[Party], work: Sequence[Job]) -> Record:
    found: dict[str, list[str]] = defaultdict(list)
    for party in people:
        found[f"client/{party.match}"].append(party.id)
    for product in catalogue.PRODUCTS:
        found[f"product/{product.match}"].append(product.id)
    for job in work:
        found[f"invoice/{job.kind}"].append(job.record["id"])
    return {kind: tuple(ids) for kind, ids in found.items()}
