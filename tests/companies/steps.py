"""What people do on both sides, as Hypothesis makes it up.

A step names records by a number that is taken modulo how many there are, so a company
shrinks without its steps losing their sense; what the servers do not allow just does
not happen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol

from hypothesis import strategies as st

from store.books import Choice
from sync.desk import Desk
from sync.shapes import ConflictGroup, WayOut
from tests.companies.life import PRODUCTS, Life, Record, sync

METHODS = ("Check", "ACH", "Cash", "Visa", "Barter")
"""QuickBooks has no method of the last one's name."""
RATES: Sequence[Sequence[tuple[str, str]]] = (
    (),
    (("Texas State", "6.25"),),
    (("Texas State", "6.25"), ("City", "2")),
    (("State", "4.225"), ("County", "1.125"), ("City", "0.875")),
)


class Step(Protocol):
    """Something that happens."""

    async def play(self, life: Life) -> None:
        """Let it happen."""
        ...


def pick(rows: Sequence[Any], place: int) -> Any:
    """One of them; None of none."""
    return rows[place % len(rows)] if rows else None


@dataclass(frozen=True)
class Item:
    """A line of an invoice."""

    product: int
    quantity: str
    price: str

    def asked(self, life: Life) -> Record:
        """As Docket takes it."""
        product = pick(life.records("products"), self.product)
        wanted = {"product": product["id"], "quantity": self.quantity}
        return wanted | ({"unit_price": self.price} if self.price else {})


@dataclass(frozen=True)
class Bill:
    """A new invoice."""

    client: int
    lines: tuple[Item, ...]
    rates: int = 0
    discount: str = ""
    percent: str = ""
    days_ago: int = 0

    async def play(self, life: Life) -> None:
        rates = [{"name": n, "agency": n, "rate": r} for n, r in RATES[self.rates]]
        discount = {"discount": self.discount} if self.discount else {}
        percent = {"discount_percent": self.percent} if self.percent else {}
        await life.docket(
            action="add_invoice",
            client=pick(life.records("clients"), self.client)["id"],
            lines=[line.asked(life) for line in self.lines],
            tax_lines=rates,
            issued_on=day(life, self.days_ago),
            **discount,
            **percent,
        )


@dataclass(frozen=True)
class Change:
    """Docket's users change an invoice."""

    invoice: int
    what: str
    line: Item

    async def play(self, life: Life) -> None:
        invoice = pick(life.records("invoices"), self.invoice)
        if invoice is None:
            return
        last = invoice["lines"][-1]["id"] if invoice["lines"] else ""
        line = self.line
        edits: dict[str, Record] = {
            "add a line": {"action": "add_line", **line.asked(life)},
            "drop a line": {"action": "remove_line", "line": last},
            "other quantity": {"action": "edit_line", "line": last, "quantity": line.quantity},
            "discount": {"action": "edit_invoice", "discount": "7.77"},
            "memo": {"action": "edit_invoice", "memo": f"gate {line.quantity}"},
            "due": {"action": "edit_invoice", "due_on": day(life, -30)},
            "earlier day": {"action": "edit_invoice", "issued_on": day(life, 40)},
            "void": {"action": "void"},
            "unvoid": {"action": "unvoid"},
            "delete": {"action": "delete"},
        }
        await life.docket(invoice=invoice["id"], **edits[self.what])


CHANGES = (
    "add a line",
    "drop a line",
    "other quantity",
    "discount",
    "memo",
    "due",
    "earlier day",
    "void",
    "unvoid",
    "delete",
)


