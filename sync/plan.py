"""The preview: exactly what a sync of a selection would write, and nothing else; pure.

The order in which invoices were selected does not matter. A customer or item that
several invoices need stands at the first of them; a payment over several invoices
stands at the last, and only if all of them will be in QuickBooks by then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from math import ceil

from core.jsonio import JsonObject
from store.books import Books
from store.heap import no_collection
from sync.adoption import only_links
from sync.checks.ground import Ground
from sync.planner import Planner
from sync.policy import Policy
from sync.shapes import (
    CountAndMoney,
    InvoicePlan,
    Outcome,
    Plan,
    PlannedPosting,
    Preflight,
)

LOOKUP = 50
"""Records asked for in one metered look-up."""

_NAMES = {"client": "Customer", "product": "Item"}


def make_plan(
    books: Books,
    policy: Policy,
    checked: Preflight,
    selection: Sequence[str],
    also: Collection[str] = (),
    *,
    links_only: bool = False,
) -> Plan:
    """Work out what a sync of the invoices with these Docket ids would do.

    Args:
        books: what the cache knows.
        policy: how this company wants its invoices sent.
        checked: `preflight` of the same books and policy.
        selection: Docket ids; ids that the books do not hold are left out.
        also: those of them that a person ticked to change what is settled in QuickBooks.
        links_only: leave out whatever would write in QuickBooks.
    """
    with no_collection():
        planner = Planner(Ground.of(books, policy, checked), checked, also)
        ticked = tuple(sorted(set(also) & set(selection)))
        plans = planner.plan(selection)
        if links_only:
            plans = map(only_links, plans)
        return _assemble(tuple(plans), ticked, links_only=links_only)


def _assemble(
    invoices: tuple[InvoicePlan, ...], also: tuple[str, ...], *, links_only: bool
) -> Plan:
    postings = [posting for invoice in invoices for posting in invoice.postings]
    writes = [posting for posting in postings if not posting.adopts]
    going = [one for one in invoices if one.outcome == Outcome.POSTED]
    plan = Plan(
        invoices=invoices,
        totals={
            outcome: _sum([one for one in invoices if one.outcome == outcome])
            for outcome in Outcome
        },
        selected=_sum(invoices),
        paid=_sum([one for one in going if one.paid]),
        unpaid=_sum([one for one in going if not one.paid]),
        new_customers=_new(writes, "client"),
        new_items=_new(writes, "product"),
        writes=len(writes),
        payments=_money(writes, "payment"),
        refunds=_money(writes, "refund"),
        metered_reads=_reads(postings),
        digest="",
        also=also,
        links_only=links_only,
    )
    return _with_digest(plan)


def _sum(invoices: Sequence[InvoicePlan]) -> CountAndMoney:
    return CountAndMoney(len(invoices), sum(one.total for one in invoices))


def _money(writes: Sequence[PlannedPosting], kind: str) -> CountAndMoney:
    amounts = [one.amount for one in writes if one.kind == kind]
    return CountAndMoney(len(amounts), sum(amounts))


def _new(writes: Sequence[PlannedPosting], kind: str) -> tuple[str, ...]:
    field = "DisplayName" if kind == "client" else "Name"
    return tuple(sorted(str(one.body[field]) for one in writes if one.kind == kind))


def _reads(postings: Sequence[PlannedPosting]) -> int:
    """Return the look-ups before creating: by list, fifty records in one query.

    A new name is looked for among customers, vendors and employees.
    """
    counts: dict[tuple[str, bool], int] = {}
    for one in postings:
        if one.operation == "create":
            key = (one.entity, bool(one.adopts))
            counts[key] = counts.get(key, 0) + 1
    return sum(
        ceil(count / LOOKUP) * (3 if entity == "Customer" and not by_id else 1)
        for (entity, by_id), count in counts.items()
    )


def _with_digest(plan: Plan) -> Plan:
    """Return the plan with a hash that is the same for the same plan, whatever made it.

    It is taken invoice by invoice: the text of a whole plan is several times as large as
    the plan, and only its hash is wanted.
    """
    digest = hashlib.sha256()
    for invoice in plan.invoices:
        digest.update(_CANONICAL.encode(invoice).encode())
    rest = [getattr(plan, part.name) for part in fields(plan) if part.name != "invoices"]
    digest.update(_CANONICAL.encode(rest).encode())
    return replace(plan, digest=digest.hexdigest())


def _plain(value: object) -> object:
    """Return a part of a plan that JSON does not know in the form that is hashed."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value):
        return [getattr(value, part.name) for part in fields(value)]
    raise TypeError(f"a plan holds no {type(value).__name__}")


_CANONICAL = json.JSONEncoder(
    default=_plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False
)
"""Ten times as quick as `core.jsonio`; a plan holds no float, and Decimals go in as text."""


def preview_json(plan: Plan) -> JsonObject:
    """Return the preview as `preview --json` prints it (docs/architecture.md, "Contracts")."""
    return {
        "invoices": [_invoice_json(one) for one in plan.invoices],
        "totals": {
            **{str(outcome): _count_json(plan.totals[outcome]) for outcome in Outcome},
            "selected": _count_json(plan.selected),
            "paid": _count_json(plan.paid),
            "unpaid": _count_json(plan.unpaid),
            "payments": _count_json(plan.payments),
            "refunds": _count_json(plan.refunds),
            "new_customers": list(plan.new_customers),
            "new_items": list(plan.new_items),
            "writes": plan.writes,
            "metered_reads": plan.metered_reads,
        },
        "digest": plan.digest,
    }


def _count_json(sums: CountAndMoney) -> JsonObject:
    return {"count": sums.count, "cents": sums.amount}


def _invoice_json(one: InvoicePlan) -> JsonObject:
    return {
        "docket_id": one.docket_id,
        "number": one.number,
        "client": one.client,
        "status": str(one.status),
        "outcome": str(one.outcome),
        "reason": one.reason,
        "total_cents": one.total,
        "paid": one.paid,
        "notes": list(one.notes),
        "postings": [_posting_json(posting) for posting in one.postings],
        "apart": list(one.apart),
        "held": [_posting_json(posting) for posting in one.held],
        "changes": [
            {
                "field": change.field,
                "posted": change.posted,
                "docket": change.docket,
                "quickbooks": change.quickbooks,
            }
            for change in one.changes
        ],
    }


def _posting_json(posting: PlannedPosting) -> JsonObject:
    return {
        "kind": posting.kind,
        "docket_id": posting.docket_id,
        "entity": posting.entity,
        "operation": posting.operation,
        "label": posting.label,
        "amount_cents": posting.amount,
        "adopts": posting.adopts,
        "body": posting.body,
    }
