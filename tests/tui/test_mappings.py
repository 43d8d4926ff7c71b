"""Every name beside its record in QuickBooks: groups, search, choices, settings, rules."""

from __future__ import annotations

from itertools import product

import pytest
from textual.widgets import Input

from store.books import Choice
from sync.questions import Answer, Question
from sync.shapes import Candidate, How, NameMatch, NameRow, NameState
from tests.tui.conftest import Driven, driven
from tests.tui.fake_names import CHOSEN_ON
from tui.name_words import GROUPS, about_name, came
from tui.options import of_name, options
from tui.screens.names import NamesScreen
from tui.screens.rule import suggested
from tui.widgets.chips import Chips
from tui.widgets.record_list import RecordList
from tui.words import day


def _names(it: Driven) -> list[tuple[str, str]]:
    """Kind and name of every line, in order."""
    rows: RecordList[NameRow] = it.app.screen.query_one("#waiting", RecordList)
    found = (rows.record(index) for index in range(rows.line_count))
    return [(row.match.kind, row.match.name) for row in found if row is not None]


async def _choice(it: Driven) -> Choice:
    chosen = it.asked("choice")[-1]
    assert isinstance(chosen, Choice)
    return chosen


async def test_every_kind_has_its_group_by_key_and_by_mouse() -> None:
    async with driven(size=(120, 40)) as it:
        await it.press("n", "2")
        assert {kind for kind, _ in _names(it)} == {"client"}
        await it.press("3")
        assert {kind for kind, _ in _names(it)} == {"product", "pattern"}
        await it.press("right")
        assert {kind for kind, _ in _names(it)} == {"payment_method"}
        await it.press("left", "left", "left")
        assert {kind for kind, _ in _names(it)} > {"client", "product", "term", "tax", "class"}
        chips = it.app.screen.query_one(Chips)
        x = it.lines[chips.region.y].index("5 terms") - chips.region.x
        await it.pilot.click(Chips, offset=(x, 0))
        await it.settle()
        assert _names(it) == [("term", "30 days")]


async def test_what_waits_comes_first_then_what_is_nothing_in_quickbooks_yet() -> None:
    async with driven(size=(120, 40)) as it:
        await it.press("n")
        screen = it.app.screen
        assert isinstance(screen, NamesScreen)
        ranks = [(not row.waiting, row.how is not How.OPEN) for row in screen._records]
        assert ranks[:5] == sorted(ranks[:5])
        assert ranks[3] == (True, False)


async def test_a_line_says_how_it_came_and_how_many_invoices_a_change_touches() -> None:
    async with driven(size=(120, 40)) as it:
        await it.press("n", "3")
        line = next(line for line in it.lines if "Dump fee" in line)
        assert f"chosen {day(CHOSEN_ON)}" in line
        assert any("by rule 10 yd *" in line for line in it.lines)
        await it.press("5")
        assert "found by its days" in it.text
        await it.press("enter")
        assert "for 70 invoices" in it.text


async def test_a_search_looks_through_both_names_and_escape_ends_it() -> None:
    async with driven(size=(120, 40)) as it:
        await it.press("n", "slash", *"zell")
        assert _names(it) == [("payment_method", "Zelle")]
        await it.press("enter", "escape")
        assert it.screen_name == "NamesScreen"
        assert len(_names(it)) > 10
        await it.press("slash", *"no such")
        assert "Nothing is called so here" in it.text
        await it.press("escape", "escape")
        assert it.screen_name == "MainScreen"


async def test_a_payment_method_is_chosen_from_those_of_quickbooks() -> None:
    async with driven() as it:
        await it.press("n", "4", "enter", "j", "enter")
        chosen = await _choice(it)
        assert (chosen.kind, chosen.key, chosen.entity, chosen.qbo_id) == (
            "payment_method",
            "zelle",
            "PaymentMethod",
            "7",
        )


async def test_a_setting_shows_its_effect_before_it_is_kept() -> None:
    async with driven(size=(120, 40)) as it:
        await it.press("n", "6", "enter", "g", "enter")
        assert "That is the answer already" in it.toasts
        await it.press("j", "enter")
        assert "Effect of tax = quickbooks." in it.text
        assert it.desk.answers == {}
        await it.press("y")
        assert it.desk.answers == {"tax": "quickbooks"}


async def test_what_the_company_does_not_track_says_so() -> None:
    async with driven(size=(120, 40)) as it:
        await it.press("n", "8")
        assert _names(it) == []
        assert "This company does not track locations." in it.text


