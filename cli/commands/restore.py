"""`docket-qbo restore`: the copies there are; what one would replace; and, with --yes, do it."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cli.output import put, put_json, put_table, say
from core.clock import iso
from core.errors import Exit, StoreTrouble

if TYPE_CHECKING:
    from cli.places import Places
    from store.restoring import Held


def add_words(parser: argparse.ArgumentParser) -> None:
    """[FILE], --yes, --json."""
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="a copy, by path or by its name among the backups"
    )
    parser.add_argument("--yes", action="store_true", help="replace the cache")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> Exit:
    """List, preview, or restore; 2 after a preview, because nothing was replaced yet."""
    from cli.places import find_places
    from core.log_file import set_up_logging

    places = find_places(args)
    set_up_logging(places.config.log, places.log_file)
    if args.file is None:
        return _list(places, as_json=args.json)
    return _restore(places, _named(places, args.file), args)


def _list(places: Places, *, as_json: bool) -> Exit:
    from store.backups import backups_of, made_at

    found = [
        (backup, made_at(backup, places.cache_file), backup.stat().st_size)
        for backup in reversed(backups_of(places.cache_file))
    ]
    if as_json:
        put_json(
            [
                {"file": str(one), "made_at": when and iso(when), "bytes": size}
                for one, when, size in found
            ]
        )
        return Exit.DONE
    if not found:
        say("There are no copies of this cache yet; one is made on each day of use.")
        return Exit.DONE
    rows = [[one.name, _time(when), f"{size // 1024:,} kB"] for one, when, size in found]
    put_table(["copy", "made (UTC)", "size"], rows, right=(2,))
    say("What one would replace: docket-qbo restore NAME")
    return Exit.DONE


def _restore(places: Places, copy: Path, args: argparse.Namespace) -> Exit:
    from store.restoring import inspect, objection

    found, present = inspect(copy), _present(places.cache_file)
    realm = present.realm if present else places.config.quickbooks.realm_id
    wrong = objection(found, realm, present.company if present else "")
    if wrong is not None:
        raise wrong
    if not args.json:
        _put_both(found, present)
    if not args.yes:
        if args.json:
            put_json({"restored": False, "copy": _json(found), "now": _json(present)})
        say("Nothing was replaced yet; the same words with --yes do it.")
        return Exit.USAGE
    kept = _replace(places, copy)
    if args.json:
        put_json({"restored": True, "copy": _json(found), "kept": kept and str(kept)})
    elif kept is not None:
        put(f"Restored. What was there is kept as {kept}")
    else:
        put("Restored.")
    settle = places.config.sync.settle_seconds
    say(
        f"For {settle} s after the next start nothing is sent. What is not final, and what was "
        "posted since this copy, is looked up in QuickBooks and linked, not posted again."
    )
    say("Choices and settings made since this copy are gone from the cache. Next: docket-qbo pull")
    return Exit.DONE


def _replace(places: Places, copy: Path) -> Path | None:
    """Restore, and bring what was restored to this program's version."""
    from core.clock import SystemClock
    from core.ids import SystemIds
    from store.cache import Cache
    from store.restoring import restore

    clock = SystemClock()
    kept = restore(copy, places.cache_file, clock.now())
    Cache.open(places.cache_file, clock=clock, ids=SystemIds()).close()
    return kept


def _named(places: Places, word: str) -> Path:
    """The file itself, or the backup of that name."""
    from store.backups import folder_of

    among = folder_of(places.cache_file) / word
    return among if not Path(word).exists() and among.is_file() else Path(word).absolute()


def _present(cache: Path) -> Held | None:
    """What is there now; None if there is nothing, or nothing that can be read."""
    from store.restoring import inspect

    try:
        return inspect(cache) if cache.exists() else None
    except StoreTrouble as trouble:
        say(f"{trouble.what} It will be kept as it is.")
        return None


def _put_both(found: Held, present: Held | None) -> None:
    rows = [
        ["company", _of(present, "company"), found.company or "none yet"],
        [
            "last entry in its log (UTC)",
            _time(present.last_entry if present else None),
            _time(found.last_entry),
        ],
        ["invoices", _of(present, "invoices"), str(found.invoices)],
        ["linked to QuickBooks", _of(present, "links"), str(found.links)],
        ["writes under way", _of(present, "open_postings"), str(found.open_postings)],
        ["version of its tables", _of(present, "revision"), found.revision],
    ]
    put_table(["", "now", "the copy"], rows)
    put(f"replaces  {present.path if present else 'nothing that can be read'}")
    put(f"with      {found.path}")


def _of(held: Held | None, name: str) -> str:
    return "-" if held is None else str(getattr(held, name)) or "none yet"


def _json(held: Held | None) -> dict[str, object] | None:
    if held is None:
        return None
    return {
        "file": str(held.path),
        "company": held.company,
        "revision": held.revision,
        "last_entry": held.last_entry and iso(held.last_entry),
        "invoices": held.invoices,
        "links": held.links,
        "open_postings": held.open_postings,
    }


def _time(instant: datetime | None) -> str:
    return "-" if instant is None else f"{instant:%Y-%m-%d %H:%M}"
