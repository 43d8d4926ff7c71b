"""Unsync: forget links. Nothing changes in QuickBooks; the next sync links again."""

from __future__ import annotations

from collections.abc import Sequence

from core.clock import Clock
from store import audit, links
from store.cache import Cache
from sync.checks.memos import application_id
from sync.view import View


class Unsync:
    """Forgets the links of invoices or of a client, with those of what belongs to them."""

    def __init__(self, cache: Cache, clock: Clock, actor: str, view: View) -> None:
        self._cache = cache
        self._clock = clock
        self._actor = actor
        self._view = view

    def invoices(self, docket_ids: Sequence[str]) -> int:
        """Forget invoices with their payments and refunds; return how many links went."""
        files = self._view.books().invoices
        chosen = [files[one] for one in docket_ids if one in files]
        return self._forget(
            {
                "invoice": [file.invoice.id for file in chosen],
                "payment": [payment.id for file in chosen for payment in file.payments],
                "refund": [refund.id for file in chosen for refund in file.refunds],
                **self._credits(docket_ids),
            }
        )

    def client(self, client_id: str) -> int:
        """Forget a client, its invoices and their payments and refunds."""
        books = self._view.books()
        of_client = [
            key for key, file in books.invoices.items() if file.invoice.client_id == client_id
        ]
        return self._forget({"client": [client_id]}) + self.invoices(of_client)

    def _credits(self, invoice_ids: Sequence[str]) -> dict[str, list[str]]:
        """Return the credits applied to these invoices, with what applied them."""
        found: dict[str, list[str]] = {"credit": [], "credit_application": []}
        for credit in self._view.books().credits.values():
            used = {part.invoice_id for part in credit.allocations} & set(invoice_ids)
            found["credit"] += [credit.id] if used else []
            found["credit_application"] += [application_id(credit, one) for one in sorted(used)]
        return found

    def _forget(self, ids: dict[str, list[str]]) -> int:
        count = 0
        realm = self._view.books().company.realm_id
        with self._cache.write() as session:
            for kind, docket_ids in ids.items():
                for link in links.remove_links(session, realm, kind, docket_ids):
                    count += 1
                    audit.append(
                        session,
                        self._clock.now(),
                        self._actor,
                        "unsynced",
                        f"{kind}:{link.docket_id}",
                        before={"entity": link.entity, "qbo_id": link.qbo_id},
                    )
        self._view.recheck()
        return count
