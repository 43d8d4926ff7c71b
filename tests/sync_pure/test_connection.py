"""When a connection's end is told, and what another answer to a setting would do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.qbo.ends import Ends, EndsFile
from core.errors import UsageTrouble
from store.books import Books
from sync.connection import SOON_AT_LAST, SOON_UNUSED, Ending, company_lines, ending
from sync.effect import effect
from sync.first_use import first_needed
from sync.policy import SETTINGS, Policy
from sync.preflight import preflight
from sync.questions import answered_lines, questions
from tests.sync_pure.build import books, company, document, invoice, item, link, payment, plan

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAYS = st.none() | st.integers(-400, 2000).map(lambda days: NOW + timedelta(days=days))


@given(DAYS, DAYS)
def test_an_end_is_told_in_time_and_not_before(
    unused: datetime | None, at_last: datetime | None
) -> None:
    told = ending(Ends(unused, at_last), NOW)
    soon = unused is not None and unused - NOW <= SOON_UNUSED
    last = at_last is not None and at_last - NOW <= SOON_AT_LAST
    assert bool(told.words) == bool(told.brief) == (soon or last)
    if last:
        assert "five years" in told.words
    elif soon:
        assert "100 days" in told.words or "not used" in told.words


def test_nothing_is_told_where_nothing_is_known() -> None:
    assert ending(None, NOW) == ending(Ends(), NOW) == Ending()
    assert "docket-qbo connect" in ending(Ends(disconnected=NOW), NOW).words


@settings(max_examples=15, deadline=None)
@given(DAYS, DAYS, DAYS)
def test_the_days_are_kept_as_they_are(
    tmp_path_factory: pytest.TempPathFactory,
    unused: datetime | None,
    at_last: datetime | None,
    disconnected: datetime | None,
) -> None:
    file = EndsFile(tmp_path_factory.getbasetemp() / "one.ends")
    ends = Ends(unused, at_last, disconnected)
    file.keep(ends)
    assert file.read() == ends


@pytest.mark.parametrize("written", [b"", b"{}", b"[1]", b'{"unused": 5}', b"\xff"])
def test_damaged_days_are_unknown_and_in_nobodys_way(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "one.ends"
    path.write_bytes(written)
    path.chmod(0o600)
    assert EndsFile(path).read() is None
    assert EndsFile(tmp_path / "none.ends").read() is None
    (tmp_path / "file").write_text("")
    EndsFile(tmp_path / "file" / "one.ends").keep(Ends())


@pytest.mark.parametrize("state", ["EXPIRED", "SUSPENDED", "CANCELED", "RESTRICTED"])
def test_a_lapsed_subscription_is_told_when_connecting(state: str) -> None:
    lines = "\n".join(company_lines(replace(company(), subscription=state)))
    assert "nothing can be posted" in lines
    assert "nothing can be posted" in ending(Ends(), NOW, state).words
    assert "five years" in ending(Ends(at_last=NOW), NOW, state).words  # what is first in the way
    assert ending(None, NOW, "PAID") == Ending()


def test_every_question_is_a_setting_whose_default_comes_first() -> None:
    plain = Policy()
    for one in questions():
        assert one.key in SETTINGS
        fits = SETTINGS[one.key][1]
        assert all(fits(answer.value) for answer in one.answers)
        default = getattr(plain, one.key)
        assert one.answers[0].value == ({False: "no", True: "yes"}.get(default, default))
    assert len(list(answered_lines(questions(), {}))) == len(questions())


def test_what_nobody_chose_is_asked_again_by_the_first_plan_that_needs_it() -> None:
    first = books(payments=[payment()])
    told = first_needed(first, plan(first))
    assert {"deposit_account", "tax", "numbering", "email_invoices"} == told
    chosen = replace(first, settings={"deposit_account": "", "tax": "docket"})
    assert first_needed(chosen, plan(chosen)) == {"numbering", "email_invoices"}
    own = invoice()
    later = books(
        invoices=[own],
        payments=[payment()],
        documents=[document()],
        links=[link(own, "Invoice", "901")],
    )
    assert first_needed(later, plan(later)) == {"deposit_account"}
    assert first_needed(later, plan(later, None, "unknown")) == set()


def said(of: Books, key: str, value: str) -> str:
    return " ".join(effect(of, preflight(of, Policy.from_settings(of.settings)), key, value))


def test_the_effect_of_an_answer_is_told_before_it_is_kept() -> None:
    unmapped = books(items=[item("77", "Something else")])
    told = said(unmapped, "products", "item:77")
    assert "1 invoice would no longer wait for you." in told
    assert "asks for a new test" in told
    back = replace(unmapped, settings={"products": "item:77"})
    assert "1 invoice more would wait for you." in said(back, "products", "block")
    asked = said(books(names=[]), "ask_new_customers", "yes")
    assert "1 invoice more would wait" in asked
    assert "new test" not in asked
    assert said(unmapped, "tax", "docket") == "That is the answer already."
    assert unmapped.settings == {}
    with pytest.raises(UsageTrouble):
        said(unmapped, "tax", "none")
