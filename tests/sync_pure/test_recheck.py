"""A check of what one choice or edit concerns says what a check of everything would say."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from core.records import Allocation, Credit, Invoice, InvoiceLine
from store.books import Books, Choice, Past
from sync.fingerprint import snapshot
from sync.policy import Policy
from sync.recheck import Checked
from tests.sync_pure import build

CLIENTS = ("c1", "c2", "c3", "c4")
NAMES = ("Bright Homes", "Bright Homes", "Brite Homes", "Oak Roofing")
PRODUCTS = ("p1", "p2", "p3", "p4")
WARES = ("20 Yard Dumpster", "20 yard dumpster", "30 Yd Dumpster", "Fuel")
IDS = ("i1", "i2", "i3", "i4", "i5", "i6")

_line = st.builds(
    lambda place, price: build.line(str(price), name=WARES[place], product_id=PRODUCTS[place]),
    st.integers(0, 3),
    st.integers(1, 4),
)


@st.composite
def _invoices(draw: st.DrawFn) -> list[Invoice]:
    return [
        build.invoice(
            one,
            draw(st.sampled_from(["1042", "1043", one])),
            draw(st.sampled_from(CLIENTS)),
            draw(st.lists(_line, min_size=1, max_size=2)),
            service_address_id=draw(st.sampled_from([None, "s1"])),
        )
        for one in IDS
    ]


@st.composite
def _books(draw: st.DrawFn) -> Books:
    invoices = draw(_invoices())
    linked = draw(st.sets(st.sampled_from(IDS)))
    parts = st.dictionaries(st.sampled_from(IDS), st.integers(100, 300), min_size=1, max_size=2)
    owners = st.sampled_from(CLIENTS)
    payments = [
        build.payment(key, 300, draw(parts), client_id=draw(owners))
        for key in ("y1", "y2")
        if draw(st.booleans())
    ]
    memo = Credit(
        id="k1",
        number="K-1",
        client_id=draw(owners),
        kind=draw(st.sampled_from(["memo", "prepayment"])),
        method="",
        issued_on=build.DAY,
        amount=500,
        allocations=tuple(Allocation(key, part) for key, part in draw(parts).items()),
        reason="",
        updated_at=build.AT,
    )
    there = [
        build.document(
            f"9{one.id}", number=one.number, total=draw(st.sampled_from([one.total, 1_00]))
        )
        for one in invoices
        if one.id in linked or draw(st.booleans())
    ]
    places = (build.place("s1", "1 Yard Rd"),)
    return build.books(
        clients=[
            build.client(key, NAMES[at], service_addresses=places if at % 2 else ())
            for at, key in enumerate(CLIENTS)
        ],
        products=[build.product(key, WARES[at]) for at, key in enumerate(PRODUCTS)],
        invoices=invoices,
        payments=payments,
        credits_=[memo],
        refunds=[build.refund(client_id=draw(owners))] if draw(st.booleans()) else [],
        names=[build.name("51", "Bright Homes"), build.name("52", "Oak Roofng")],
        items=[build.item("11", "20 Yard Dumpster"), build.item("12", "30 Yard Dumpster")],
        documents=there,
        links=[build.link(one, "Invoice", f"9{one.id}") for one in invoices if one.id in linked],
        choices=draw(st.lists(_choices, max_size=2)),
        excluded=draw(st.sets(st.sampled_from(IDS), max_size=1)),
    )


def _choice(kind: str, key: str, action: str, to: tuple[str, str]) -> Choice:
    return Choice(kind, key, action, *to, name="Another Name")


_choices = st.one_of(
    st.builds(
        _choice,
        st.just("client"),
        st.sampled_from(CLIENTS),
        st.sampled_from(["use", "create"]),
        st.sampled_from([("Customer", "51"), ("Customer", "52"), ("Customer", "gone")]),
    ),
    st.builds(
        _choice,
        st.just("product"),
        st.sampled_from(PRODUCTS),
        st.sampled_from(["use", "create"]),
        st.sampled_from([("Item", "11"), ("Item", "12"), ("Item", "gone")]),
    ),
    st.builds(
        _choice,
        st.just("invoice"),
        st.sampled_from(IDS),
        st.sampled_from(["link", "create", "keep", "send"]),
        st.sampled_from([("Invoice", "9i1"), ("CreditMemo", ""), ("Invoice", "9i3")]),
    ),
    st.builds(
        _choice,
        st.sampled_from(["payment", "credit"]),
        st.sampled_from(["y1", "y2", "k1"]),
        st.sampled_from(["create", "void", "link"]),
        st.just(("Payment", "77")),
    ),
    st.builds(
        _choice,
        st.just("sites"),
        st.sampled_from(CLIENTS),
        st.sampled_from(["create", "use"]),
        st.just(("Customer", "")),
    ),
)
_steps = st.lists(
    st.one_of(
        _choices,
        st.tuples(st.sampled_from(IDS), st.lists(_line, min_size=1, max_size=2), st.text("ab")),
    ),
    max_size=4,
)


@settings(max_examples=120, deadline=None)
@given(_books(), _steps)
def test_any_choices_and_edits_end_where_a_check_of_everything_does(
    books: Books, steps: list[Choice | tuple[str, list[InvoiceLine], str]]
) -> None:
    policy = Policy()
    now = Checked.of(books, policy)
    for step in steps:
        if isinstance(step, Choice):
            wanted = replace(now.books, choices={**now.books.choices, (step.kind, step.key): step})
            after = now.chosen(step.kind, step.key, step)
        else:
            wanted = _edited(now.books, *step)
            after = now.edited(wanted, wanted.invoices[step[0]])
        now = Checked.of(wanted, policy) if after is None else after[0]
        _same(now, Checked.of(wanted, policy))


def _edited(books: Books, docket_id: str, lines: list[InvoiceLine], memo: str) -> Books:
    before = books.invoices[docket_id]
    total = sum(one.amount for one in lines)
    changed = replace(before.invoice, lines=tuple(lines), memo=memo, subtotal=total, total=total)
    kept = {
        **books.past,
        ("invoice", docket_id): Past(snapshot(before.invoice), None),
    }
    return replace(
        books,
        invoices={**books.invoices, docket_id: replace(before, invoice=changed)},
        past=kept if ("invoice", docket_id) in books.links else books.past,
    )


def _same(now: Checked, whole: Checked) -> None:
    assert now.found.invoices == whole.found.invoices
    assert list(now.found.invoices) == list(whole.found.invoices)
    for mine, all_of_them in (
        (now.found.clients, whole.found.clients),
        (now.found.products, whole.found.products),
    ):
        assert {key: mine[key] for key in all_of_them} == dict(all_of_them)


def test_a_choice_of_a_client_looks_at_that_clients_invoices_alone() -> None:
    books = build.books(
        clients=[build.client("c1", "Oak"), build.client("c2", "Elm Street Homes")],
        invoices=[build.invoice("i1", "1", "c1"), build.invoice("i2", "2", "c2")],
    )
    choice = Choice("client", "c2", "use", "Customer", "51")
    after = Checked.of(books, Policy()).chosen("client", "c2", choice)
    assert after is not None
    assert after[1] == {"i2"}
    assert after[0].found.clients["c2"].target is not None


def test_a_taken_back_choice_holds_no_longer() -> None:
    choice = Choice("client", "c1", "use", "Customer", "52")
    names = [build.name(), build.name("52", "Other")]
    before = Checked.of(build.books(names=names, choices=[choice]), Policy())
    after = before.chosen("client", "c1", None)
    assert after is not None
    _same(after[0], Checked.of(build.books(names=names), Policy()))


def test_what_cannot_be_told_cheaply_is_left_to_a_check_of_everything() -> None:
    now = Checked.of(build.books(), Policy())
    assert now.chosen("payment_method", "check", None) is None
    file = now.books.invoices["i1"]
    renumbered = replace(file, invoice=replace(file.invoice, number="77"))
    assert now.edited(replace(now.books, invoices={"i1": renumbered}), renumbered) is None
