"""Links: which QBO record a Docket record became. Made once, by Id.

A document has one link and is in one link. Clients and products are many to one:
two clients in Docket may be one customer in QuickBooks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from core.jsonio import JsonObject
from store import statements
from store.books import Link
from store.session import now
from store.states import LinkOrigin
from store.tables import table_of
from store.tables.docket import InvoiceTable
from store.tables.work import LinkTable
from store.upsert import in_parts, insert_all


class LinkTaken(Exception):
    """One of the two records is already linked to something else."""


def add_link(
    session: Session,
    realm: str,
    kind: str,
    docket_id: str,
    entity: str,
    qbo_id: str,
    origin: LinkOrigin,
    sync_token: str,
    body_as_posted: bytes | None = None,
    snapshot: JsonObject | None = None,
    fingerprint: str = "",
    fingerprint_version: int = 1,
) -> None:
    """Link two records, or renew their link after an update.

    Renewing keeps the origin and when it was made; `body_as_posted` and `snapshot`
    are replaced unless they are None.

    Raises:
        LinkTaken: either is already linked to another record.
    """
    same = {"realm": realm, "kind": kind, "docket_id": docket_id}
    at = now(session)
    renewed: dict[str, Any] = {
        "sync_token": sync_token,
        "fingerprint": fingerprint,
        "fingerprint_version": fingerprint_version,
        "updated_at": at,
    }
    if body_as_posted is not None:
        renewed["body"] = body_as_posted
    if snapshot is not None:
        renewed["snapshot"] = snapshot
        renewed["total_cents"] = snapshot.get("total") if kind == "invoice" else None
    known = statements.select(LinkTable, tuple(same), columns=("entity", "qbo_id"))
    before = session.execute(known, same).first()
    if before is not None and (before[0], before[1]) != (entity, qbo_id):
        raise LinkTaken(f"{kind}:{docket_id} is linked to {before[0]} {before[1]}")
    if before is not None:
        of = {f"of_{name}": value for name, value in same.items()}
        session.execute(statements.update(LinkTable, tuple(same)), {**of, **renewed})
    else:
        row = {
            **same,
            "entity": entity,
            "qbo_id": qbo_id,
            "origin": str(origin),
            "linked_at": at,
            **renewed,
        }
        try:
            with session.begin_nested():
                insert_all(session, LinkTable, [row])
        except IntegrityError as error:
            raise LinkTaken(f"{entity} {qbo_id} is linked to another record") from error
    if kind == "invoice":
        _show_on_invoice(session, docket_id, qbo_id)


def find_link(session: Session, realm: str, kind: str, docket_id: str) -> Link | None:
    """Return a Docket record's link."""
    of = {"realm": realm, "kind": kind, "docket_id": docket_id}
    row = session.execute(statements.select(LinkTable, tuple(of)), of).first()
    return None if row is None else link_from(row)


def owners_of(session: Session, realm: str, entity: str, qbo_ids: Collection[str]) -> list[Link]:
    """Return the links to any of these QBO records."""
    table = table_of(LinkTable)
    links: list[Link] = []
    for some in in_parts(sorted(qbo_ids)):
        found = select(table).where(
            table.c.realm == realm, table.c.entity == entity, table.c.qbo_id.in_(some)
        )
        links += [link_from(row) for row in session.execute(found.order_by(table.c.id))]
    return links


def posted_body(
    session: Session, realm: str, kind: str, docket_id: str
) -> tuple[bytes | None, Any]:
    """Return the bytes as posted and the Docket record as it was then."""
    table = table_of(LinkTable)
    found = select(table.c.body, table.c.snapshot).where(
        table.c.realm == realm, table.c.kind == kind, table.c.docket_id == docket_id
    )
    row = session.execute(found).first()
    return (None, None) if row is None else (row[0], row[1])


def move_tokens(session: Session, realm: str, entity: str, tokens: Mapping[str, str]) -> None:
    """Note up to which SyncToken, by Id, the content of linked documents is as we left it."""
    table = table_of(LinkTable)
    for qbo_id, token in tokens.items():
        session.execute(
            update(table)
            .where(table.c.realm == realm, table.c.entity == entity, table.c.qbo_id == qbo_id)
            .values(sync_token=token)
        )


def remove_links(
    session: Session, realm: str, kind: str, docket_ids: Collection[str]
) -> list[Link]:
    """Forget links ("unsync"); nothing changes in QuickBooks.

    Returns:
        The links that were removed, for the audit log.
    """
    table = table_of(LinkTable)
    removed: list[Link] = []
    for some in in_parts(sorted(docket_ids)):
        those = (table.c.realm == realm, table.c.kind == kind, table.c.docket_id.in_(some))
        found = session.execute(select(table).where(*those).order_by(table.c.id))
        removed += [link_from(row) for row in found]
        session.execute(delete(table).where(*those))
    if kind == "invoice":
        for link in removed:
            _show_on_invoice(session, link.docket_id, "")
    return removed


LINK = (
    *("kind", "docket_id", "entity", "qbo_id", "origin", "sync_token", "fingerprint"),
    *("linked_at", "total_cents"),
)
"""The columns of which a link is made."""


def link_from(row: Row[Any]) -> Link:
    """A link from its row."""
    return Link(
        kind=row.kind,
        docket_id=row.docket_id,
        entity=row.entity,
        qbo_id=row.qbo_id,
        origin=LinkOrigin(row.origin),
        sync_token=row.sync_token,
        fingerprint=row.fingerprint,
        linked_at=row.linked_at,
        total=row.total_cents,
    )


def _show_on_invoice(session: Session, docket_id: str, qbo_id: str) -> None:
    shown: dict[str, Any] = {"qbo_id": qbo_id}
    if qbo_id:
        shown["last_synced_at"] = now(session)
    else:
        shown |= {"qbo_number": "", "open_qbo_cents": None}
    session.execute(
        statements.update(InvoiceTable, ("docket_id",)), {"of_docket_id": docket_id, **shown}
    )
