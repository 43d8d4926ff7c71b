"""Whether each difference is exactly what the program shows a person elsewhere.

A record that is not in QuickBooks is named by a conflict of its own or of its invoices. One
that is there and differs must be named itself: a conflict about something else does not
excuse it. An open balance is taken apart payment by payment; each that is not the same on
both sides must be named, and together they must make the difference to the cent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from core.money import exact_cents, format_cents
from core.records import Credit, Invoice, Payment, Refund
from store.books import Books
from store.states import InvoiceStatus
from sync.checks.ground import Ground
from sync.checks.loose import loose_money
from sync.checks.memos import application_id
from sync.checks.twins import OTHER_TAX
from sync.desk import Desk
from sync.fingerprint import changed
from sync.shapes import ConflictKind, InvoicePlan
from sync.tie_out.shapes import Class, Difference, TieOut
from tests.companies.life import Life, Record
from tests.companies.steps import cents

Key = tuple[str, str]
"""Kind and Docket id."""

_MOVED, _GIVEN = "customer is", "was given another customer"
"""How the tie-out tells of another customer, and how an invoice's reason does."""
_ABOUT_THE_DOCUMENT = frozenset(
    {
        ConflictKind.CHANGED_BOTH,
        ConflictKind.CHANGED_IN_QBO,
        ConflictKind.REMOVED_IN_QBO,
        ConflictKind.REMOVED_IN_DOCKET,
        ConflictKind.DIFFERS,
        ConflictKind.REFUSED,
    }
)


def unnamed(life: Life, desk: Desk, books: Books, found: TieOut) -> Iterator[str]:
    """Yield the differences that nothing names."""
    shown = _Shown(life, desk, books)
    for one in found.differences:
        why = shown.names(one)
        if why:
            life.told[f"difference: {why}"] += 1
            continue
        plan = shown.plans.get(one.invoice_id)
        told = f"{plan.status}, {plan.outcome}, {plan.reason}" if plan else "on no invoice"
        yield f"nothing names {one.kind} {one.record} {one.number} ({told}): {one.words}"


def invoices_of(row: Record) -> set[str]:
    """The invoices that a payment, refund or credit of Docket is of."""
    if "invoice_id" in row:
        return {row["invoice_id"]} - {None}
    return {part["invoice_id"] for part in row["allocations"]}