async def test_a_rule_is_shown_with_its_products_and_invoices_before_it_is_kept() -> None:
    async with driven(size=(120, 40)) as it:
        await it.press("n", "3", "p")
        field = it.app.screen.query_one(Input)
        field.value = "10 yd"
        await it.press("enter")
        assert "it needs a *" in it.text
        field.value = "10 yd *"
        await it.settle()
        assert "2 products on 4 invoices" in it.text
        await it.press("enter")
        assert "Which product/service is “10 yd *”?" in it.text
        await it.press("tab", "enter")
        assert "10 yd, 3 days: 3 invoices" in it.text
        assert "4 touched; l lists them." in it.text
        assert it.asked("choice") == []
        await it.press("l")
        assert "Touched: 4 invoices" in it.text
        await it.press("escape", "y")
        chosen = await _choice(it)
        assert (chosen.kind, chosen.key, chosen.qbo_id) == ("pattern", "10 yd *", "77")


async def test_a_rule_that_is_not_confirmed_is_not_kept() -> None:
    async with driven(size=(120, 40)) as it:
        for keys in (("escape",), ("enter", "escape"), ("enter", "tab", "enter", "escape")):
            await it.press("n", "3", "p")
            it.app.screen.query_one(Input).value = "10 yd *"
            await it.press(*keys)
            assert it.screen_name == "NamesScreen", keys
            await it.press("escape")
        assert it.asked("choice") == []


async def test_the_invoices_that_a_change_would_touch_are_shown_in_the_table() -> None:
    async with driven(size=(120, 40)) as it:
        await it.press("n", "4", "i")
        assert it.screen_name == "MainScreen"
        assert it.app.main_screen.table.count == 5


async def test_twenty_thousand_names_are_one_list(monkeypatch: pytest.MonkeyPatch) -> None:
    target = Candidate("Customer", "1", "Same", 100, (), usable=True)
    rows = [
        NameRow(
            NameMatch("client", f"c{n}", f"Client {n}", NameState.SAME, target, "", ()),
            1,
            100,
            False,
            (),
            how=How.NAME,
        )
        for n in range(20_000)
    ]
    async with driven(size=(80, 24)) as it:
        monkeypatch.setattr(it.desk, "mappings", lambda: rows)
        await it.press("n", "G")
        assert "Client 19999" in it.text
        await it.press("slash", *"12345")
        assert _names(it) == [("client", "Client 12345")]
        assert "8 locations" in it.text


# the words, without a screen

ITEM = Candidate("Item", "8", "Dumpster", 100, (), usable=True)


def _row(kind: str, state: NameState, how: How, target: Candidate | None = ITEM) -> NameRow:
    return NameRow(NameMatch(kind, "k", "Ours", state, target, "", ()), 1, 100, False, (), how=how)


def test_every_line_has_words() -> None:
    kinds = [kind for group in GROUPS for kind in group.kinds]
    for kind, state, how, target in product(kinds, NameState, How, (ITEM, None)):
        row = _row(kind, state, how, target)
        assert "".join(text for text, _ in came(row)).strip()
        assert about_name(row).endswith(".")


def test_what_is_posted_already_is_said_to_stay() -> None:
    row = _row("client", NameState.LINKED, How.CREATED)
    assert "already" not in about_name(row)
    assert "4 invoices in QuickBooks already stay as they are." in about_name(
        NameRow(row.match, 1, 100, False, (), how=How.CREATED, posted=4)
    )


def test_a_linked_client_is_not_offered_to_be_created_again() -> None:
    linked = options(of_name(_row("client", NameState.LINKED, How.CREATED)))
    assert "create" not in {one.action for one in linked}


@pytest.mark.parametrize("kind", ["payment_method", "term", "class", "pattern"])
def test_a_choice_of_a_short_list_or_a_rule_can_be_ended(kind: str) -> None:
    ended = [one.choice for one in options(of_name(_row(kind, NameState.CHOSEN, How.CHOICE)))]
    assert Choice(kind, "k", "keep") in ended
    settled = options(of_name(_row(kind, NameState.SAME, How.NAME)))
    assert "keep" not in {one.action for one in settled}


def test_every_answer_of_a_question_is_an_option_and_the_present_one_cannot_be_taken() -> None:
    question = Question("location_id", "Which?", (Answer("", "none"), Answer("4", "North")))
    row = NameRow(
        _row("location", NameState.CHOSEN, How.SETTING, None).match,
        1,
        100,
        False,
        (),
        question=question,
        answer="4",
    )
    found = options(of_name(row))
    assert [(one.words, bool(one.refusal)) for one in found] == [("None", False), ("North", True)]


@pytest.mark.parametrize(
    ("kind", "name", "rule"),
    [
        ("product", "10 yd roll-off, 7 days", "10 yd *"),
        ("product", "Delivery", "Delivery *"),
        ("pattern", "20 * days", "20 * days"),
        ("client", "Acme", ""),
    ],
)
def test_the_product_at_the_cursor_suggests_a_rule(kind: str, name: str, rule: str) -> None:
    match = NameMatch(kind, "k", name, NameState.MISSING, None, "", ())
    assert suggested(match) == rule
