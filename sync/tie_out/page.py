"""One page for the accountant: a month's figures, differences and checks, made to be printed.

A page of its own: no script, nothing from another address. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from core.clock import iso
from core.money import format_cents
from core.text import display
from sync.shapes import Banner
from sync.tie_out.desk import MonthEnd
from sync.tie_out.month import month_words
from sync.tie_out.receivables import Receivables
from sync.tie_out.shapes import BUCKET_WORDS, CLASS_WORDS, MEASURE_WORDS, Class, Measure

LISTED = 8
"""Differences on the page; what does not fit is counted, and stands in the Excel file."""

_STYLE = """
@page { size: letter; margin: 12mm; }
body { font: 10px/1.35 system-ui, sans-serif; color: #000; background: #fff; margin: 24px auto;
       max-width: 190mm; }
h1 { font-size: 18px; margin: 0 0 2px; } h2 { font-size: 12px; margin: 9px 0 2px; }
p { margin: 2px 0; } .verdict { font-weight: bold; border: 1px solid #000; padding: 4px 8px; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; }
th, td { border-bottom: 1px solid #999; padding: 1px 6px; text-align: left; }
td:nth-child(-n+2) { white-space: nowrap; }
th { border-bottom-color: #000; } .n { text-align: right; font-variant-numeric: tabular-nums; }
tr { break-inside: avoid; } footer { margin-top: 14px; border-top: 1px solid #000; }
code { font-size: 9px; word-break: break-all; }
@media print { body { margin: 0; } }
"""


def accountant_page(banner: Banner, ending: MonthEnd, owed: Receivables, head: str) -> str:
    """Return the page as HTML.

    Args:
        banner: whose books, and as of when.
        ending: the month.
        owed: who owes what, today.
        head: the audit log's newest hash.
    """
    kind = "LIVE" if banner.live else "PRACTICE COMPANY"
    title = f"{month_words(ending.month)}: Docket and QuickBooks"
    as_of = "never refreshed" if banner.as_of is None else f"as of {_minute(banner.as_of)}"
    parts = [
        f"<h1>{_text(title)}</h1>",
        f"<p>{_text(banner.company)} ({kind}), {_text(as_of)}</p>",
        f"<p class='verdict'>{_text(_verdict(ending))}</p>",
        _section("Both sides", _sums(ending)),
        _section("Every Docket record is somewhere", _proofs(ending)),
        _section("Differences", _differences(ending)),
        _section("Checks", _checks(ending)),
        _section("Changed after the check", _changes(ending)) if ending.changes else "",
        _section("What is owed, today", _owed(owed)),
        f"<footer><p>{_text(_signed(ending))}</p>"
        f"<p>Head of the audit log <code>{_text(head)}</code></p></footer>",
    ]
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        f"<title>{_text(title)}</title><style>{_STYLE}</style></head><body>\n"
        + "\n".join(part for part in parts if part)
        + "\n</body></html>\n"
    )


def _verdict(ending: MonthEnd) -> str:
    if ending.found.ties:
        return "Both sides agree in count and cents."
    return f"The two sides do not agree: {len(ending.found.differences)} records differ."


def _sums(ending: MonthEnd) -> str:
    total = ending.found.total
    rows = [
        (
            MEASURE_WORDS[one],
            str(total.docket[one].count),
            format_cents(total.docket[one].amount),
            str(total.quickbooks[one].count),
            format_cents(total.quickbooks[one].amount),
            format_cents(total.difference(one).amount),
            format_cents(total.left_out[one].amount),
            format_cents(total.others[one].amount),
        )
        for one in Measure
    ]
    header = ("", "", "Docket", "", "QuickBooks", "difference", "left out", "not by this tool")
    return _table(header, rows, right=range(1, 8))


def _proofs(ending: MonthEnd) -> str:
    header = ("", "in Docket", *BUCKET_WORDS.values(), "nowhere")
    rows = [
        (
            f"{proof.record}s",
            f"{proof.docket.count}: {format_cents(proof.docket.amount)}",
            *(
                f"{proof.parts[one].count}: {format_cents(proof.parts[one].amount)}"
                for one in BUCKET_WORDS
            ),
            format_cents(proof.left.amount),
        )
        for proof in ending.found.proofs
    ]
    return _table(header, rows, right=range(1, 8))


def _differences(ending: MonthEnd) -> str:
    found = ending.found.differences
    if not found:
        return "<p>None.</p>"
    rows = [
        (
            CLASS_WORDS[one.kind],
            f"{one.record} {one.number}",
            one.name,
            format_cents(one.docket.amount - one.quickbooks.amount),
            one.words,
        )
        for one in found[:LISTED]
    ]
    counts = ", ".join(
        f"{len(some)} {CLASS_WORDS[kind]}"
        for kind in Class
        if (some := ending.found.of_class(kind))
    )
    more = "" if len(found) <= LISTED else f"; the first {LISTED} are listed"
    return f"<p>{_text(counts + more)}.</p>" + _table(
        ("class", "record", "whose", "difference", "what"), rows, right=(3,)
    )


def _checks(ending: MonthEnd) -> str:
    rows = [
        (
            one.words,
            "done" if one.done else "open" if one.must else "to look at",
            "" if one.done else str(one.sums.count),
            "" if one.done else format_cents(one.sums.amount),
        )
        for one in ending.items
    ]
    return _table(("check", "", "count", "amount"), rows, right=(2, 3))


def _changes(ending: MonthEnd) -> str:
    rows = [(one.label, one.name, one.words) for one in ending.changes[:LISTED]]
    return _table(("record", "whose", "what"), rows)


def _owed(owed: Receivables) -> str:
    rows = [
        ("open in Docket", format_cents(owed.docket.amount)),
        ("of that not in QuickBooks", format_cents(owed.not_there.amount)),
        ("open on these invoices in QuickBooks", format_cents(owed.quickbooks.amount)),
        ("difference", format_cents(owed.difference)),
        ("not applied yet, by this tool", format_cents(owed.unapplied.amount)),
        ("not by this tool", format_cents(owed.others.amount)),
        ("sum of QuickBooks' balances", format_cents(owed.balances)),
    ]
    if owed.report is not None:
        rows.append(("QuickBooks' report of what is owed", format_cents(owed.report)))
    return _table(("", "amount"), rows, right=(1,))


def _signed(ending: MonthEnd) -> str:
    if ending.check is None:
        return "Not checked yet."
    return f"Checked on {_minute(ending.check.checked_at)} by {ending.check.name}."


def _minute(at: datetime) -> str:
    return f"{iso(at)[:16].replace('T', ' ')} UTC"


def _section(title: str, content: str) -> str:
    return f"<h2>{_text(title)}</h2>\n{content}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    ends = set(right)

    def cell(tag: str, place: int, value: str) -> str:
        side = " class='n'" if place in ends else ""
        return f"<{tag}{side}>{_text(value)}</{tag}>"

    head = "".join(cell("th", place, value) for place, value in enumerate(header))
    body = "\n".join(
        "<tr>" + "".join(cell("td", place, value) for place, value in enumerate(row)) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"


def _text(value: str) -> str:
    return escape(display(value), quote=True)
