"""A tie-out as tables: for a terminal, for CSV and Excel, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cli.output import put, put_table
from cli.sheets import Money, Sheet, Value
from core.jsonio import JsonObject
from core.money import Cents, format_cents
from sync.shapes import CountAndMoney
from sync.tie_out.receivables import PaidButOpen, Receivables
from sync.tie_out.shapes import (
    BUCKET_WORDS,
    CLASS_WORDS,
    MEASURE_WORDS,
    Cell,
    Class,
    Difference,
    Measure,
    TieOut,
    ZeroProof,
)

SHOWN = 20
"""Differences of one class that a terminal gets; files get all."""


def put_tie_out(found: TieOut, owed: Receivables, paid: Sequence[PaidButOpen]) -> None:
    """Print a tie-out for a person."""
    put(f"Docket and QuickBooks, {found.period.words}")
    put_table(
        ["without what was left out", "in Docket", "", "in QuickBooks", "", "difference"],
        [_measure_line(found.total, one) for one in Measure if _said(found, one)],
        right=range(1, 6),
    )
    put("")
    put_table(
        [str(found.cut), "Docket", "QuickBooks", "difference", "not by this tool", "differ"],
        [_cell_line(found, cell) for cell in found.cells],
        right=range(1, 6),
    )
    for proof in found.proofs:
        if proof.docket.count:
            put(proof_words(proof))
    put("")
    _put_classes(found)
    _put_receivables(owed)
    if paid:
        put(f"{len(paid)} paid in Docket, open in QuickBooks: {format_cents(_sum(paid))}")
        put("  post these payments: docket-qbo sync --paid-open --yes")
    put("Both sides agree." if found.ties and owed.ties else "The two sides do not agree.")


def proof_words(proof: ZeroProof) -> str:
    """Return the zero-proof of one kind in a line."""
    parts = " + ".join(
        f"{sums.count} {BUCKET_WORDS[bucket]} {format_cents(sums.amount)}"
        for bucket, sums in proof.parts.items()
        if sums.count
    )
    count = proof.docket.count
    noun = proof.record if count == 1 else f"{proof.record}s"
    whole = f"{count} {noun} in Docket, {format_cents(proof.docket.amount)}"
    sign = "=" if proof.left == CountAndMoney() else "is not"
    return f"{whole} {sign} {parts}"


def receivable_lines(owed: Receivables) -> list[tuple[str, Cents]]:
    """Return who owes what as lines for a person, in the order in which they are added up."""
    lines = [
        ("open in Docket", owed.docket.amount),
        ("  of that not in QuickBooks", -owed.not_there.amount),
        ("expected in QuickBooks", owed.expected),
        ("open on these invoices in QuickBooks", owed.quickbooks.amount),
        ("difference", owed.difference),
        ("  our payments and credit memos not applied", -owed.unapplied.amount),
        ("  not by this tool", owed.others.amount),
        ("sum of QuickBooks' balances", owed.balances),
    ]
    if owed.report is not None:
        lines.append(("QuickBooks' report of what is owed", owed.report))
        lines.append(("difference", owed.balances - owed.report))
    return lines


def sheets(found: TieOut, owed: Receivables, paid: Sequence[PaidButOpen]) -> list[Sheet]:
    """Return a tie-out as tables for files: sums, differences, receivables, proof."""
    return [
        sums_sheet(found),
        differences_sheet(found),
        Sheet(
            "Paid but open",
            ["invoice", "client", "issued", "open in QuickBooks", "paid in Docket", "days"],
            [
                (one.number, one.client, one.issued_on, Money(one.amount), one.paid_on, one.days)
                for one in paid
            ],
        ),
        Sheet(
            "Receivables",
            ["", "amount"],
            [(words.strip(), Money(amount)) for words, amount in receivable_lines(owed)],
        ),
        Sheet(
            "Proof",
            ["kind", "part", "count", "amount"],
            [row for proof in found.proofs for row in _proof_rows(proof)],
        ),
    ]


def sums_sheet(found: TieOut) -> Sheet:
    """Return the sums of both sides, one row a cell and measure, the total last."""
    header = [str(found.cut), "what", "Docket count", "Docket", "QuickBooks count", "QuickBooks"]
    header += ["difference count", "difference", "left out", "not by this tool"]
    cells = (*found.cells, found.total)
    rows = [_sum_row(cell, one) for cell in cells for one in Measure if _said(found, one)]
    return Sheet("Sums", header, rows)


def differences_sheet(found: TieOut) -> Sheet:
    """Return every difference, class by class."""
    header = ["class", "kind", "number", "name", "Docket date", "Docket", "QuickBooks date"]
    header += ["QuickBooks", "difference", "what differs", "Docket id", "QuickBooks Id"]
    return Sheet("Differences", header, [_difference_row(one) for one in found.differences])


def tie_out_json(found: TieOut, owed: Receivables, paid: Sequence[PaidButOpen]) -> JsonObject:
    """Return a tie-out as JSON; amounts are cents."""
    return {
        "from": found.period.start,
        "to": found.period.end,
        "by": str(found.cut),
        "ties": found.ties and owed.ties,
        "cells": [cell_json(cell) for cell in found.cells],
        "total": cell_json(found.total),
        "differences": {
            str(kind): [difference_json(one) for one in found.of_class(kind)] for kind in Class
        },
        "proof": {
            proof.record: {
                "docket": _pair(proof.docket),
                **{str(bucket): _pair(sums) for bucket, sums in proof.parts.items()},
            }
            for proof in found.proofs
        },
        "receivables": {
            "docket": owed.docket.amount,
            "not_in_quickbooks": owed.not_there.amount,
            "quickbooks": owed.quickbooks.amount,
            "unapplied": owed.unapplied.amount,
            "not_by_this_tool": owed.others.amount,
            "balances": owed.balances,
            "report": owed.report,
            "difference": owed.difference,
            "gaps": [[gap.name, gap.balances, gap.report] for gap in owed.gaps],
        },
        "paid_but_open": [
            {
                "docket_id": one.docket_id,
                "number": one.number,
                "client": one.client,
                "amount_cents": one.amount,
                "paid_on": one.paid_on,
                "days": one.days,
            }
            for one in paid
        ],
    }


def _said(found: TieOut, measure: Measure) -> bool:
    """Whether a measure says anything here; by method there are no invoices."""
    total = found.total
    parts = (total.docket, total.quickbooks, total.left_out, total.others)
    return any(part[measure].count for part in parts)


def _measure_line(total: Cell, measure: Measure) -> list[str]:
    ours, theirs, gap = total.docket[measure], total.quickbooks[measure], total.difference(measure)
    return [
        MEASURE_WORDS[measure],
        str(ours.count),
        format_cents(ours.amount),
        str(theirs.count),
        format_cents(theirs.amount),
        format_cents(gap.amount),
    ]


def _cell_line(found: TieOut, cell: Cell) -> list[str]:
    measure = Measure.INVOICES if _said(found, Measure.INVOICES) else Measure.PAYMENTS
    return [
        cell.label,
        format_cents(cell.docket[measure].amount),
        format_cents(cell.quickbooks[measure].amount),
        format_cents(cell.difference(measure).amount),
        format_cents(cell.others[measure].amount),
        str(cell.differences) if cell.differences else "",
    ]


def _put_classes(found: TieOut) -> None:
    for kind in Class:
        some = found.of_class(kind)
        if not some:
            continue
        put(f"{len(some)} {CLASS_WORDS[kind]}")
        for one in some[:SHOWN]:
            put(f"  {one.record} {one.number}  {one.name}  {_amount(one)}: {one.words}")
        if len(some) > SHOWN:
            put(f"  and {len(some) - SHOWN} more; --csv and --xlsx have all")


def _put_receivables(owed: Receivables) -> None:
    put("What is owed")
    for words, amount in receivable_lines(owed):
        put(f"  {words:<44} {format_cents(amount):>16}")
    for gap in owed.gaps[:SHOWN]:
        put(
            f"    {gap.name}: transactions {format_cents(gap.balances)},"
            f" report {format_cents(gap.report)}"
        )
    if owed.report is None:
        put("  QuickBooks' own report was not asked for.")


def _amount(one: Difference) -> str:
    return format_cents((one.docket if one.docket.records else one.quickbooks).amount)


def _sum(paid: Sequence[PaidButOpen]) -> Cents:
    return sum(one.amount for one in paid)


def _sum_row(cell: Cell, measure: Measure) -> Sequence[Value]:
    ours, theirs, gap = cell.docket[measure], cell.quickbooks[measure], cell.difference(measure)
    return (
        cell.label,
        MEASURE_WORDS[measure],
        ours.count,
        Money(ours.amount),
        theirs.count,
        Money(theirs.amount),
        gap.count,
        Money(gap.amount),
        Money(cell.left_out[measure].amount),
        Money(cell.others[measure].amount),
    )


def _difference_row(one: Difference) -> Sequence[Value]:
    return (
        CLASS_WORDS[one.kind],
        one.record,
        one.number,
        one.name,
        one.docket_day,
        Money(one.docket.amount),
        one.qbo_day,
        Money(one.quickbooks.amount),
        Money(one.docket.amount - one.quickbooks.amount),
        one.words,
        one.docket_id,
        one.qbo_id,
    )


def _proof_rows(proof: ZeroProof) -> list[Sequence[Value]]:
    rows: list[Sequence[Value]] = [
        (proof.record, BUCKET_WORDS[bucket], sums.count, Money(sums.amount))
        for bucket, sums in proof.parts.items()
    ]
    return [*rows, (proof.record, "all in Docket", proof.docket.count, Money(proof.docket.amount))]


def cell_json(cell: Cell) -> JsonObject:
    """Return a cell as JSON; amounts are cents."""
    return {
        "key": cell.key,
        "label": cell.label,
        "docket": _figures(cell.docket),
        "quickbooks": _figures(cell.quickbooks),
        "difference": {str(one): _pair(cell.difference(one)) for one in Measure},
        "left_out": _figures(cell.left_out),
        "not_by_this_tool": _figures(cell.others),
        "differences": cell.differences,
    }


def difference_json(one: Difference) -> JsonObject:
    """Return a difference as JSON; amounts are cents."""
    return {
        "kind": one.record,
        "docket_id": one.docket_id,
        "number": one.number,
        "name": one.name,
        "docket_day": one.docket_day,
        "qbo_day": one.qbo_day,
        "docket_cents": one.docket.amount,
        "quickbooks_cents": one.quickbooks.amount,
        "entity": one.entity,
        "qbo_id": one.qbo_id,
        "words": one.words,
    }


def _figures(part: Mapping[Measure, CountAndMoney]) -> JsonObject:
    return {str(measure): _pair(sums) for measure, sums in part.items()}


def _pair(sums: CountAndMoney) -> JsonObject:
    return {"count": sums.count, "cents": sums.amount}
