"""Files made from a company, in any layout, order and form, import to that company."""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.docket_files import values
from connectors.docket_files.choosing import Wishes
from core.money import plain_cents
from tests.docket_files.world import Held, desk, opened, quiet, sentences, sheets, written

_TITLES = (("Invoice #", "Invoice No.", "Invoice Number"), ("Invoice Date", "Date", "Issued"))
NAMES = ("Ann's Roofing, LLC", "Núñez Hermanos", '"Q" Builders', "Total Demolition", "=Acme [b]")


@dataclass(frozen=True)
class Made:
    """An invoice of a made-up company."""

    number: str
    issued: date
    client: str
    lines: tuple[int, ...]
    tax: int


@dataclass(frozen=True)
class Look:
    """How its file looks."""

    dates: str
    decimals: str
    sign: str
    delimiter: str
    encoding: str
    titles: int
    footer: bool
    words: tuple[int, int]


looks = st.builds(
    Look,
    st.sampled_from(["mdy", "dmy", "iso"]),
    st.sampled_from(["dot", "comma"]),
    st.sampled_from(["", "$"]),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.integers(0, 3),
    st.booleans(),
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
)
invoices = st.lists(
    st.builds(
        Made,
        st.integers(1, 99_999).map(str),
        st.integers(0, 900).map(lambda days: date(2024, 1, 1) + timedelta(days)),
        st.sampled_from(NAMES),
        st.lists(st.integers(-50_000, 2_000_000), min_size=1, max_size=4).map(tuple),
        st.integers(0, 90_000),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one.number,
)


def money(cents: int, look: Look) -> str:
    sign, text = ("-", plain_cents(-cents)) if cents < 0 else ("", plain_cents(cents))
    whole, rest = text.split(".")
    grouped = f"{int(whole):,}.{rest}"
    if look.decimals == "comma":
        grouped = grouped.translate(str.maketrans(",.", ".,"))
    return f"({look.sign}{grouped})" if sign else f"{look.sign}{grouped}"


def day(on: date, look: Look) -> str:
    forms = {"mdy": "%m/%d/%Y", "dmy": "%d/%m/%Y", "iso": "%Y-%m-%d"}
    return on.strftime(forms[look.dates])


def file_of(made: list[Made], look: Look, order: list[int], shuffle: list[int]) -> str:
    columns = [
        _TITLES[0][look.words[0]],
        _TITLES[1][look.words[1]],
        "Customer",
        "Sales Tax",
        "Invoice Total",
        "Item",
        "Line Total",
    ]
    rows = [
        [
            one.number,
            day(one.issued, look),
            one.client,
            money(one.tax, look),
            money(sum(one.lines) + one.tax, look),
            f"Item {place}",
            money(amount, look),
        ]
        for one in made
        for place, amount in enumerate(one.lines)
    ]
    # The lines of one invoice keep their order; invoices come in any.
    rows.sort(key=lambda row: shuffle[int(row[0]) % len(shuffle)])
    text = io.StringIO(newline="")
    out = csv.writer(text, delimiter=look.delimiter)
    out.writerows([[f"Report {number}"] for number in range(look.titles)])
    out.writerow([columns[place] for place in order])
    out.writerows([[row[place] for place in order] for row in rows])
    if look.footer:
        out.writerows([[], ["Total", *[""] * 5, money(12345, look)]])
    return text.getvalue()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    invoices,
    looks,
    st.permutations(range(7)),
    st.permutations(range(5)),
)
def test_what_was_written_is_what_comes_in(
    made: list[Made], look: Look, order: list[int], shuffle: list[int]
) -> None:
    text = file_of(made, look, order, shuffle)
    wishes = Wishes(dates="" if look.dates == "iso" else look.dates, decimals=look.decimals)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = written(folder / "lines.csv", text, encoding=look.encoding)
        with opened(folder / "cache.db") as cache:

            async def imported() -> list[str]:
                return sentences(await desk(cache).run(sheets([path], wishes), quiet))

            assert asyncio.run(imported()) == []
            held = Held(cache)
    clients = {key: one.customer_name for key, one in held.clients.items()}
    assert {
        (
            one.number,
            one.issued_on,
            clients[one.client_id],
            tuple(line.amount for line in one.lines),
            one.tax,
        )
        for one in held.invoices.values()
    } == {(one.number, one.issued, one.client, one.lines, one.tax) for one in made}


@given(st.integers(-(10**11), 10**11), looks)
def test_an_amount_reads_back_in_its_style(cents: int, look: Look) -> None:
    assert values.money(money(cents, look), look.decimals) == cents


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), looks)
def test_a_date_reads_back_in_its_order(on: date, look: Look) -> None:
    assert values.day(day(on, look), "mdy" if look.dates == "iso" else look.dates) == on


@given(st.text(max_size=60))
def test_any_text_is_a_value_or_a_reason(text: str) -> None:
    for read in (
        lambda: values.money(text, "dot"),
        lambda: values.money(text, "comma"),
        lambda: values.day(text, "mdy"),
        lambda: values.instant(text, "dmy"),
        lambda: values.flag(text),
        lambda: values.whole(text),
    ):
        with contextlib.suppress(ValueError):  # anything else is a bug
            read()
