"""Facts of both sides, by hand and at random."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from store.tie_out import DocketFact, Facts, QboFact

DAYS = ("2026-09-30", "2026-10-01", "2026-10-15", "2026-10-31", "2026-11-02")
ENTITIES = {
    "invoice": ["Invoice"],
    "payment": ["Payment"],
    "refund": ["CreditMemo", "RefundReceipt"],
    "credit": ["Payment", "CreditMemo"],
}


def docket_fact(kind: str = "invoice", docket_id: str = "i1", **changes: Any) -> DocketFact:
    base = DocketFact(
        kind=kind,
        docket_id=docket_id,
        number="1042",
        client_id="c1",
        day="2026-10-15",
        method="" if kind == "invoice" else "Check",
        amount=41250,
        tax=0 if kind in ("payment", "credit") else 2470,
        open=41250 if kind == "invoice" else 0,
        stands=1,
        under_way=0,
        status="synced",
        reason_code="synced",
        reason="",
        invoice_id="i1",
    )
    return base._replace(**changes)


def qbo_fact(entity: str = "Invoice", qbo_id: str = "145", **changes: Any) -> QboFact:
    base = QboFact(
        entity=entity,
        qbo_id=qbo_id,
        number="1042",
        customer_id="58",
        day="2026-10-15",
        amount=41250,
        tax=0 if entity == "Payment" else 2470,
        open=41250 if entity == "Invoice" else 0,
        removed="",
        ours=1,
    )
    return base._replace(**changes)


def facts(
    docket: list[DocketFact],
    quickbooks: list[QboFact],
    links: dict[tuple[str, str], tuple[str, str]] | None = None,
    **changes: Any,
) -> Facts:
    base = Facts(
        docket=docket,
        quickbooks={(one.entity, one.qbo_id): one for one in quickbooks},
        links=links or {},
        clients={"c1": "Acme Construction", "c2": "Bayou Homes"},
        customers={"58": "Acme Construction", "59": "Bayou Homes", "60": "Somebody else"},
        customer_of={"c1": "58", "c2": "59"},
        parents={},
        methods={"1": "Check", "2": "Cash"},
        method_of={},
        method_choices={},
        start="",
    )
    return base._replace(**changes)


def pair(**changes: Any) -> Facts:
    """One invoice, the same on both sides but for what is said of QuickBooks'."""
    return facts([docket_fact()], [qbo_fact(**changes)], {("invoice", "i1"): ("Invoice", "145")})


_cents = st.integers(-500, 50_000)
_status = st.sampled_from(
    [
        ("synced", "synced"),
        ("pending", "new"),
        ("conflicted", "refused"),
        ("conflicted", "customer_unclear"),
        ("excluded", "excluded"),
        ("excluded", "voided"),
        ("syncing", "checking"),
    ]
)


@st.composite
def companies(draw: st.DrawFn) -> Facts:
    """Both sides of a small company: mostly alike, each record free to differ in every way."""
    docket: list[DocketFact] = []
    held: dict[tuple[str, str], QboFact] = {}
    links: dict[tuple[str, str], tuple[str, str]] = {}
    for place in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(sorted(ENTITIES)))
        entity = draw(st.sampled_from(ENTITIES[kind]))
        status, code = draw(_status)
        amount = draw(_cents)
        one = docket_fact(
            kind,
            f"{kind[0]}{place}",
            client_id=draw(st.sampled_from(["c1", "c2", "c3"])),
            day=draw(st.sampled_from(DAYS)),
            method=draw(st.sampled_from(["Check", "Cash", "ACH", ""])),
            amount=amount,
            tax=draw(st.sampled_from([0, 83])) if kind in ("invoice", "refund") else 0,
            open=draw(st.sampled_from([0, abs(amount)])) if kind == "invoice" else 0,
            stands=draw(st.sampled_from([1, 1, 1, 0])),
            under_way=draw(st.sampled_from([0, 0, 0, 1])) if kind == "payment" else 0,
            status=status,
            reason_code=code,
        )
        docket.append(one)
        if draw(st.booleans()):
            links[one.kind, one.docket_id] = (entity, str(place))
        if draw(st.sampled_from([True, True, True, False])):
            held[entity, str(place)] = qbo_fact(
                entity,
                str(place),
                customer_id=draw(st.sampled_from(["58", "59", "60"])),
                day=draw(st.sampled_from([one.day, *DAYS])),
                amount=draw(st.sampled_from([one.amount, one.amount + 1, 0])),
                tax=one.tax if entity != "Payment" else 0,
                open=draw(st.sampled_from([one.open, 0, 100])) if kind == "invoice" else 0,
                removed=draw(st.sampled_from(["", "", "", "Voided", "Deleted"])),
                ours=draw(st.sampled_from([0, 1])),
            )
    methods = {key[1]: draw(st.sampled_from(["", "1", "2"])) for key in held if key[0] == "Payment"}
    return facts(docket, list(held.values()), links, method_of=methods)
