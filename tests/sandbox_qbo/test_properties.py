"""Whatever is done to it, the server answers and the books balance."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.qbo.api import Answer, Call, respond
from sandbox.qbo.company import Company
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.entity import Entity
from sandbox.qbo.fault import Refused
from sandbox.qbo.objects import Group
from sandbox.qbo.query import parse
from sandbox.qbo.wire import ZERO, money, plain, read_json, write_json
from sandbox.qbo.world import World
from tests.sandbox_qbo.kit import CLIENT, REALM, Json, examples, line, small_world

SOLD = ("Invoice", "CreditMemo", "SalesReceipt", "RefundReceipt", "Estimate")
BOUGHT = ("Bill", "VendorCredit", "BillPayment", "Purchase", "JournalEntry")
MADE = (*SOLD, "Payment", "Customer", "Deposit", *BOUGHT)
MOVES = (*MADE, "update", "void", "delete", "merge", "switch")
CENTS = st.integers(0, 20_000).map(lambda cents: Decimal(cents).scaleb(-2))


def opened() -> tuple[World, str]:
    prefs = {"UsingSalesTax": True, "PartnerTaxEnabled": True, "TaxGroupCodeRef": {"value": "3"}}
    world = small_world(TaxPrefs=prefs)
    world.begin()
    return world, world.tokens.connect(REALM, CLIENT)["access_token"]


def send(world: World, token: str, entity: str, body: Any, **query: str) -> Answer:
    raw = write_json(body).encode("utf-8", "replace")
    return respond(world, Call("POST", REALM, (entity.lower(),), query, token, raw))


def assert_books_balance(company: Company) -> None:
    """Double entry, and every derived balance against its source."""
    assert sum(company.accounts.values()) == 0
    tables = company.tables
    open_amounts = sum((one["Balance"] for one in tables["Invoice"]), ZERO)
    open_amounts -= sum((one["RemainingCredit"] for one in tables["CreditMemo"]), ZERO)
    open_amounts -= sum((one["UnappliedAmt"] for one in tables["Payment"]), ZERO)
    assert company.accounts["84"] == open_amounts
    assert sum((one["Balance"] for one in tables["Customer"]), ZERO) == open_amounts
    unused = sum((one["Balance"] for one in tables["VendorCredit"]), ZERO)
    unused += sum((_unused(one) for one in tables["BillPayment"]), ZERO)
    owing = sum((one["Balance"] for one in tables["Bill"]), ZERO) - unused
    assert -company.accounts["33"] == owing
    assert sum((one["Balance"] for one in tables["Vendor"]), ZERO) == owing
    for customer in tables["Customer"]:
        below = [
            one["BalanceWithJobs"]
            for one in tables["Customer"]
            if one.get("ParentRef") == customer["Id"]
        ]
        assert customer["BalanceWithJobs"] == customer["Balance"] + sum(below, ZERO)
    for name in ("Invoice", "CreditMemo"):
        for record in tables[name]:
            left = record["Balance"]
            used = sum(company.links[f"{name}:{record['Id']}"].values(), ZERO)
            assert left >= 0
            assert left == record["TotalAmt"] - used
    for payment in tables["Payment"]:
        assert payment["UnappliedAmt"] >= 0


def _unused(payment: Json) -> Decimal:
    """What a bill payment pays beyond its bills and credits."""
    signs = {"Bill": -1, "VendorCredit": 1}
    lines = payment["Line"]
    used = sum((signs[one["LinkedTxn"][0]["TxnType"]] * one["Amount"] for one in lines), ZERO)
    return Decimal(payment["TotalAmt"] + used)


class Chance:
    """Draws moves that mostly make sense."""

    def __init__(self, data: st.DataObject, world: World) -> None:
        self.data, self.world = data, world

    @property
    def company(self) -> Company:
        return self.world.companies[REALM]

    def one(self, options: Any) -> Any:
        return self.data.draw(st.sampled_from(list(options)))

    def key(self, entity: str) -> str:
        known = list(self.company.tables[entity].records) or ["1"]
        return str(self.data.draw(st.sampled_from([*known[-4:], "77"])))

    def lines(self) -> list[Json]:
        tax = {"value": self.one(["TAX", "NON"])}
        amounts = self.data.draw(st.lists(CENTS, min_size=1, max_size=3))
        lines = [line(amount, TaxCodeRef=tax) for amount in amounts]
        if self.data.draw(st.booleans()):
            percent = {"PercentBased": True, "DiscountPercent": self.one([5, 33, 100])}
            discount = {"DetailType": "DiscountLineDetail", "DiscountLineDetail": percent}
            lines.append(discount)
        return lines

    def links(self) -> list[Json]:
        found = []
        for _ in range(self.data.draw(st.integers(0, 3))):
            kind = self.one(["Invoice", "Invoice", "CreditMemo"])
            link = {"TxnId": self.key(kind), "TxnType": kind}
            found.append({"Amount": self.data.draw(CENTS), "LinkedTxn": [link]})
        return found

    def bought(self, entity: str) -> Json:
        amount = self.data.draw(CENTS)
        if entity == "JournalEntry":
            sides = (("Debit", "7", amount), ("Credit", self.one(["35", "84"]), amount))
            return {"Line": [self.entry(*side) for side in sides]}
        account = {"AccountRef": {"value": self.one(["7", "8", "33"])}}
        kind = "AccountBasedExpenseLineDetail"
        lines = [{"Amount": amount, "DetailType": kind, kind: account}]
        if entity == "Purchase":
            how = {"AccountRef": {"value": "35"}, "PaymentType": "Cash"}
            return how | {"Credit": self.data.draw(st.booleans()), "Line": lines}
        body: Json = {"VendorRef": {"value": self.key("Vendor")}, "Line": lines}
        if entity == "BillPayment":
            check = {"PayType": "Check", "CheckPayment": {"BankAccountRef": {"value": "35"}}}
            target = self.one(["Bill", "Bill", "VendorCredit"])
            link = {"TxnId": self.key(target), "TxnType": target}
            body |= check | {"TotalAmt": self.data.draw(CENTS)}
            body["Line"] = [{"Amount": amount, "LinkedTxn": [link]}]
        return body

    def entry(self, side: str, account: str, amount: Decimal) -> Json:
        detail = {"PostingType": side, "AccountRef": {"value": account}}
        kind = "JournalEntryLineDetail"
        return {"Amount": amount, "DetailType": kind, kind: detail}

    def body(self, entity: str) -> Json:
        customer = {"value": self.key("Customer")}
        if entity == "Customer":
            name = self.data.draw(st.text("abcXYZ", min_size=1, max_size=3))
            parent = {"ParentRef": customer, "Job": True, "BillWithParent": True}
            return {"DisplayName": name} | (parent if self.data.draw(st.booleans()) else {})
        if entity == "Payment":
            total = self.data.draw(CENTS)
            return {"CustomerRef": customer, "TotalAmt": total, "Line": self.links()}
        if entity == "Deposit":
            payment = self.company.get("Payment", self.key("Payment")) or {}
            link = {"TxnId": payment.get("Id", "9"), "TxnType": "Payment"}
            amount = payment.get("TotalAmt", 1)
            lines = [{"Amount": amount, "LinkedTxn": [link]}]
            return {"DepositToAccountRef": {"value": "35"}, "Line": lines}
        if entity in BOUGHT:
            return self.bought(entity)
        body = {"CustomerRef": customer, "Line": self.lines()}
        if self.data.draw(st.booleans()):
            body["TxnTaxDetail"] = {"TotalTax": self.data.draw(CENTS)}
        if entity == "RefundReceipt":
            body["DepositToAccountRef"] = {"value": self.one(["35", "4", "79"])}
        return body


@settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_random_work_keeps_the_books_in_balance(data: st.DataObject) -> None:
    world, token = opened()
    chance = Chance(data, world)
    company = chance.company
    send(
        world, token, "Item", {"Name": "S", "Type": "Service", "IncomeAccountRef": {"value": "79"}}
    )
    for name in ("A", "B"):
        send(world, token, "Customer", {"DisplayName": name})
    send(world, token, "Vendor", {"DisplayName": "V"})
    auto = {"Id": "1", "SyncToken": "0", "sparse": True}
    automatic = {"SalesFormsPrefs": {"AutoApplyCredit": data.draw(st.booleans())}}
    send(world, token, "Preferences", auto | automatic)
    for _ in range(data.draw(st.integers(1, 14))):
        world.clock.advance(1)
        answer = _move(chance, world, token, company)
        assert answer is None or answer.status in (200, 400), answer.body
        assert_books_balance(company)


def _move(chance: Chance, world: World, token: str, company: Company) -> Answer | None:
    move = chance.one(MOVES)
    if move in ENTITIES:
        return send(world, token, move, chance.body(move))
    if move == "switch":
        picked = {
            "void_paid": chance.one(["refuse", "unlink"]),
            "overpaid_line": chance.one(["refuse", "cap"]),
        }
        company.switches = company.switches.switched(picked)
        return None
    entity = chance.one(MADE)
    key = chance.key(entity)
    record = company.get(entity, key) or {}
    base = {"Id": key, "SyncToken": record.get("SyncToken", "0"), "sparse": True}
    if move == "update":
        return send(world, token, entity, base | chance.body(entity))
    if move == "void":
        operation, include = ENTITIES[entity].void or ("void", "")
        query = {"operation": operation} | ({"include": include} if include else {})
        return send(world, token, entity, base, **query)
    return send(world, token, entity, base, operation="delete")


WILD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20).map(Decimal)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        ["", "1", "TAX", "2026-01-01", "2026-13-45", "SalesItemLineDetail", "x" * 600]
    )
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "name", "Id", "TxnId", "TxnType"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def _wild_body(draw: Any, group: Group, depth: int = 0) -> Json:
    body: Json = {}
    for field in draw(st.lists(st.sampled_from(group.fields), max_size=6, unique_by=id)):
        if isinstance(field, Group) and depth < 3 and draw(st.booleans()):
            inner = _wild_body(draw, field, depth + 1)
            body[field.name] = [inner] if field.many else inner
        else:
            body[field.name] = draw(WILD)
    return body


@settings(max_examples=examples(50), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(list(ENTITIES.values())))
def test_no_body_makes_the_server_fail(data: st.DataObject, entity: Entity) -> None:
    world, token = opened()
    send(world, token, "Customer", {"DisplayName": "A"})
    send(
        world, token, "Item", {"Name": "S", "Type": "Service", "IncomeAccountRef": {"value": "79"}}
    )
    body = _wild_body(data.draw, entity.body)
    if data.draw(st.booleans()):
        body |= {"Id": "1", "SyncToken": "0", "sparse": True}
    query = data.draw(
        st.sampled_from(
            [
                {},
                {"operation": "void"},
                {"operation": "update", "include": "void"},
                {"operation": "delete"},
            ]
        )
    )
    answer = send(world, token, entity.name, body, **query)
    assert answer.status in (200, 400)
    read_json(answer.body)
    assert_books_balance(world.companies[REALM])


WORDS = st.sampled_from(
    [
        "select",
        "*",
        "from",
        "Customer",
        "where",
        "Id",
        "=",
        "'1'",
        "in",
        "(",
        ")",
        ",",
        "like",
        "and",
        "orderby",
        "order",
        "by",
        "maxresults",
        "startposition",
        "5",
        "count",
        "'",
        "\\",
        "TxnDate",
        "Invoice",
        "<",
        ">=",
        "true",
        "MetaData.CreateTime",
        "Line",
        "''",
        "CURRENT_DATE",
        "é",
        "\n",
    ]
)


@settings(max_examples=examples(120), deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=40))
def test_no_statement_makes_the_server_fail(statement: str) -> None:
    world, token = _SHARED
    call = Call("GET", REALM, ("query",), {"query": statement}, token)
    assert respond(world, call).status in (200, 400)


_SHARED = opened()


@pytest.mark.parametrize("field", ["DisplayName", "FullyQualifiedName", "CompanyName"])
@settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=":"),
        min_size=1,
        max_size=20,
    ).filter(str.strip)
)
def test_any_name_is_found_by_its_escaped_text(field: str, name: str) -> None:
    world, token = opened()
    send(world, token, "Customer", {"DisplayName": name, "CompanyName": name})
    escaped = name.strip().replace("\\", "\\\\").replace("'", "\\'")
    if field == "CompanyName":
        escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    statement = f"select * from Customer where {field} = '{escaped}'"
    try:
        parse(statement)
    except Refused as refused:
        raise AssertionError(statement) from refused
    answer = respond(world, Call("GET", REALM, ("query",), {"query": statement}, token))
    assert read_json(answer.body)["QueryResponse"].get("maxResults") == 1 or name == " "


@given(st.decimals(-(10**9), 10**9, places=7))
def test_money_and_plain_numbers_survive_the_wire(number: Decimal) -> None:
    for value in (money(number), plain(number)):
        assert read_json(write_json({"v": value}))["v"] == value
    assert write_json(money(number)) == ("0" if money(number) == 0 else f"{money(number):.2f}")
