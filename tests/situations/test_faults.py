"""Every fault of QuickBooks, brought about on the practice server, has its own sentence."""

from __future__ import annotations

from contextlib import aclosing

import httpx

from connectors.qbo.faults import Fault, QboRefused, read_faults
from store.states import InvoiceStatus
from sync.outcome import Verdict, judge_error
from sync.shapes import ConflictKind
from sync.words import fault_words
from tests.sandbox_qbo.kit import Books, line, open_small
from tests.situations.fault_page import DOCKETS, PAGE, page
from tests.situations.provoked import ARMED, BROKEN, sale
from tests.situations.world import World

REFERENCE = (
    "100 110 120 130 140 150 500 600 610 620 630 700 800 900 1040 2000 2010 2020 2030 2040"
    " 2050 2060 2070 2080 2090 2100 2110 2120 2130 2140 2150 2160 2170 2200 2210 2220 2230"
    " 2240 2250 2290 2500 2600 3000 3001 3100 3200 3201 3202 4000 4001 4002 5000 5010 5020"
    " 5030 6000 6010 6070 6080 6090 6100 6130 6140 6150 6160 6170 6180 6190 6200 6210 6220"
    " 6230 6240 6250 6270 6280 6310 6350 6390 6400 6420 6430 6440 6450 6460 6470 6480 6520"
    " 6530 6540 10000 10100 10200"
)
"""Intuit's codes that a sync of invoices may meet; of the families both ends and one between."""

GENERIC = fault_words("99999").what


def first(answer: httpx.Response) -> Fault:
    """The fault of an answer, as the connector reads it."""
    assert answer.status_code >= 400, answer.text
    return read_faults(answer.content)[0]


async def test_each_code_is_provoked_and_shows_a_sentence_of_its_own() -> None:
    assert sorted([*BROKEN, *ARMED], key=int) == REFERENCE.split()
    books = await open_small(TaxPrefs={"UsingSalesTax": True})
    async with aclosing(books.http):
        for code, provoke in BROKEN.items():
            _insist(first(await provoke(books)), code)
        for code, detail in ARMED.items():
            books.world.faults.arm({"kind": "fault", "code": code, "detail": detail})
            _insist(first(await books.send("GET", "companyinfo/1")), code)


def _insist(fault: Fault, code: str) -> None:
    assert fault.code == code, fault
    words = fault_words(fault.code, fault.words())
    assert GENERIC not in words.sentence
    for part in (words.what, words.books, words.fix):
        assert part.endswith("."), part
    assert "business rules" not in words.what, fault  # 6000 is told by its text


async def test_rules_under_6000_are_told_apart_by_their_words() -> None:
    books = await open_small()
    async with aclosing(books.http):
        told = {
            await _what(books, {"CustomerRef": {}}),
            await _what(books, {"CurrencyRef": {"value": "EUR"}}),
            await _what(books, {"Line": [line(-1)]}),
        }
    assert len(told) == 3
    assert not any("business rules" in what for what in told)


async def _what(books: Books, fields: dict[str, object]) -> str:
    fault = first(await sale(books, **fields))
    assert fault.code == "6000", fault
    return fault_words(fault.code, fault.words()).what


async def test_a_sync_shows_the_sentence_of_every_refusal_with_what_it_touches(
    world: World,
) -> None:
    """All definite refusals at once: each invoice is refused for another code."""
    codes = [code for code in REFERENCE.split() if _verdict(code) is Verdict.REFUSED]
    client = await world.client("Harrow Gate Builders LLC")
    tested = await world.invoice(client)
    await world.sync(tested)
    invoices = [await world.invoice(client) for _ in codes]
    details = {code: ARMED.get(code, f"armed {code}") for code in codes}
    faults = [
        {"kind": "fault", "method": "POST", "path": "/invoice\\?", "code": code, "detail": detail}
        for code, detail in details.items()
    ]
    handle = world.practice.handle
    await world.practice.http.post(f"{handle.qbo_url}/sandbox/faults", json=faults)
    await world.sync(*invoices)

    wanted = {fault_words(code, detail).sentence for code, detail in details.items()}
    shown = {world.detail(invoice).reason.partition(": ")[2] for invoice in invoices}
    assert {world.detail(invoice).status for invoice in invoices} == {InvoiceStatus.CONFLICTED}
    assert shown == wanted
    assert not any(GENERIC in words for words in shown)

    groups = [one for one in world.desk.conflicts() if one.kind == ConflictKind.REFUSED]
    assert sum(len(one.invoices) for one in groups) == len(codes)
    (inactive,) = [one for one in groups if "was made inactive or merged" in one.words]
    assert len(inactive.invoices) == sum(
        fault_words(code, detail).sentence == inactive.words for code, detail in details.items()
    )
    assert [way.action for way in inactive.ways_out] == ["retry_alike", "open", "exclude"]
    assert world.desk.retry_alike(inactive.subject_key) == len(inactive.invoices)
    await world.sync(*invoices)
    for docket_id in inactive.invoices:
        (one,) = [invoice for invoice in invoices if invoice["id"] == docket_id]
        assert world.detail(one).status == InvoiceStatus.SYNCED
        assert (await world.held_invoice(one))["TotalAmt"] == 100


def _verdict(code: str) -> Verdict:
    fault = Fault(code, "", ARMED.get(code, ""))
    if fault.internal:
        return Verdict.UNCLEAR
    return judge_error(QboRefused([fault], 400, None)).verdict


def test_dockets_own_errors_have_sentences() -> None:
    sentences = {fault_words(code, text).sentence for _, code, text in DOCKETS}
    assert len(sentences) == len(DOCKETS)
    assert not any(GENERIC in one or "business rules" in one for one in sentences)


def test_an_unknown_rule_is_quoted_in_quickbooks_own_words() -> None:
    found = fault_words("6000", "Business Validation Error: The moon is full.").what
    assert found.endswith("It says: “The moon is full”.")


def test_the_page_is_made_of_these_sentences() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(text)
