"""How one record differs between Docket and QuickBooks; pure."""

from __future__ import annotations

from core.money import format_cents
from core.text import display
from store.tie_out import DocketFact, QboFact
from sync.tie_out.pairs import Pair
from sync.tie_out.shapes import NOTHING, Amounts, Class


def class_of(pair: Pair, ours: Amounts, theirs: Amounts, moved: bool) -> Class | None:
    """Return the first way in which a record differs; None if it does not.

    Args:
        pair: the record, not set apart.
        ours: what it brings to Docket's side.
        theirs: what it brings to QuickBooks'.
        moved: whether its customer differs.
    """
    one, held = pair.docket, pair.quickbooks
    if one is None:
        return Class.ORPHAN if theirs != NOTHING else None
    if ours == theirs and held is not None and one.day == held.day and not moved:
        return None
    if held is None:
        return Class.MISSING if ours != NOTHING else None
    if ours.records != theirs.records:
        return Class.STATUS
    if not ours.records:
        return None
    if (ours.amount, ours.tax) != (theirs.amount, theirs.tax):
        return Class.AMOUNT
    if one.day != held.day or moved:
        return Class.MOVED
    return Class.STATUS


def words_of(pair: Pair, kind: Class, ours: Amounts, theirs: Amounts, there: str) -> str:
    """Say how a record differs, in a line.

    Args:
        pair: the record.
        kind: its class.
        ours: what it brings to Docket's side.
        theirs: what it brings to QuickBooks'.
        there: the name of the customer that QuickBooks has, where it is another; or empty.
    """
    one, held = pair.docket, pair.quickbooks
    if one is None:
        return "bears our mark in QuickBooks, but belongs to nothing in Docket"
    if held is None:
        if pair.linked:
            return "was posted, but QuickBooks does not list it"
        return display(one.reason, 120) or "not posted yet"
    if kind is Class.STATUS and ours.records != theirs.records:
        return _standing(one, held, in_docket=bool(ours.records))
    return "; ".join(_fields(one, held, ours, theirs, there))


def _standing(one: DocketFact, held: QboFact, *, in_docket: bool) -> str:
    if in_docket:
        return f"{held.removed.lower()} in QuickBooks, stands in Docket"
    gone = "returned or voided" if one.kind == "payment" else "voided or deleted"
    return f"{gone} in Docket, stands in QuickBooks"


def _fields(
    one: DocketFact, held: QboFact, ours: Amounts, theirs: Amounts, there: str
) -> list[str]:
    words = []
    if ours.amount != theirs.amount:
        words.append(_both("total", format_cents(ours.amount), format_cents(theirs.amount)))
    if ours.tax != theirs.tax:
        words.append(_both("tax", format_cents(ours.tax), format_cents(theirs.tax)))
    if one.day != held.day:
        words.append(_both("date", one.day, held.day))
    if there:
        words.append(f"customer is {display(there, 60)} in QuickBooks")
    if ours.open != theirs.open:
        words.append(_open(ours, theirs))
    return words


def _open(ours: Amounts, theirs: Amounts) -> str:
    if not ours.open:
        return f"paid in Docket, {format_cents(theirs.open)} open in QuickBooks"
    if not theirs.open:
        return f"{format_cents(ours.open)} open in Docket, paid in QuickBooks"
    return _both("open balance", format_cents(ours.open), format_cents(theirs.open))


def _both(what: str, ours: str, theirs: str) -> str:
    return f"{what} {ours} in Docket, {theirs} in QuickBooks"
