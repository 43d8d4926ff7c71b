"""`docket-qbo names`: Docket's names beside QuickBooks', and the choices between them."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.output import put_json, put_table, say
from core.errors import Exit, UsageTrouble
from core.money import format_cents

if TYPE_CHECKING:
    from cli.session import Session
    from sync.desk import Desk
    from sync.shapes import NameRow

_ENTITIES = {
    "client": "Customer",
    "product": "Item",
    "class": "Class",
    "payment_method": "PaymentMethod",
    "term": "Term",
}
_BY_PLACE, _AS_ONE = "sub-customers", "ship-to"


def add_words(parser: argparse.ArgumentParser) -> None:
    """--use, --create, --pattern with --yes, --waiting, --json."""
    parser.add_argument("--waiting", action="store_true", help="only those that wait for a choice")
    parser.add_argument(
        "--all",
        action="store_true",
        help="also what is synced, and rules, payment methods, terms, taxes, classes, locations",
    )
    parser.add_argument(
        "--use",
        nargs=3,
        action="append",
        default=[],
        metavar=("KIND", "KEY", "ID"),
        help="client KEY is customer ID; product KEY is product/service ID; class KEY:"
        " lines of product KEY get class ID; payment_method KEY: Docket's method KEY, in small"
        " letters, is payment method ID; term DAYS: invoices due in DAYS have term ID",
    )
    parser.add_argument(
        "--create",
        nargs=3,
        action="append",
        default=[],
        metavar=("KIND", "KEY", "NAME"),
        help="create client KEY as a new customer NAME",
    )
    parser.add_argument(
        "--places",
        nargs=2,
        action="append",
        default=[],
        metavar=("KEY", "HOW"),
        help=f"the service addresses of client KEY (or its name): {_BY_PLACE} (one customer below"
        f" it for each), or {_AS_ONE} (one customer, the place as shipping address; the default)",
    )
    parser.add_argument(
        "--pattern",
        nargs=2,
        metavar=("RULE", "ID"),
        help="every product whose name fits RULE, such as '10 yd *', is product/service ID;"
        " shows what it touches, and needs --yes to be kept",
    )
    parser.add_argument("--yes", action="store_true", help="keep the rule of --pattern")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> Exit:
    """Keep the choices, then print the names; 1 while some wait for a choice."""
    return asyncio.run(_names(args))


async def _names(args: argparse.Namespace) -> Exit:
    from cli.session import open_session

    async with open_session(args, connected=False) as session:
        _choose(session.desk, args.use, args.create)
        if args.pattern:
            _rule(session.desk, *args.pattern, keep=args.yes)
        _split(session, args.places)
        listed = session.desk.mappings() if args.all else session.desk.names()
        rows = [row for row in listed if row.waiting or not args.waiting]
    if args.json:
        put_json([_plain(row) | (_came(row) if args.all else {}) for row in rows])
    else:
        put_table(
            ["", "name in Docket", "how", "in QuickBooks", "invoices", "total", "key"],
            [_cells(row) for row in rows],
            right=(4, 5),
        )
    return Exit.LEFT if any(row.waiting for row in rows) else Exit.DONE


def _choose(desk: Desk, use: Sequence[Sequence[str]], create: Sequence[Sequence[str]]) -> None:
    from store.books import Choice

    for kind, key, qbo_id in use:
        choice = Choice(kind, key, "use", _entity(kind), qbo_id)
        say(f"{kind} {key}: {desk.choose(choice)} invoices use this choice.")
    for kind, key, name in create:
        choice = Choice(kind, key, "create", _entity(kind), "", name)
        say(f"{kind} {key}: {desk.choose(choice)} invoices use this choice.")


def _split(session: Session, places: Sequence[Sequence[str]]) -> None:
    from sync.sites import as_one, by_place

    for key, how in places:
        if how not in (_BY_PLACE, _AS_ONE):
            raise UsageTrouble(
                f"Service addresses cannot be kept as {how}.",
                books="No choice was kept.",
                fix=f"Say {_BY_PLACE} or {_AS_ONE}.",
            )
        client = session.client_id(key)
        session.desk.choose(by_place(client) if how == _BY_PLACE else as_one(client))
        say(f"client {key}: its service addresses go as {how}; what is posted stays as it is.")


def _rule(desk: Desk, pattern: str, qbo_id: str, *, keep: bool) -> None:
    found = desk.pattern_preview(pattern, qbo_id)
    for one in found.names:
        amount = format_cents(one.amount)
        say(f"  {one.name}: {one.lines} lines on {one.invoices} invoices, {amount}")
    say(f"{found.lines} lines, {format_cents(found.amount)}, go to {found.item}.")
    if keep:
        desk.choose(found.choice)
        say("The rule is kept; `docket-qbo names` shows it as chosen by you.")
    else:
        say("Nothing was kept. Add --yes to keep the rule.")


def _entity(kind: str) -> str:
    if kind not in _ENTITIES:
        raise UsageTrouble(
            f"There are no names of kind {kind}.",
            books="No choice was kept.",
            fix=f"Say {', '.join(_ENTITIES)}.",
        )
    return _ENTITIES[kind]


def _cells(row: NameRow) -> list[str]:
    match = row.match
    target = match.target.name if match.target else ""
    best = match.candidates[0].name if match.candidates else ""
    shown = target or (f"new: {match.create_as}" if match.create_as else f"{best}?" if best else "")
    how = str(match.state).replace("_", " ")
    if row.question is not None:
        shown, how = row.question.answer(row.answer), "by a setting"
    return [
        match.kind.replace("_", " "),
        match.name,
        how,
        shown,
        str(row.invoices),
        format_cents(row.amount),
        match.key,
    ]


def _came(row: NameRow) -> dict[str, object]:
    """How it came to its record, for the list of all."""
    return {
        "how": str(row.how),
        "day": row.when.isoformat() if row.when else None,
        "rule": row.rule or None,
        "setting": row.question and row.question.key,
        "synced_invoices": row.posted,
    }


def _plain(row: NameRow) -> dict[str, object]:
    match = row.match
    return {
        "kind": match.kind,
        "key": match.key,
        "name": match.name,
        "state": str(match.state),
        "target": match.target and {"id": match.target.qbo_id, "name": match.target.name},
        "create_as": match.create_as,
        "candidates": [
            {
                "entity": candidate.entity,
                "id": candidate.qbo_id,
                "name": candidate.name,
                "likeness": candidate.likeness,
                "evidence": list(candidate.evidence),
                "usable": candidate.usable,
            }
            for candidate in match.candidates
        ],
        "invoices": row.invoices,
        "amount_cents": row.amount,
        "waiting": row.waiting,
    }
