"""Writing the world through to a state file, and taking it back after a restart."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import groupby
from typing import Any

from sandbox.qbo.company import Company
from sandbox.qbo.replay import Remembered
from sandbox.qbo.switches import Switches
from sandbox.qbo.wire import read_json, write_json
from sandbox.qbo.world import World
from sandbox.state import StateFile

_WORLD = "world"
_CHUNK = 2000
"""Records that are read at once."""


class Saver:
    """Saves a world; knows what the file holds already, so that reads cost nothing."""

    def __init__(self, world: World, file: StateFile) -> None:
        self.world, self.file = world, file
        self._held: dict[str, str] = {}

    def save(self) -> None:
        """Save what has changed since the last time, in one transaction."""
        world = self.world
        clear: list[str] = []
        if world.fresh_births:
            clear = [space for realm in world.companies for space in (realm, _requests(realm))]
            world.fresh_births = False
        rows = [row for company in world.companies.values() for row in _changed(company)]
        for realm, request_id in world.replay.fresh:
            held = world.replay.memory[realm, request_id]
            rows.append((_requests(realm), request_id, json.dumps(asdict(held))))
        world.replay.fresh.clear()
        about = {realm: _about(company) for realm, company in world.companies.items()}
        about["tokens"] = json.dumps(world.tokens.dump())
        about["births"] = json.dumps([world.births, world.clock.moved])
        rows += [(_WORLD, key, text) for key, text in about.items() if self._held.get(key) != text]
        self._held = about
        if rows or clear:
            self.file.put(rows, clear=clear)


def _requests(realm: str) -> str:
    return f"{realm} requests"


def _changed(company: Company) -> list[tuple[str, str, str]]:
    """Rows for the records that have changed since they were last saved."""
    rows = []
    for entity, key in company.dirty:
        table = company.tables[entity]
        record = table.get(key) or table.deleted[key]
        rows.append((company.realm, f"{entity}/{key}", _text(record)))
    company.dirty.clear()
    return rows


def load(world: World, file: StateFile) -> bool:
    """Take the world back; False if the file holds none.

    A company that the file does not hold begins from its seed.
    """
    births = file.get(_WORLD, "births")
    if births is None:
        return False
    world.births, moved = json.loads(births)
    world.clock.advance(moved)
    tokens = file.get(_WORLD, "tokens")
    if tokens is not None:
        world.tokens.load(json.loads(tokens))
    for realm in world.openers:
        company = Company(realm, world.clock)
        _load_company(company, file)
        known = company.get("CompanyInfo", "1") is not None
        world.companies[realm] = company if known else world.opened(realm)
        for request_id, text in file.items(_requests(realm)):
            world.replay.memory[realm, request_id] = Remembered(**json.loads(text))
    return True


def _load_company(company: Company, file: StateFile) -> None:
    with _uncollected():
        rows = file.items(company.realm)
        for entity, of_it in groupby(rows, key=lambda row: row[0].partition("/")[0]):
            texts = [text for _, text in of_it]
            chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
            # One document for many records: the reader then shares the names of attributes.
            records = [one for chunk in chunks for one in read_json(f"[{','.join(chunk)}]")]
            company.restore(entity, records)
    about = json.loads(file.get(_WORLD, company.realm) or "{}")
    company.next_ids.update(about.get("next_ids", {}))
    company.switches = Switches(**about.get("switches", {}))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector away: all that is loaded stays, and there is much of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def _about(company: Company) -> str:
    return json.dumps({"next_ids": company.next_ids, "switches": asdict(company.switches)})


def _text(record: dict[str, Any]) -> str:
    return write_json(record).encode("utf-8", "replace").decode()
