"""`docket-qbo choose`: the conflicts with their ways out, and taking one of them.

Names have a command of their own (`docket-qbo names`); here is everything else that a
person decides: leave both sides, send, void, link, post again, try again, leave out.
"""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from cli.output import put, put_json, say
from core.errors import Exit, UsageTrouble
from core.money import format_cents

if TYPE_CHECKING:
    from core.jsonio import JsonObject
    from sync.desk import Desk
    from sync.shapes import ConflictGroup, WayOut

_CHOICES = frozenset({"use", "create", "link", "keep", "send", "void"})
_BY_HAND = frozenset({"wait", "open"})


def add_words(parser: argparse.ArgumentParser) -> None:
    """[KIND KEY WAY], --id, --json."""
    parser.add_argument(
        "choice",
        nargs="*",
        metavar="KIND KEY WAY",
        help="take this way out, such as: invoice 4711 keep, which also leaves a change that"
        " waits for its tick; nothing lists the conflicts",
    )
    parser.add_argument("--id", default="", help="which record, where a way has several")
    parser.add_argument(
        "--say",
        default="",
        metavar="WORDS",
        help="for the way date: the day and who signed it off, such as '2026-11-01 Ann Lee, CPA'",
    )
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> Exit:
    """List what waits, or decide; 1 while something waits."""
    return asyncio.run(_choose(args))


async def _choose(args: argparse.Namespace) -> Exit:
    from cli.session import open_session

    if len(args.choice) not in (0, 3):
        raise UsageTrouble(
            "Say kind, key and way, or nothing for the list.",
            books="Nothing was changed.",
            fix="For example: docket-qbo choose invoice 4711 keep.",
        )
    async with open_session(args, connected=False) as session:
        if args.choice:
            kind, key, way = args.choice
            _take(session.desk, kind, key, way, args.id, args.say)
        groups = session.desk.conflicts()
    if args.json:
        put_json([_plain(group) for group in groups])
    elif not args.choice:
        for group in groups:
            _put(group)
    return Exit.LEFT if groups else Exit.DONE


def _take(desk: Desk, kind: str, key: str, action: str, qbo_id: str, said: str) -> None:
    from store.books import Choice

    groups = [one for one in desk.conflicts() if (one.subject_kind, one.subject_key) == (kind, key)]
    ways = [way for group in groups for way in group.ways_out if way.action == action]
    ways = [way for way in ways if not qbo_id or way.qbo_id == qbo_id]
    if action == "keep" and not ways and _leave(desk, kind, key):
        return
    if len(ways) != 1 or action in _BY_HAND:
        raise UsageTrouble(
            f"{kind} {key} has {len(ways) or 'no'} way out {action} that can be taken here.",
            books="Nothing was changed.",
            fix="`docket-qbo choose` lists the conflicts with their ways out.",
        )
    (way,) = ways
    invoices = [one for group in groups for one in group.invoices]
    if action in _CHOICES:
        desk.choose(Choice(kind, key, action, way.entity, way.qbo_id, way.name))
    elif action == "date":
        desk.choose(Choice(kind, key, action, name=said))
    elif action == "retry_alike":
        desk.retry_alike(key)
    elif action == "exclude":
        desk.exclude(invoices, "left out by hand")
    elif action == "include":
        desk.include(invoices)
    else:
        desk.retry(way.posting_id)
    say(f"{way.words}: {len(invoices)} invoices.")


def _leave(desk: Desk, kind: str, key: str) -> bool:
    """Leave a change of what is settled as it is, if the record has one; whether it has."""
    keeps = desk.keeps(kind, key)
    for choice in keeps:
        desk.choose(choice)
    if keeps:
        say(f"Both sides of {kind} {key} stay as they are, until one of them changes again.")
    return bool(keeps)


def _put(group: ConflictGroup) -> None:
    count = f"{len(group.invoices)} invoices, {format_cents(group.amount)}"
    put(f"{group.subject}: {group.words}  ({count})")
    for way in group.ways_out:
        if way.action not in _BY_HAND:
            put(f"    {group.subject_kind} {group.subject_key} {_word(way)}: {way.words}")


def _word(way: WayOut) -> str:
    several = f" --id {way.qbo_id}" if way.action in ("use", "link") and way.qbo_id else ""
    return f"{way.action}{several}"


def _plain(group: ConflictGroup) -> JsonObject:
    return {
        "conflict": str(group.kind),
        "kind": group.subject_kind,
        "key": group.subject_key,
        "subject": group.subject,
        "words": group.words,
        "invoices": list(group.invoices),
        "amount_cents": group.amount,
        "ways": [
            {"way": way.action, "id": way.qbo_id, "words": way.words}
            for way in group.ways_out
            if way.action not in _BY_HAND
        ],
    }
