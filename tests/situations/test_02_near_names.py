"""Situation 2: a customer's name nearly matches."""

from __future__ import annotations

from core.text import name_key
from store.books import Choice
from sync.shapes import ConflictKind, NameState, Outcome
from tests.situations.world import World


async def test_case_and_spaces_are_used_a_near_name_asks_once_and_is_remembered(
    world: World,
) -> None:
    world.alone()
    first = await world.client("Kestrel Fencing LLC")
    await world.sync(await world.invoice(first))

    # differs only in case and spaces: the same, and the preview says so
    await world.office("Customer", {"DisplayName": "OSPREY  Roofing Inc"})
    spaced = await world.invoice(await world.client("Osprey Roofing INC "))
    plan = await world.preview_one(spaced)
    assert plan.outcome == Outcome.POSTED
    assert any("(differs only in case or spaces)" in note for note in plan.notes)
    assert [one.entity for one in plan.postings if not one.adopts] == ["Invoice"]

    # nearly the same, with evidence: a person decides, once for all of the client's invoices
    there = await world.office(
        "Customer",
        {
            "DisplayName": "Harrier Construction LLC",
            "PrimaryEmailAddr": {"Address": "office@harrier.example"},
        },
    )
    client = await world.client("Harrier Const.", email="Office@Harrier.example")
    waiting = [await world.invoice(client) for _ in range(2)]
    plan = (await world.preview(*waiting)).invoices[0]
    assert (plan.outcome, plan.postings) == (Outcome.NEEDS_YOU, ())
    assert plan.reason == "needs a customer: Harrier Const."
    group = world.conflict(ConflictKind.CUSTOMER_UNCLEAR)
    assert (len(group.invoices), group.amount) == (2, 200_00)
    best = group.candidates[0]
    assert (best.qbo_id, best.evidence, best.usable) == (there["Id"], ("same e-mail",), True)
    assert [way.action for way in group.ways_out] == ["use", "create", "exclude"]
    chosen = Choice("client", group.subject_key, "use", "Customer", best.qbo_id, best.name)
    assert world.desk.choose(chosen) == 2
    await world.sync(spaced, *waiting)
    assert [(await world.held_invoice(one))["CustomerRef"]["value"] for one in waiting] == [
        there["Id"]
    ] * 2
    names = [name_key(row["DisplayName"]) for row in await world.held("Customer")]
    assert names.count("osprey roofing inc") == 1
    assert "harrier const." not in names

    # linked by Id: renamed there, it is not compared again
    held = await world.office(
        "Customer",
        {
            "Id": there["Id"],
            "SyncToken": there["SyncToken"],
            "sparse": True,
            "DisplayName": "Harrier Group",
        },
    )
    later = await world.invoice(client)
    await world.sync(later)
    assert (await world.held_invoice(later))["CustomerRef"]["name"] == held["DisplayName"]
    states = {row.match.state for row in world.desk.names()}
    assert NameState.NEARLY not in states