class _Shown:
    """All that the program shows a person besides the tie-out."""

    def __init__(self, life: Life, desk: Desk, books: Books) -> None:
        self._life = life
        self._books = books
        self.plans: Mapping[str, InvoicePlan] = {
            one.docket_id: one for one in desk.preview(sorted(books.invoices)).invoices
        }
        self._kinds: defaultdict[str, set[ConflictKind]] = defaultdict(set)
        self._subjects: dict[Key, str] = {}
        for group in desk.conflicts():
            self._subjects[group.subject_kind, group.subject_key.partition(":")[2]] = group.kind
            self._subjects[group.subject_kind, group.subject_key] = group.kind
            for invoice in group.invoices:
                self._kinds[invoice].add(group.kind)
        self._groups = {(str(one.kind), one.subject_key) for one in desk.conflicts()}
        self._loose = loose_money(Ground.of(books, desk.policy()))
        self._rows: dict[Key, Record] = {
            (kind, row["id"]): row
            for kind in ("invoice", "payment", "refund", "credit")
            for row in life.records(f"{kind}s")
        }

    def names(self, one: Difference) -> str:
        """What names a difference; empty if nothing does."""
        if one.kind is Class.ORPHAN:
            return ""
        if one.record == "invoice":
            return self._invoice(one)
        return self._money((one.record, one.docket_id), there=bool(one.qbo_id), one=one)

    def _invoice(self, one: Difference) -> str:
        """What names it: its document, or each of its customer, its day and what is open."""
        if one.docket._replace(open=0) != one.quickbooks._replace(open=0):
            return self._document(one)
        whys = []
        if one.docket_day != one.qbo_day:
            whys.append(self._document(one))
        if _MOVED in one.words:
            whys.append(self._another_customer(("invoice", one.docket_id)) or self._document(one))
        if one.docket.open != one.quickbooks.open:
            whys.append(self._open(one, self.plans[one.docket_id]))
        return ", ".join(whys) if all(whys) else ""

    def _document(self, one: Difference) -> str:
        plan = self.plans[one.docket_id]
        kinds = self._kinds[one.docket_id]
        again = self._books.choices.get(("invoice", one.docket_id))
        due = again is not None and again.action == "create"  # what stood there is gone
        if one.qbo_id and not due and not self._changed_in_docket(("invoice", one.docket_id)):
            kinds = kinds & _ABOUT_THE_DOCUMENT
        for kind in sorted(kinds):
            return f"needs you, {kind}"
        if plan.apart:
            return "in the red block"
        if plan.status == InvoiceStatus.EXCLUDED:
            return "left out"
        return self._decided(("invoice", one.docket_id), one)

    def _another_customer(self, key: Key) -> str:
        """What names a record that is with another customer than its client's."""
        client = self._rows[key]["client_id"]
        if ("client", client) in self._subjects:
            return f"needs you, {self._subjects['client', client]}"
        if ("client", client) not in self._books.choices:
            return ""
        plan = self.plans.get(key[1])
        told = plan is None or plan.status != InvoiceStatus.SYNCED or _GIVEN in plan.reason
        return "decided: another customer for the client" if told else ""

    def _changed_in_docket(self, key: Key) -> bool:
        """Whether Docket changed a record since it was posted: that waits with its invoice."""
        link = self._books.links.get(key)
        record = next((one for one in self._records(key[0]) if one.id == key[1]), None)
        return link is None or record is None or changed(link.fingerprint, record)

    def _records(self, kind: str) -> Iterator[Invoice | Payment | Refund | Credit]:
        books = self._books
        files = books.invoices.values()
        if kind == "invoice":
            yield from (file.invoice for file in files)
        elif kind == "payment":
            yield from books.loose.values()
            yield from (one for file in files for one in file.payments)
        elif kind == "refund":
            yield from books.lost_refunds.values()
            yield from (one for file in files for one in file.refunds)
        else:
            yield from books.credits.values()

    def _decided(self, key: Key, one: Difference | None = None) -> str:
        """Whether a person left it, linked it as it is, or moved its day."""
        choice = self._books.choices.get(key)
        if choice is not None and choice.action in ("keep", "link"):
            return f"decided: {choice.action}"
        taxed = self._books.choices.get(("invoice", OTHER_TAX))
        if key[0] == "invoice" and taxed is not None and "left as it is" in self._reason(key[1]):
            return "decided: link all with another tax"
        moved = [one.name for one in self._books.choices.values() if one.action == "date"]
        to = one.qbo_day if one is not None and one.kind is Class.MOVED else ""
        if to and any(name.startswith(to) for name in moved):
            return "decided: another date"
        return ""

    def _reason(self, invoice: str) -> str:
        return self.plans[invoice].reason

    def _money(self, key: Key, *, there: bool, one: Difference | None = None) -> str:
        """What names a payment, refund or credit that is not the same on both sides."""
        if key in self._subjects:
            return f"needs you, {self._subjects[key]}"
        choice = self._books.choices.get(key)
        if choice is not None and choice.action == "create":
            there = False  # to be posted again, as what stood there is gone
        if decided := self._decided(key):
            return decided
        row = self._rows.get(key)
        if one is not None and _MOVED in one.words and one.docket == one.quickbooks:
            return self._another_customer(key)
        of = [] if row is None else sorted(invoices_of(row) & self.plans.keys())
        for invoice in of:
            plan = self.plans[invoice]
            if plan.apart:
                return "in the red block"
            if there and not self._changed_in_docket(key):
                continue
            for kind in sorted(self._kinds[invoice]):
                return f"needs you, {kind}"
            if "waits" in " ".join((plan.reason, *plan.notes)):
                return "its payment waits for another invoice"
            if plan.status == InvoiceStatus.EXCLUDED:
                return "left out"
        return self._on_no_invoice(f"{key[0]}:{key[1]}")

    def _on_no_invoice(self, key: str) -> str:
        """What names money on no invoice: the red block, or a conflict that is really shown."""
        loose = self._loose.get(key)
        if loose is None:
            return ""
        if loose.due:
            return "money on no invoice, in the red block"
        for found in loose.findings:
            if (str(found.kind), found.subject_key) in self._groups:
                return f"money on no invoice, needs you, {found.kind}"
        return ""

    def _open(self, one: Difference, plan: InvoicePlan) -> str:
        """What names an open balance: every payment that is not on both sides, to the cent."""
        docket, there = self._paid_in_docket(one.docket_id), self._paid_there(one.qbo_id)
        missing = one.docket.open - one.quickbooks.open
        whys = set()
        for key in docket.keys() | there.keys():
            ours, theirs = docket.get(key, 0), there.get(key, 0)
            missing -= theirs - ours
            if ours == theirs:
                continue
            why = self._by_others(theirs, plan) if key[0] == "" else self._money(key, there=False)
            if not why:
                return ""
            whys.add(why)
        overpaid = one.docket.amount - sum(docket.values())
        if missing and not (overpaid < 0 and missing == -overpaid):
            return ""
        return ", ".join(sorted(whys))

    def _by_others(self, amount: int, plan: InvoicePlan) -> str:
        if plan.status == InvoiceStatus.SYNCED and format_cents(amount) not in plan.reason:
            return ""
        return "paid in QuickBooks by somebody"

    def _paid_in_docket(self, invoice: str) -> dict[Key, int]:
        paid: defaultdict[Key, int] = defaultdict(int)
        for kind in ("payment", "credit"):
            for row in self._life.records(f"{kind}s"):
                gone = row["voided_at"] is not None or row.get("status") in ("returned", "pending")
                for part in () if gone else row["allocations"]:
                    if part["invoice_id"] == invoice:
                        paid[kind, row["id"]] += cents(part["amount"])
        return paid

    def _paid_there(self, qbo_id: str) -> dict[Key, int]:
        """What payments settle of an invoice in QuickBooks, by Docket record; others' together."""
        owners = {(link.entity, link.qbo_id): key for key, link in self._books.links.items()}
        paid: defaultdict[Key, int] = defaultdict(int)
        for held in self._life.standing("Payment"):
            key = owners.get(("Payment", held["Id"]), ("", "others"))
            if key[0] == "credit_application":
                key = ("credit", self._applied_credit(key[1]))
            for line in held["Line"]:
                for to in line.get("LinkedTxn", ()):
                    if (to["TxnType"], to["TxnId"]) == ("Invoice", qbo_id):
                        paid[key] += exact_cents(line["Amount"])
        return paid

    def _applied_credit(self, application: str) -> str:
        credits_ = self._books.credits.values()
        return next(
            one.id
            for one in credits_
            for part in one.allocations
            if application_id(one, part.invoice_id) == application
        )
