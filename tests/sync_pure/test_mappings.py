"""Every name with what it is in QuickBooks, how it came there, and what a change touches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from store.books import Books, Choice, Forms
from store.states import LinkOrigin
from sync.mappings.rows import mappings
from sync.patterns import PATTERN, ids_of, lines_to_do, pattern_names, patterns_of
from sync.policy import Policy
from sync.preflight import preflight
from sync.shapes import How, NameRow, NameState
from tests.sync_pure.build import (
    books,
    client,
    document,
    entry,
    invoice,
    item,
    line,
    link,
    payment,
    plan,
    postings_of,
    product,
)

LATE = datetime(2026, 11, 21, 3, tzinfo=UTC)
"""Still the 20th in Chicago."""


def rows_of(
    of: Books, made: Mapping[tuple[str, str], datetime] | None = None
) -> dict[tuple[str, str], NameRow]:
    checked = preflight(of, Policy.from_settings(of.settings))
    return {(row.match.kind, row.match.key): row for row in mappings(of, checked, made or {})}


def one(kind: str, of: Books, **options: Any) -> NameRow:
    (row,) = (row for (of_kind, _), row in rows_of(of, **options).items() if of_kind == kind)
    return row


def with_term(days: int, choice: Choice | None = None) -> Books:
    return books(
        invoices=[invoice(terms_days=days)],
        entries=[
            entry("Term", "3", "Net 30", DueDays=30),
            entry("Term", "4", "Net 10", DueDays=10),
        ],
        choices=[choice] if choice else (),
    )


class TestHowItCame:
    def test_the_same_name_was_found_by_name(self) -> None:
        row = one("client", books())
        assert (row.how, row.invoices, row.amount) == (How.NAME, 1, 100_00)

    def test_a_choice_has_its_day_in_the_companys_zone(self) -> None:
        choice = Choice("client", "c1", "use", "Customer", "51")
        row = one("client", books(choices=[choice]), made={("client", "c1"): LATE})
        assert (row.how, row.when) == (How.CHOICE, date(2026, 11, 20))

    def test_a_link_was_created_or_was_there(self) -> None:
        for origin, how in ((LinkOrigin.CREATED, How.CREATED), (LinkOrigin.ADOPTED, How.LINKED)):
            of = books(links=[link(client(), "Customer", "51", origin=origin)])
            assert one("client", of).how is how

    def test_a_rule_is_named_and_has_a_line_of_its_own(self) -> None:
        rule = Choice(PATTERN, "zephyr *", "use", "Item", "11")
        of = books(
            invoices=[invoice(lines=[line(name="Zephyr 9", product_id="p1")])],
            products=[product(name="Zephyr 9")],
            choices=[rule],
        )
        found = rows_of(of, {(PATTERN, "zephyr *"): LATE})
        assert (found["product", "p1"].how, found["product", "p1"].rule) == (How.RULE, "zephyr *")
        own = found[PATTERN, "zephyr *"]
        assert (own.invoices, own.amount, own.when) == (1, 100_00, date(2026, 11, 20))

    def test_what_is_nothing_yet_comes_before_what_is_settled(self) -> None:
        of = books(payments=[payment(method="Zelle")])
        checked = preflight(of, Policy())
        assert mappings(of, checked, {})[0].match.kind == "payment_method"


class TestWhatAChangeTouches:
    def test_what_is_in_quickbooks_is_counted_apart(self) -> None:
        first, second = invoice("i1", "1"), invoice("i2", "2")
        of = books(
            invoices=[first, second],
            links=[link(client(), "Customer", "51"), link(first, "Invoice", "901")],
            documents=[document(number="1")],
        )
        row = one("client", of)
        assert (row.ids, row.posted) == (("i2",), 1)

    def test_a_method_touches_only_invoices_whose_payment_is_still_to_go(self) -> None:
        paid = payment("y1", 40_00, {"i1": 40_00})
        of = books(payments=[paid], links=[link(paid, "Payment", "902")])
        assert (one("payment_method", of).invoices, one("payment_method", of).posted) == (0, 1)
        more = payment("y2", 60_00, {"i1": 60_00})
        of = books(payments=[paid, more], links=[link(paid, "Payment", "902")])
        assert one("payment_method", of).ids == ("i1",)

    def test_an_invoice_with_two_lines_of_a_product_counts_once(self) -> None:
        of = books(invoices=[invoice(lines=[line(), line("5.00")])])
        assert one("product", of).ids == ("i1",)


class TestShortLists:
    def test_a_term_goes_by_its_days_until_a_person_chooses(self) -> None:
        assert one("term", with_term(30)).match.target_id == "3"
        assert one("term", with_term(7)).how is How.OPEN
        chosen = with_term(7, Choice("term", "7", "use", "Term", "4"))
        assert one("term", chosen).match.target_id == "4"
        (posting,) = (p for p in postings_of(plan(chosen)) if p.kind == "invoice")
        assert posting.body["SalesTermRef"] == {"value": "4", "name": "Net 10"}
        assert posting.uses_choice == ("term", "7")  # its first use goes alone

    def test_the_nearest_term_is_offered_first(self) -> None:
        offered = one("term", with_term(28)).match.candidates
        assert [candidate.name for candidate in offered] == ["Net 30", "Net 10"]

    def test_a_chosen_row_that_was_made_inactive_is_none(self) -> None:
        gone = replace(entry("PaymentMethod", "9", "Zelle"), active=False)
        of = books(
            payments=[payment(method="Zelle")],
            entries=[gone],
            choices=[Choice("payment_method", "zelle", "use", "PaymentMethod", "9")],
        )
        row = one("payment_method", of)
        assert (row.how, row.match.state) == (How.OPEN, NameState.UNUSABLE)
        (posting,) = (p for p in postings_of(plan(of)) if p.kind == "payment")
        assert "PaymentMethodRef" not in posting.body

    def test_an_ended_choice_leaves_it_to_the_name(self) -> None:
        of = books(
            payments=[payment(method="Check")],
            entries=[entry("PaymentMethod", "2", "Check")],
            choices=[Choice("payment_method", "check", "keep")],
        )
        assert one("payment_method", of).how is How.NAME

    def test_a_tax_carries_the_setting_that_decides(self) -> None:
        of = books(invoices=[invoice(lines=[line(taxable=True)], tax=8_00)])
        row = one("tax", of)
        assert row.match.name == "County 8 %"
        assert row.question is not None
        assert row.question.key == "tax"

    def test_classes_and_locations_are_there_where_they_are_tracked(self) -> None:
        entries = [entry("Class", "5", "North"), entry("Department", "7", "Yard")]
        plain = books(entries=entries)
        assert not {"class", "location"} & {kind for kind, _ in rows_of(plain)}
        tracked = replace(
            plain,
            forms=Forms(class_on_line=True, locations=True),
            settings={"location_id": "7"},
            choices={("class", "p1"): Choice("class", "p1", "use", "Class", "5")},
        )
        found = rows_of(tracked)
        assert found["class", "p1"].match.target_id == "5"
        assert found["class", ""].how is How.OPEN
        location = found["location", ""]
        assert location.question is not None
        assert location.question.answer(location.answer) == "Yard"


class TestRules:
    OF = books(
        invoices=[
            invoice("i1", "1", lines=[line(name="10 yd a", product_id=None)]),
            invoice("i2", "2", lines=[line(name="10 yd b", product_id=None), line()]),
        ],
        choices=[Choice(PATTERN, "10 yd b*", "use", "Item", "11")],
        items=[item()],
    )

    def names(self, pattern: str) -> list[str]:
        checked = preflight(self.OF, Policy())
        found = pattern_names(self.OF, checked, lines_to_do(self.OF, checked), pattern)
        assert set(ids_of(found)) <= {"i1", "i2"}
        return [name.name for name in found]

    def test_a_new_rule_takes_nothing_from_one_that_says_more(self) -> None:
        assert self.names("10 yd *") == ["10 yd a"]
        assert self.names("10 yd b*") == ["10 yd b"]

    def test_what_has_its_own_name_in_quickbooks_is_not_taken(self) -> None:
        assert self.names("20 yard *") == []

    def test_an_ended_rule_decides_nothing(self) -> None:
        ended = Choice(PATTERN, "10 yd b*", "keep")
        assert patterns_of({(ended.kind, ended.key): ended}) == []
