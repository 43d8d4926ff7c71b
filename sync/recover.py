"""What a start finds: postings of a process that died, and a cache that was restored.

A posting that was being sent when its process died is unclear, like one whose answer
was lost. A cache older than its sidecar has forgotten approvals: whatever is not
final there may have gone on meanwhile, and nothing at all is sent before the settle
time is over, because what was forgotten may still be on its way.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from core.clock import Clock, iso, parse_instant
from store import audit, journal
from store.cache import Cache
from store.epoch import raise_epoch, read_sidecar
from store.settings import get_setting, put_setting
from sync.settings import EngineSettings

_QUARANTINE = "quarantine_until"


def recover(cache: Cache, owner: str, settings: EngineSettings, clock: Clock, actor: str) -> int:
    """Take over what a dead process left behind; to be called under the posting lock.

    Returns:
        How many postings are unclear because of it.
    """
    now = clock.now()
    quarantined = _quarantine(cache, settings.settle, actor, now) if cache.restored else 0
    cache.keep_epoch()
    with cache.write() as session:
        found = journal.recover(session, owner, settings.settle, now)
        if found:
            after = {"postings": found, "reason": "the process that was sending them died"}
            audit.append(session, now, actor, "taken over", "journal", after=after)
        return quarantined + found


def quarantined_until(cache: Cache) -> datetime | None:
    """Return the instant before which nothing may be sent; None if the cache is what it was."""
    with cache.read() as session:
        text = get_setting(session, _QUARANTINE)
    return parse_instant(text) if text else None


def _quarantine(cache: Cache, settle: float, actor: str, now: datetime) -> int:
    beside = read_sidecar(cache.path) or 0
    until = now + timedelta(seconds=settle)
    with cache.write() as session:
        count = journal.quarantine(session, settle, now)
        put_setting(session, _QUARANTINE, iso(until))
        audit.append(
            session,
            now,
            actor,
            "quarantined",
            "cache",
            after={"postings": count, "until": iso(until), "epoch": beside},
        )
        raise_epoch(session, at_least=beside)
    return count
