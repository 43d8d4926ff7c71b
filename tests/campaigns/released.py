"""Write down the cache of a company with work in every state, as this release leaves it.

    python -m tests.campaigns.released tests/store/released

Run it once for each release with a new schema, before the next migration is written;
`tests/store/test_released.py` brings each of these files forward to the newest schema.
"""

from __future__ import annotations

import argparse
import random
import sqlite3  # the store's own may lack iterdump, and has let go of the file by then
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from itertools import cycle
from pathlib import Path

from core.ids import SeededIds
from core.jsonio import JsonObject
from store import journal, schema, search_index
from store.cache import Cache
from store.states import PostingState
from sync.desk import Desk
from sync.settings import EngineSettings
from tests.engine.bench import inline
from tests.engine.fake_qbo import FakeQbo
from tests.engine.virtual import VirtualClock, run, run_and_die
from tests.sim.docket import Docket

_FATES = (None, None, "refuse:6540", "lost_answer", None)
"""What befalls the writes of the last day, in turn."""


class _Company:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = VirtualClock()
        self.docket = Docket(random.Random(3), 14)
        self.qbo = FakeQbo(self.clock)
        self.qbo.add(
            "Item", Name="20 Yard Dumpster", FullyQualifiedName="20 Yard Dumpster", Type="Service"
        )

    async def morning(self) -> None:
        """A refresh, a test sync, and a first bulk sync in which a total comes out wrong."""
        cache, desk = self._start(1)
        await desk.pull()
        proposed = desk.propose_test()
        assert proposed is not None
        await desk.test_sync(desk.preview([proposed]))
        self.qbo.spoil = _spoil_every_third()
        await desk.bulk_sync(desk.preview([one.id for one in self.docket.invoices[:6]]))
        self.qbo.spoil = None
        cache.close()

    async def noon(self) -> None:
        """A second bulk sync, in which everything goes wrong; its process dies."""
        cache, desk = self._start(2)
        fates = cycle(_FATES)
        self.qbo.on_write = lambda entity, body: next(fates)
        await desk.bulk_sync(desk.preview([one.id for one in self.docket.invoices[6:]]))
        cache.close()

    def evening(self) -> None:
        """What a person decides: one posting left out, one taken back."""
        cache, _ = self._start(3)
        with cache.write() as session:
            rejected = journal.postings_of(session, states=(PostingState.REJECTED,))
            journal.move(session, rejected[0].id, PostingState.REJECTED, PostingState.EXCLUDED)
            waiting = journal.postings_of(session, states=(PostingState.APPROVED,))
            journal.withdraw(session, [waiting[-1].id], "taken back")
        cache.close()

    def _start(self, number: int) -> tuple[Cache, Desk]:
        ids = SeededIds(number)
        cache = Cache.open(self.path, clock=self.clock, ids=ids)
        desk = Desk(
            cache,
            docket=self.docket,
            qbo=self.qbo,
            clock=self.clock,
            ids=ids,
            actor="ann",
            settings=EngineSettings(in_flight=2),
            aside=inline,
        )
        return cache, desk


def _spoil_every_third() -> Callable[[str, JsonObject], None]:
    count = iter(range(1000))

    def spoil(entity: str, made: JsonObject) -> None:
        if entity == "Invoice" and next(count) % 3 == 2:
            made["TotalAmt"] += 1

    return spoil


def write_down(target: Path) -> dict[str, int]:
    """Play the company, write its cache as SQL text, and count the postings by state."""
    with tempfile.TemporaryDirectory() as name:
        company = _Company(Path(name) / "cache.db")
        run(company.morning())
        run_and_die(company.noon(), company.clock.monotonic(), 2.0)
        company.evening()
        with closing(sqlite3.connect(company.path)) as connection:
            connection.execute(f"DROP TABLE {search_index.NAME}")  # it cannot be dumped
            text = [*connection.iterdump(), f"{search_index.TABLE};", f"{search_index.FILL};"]
            target.write_text("\n".join(text) + "\n", encoding="utf-8")
            counted = connection.execute("SELECT state, count(*) FROM posting GROUP BY state")
            return {str(state): int(count) for state, count in counted}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{schema.head()}.sql"
    states = write_down(target)
    missing = set(PostingState) - set(states)
    if missing:
        print(f"{target}: no posting is {', '.join(sorted(missing))}", file=sys.stderr)
        return 1
    print(f"{target}: " + ", ".join(f"{count} {state}" for state, count in sorted(states.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
