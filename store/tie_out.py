"""Loads what the tie-out compares: sales, payments, refunds and credits of both sides, no more.

No body is parsed and no line is read: both sides are columns, in one consistent view,
as plain tuples, so that 100,000 invoices are there in about a second. Days stay ISO
text, which sorts and compares as dates do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple, cast

from sqlmodel import Session

from core.money import Cents
from store import troubles
from store.cache import Cache
from store.company import load_company
from store.heap import no_collection
from store.upsert import in_parts


class DocketFact(NamedTuple):
    """One Docket invoice, payment, refund or credit."""

    kind: str
    """invoice, payment, refund or credit (a prepayment or a credit memo)."""
    docket_id: str
    number: str
    """Docket's number; for a payment its reference, where it has one."""
    client_id: str
    day: str
    """Issued, received or refunded on; of a credit, given on."""
    method: str
    amount: Cents
    tax: Cents
    open: Cents
    """For an invoice: what Docket counts as still owed."""
    stands: int
    """0 when Docket voided, deleted or returned it."""
    under_way: int
    """1 for an ACH payment that has not arrived."""
    status: str
    """Of the invoice; for money of the invoices that it belongs to."""
    reason_code: str
    reason: str
    invoice_id: str


class QboFact(NamedTuple):
    """One transaction in QuickBooks, as last seen."""

    entity: str
    qbo_id: str
    number: str
    customer_id: str
    day: str
    amount: Cents
    tax: Cents
    open: Cents
    """Balance of an Invoice, UnappliedAmt of a Payment, RemainingCredit of a CreditMemo."""
    removed: str
    """"", Voided or Deleted."""
    ours: int
    """1 when it carries our mark."""


class Facts(NamedTuple):
    """Both sides, and what joins them."""

    docket: Sequence[DocketFact]
    quickbooks: Mapping[tuple[str, str], QboFact]
    """By (entity, Id)."""
    links: Mapping[tuple[str, str], tuple[str, str]]
    """(entity, Id) by (kind, Docket id), of documents."""
    clients: Mapping[str, str]
    """Names of Docket's clients."""
    customers: Mapping[str, str]
    """Names of QuickBooks' customers."""
    customer_of: Mapping[str, str]
    """The customer that each client is linked to; not those that a person chose anew since."""
    parents: Mapping[str, str]
    """The parent of each sub-customer."""
    methods: Mapping[str, str]
    """Names of QuickBooks' payment methods."""
    method_of: Mapping[str, str]
    """The method's Id of each Payment; only where it was asked for."""
    start: str
    """The day from which invoices are posted; empty while none was chosen."""
    method_choices: Mapping[str, str]
    """QuickBooks' payment method that a person chose, by the folded name of Docket's."""


def load_facts(cache: Cache, *, methods: bool = False) -> Facts:
    """Return what the tie-out compares.

    Args:
        cache: the open cache.
        methods: also read how each payment in QuickBooks was made, out of its body.

    Raises:
        StoreTrouble: nothing was refreshed yet.
    """
    with no_collection(), cache.read() as session:
        company = load_company(session)
        if company is None:
            raise troubles.nothing_fetched()
        realm = company.realm_id
        chosen = dict(_all(session, _CHOICES, "client"))
        customer_of = {
            client: customer
            for client, customer in _all(
                session, "SELECT docket_id, qbo_id FROM link WHERE realm=? AND kind='client'", realm
            )
            if chosen.get(client, customer) == customer
        }
        return Facts(
            docket=[
                *_invoices(session),
                *_applied(session, _PAYMENTS, _PAID),
                *_refunds(session),
                *_applied(session, _CREDITS, _CREDITED),
            ],
            quickbooks=_documents(session, realm),
            links={
                (kind, docket_id): (entity, qbo_id)
                for kind, docket_id, entity, qbo_id in _all(session, _LINKS, realm)
            },
            clients=dict(_all(session, "SELECT docket_id, name FROM client")),
            customers=_names(session, realm, "Customer"),
            customer_of=customer_of,
            parents=dict(_all(session, _PARENTS, realm)),
            methods=_names(session, realm, "PaymentMethod"),
            method_of=dict(_all(session, _METHODS, realm)) if methods else {},
            start="" if company.start_date is None else company.start_date.isoformat(),
            method_choices=dict(_all(session, _CHOICES, "payment_method")),
        )


