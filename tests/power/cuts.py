"""Cut the power at a random moment, open what is left with the store itself, and compare."""

from __future__ import annotations

import random
import shutil
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import StoreTrouble
from core.ids import SeededIds
from store import sqlite
from store.cache import Cache
from store.epoch import read_sidecar
from tests.engine.virtual import VirtualClock
from tests.power.disk import survivors
from tests.power.replay import Acknowledged, Diary, State, state_of

_NOTHING = State("", frozenset(), frozenset(), 0)


@dataclass(frozen=True, slots=True)
class Cut:
    """What one power cut came to.

    Attributes:
        damaged: the file could not be opened, or is not sound.
        commits: how many acknowledged commits are gone.
        intents: how many claimed postings of these.
        links: how many links.
        between: the cache is neither as before nor as after any commit.
        strange: the epoch beside it would mislead: it runs ahead of its cache, or behind
            what was sent.
    """

    damaged: bool = False
    commits: int = 0
    intents: int = 0
    links: int = 0
    between: bool = False
    strange: bool = False

    @property
    def good(self) -> bool:
        return self == Cut()


def cuts(diary: Diary, count: int, seed: int, folder: Path) -> Iterator[Cut]:
    """Cut the power `count` times, each time from the beginning of the diary on."""
    chance = random.Random(seed)
    lengths = [one.length for one in diary.commits]
    for number in range(count):
        moment = chance.randint(0, len(diary.operations))
        place = folder / f"cut-{number}"
        place.mkdir()
        for name, content in survivors(diary.operations[:moment], chance).items():
            if not name.endswith("-shm"):
                (place / name).write_bytes(content)
        yield _judged(diary.commits, bisect_right(lengths, moment), place / "cache.db")
        shutil.rmtree(place)


def _judged(commits: list[Acknowledged], acknowledged: int, path: Path) -> Cut:
    last = commits[acknowledged - 1] if acknowledged else None
    try:
        cache = Cache.open(path, clock=VirtualClock(), ids=SeededIds(1))
    except StoreTrouble:
        return Cut(damaged=True)
    try:
        found = state_of(cache.reader())
        sound = _sound(cache.reader())
        restored = cache.restored
    finally:
        cache.close()
    if last is None:
        return Cut(damaged=not sound, strange=restored)
    behind = (read_sidecar(path) or 0) < _sent_epoch(commits[:acknowledged])
    digests = [one.state.digest for one in commits[: acknowledged + 1]]
    if found.digest not in digests:
        lost = last.state
        place = acknowledged
    else:
        place = digests.index(found.digest) + 1
        lost = last.state if place < acknowledged else _NOTHING
    return Cut(
        damaged=not sound,
        commits=max(0, acknowledged - place),
        intents=len(lost.intents - found.intents),
        links=len(lost.links - found.links),
        between=found.digest not in digests,
        strange=restored or behind,
    )


def _sent_epoch(commits: list[Acknowledged]) -> int:
    """The epoch of which something may have left: it is written beside the cache before that.

    So a commit that raises it says nothing yet; what follows that commit does.
    """
    *before, last = commits
    raised = before and before[-1].state.epoch != last.state.epoch
    return before[-1].sent_epoch if raised else last.sent_epoch


def _sound(connection: sqlite.Connection) -> bool:
    whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    return whole and not sqlite.foreign_key_gaps(connection)
