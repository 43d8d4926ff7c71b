"""After every run and refresh: is anything of ours in QuickBooks that is not linked?

A record with our marker and no link is an orphan: a request that landed after all
hope of it was given up. It is linked and shown to a person, never deleted. One whose
posting still waits is settled in its own time, and one that a person unlinked stays so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from core.clock import Clock
from core.jsonio import JsonObject, loads
from store import audit, journal, links
from store.cache import Cache
from store.journal_rows import PostingRow
from store.states import LinkOrigin, PostingState
from sync.judge import is_voided
from sync.planned import thaw
from sync.ports import QboPort
from sync.pull_qbo import QboPull
from sync.verify import agrees, compare

_MARKER = re.compile(r"\[docket-qbo [a-z2-7]{16}\]")
_GIVEN_UP = frozenset({PostingState.HOLD, PostingState.REJECTED})


@dataclass(frozen=True, slots=True)
class Marked:
    """A record in QuickBooks that carries our marker."""

    entity: str
    qbo_id: str
    marker: str
    body: JsonObject


def marked(objects: Mapping[str, Sequence[JsonObject]]) -> Iterator[Marked]:
    """Yield what carries our marker and stands, among objects by entity."""
    for entity, rows in objects.items():
        for row in rows:
            found = _MARKER.search(str(row.get("PrivateNote", "")))
            if found is not None and not is_voided(row):
                yield Marked(entity, str(row["Id"]), found[0], row)


async def reconcile(cache: Cache, qbo: QboPort, clock: Clock, actor: str) -> None:
    """Bring in what changed since the last look, and link the orphans among it."""

    def arrived(objects: Mapping[str, Sequence[JsonObject]]) -> None:
        link_orphans(cache, qbo.realm_id, actor, objects)

    await QboPull(cache, qbo, clock, lambda progress: None, arrived).look_back()


def link_orphans(
    cache: Cache, realm: str, actor: str, objects: Mapping[str, Sequence[JsonObject]]
) -> None:
    """Link the orphans among what came from QuickBooks, by entity."""
    found = list(marked(objects))
    with cache.read() as session:
        postings = journal.marked_postings(session, {one.marker for one in found})
    found = [one for one in found if _is_given_up(postings, one)]
    if not found:
        return
    with cache.write() as session:
        postings = journal.marked_postings(session, {one.marker for one in found})
        for one in found:
            if not _is_given_up(postings, one):
                continue
            row = postings[one.marker]
            if links.owners_of(session, realm, one.entity, [one.qbo_id]):
                continue
            if links.find_link(session, realm, row.kind, row.docket_id) is not None:
                continue
            frozen = thaw(row.plan, row.plan_sha256)
            links.add_link(
                session,
                realm,
                row.kind,
                row.docket_id,
                one.entity,
                one.qbo_id,
                LinkOrigin.CREATED,
                str(one.body.get("SyncToken", "")),
                body_as_posted=row.body,
                snapshot=frozen.snapshot,
                fingerprint=frozen.fingerprint,
            )
            if row.state == PostingState.HOLD:
                _settle(session, row, one)
            audit.append(
                session,
                cache.clock.now(),
                actor,
                "orphan linked",
                f"{row.kind}:{row.docket_id}",
                before={"state": str(row.state)},
                after={"entity": one.entity, "qbo_id": one.qbo_id},
                request_id=row.request_id,
            )


def _is_given_up(postings: Mapping[str, PostingRow], one: Marked) -> bool:
    row = postings.get(one.marker)
    return row is not None and row.state in _GIVEN_UP


def _settle(session: Session, row: PostingRow, one: Marked) -> None:
    """Confirm a posting on hold whose record turned up, if it is what was sent."""
    same = row.body is not None and agrees(compare(loads(row.body), one.body, one.entity))
    if not same:
        return
    journal.settle(
        session,
        row.id,
        row.fence,
        PostingState.CONFIRMED,
        qbo_id=one.qbo_id,
        sync_token=str(one.body.get("SyncToken", "")),
    )