_CHOICES = "SELECT key, qbo_id FROM choice WHERE kind=? AND ended_at IS NULL"
_LINKS = (
    "SELECT kind, docket_id, entity, qbo_id FROM link"
    " WHERE realm=? AND kind NOT IN ('client', 'product')"
)
_PARENTS = (
    "SELECT qbo_id, parent_id FROM qbo_object"
    " WHERE realm=? AND entity='Customer' AND parent_id != ''"
)
_METHODS = (
    "SELECT qbo_id, coalesce(json_extract(body, '$.PaymentMethodRef.value'), '')"
    " FROM qbo_object WHERE realm=? AND entity='Payment'"
)
_INVOICES = (
    "SELECT 'invoice', docket_id, number, client_docket_id, issued_on, '', total_cents,"
    " tax_cents, max(open_docket_cents, 0), voided_at IS NULL AND deleted_at IS NULL, 0,"
    " status, reason_code, reason, docket_id FROM invoice ORDER BY id"
)
_PAYMENTS = (
    "SELECT 'payment', docket_id, CASE reference WHEN '' THEN number ELSE reference END,"
    " client_docket_id, received_on, method, amount_cents, 0, 0,"
    " voided_at IS NULL AND deleted_at IS NULL AND status != 'returned', status = 'pending'"
    ", docket_id FROM payment ORDER BY id"
)
_PAID = (
    "SELECT a.payment_docket_id, coalesce(s.status, 'gone'), coalesce(s.reason_code, ''),"
    " coalesce(s.reason, ''), i.docket_id"
    " FROM payment_allocation a JOIN invoice i ON i.docket_id = a.invoice_docket_id"
    " LEFT JOIN invoice s ON s.id = i.id AND s.voided_at IS NULL AND s.deleted_at IS NULL"
)
_CREDITS = (
    "SELECT 'credit', docket_id, number, client_docket_id, issued_on, method, amount_cents, 0, 0,"
    " voided_at IS NULL AND deleted_at IS NULL, 0, docket_id FROM credit ORDER BY id"
)
_CREDITED = (
    "SELECT a.credit_docket_id, coalesce(s.status, 'gone'), coalesce(s.reason_code, ''),"
    " coalesce(s.reason, ''), i.docket_id"
    " FROM credit_allocation a JOIN invoice i ON i.docket_id = a.invoice_docket_id"
    " LEFT JOIN invoice s ON s.id = i.id AND s.voided_at IS NULL AND s.deleted_at IS NULL"
)
_REFUNDS = (
    "SELECT 'refund', r.docket_id, r.number, r.client_docket_id, r.refunded_on, r.method,"
    " r.amount_cents, r.tax_cents, 0, r.voided_at IS NULL AND r.deleted_at IS NULL, 0,"
    " coalesce(s.status, 'gone'), coalesce(s.reason_code, ''), coalesce(s.reason, ''),"
    " coalesce(r.invoice_docket_id, '')"
    " FROM refund r LEFT JOIN invoice s ON s.docket_id = r.invoice_docket_id"
    " AND s.voided_at IS NULL AND s.deleted_at IS NULL ORDER BY r.id"
)
_DOCUMENTS = (
    "SELECT entity, qbo_id, number, customer_id, coalesce(txn_date, ''),"
    " coalesce(total_cents, 0), coalesce(tax_cents, 0), coalesce(balance_cents, 0), removed,"
    " instr(note, '[docket-qbo ') > 0 FROM qbo_object"
    " WHERE realm=? AND entity IN ('Invoice', 'Payment', 'CreditMemo', 'RefundReceipt',"
    " 'SalesReceipt') ORDER BY id"
)
_RANK = {"gone": -1, "excluded": 0, "synced": 1, "pending": 2, "syncing": 3, "conflicted": 4}
"""Which of several invoices' statuses money over them has: the one that needs most.

What was voided or deleted in Docket is `gone`, whatever is known of it: money on nothing else
is as much to be posted as money on no invoice.
"""


