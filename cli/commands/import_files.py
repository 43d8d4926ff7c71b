"""`docket-qbo import`: Docket's export files, looked at first, imported with --yes."""

from __future__ import annotations

import argparse
import asyncio
import getpass
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cli.output import put, put_json, say
from core.errors import Exit, UsageTrouble

if TYPE_CHECKING:
    from cli.places import Places
    from connectors.docket_files.choosing import Choice, Wishes
    from connectors.docket_files.group import Sheet
    from sync.imports.desk import ImportDesk, ImportResult
    from sync.shapes import PullProgress


def add_words(parser: argparse.ArgumentParser) -> None:
    """Files, how to read them, and what to do."""
    parser.add_argument("path", nargs="*", type=Path, metavar="PATH", help="files or folders")
    parser.add_argument("--yes", action="store_true", help="import; without it: show what would be")
    parser.add_argument("--dry-run", action="store_true", help="show what would change, even so")
    parser.add_argument("--json", action="store_true")
    reading = parser.add_argument_group("how to read a new shape of file (kept as a profile)")
    reading.add_argument(
        "--map", action="append", default=[], metavar="COLUMN=FIELD", help="COLUMN= leaves it out"
    )
    reading.add_argument(
        "--kind", metavar="KIND", help="what a row is: invoices, lines, payments …"
    )
    reading.add_argument("--dates", choices=("mdy", "dmy"), help="03/04 is March 4th, or April 3rd")
    reading.add_argument("--decimals", choices=("dot", "comma"), help="1,234.50 or 1.234,50")
    reading.add_argument("--currency", default="USD", metavar="ABC", help="default: USD")
    reading.add_argument("--profile", metavar="NAME", help="keep or take this one; or a .toml file")
    other = parser.add_argument_group("instead of an import")
    other.add_argument("--undo", action="store_true", help="take the last import back")
    other.add_argument("--log", action="store_true", help="the imports so far, with their findings")
    other.add_argument("--profiles", action="store_true", help="the profiles that are kept")
    other.add_argument(
        "--export-profile", metavar="NAME", help="write a profile to stdout, as TOML"
    )
    other.add_argument("--fields", action="store_true", help="every field that --map can name")


def run(args: argparse.Namespace) -> Exit:
    """Do what was asked for."""
    from cli import import_words
    from cli.places import find_places

    places = find_places(args)
    if args.fields:
        import_words.put_fields()
    elif args.profiles or args.export_profile:
        import_words.put_profiles(places.paths.profiles, args.export_profile)
    elif args.undo or args.log:
        return asyncio.run(_look_back(args, places))
    elif not args.path:
        raise UsageTrouble(
            "No file is named.",
            books="Nothing was imported.",
            fix="Name the exports, or the folder they are in: docket-qbo import FOLDER.",
        )
    else:
        return asyncio.run(_import(args, places))
    return Exit.DONE


async def _look_back(args: argparse.Namespace, places: Places) -> Exit:
    from cli import import_words
    from sync.imports.words import counted

    with _desk(places) as desk:
        if args.undo:
            counts = await desk.undo()
            if args.json:
                put_json({"undone": dict(counts)})
            else:
                put(f"Taken back: {counted(counts)}.")
        else:
            import_words.put_log(desk.log(), as_json=args.json)
    return Exit.DONE


async def _import(args: argparse.Namespace, places: Places) -> Exit:
    from cli import import_words
    from connectors.docket_files.choosing import choose, files_of
    from connectors.docket_files.profile import load_profiles

    profiles = load_profiles(places.paths.profiles)
    choices = choose(files_of(args.path), profiles, _wishes(args, places))
    if not args.json:
        for choice in choices:
            import_words.say_choice(choice)
    open_questions = [words for choice in choices for words in choice.problems]
    if open_questions:
        if args.json:
            put_json({"questions": open_questions})
        return Exit.USAGE
    sheets = _confirmed(args, places, choices)
    if not args.yes or args.dry_run:
        return await _show(args, places, sheets)
    with _desk(places) as desk:
        result = await desk.run(sheets, _watch())
    return _told(args, result, "Imported")


async def _show(args: argparse.Namespace, places: Places, sheets: Sequence[Sheet]) -> Exit:
    with _desk(places) as desk:
        result = await desk.preview(sheets, _watch())
    code = _told(args, result, "Would import")
    if not args.json:
        say("Nothing was changed. To import, say --yes.")
    return code


def _told(args: argparse.Namespace, result: ImportResult, verb: str) -> Exit:
    from cli import import_words

    if args.json:
        put_json({"imported": verb == "Imported", **result.as_json()})
    else:
        import_words.put_result(result, verb)
    return Exit.LEFT if result.findings_count else Exit.DONE


def _confirmed(args: argparse.Namespace, places: Places, choices: Sequence[Choice]) -> list[Sheet]:
    """Every table with its profile; new ones are kept when the import is confirmed."""
    from connectors.docket_files.choosing import numbered
    from connectors.docket_files.profile import load_profiles, save_profile
    from sync.imports.confirming import confirmed

    wished = "" if (args.profile or "").endswith(".toml") else args.profile or ""
    kept = load_profiles(places.paths.profiles)
    made = confirmed([(one, args.currency) for one in choices], kept, wished)
    if args.yes and not args.dry_run:
        for _, profile in made:
            save_profile(places.paths.profiles, profile)
    return numbered(made)


def _wishes(args: argparse.Namespace, places: Places) -> Wishes:
    from connectors.docket_files.catalogue import FileKind
    from connectors.docket_files.choosing import Wishes
    from connectors.docket_files.profile import checked_name, read_profile

    columns = {}
    for pair in args.map:
        column, mark, name = pair.rpartition("=")
        if not mark:
            raise _wrong(f"--map {pair} has no =", "Write --map 'COLUMN=field'.")
        columns[column] = name
    kinds = [str(one) for one in FileKind]
    if args.kind and args.kind not in kinds:
        raise _wrong(f"There is no kind {args.kind}", f"Take one of {', '.join(kinds)}.")
    profile = None
    if args.profile:
        named = Path(args.profile)
        if named.suffix == ".toml":
            profile = read_profile(named)
        else:
            kept = places.paths.profiles / f"{checked_name(args.profile)}.toml"
            profile = read_profile(kept) if kept.is_file() else None
    return Wishes(
        kind=FileKind(args.kind) if args.kind else None,
        columns=columns,
        dates=args.dates or "",
        decimals=args.decimals or "",
        profile=profile,
    )


def _wrong(what: str, fix: str) -> UsageTrouble:
    return UsageTrouble(f"{what}.", books="Nothing was imported.", fix=fix)


@contextmanager
def _desk(places: Places) -> Iterator[ImportDesk]:
    """The cache of this call, open for an import; files need no connection."""
    from core.clock import SystemClock
    from core.ids import SystemIds
    from core.log_file import set_up_logging
    from store.cache import Cache
    from sync.imports.desk import ImportDesk

    set_up_logging(places.config.log, places.log_file)
    cache = Cache.open(places.cache_file, clock=SystemClock(), ids=SystemIds())
    try:
        yield ImportDesk(cache, getpass.getuser())
    finally:
        cache.close()


def _watch() -> Callable[[PullProgress], None]:
    from cli.progress import pull_line

    return pull_line()