@dataclass(frozen=True)
class Pay:
    """A payment of an invoice, of a share of its total, or of all its client's invoices."""

    invoice: int
    percent: int = 100
    method: int = 0
    days_ago: int = 0
    many: bool = False

    async def play(self, life: Life) -> None:
        invoice = pick(life.records("invoices"), self.invoice)
        if invoice is None:
            return
        about: Record = {
            "method": METHODS[self.method],
            "reference": f"R{len(life.records('payments')) + 1}",
            "received_on": day(life, self.days_ago),
        }
        if not self.many:
            amount = cents(invoice["total"]) * self.percent // 100
            if amount > 0:
                await life.docket(
                    action="pay", invoice=invoice["id"], amount=money(amount), **about
                )
            return
        mine = [
            one
            for one in life.records("invoices")
            if one["client_id"] == invoice["client_id"]
            and one["voided_at"] is None
            and not allocated(life, one["id"])
            and cents(one["total"]) > 0
        ]
        if not mine:
            return
        total = sum(cents(one["total"]) for one in mine)
        await life.docket(
            action="pay",
            client=invoice["client_id"],
            amount=money(max(total * self.percent // 100, total)),
            allocations=[{"invoice": one["id"], "amount": one["total"]} for one in mine],
            **about,
        )


@dataclass(frozen=True)
class ChangePayment:
    """Docket's users change a payment, or it comes back."""

    payment: int
    what: str

    async def play(self, life: Life) -> None:
        payment = pick(life.records("payments"), self.payment)
        if payment is None:
            return
        edits: dict[str, Record] = {
            "void": {"action": "void_payment"},
            "delete": {"action": "delete_payment"},
            "returned": {"action": "edit_payment", "status": "returned"},
            "method": {"action": "edit_payment", "method": "Cash"},
            "day": {"action": "edit_payment", "received_on": day(life, 3)},
            "less": {"action": "edit_payment", **_less(payment)},
        }
        await life.docket(payment=payment["id"], **edits[self.what])


PAYMENT_CHANGES = ("void", "delete", "returned", "method", "day", "less")


def _less(payment: Record) -> Record:
    """The payment with a cent less, which its last invoice misses."""
    parts = [
        {"invoice": one["invoice_id"], "amount": one["amount"]} for one in payment["allocations"]
    ]
    if parts:
        parts[-1]["amount"] = money(max(cents(parts[-1]["amount"]) - 1, 0))
    return {"amount": money(max(cents(payment["amount"]) - 1, 0)), "allocations": parts}


@dataclass(frozen=True)
class Refund:
    """A refund of an invoice, of a share of its total."""

    invoice: int
    percent: int = 100

    async def play(self, life: Life) -> None:
        invoice = pick(life.records("invoices"), self.invoice)
        if invoice is None or not invoice["lines"]:
            return
        amount = cents(invoice["total"]) * self.percent // 100
        await life.docket(action="refund", invoice=invoice["id"], amount=money(amount))


@dataclass(frozen=True)
class Credit:
    """A prepayment or a credit memo, perhaps applied to an invoice at once."""

    client: int
    kind: str
    amount: int
    invoice: int

    async def play(self, life: Life) -> None:
        client = pick(life.records("clients"), self.client)
        await life.docket(
            action="add_credit", client=client["id"], kind=self.kind, amount=money(self.amount)
        )
        mine = [one for one in life.records("invoices") if one["client_id"] == client["id"]]
        invoice = pick(mine, self.invoice)
        if invoice is not None:
            credit = life.records("credits")[-1]
            await life.docket(action="apply_credit", credit=credit["id"], invoice=invoice["id"])


@dataclass(frozen=True)
class Undo:
    """Docket's users void or delete a refund or a credit."""

    what: str
    resource: str
    place: int

    async def play(self, life: Life) -> None:
        record = pick(life.records(f"{self.resource}s"), self.place)
        if record is not None:
            action = f"{self.what}_{self.resource}"
            await life.docket(action=action, **{self.resource: record["id"]})


@dataclass(frozen=True)
class Rename:
    """Docket's users rename a client or a product."""

    kind: str
    place: int

    async def play(self, life: Life) -> None:
        record = pick(life.records(f"{self.kind}s"), self.place)
        if self.kind == "product":
            await life.docket(
                action="rename_product", product=record["id"], name=f"{record['name']} XL"
            )
        else:
            name = f"{record['company_name']} of Texas"
            await life.docket(action="edit_client", client=record["id"], company_name=name)


@dataclass(frozen=True)
class Office:
    """Somebody in the office works in QuickBooks."""

    what: str
    place: int

    async def play(self, life: Life) -> None:
        OFFICE[self.what](life, self.place)


def _on(entity: str, **edit: Any) -> Callable[[Life, int], None]:
    def change(life: Life, place: int) -> None:
        record = pick(life.standing(entity), place)
        if record is not None:
            life.office(edit={"entity": entity, "id": record["Id"], "body": edit})

    return change


def _gone(entity: str, how: str) -> Callable[[Life, int], None]:
    def remove(life: Life, place: int) -> None:
        record = pick(life.standing(entity), place)
        if record is not None:
            life.office(**{how: {"entity": entity, "id": record["Id"]}})

    return remove


def _reprice(life: Life, place: int) -> None:
    """Another amount on the first line."""
    held = pick(life.standing("Invoice"), place)
    if held is None:
        return
    first = {key: value for key, value in held["Line"][0].items() if key != "LinkedTxn"}
    detail = dict(first.get("SalesItemLineDetail", {}))
    detail.pop("Qty", None)
    detail.pop("UnitPrice", None)
    line = {**first, "Amount": str(first["Amount"] + 5), "SalesItemLineDetail": detail}
    rest = [one for one in held["Line"][1:] if one["DetailType"] != "SubTotalLineDetail"]
    body = json_safe({"Line": [line, *rest]})
    life.office(edit={"entity": "Invoice", "id": held["Id"], "body": body})


def _twin(life: Life, place: int) -> None:
    """Key a Docket invoice in by hand, with its number, customer, day and total."""
    invoice = pick(life.records("invoices"), place)
    if invoice is None:
        return
    name = {one["id"]: one["company_name"] for one in life.records("clients")}[invoice["client_id"]]
    customers = life.standing("Customer")
    customer = next((one for one in customers if one["DisplayName"] == name), customers[0])
    body = {
        "CustomerRef": {"value": customer["Id"]},
        "DocNumber": invoice["number"],
        "TxnDate": invoice["issued_on"],
        "Line": [_sale(invoice["total"])],
    }
    life.office(create={"entity": "Invoice", "body": body})


def _pay_by_hand(life: Life, place: int) -> None:
    """Receive a payment of an invoice in QuickBooks."""
    rows = [one for one in life.standing("Invoice") if one["Balance"]]
    held = pick(rows, place)
    if held is None:
        return
    link = [{"TxnId": held["Id"], "TxnType": "Invoice"}]
    amount = str(held["Balance"])
    body = {
        "CustomerRef": {"value": held["CustomerRef"]["value"]},
        "TotalAmt": amount,
        "Line": [{"Amount": amount, "LinkedTxn": link}],
    }
    life.office(create={"entity": "Payment", "body": body})


def _deposit(life: Life, place: int) -> None:
    held = pick([one for one in life.standing("Payment") if one["TotalAmt"]], place)
    if held is not None:
        life.office(deposit={"payments": [held["Id"]]})


def _merge(life: Life, place: int) -> None:
    customers = life.standing("Customer")
    loser, winner = pick(customers, place), pick(customers, place + 1)
    if loser["Id"] != winner["Id"]:
        life.office(merge={"from": loser["Id"], "into": winner["Id"]})


def _rename(life: Life, place: int) -> None:
    customer = pick(life.standing("Customer"), place)
    name = f"{customer['DisplayName']} 2"
    life.office(edit={"entity": "Customer", "id": customer["Id"], "body": {"DisplayName": name}})


def _close(life: Life, place: int) -> None:
    life.office(close_books=day(life, 20 + place % 3 * 20))


def _sale(amount: str) -> Record:
    detail = {"ItemRef": {"value": "1"}}
    return {"Amount": amount, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": detail}


OFFICE: dict[str, Callable[[Life, int], None]] = {
    "edit the memo": _on("Invoice", CustomerMemo={"value": "gate 9999"}),
    "other amount": _reprice,
    "edit a payment": _on("Payment", PaymentRefNum="by hand"),
    "void an invoice": _gone("Invoice", "void"),
    "delete an invoice": _gone("Invoice", "delete"),
    "void a payment": _gone("Payment", "void"),
    "delete a payment": _gone("Payment", "delete"),
    "delete a credit memo": _gone("CreditMemo", "delete"),
    "key a twin": _twin,
    "receive a payment": _pay_by_hand,
    "deposit a payment": _deposit,
    "merge customers": _merge,
    "rename a customer": _rename,
    "deactivate a customer": _gone("Customer", "deactivate"),
    "deactivate an item": _gone("Item", "deactivate"),
    "close the books": _close,
    "open the books": lambda life, place: _opened(life),
}


def _opened(life: Life) -> None:
    life.office(close_books=None)


@dataclass(frozen=True)
class Decide:
    """The person takes the n-th way out of a conflict, or leaves an invoice out."""

    conflict: int
    way: int

    async def play(self, life: Life) -> None:
        await life.start(self._decide)

    async def _decide(self, life: Life, desk: Desk) -> None:
        await desk.pull()
        group = pick(desk.conflicts(), self.conflict)
        way = None if group is None else pick(group.ways_out, self.way)
        if group is None or way is None:
            return
        life.told[f"decided: {way.action}"] += 1
        if way.action == "exclude":
            desk.exclude(group.invoices, "not now")
        elif way.action == "retry":
            desk.retry(way.posting_id)
        elif way.action == "retry_alike":
            desk.retry_alike(way.name)
        elif way.action == "date":
            signed = replace(way, name=f"{way.name} Jane Doe, CPA")
            desk.choose(_choice(group, signed))
        elif way.action in ("use", "create", "link", "keep", "send", "void"):
            desk.choose(_choice(group, way))


def _choice(group: ConflictGroup, way: WayOut) -> Choice:
    about = (group.subject_kind, group.subject_key)
    return Choice(*about, way.action, way.entity, way.qbo_id, way.name)


@dataclass(frozen=True)
class Sync:
    """The program is started, refreshed and syncs; it may die, and answers may be lost."""

    dies_after: int | None = None
    lost: int = 0
    red: bool = False
    """Whether what changes settled things is ticked too."""

    async def play(self, life: Life) -> None:
        await life.start(self._work, self.dies_after, self.lost)
        await life.clock.sleep(30.0)

    async def _work(self, life: Life, desk: Desk) -> None:
        await desk.pull()
        if await sync(life, desk) and desk.lock().open:
            await sync(life, desk)  # after a test, the others
        if self.red and desk.unfinished() is None and desk.lock().open:
            ids = [one["id"] for one in life.records("invoices")]
            ids += [row.key for row in desk.money.loose() if row.due]
            apart = {one.docket_id for one in desk.preview(ids).apart}
            if apart:
                life.told["red blocks ticked"] += 1
                await desk.bulk_sync(desk.preview(sorted(apart), apart))


def day(life: Life, ago: int) -> str:
    """A day so long ago, as text."""
    return (life.clock.now().date() - timedelta(days=ago)).isoformat()


def cents(text: str) -> int:
    """Read Docket's amount."""
    return int(text.replace(".", ""))


def money(amount: int) -> str:
    """Write Docket's amount."""
    return f"{amount // 100}.{amount % 100:02d}"


def allocated(life: Life, invoice: str) -> bool:
    """Whether money was already given to an invoice."""
    return any(
        part["invoice_id"] == invoice
        for resource in ("payments", "credits")
        for one in life.records(resource)
        for part in one["allocations"]
    )


def json_safe(value: Any) -> Any:
    """QuickBooks' record with its amounts as text."""
    if isinstance(value, dict):
        return {key: json_safe(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [json_safe(inner) for inner in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


# --- how Hypothesis makes them up

_place = st.integers(0, 7)
_quantity = st.one_of(
    st.integers(1, 4).map(str),
    st.integers(1, 999_999).map(lambda n: f"{n // 100_000}.{n % 100_000:05d}"),
)
_price = st.one_of(
    st.just(""),
    st.integers(-5_000, 90_000).map(lambda n: f"{'-' if n < 0 else ''}{money(abs(n))}"),
    st.integers(1, 9_999_999).map(lambda n: f"{n // 100_000}.{n % 100_000:05d}"),
)
_item = st.builds(
    Item,
    st.sampled_from((0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, len(PRODUCTS) - 1)),
    _quantity,
    _price,
)
_bill = st.builds(
    Bill,
    st.sampled_from((0, 0, 0, 0, 1, 1, 1, 3, 3, 2)),
    st.lists(_item, min_size=1, max_size=4).map(tuple),
    st.integers(0, len(RATES) - 1),
    st.sampled_from(("", "", "", "0.01", "12.34")),
    st.sampled_from(("", "", "", "5", "33.333")),
    st.sampled_from((0, 0, 0, 1, 35)),
)
_dies = st.one_of(st.none(), st.none(), st.integers(20, 140))
_sync = st.builds(Sync, _dies, st.sampled_from((0, 0, 0, 20, 60)), st.booleans())
_docket: st.SearchStrategy[Step] = st.one_of(
    st.builds(Change, _place, st.sampled_from(CHANGES), _item),
    st.builds(
        Pay,
        _place,
        st.sampled_from((100, 100, 50, 33, 120)),
        st.integers(0, len(METHODS) - 1),
        st.sampled_from((0, 0, 5)),
        st.booleans(),
    ),
    st.builds(ChangePayment, _place, st.sampled_from(PAYMENT_CHANGES)),
    st.builds(Refund, _place, st.sampled_from((100, 50, 17))),
    st.builds(
        Credit, _place, st.sampled_from(("prepayment", "memo")), st.integers(1, 50_000), _place
    ),
    st.builds(
        Undo, st.sampled_from(("void", "delete")), st.sampled_from(("refund", "credit")), _place
    ),
    st.builds(Rename, st.sampled_from(("client", "product")), _place),
)
_office = st.builds(Office, st.sampled_from(tuple(OFFICE)), _place)
_decide = st.builds(Decide, st.integers(0, 3), st.integers(0, 3))

_KINDS: Sequence[st.SearchStrategy[Step]] = (
    _bill,
    _docket,
    _docket,
    _office,
    _office,
    _decide,
    _sync,
)
_later = st.integers(0, len(_KINDS) - 1).flatmap(lambda kind: _KINDS[kind])
"""Not `one_of`, which would weigh each kind by the kinds within it."""


def companies(most: int) -> st.SearchStrategy[tuple[tuple[Step, ...], int]]:
    """What happens in a company, with a sync early on, and the seed of the rest of chance.

    Args:
        most: steps after that sync, at most.
    """
    return st.tuples(
        st.builds(
            lambda bills, before, first, after: (*bills, *before, first, *after),
            st.lists(_bill, min_size=1, max_size=1 + most // 3),
            st.lists(_docket, max_size=most // 3),
            _sync,
            st.lists(_later, min_size=3, max_size=most),
        ),
        st.integers(0, 2**16),
    )
