"""From the words INVOICE… and --all to Docket ids."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from core.errors import UsageTrouble
from store.books import Books
from store.states import InvoiceStatus

_UNTOUCHED = "Nothing was sent."


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add INVOICE…, --all and --paid-only."""
    parser.add_argument(
        "invoices",
        nargs="*",
        metavar="INVOICE",
        help="Docket's number, or id:<Docket id>; credit:<id> or payment:<id> for money on no"
        " invoice (docket-qbo deposits lists it)",
    )
    parser.add_argument(
        "--all", action="store_true", help="everything that is neither synced nor excluded"
    )
    parser.add_argument(
        "--paid-only", action="store_true", help="of these, only what is fully paid in Docket"
    )
    parser.add_argument(
        "--also-changes",
        action="store_true",
        help="of these, also voids and changes of paid, deposited or earlier-month invoices",
    )
    parser.add_argument(
        "--email",
        action=argparse.BooleanOptionalAction,
        help="have QuickBooks e-mail those of them that are new, or not; it is kept, and comes"
        " before the setting email_invoices",
    )
    parser.add_argument(
        "--paid-open",
        action="store_true",
        help="what is paid in Docket and open in QuickBooks (see docket-qbo tie-out)",
    )


def selection(
    args: argparse.Namespace, books: Books, paid: frozenset[str], owing: Sequence[str]
) -> list[str]:
    """Return the Docket ids that the words mean, in the order of their numbers.

    `paid` holds the ids of invoices that are fully paid in Docket, `owing` of those that
    are open in QuickBooks all the same.

    Raises:
        UsageTrouble: no invoice is named, one is unknown, or a number is not unique.
    """
    if args.all + bool(args.invoices) + args.paid_open != 1:
        raise UsageTrouble(
            "Say which invoices: name them, or use --all.",
            books=_UNTOUCHED,
            fix="For example: docket-qbo preview 1042 1043, or docket-qbo preview --all.",
        )
    if args.paid_open:
        return list(owing)
    chosen = _everything(books) if args.all else find(args.invoices, books)
    return [docket_id for docket_id in chosen if not args.paid_only or docket_id in paid]


def find(words: Sequence[str], books: Books) -> list[str]:
    """Return the Docket id of each INVOICE word, each once.

    Raises:
        UsageTrouble: one is unknown, or a number is not unique.
    """
    by_number: dict[str, list[str]] = {}
    for docket_id, file in books.invoices.items():
        by_number.setdefault(file.invoice.number, []).append(docket_id)
    found: dict[str, None] = {}
    for word in words:
        ids = _one(word, books, by_number)
        found[ids] = None
    return list(found)


def _one(word: str, books: Books, by_number: dict[str, list[str]]) -> str:
    kind, _, docket_id = word.partition(":")
    if kind == "credit" and docket_id in books.credits:
        return word
    if kind == "payment" and docket_id in books.loose:
        return word
    if kind == "refund" and docket_id in books.lost_refunds:
        return word
    if word.startswith("id:"):
        matches = [word[3:]] if word[3:] in books.invoices else []
    else:
        matches = by_number.get(word, [])
    if not matches:
        raise UsageTrouble(
            f"There is no invoice {word} in the cache.",
            books=_UNTOUCHED,
            fix="Check the number, or refresh first: docket-qbo pull.",
        )
    if len(matches) > 1:
        choices = " or ".join(f"id:{docket_id}" for docket_id in sorted(matches))
        raise UsageTrouble(
            f"{len(matches)} invoices have the number {word}.",
            books=_UNTOUCHED,
            fix=f"Say which one: {choices}.",
        )
    return matches[0]


def _everything(books: Books) -> list[str]:
    left_out = {InvoiceStatus.SYNCED, InvoiceStatus.EXCLUDED}
    rows = [
        (file.invoice.number, docket_id)
        for docket_id, file in books.invoices.items()
        if file.status not in left_out
    ]
    return [docket_id for _, docket_id in sorted(rows)]