def _invoices(session: Session) -> list[DocketFact]:
    return [DocketFact._make(row) for row in _all(session, _INVOICES)]


def _applied(session: Session, records: str, parts: str) -> list[DocketFact]:
    """Money, each with the status and reason of the invoices that it goes to."""
    of: dict[str, tuple[str, ...]] = {}
    for part in _all(session, parts):
        known = of.get(part[0])
        if known is None or _RANK.get(part[1], 0) > _RANK.get(known[1], 0):
            of[part[0]] = part
    alone = ("", "pending", "", "", "")
    return [
        DocketFact._make((*row[:-1], *of.get(row[-1], alone)[1:])) for row in _all(session, records)
    ]


def _refunds(session: Session) -> list[DocketFact]:
    return [DocketFact._make(row) for row in _all(session, _REFUNDS)]


def _documents(session: Session, realm: str) -> dict[tuple[str, str], QboFact]:
    return {(row[0], row[1]): QboFact._make(row) for row in _all(session, _DOCUMENTS, realm)}


def _names(session: Session, realm: str, entity: str) -> dict[str, str]:
    found = "SELECT qbo_id, name FROM qbo_object WHERE realm=? AND entity=?"
    return dict(_all(session, found, realm, entity))


def _all(session: Session, statement: str, *values: str) -> list[tuple[Any, ...]]:
    """Rows straight from the driver: SQLAlchemy's own cost half of the time here."""
    raw = session.connection().connection.driver_connection
    assert raw is not None
    return cast("list[tuple[Any, ...]]", raw.execute(statement, values).fetchall())


def load_last_paid(cache: Cache, invoice_ids: Collection[str]) -> dict[str, str]:
    """Return the day of the newest standing payment on each invoice, by Docket id."""
    found: dict[str, str] = {}
    with cache.read() as session:
        for some in in_parts(sorted(invoice_ids)):
            marks = ", ".join("?" * len(some))
            found.update(_all(session, _LAST_PAID.format(marks=marks), *some))
    return found


def load_undeposited(cache: Cache, until: str) -> list[tuple[str, Cents]]:
    """Return (day, cents) of payments in QuickBooks that no bank deposit holds yet.

    A payment goes to Undeposited Funds when it names that account, or none.
    """
    with cache.read() as session:
        company = load_company(session)
        realm = "" if company is None else company.realm_id
        return [(row[0], row[1]) for row in _all(session, _UNDEPOSITED, realm, until, realm)]


_LAST_PAID = (
    "SELECT a.invoice_docket_id, max(p.received_on) FROM payment_allocation a"
    " JOIN payment p ON p.docket_id = a.payment_docket_id"
    " WHERE p.voided_at IS NULL AND p.deleted_at IS NULL AND p.status = 'settled'"
    " AND a.invoice_docket_id IN ({marks}) GROUP BY 1"
)
_UNDEPOSITED = (
    "SELECT txn_date, total_cents FROM qbo_object WHERE realm=? AND entity='Payment'"
    " AND removed='' AND txn_date <= ? AND total_cents > 0 AND applied NOT LIKE '%\"Deposit\"%'"
    " AND coalesce(json_extract(body, '$.DepositToAccountRef.value'), '') IN"
    " (SELECT '' UNION SELECT qbo_id FROM qbo_object WHERE realm=? AND entity='Account'"
    " AND json_extract(body, '$.AccountSubType')='UndepositedFunds') ORDER BY txn_date"
)
