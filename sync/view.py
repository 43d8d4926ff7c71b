"""The books and their check, loaded once for as long as nobody commits anything.

Screens ask many questions of the same state; loading 10,000 invoices for each would
be felt. The cache's own version says when what is held is out of date.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import asdict
from typing import TypeVar

from sqlmodel import Session

from core.jsonio import JsonObject
from store.books import Books, Choice
from store.cache import Cache
from store.load import load_books
from store.states import InvoiceStatus
from store.statuses import ConflictRow, StatusRow, save_checks, save_conflicts
from sync.checks.ground import Ground
from sync.past import touched
from sync.policy import Policy
from sync.recheck import Checked
from sync.shapes import Finding, InvoiceCheck, Preflight

T = TypeVar("T")


class View:
    """What preflight and plan look at, kept until somebody commits."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._version = -1
        self._books: Books | None = None
        self._checked: Checked | None = None
        self._kept: dict[str, object] = {}
        self._lock = threading.RLock()
        """Screens ask from worker threads; one of them loads, the others wait."""

    def books(self) -> Books:
        """Return the books as they are now.

        Raises:
            StoreTrouble: nothing was refreshed yet.
        """
        with self._lock:
            self._refresh()
            if self._books is None:
                self._books = load_books(self._cache, past_of=touched)
            return self._books

    def policy(self) -> Policy:
        """Return how this company wants its invoices sent."""
        return Policy.from_settings(self.books().settings)

    def checked(self) -> Preflight:
        """Return the books, checked."""
        with self._lock:
            books = self.books()
            if self._checked is None:
                self._checked = Checked.of(books, Policy.from_settings(books.settings))
            return self._checked.found

    def ground(self) -> Ground:
        """Return the books with the ways into them."""
        return self.kept("ground", lambda: Ground.of(self.books(), self.policy(), self.checked()))

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """Return what `make` gives, made once for the state of the books."""
        with self._lock:
            self._refresh()
            if name not in self._kept:
                self._kept[name] = make()
            return self._kept[name]  # type: ignore[return-value]  # one name, one maker

    def decide(self, keep: Callable[[Session], Choice | None]) -> None:
        """Keep a decision, and check what it concerns in the same transaction.

        Args:
            keep: stores the decision; returns the choice that it is, if it is that alone.
        """
        with self._lock:
            self.checked()
            with self._cache.write() as session:
                before = self._cache.seen_by(session)
                current = self._cache.data_version() == self._version
                choice = keep(session)
                after = None
                if current and choice is not None and self._checked is not None:
                    after = self._checked.chosen(choice.kind, choice.key, choice)
                if after is not None:
                    _save(session, after[0], after[1])
            if after is None:
                self.recheck()
            else:
                self._take(after[0], before)

    def _take(self, after: Checked, before: tuple[int, int]) -> None:
        """Go on with the next state, unless somebody else committed too."""
        version = self._cache.data_version()  # before it is asked who committed until now
        others, own = self._cache.seen()
        self._forget()
        if (others, own) == (before[0], before[1] + 1):
            self._books, self._checked, self._version = after.books, after, version

    def recheck(self) -> None:
        """Check everything anew and store statuses and conflicts in one transaction."""
        with self._lock:
            self._forget()
            self.checked()
            checked = self._checked
            assert checked is not None
            with self._cache.write() as session:
                before = self._cache.seen_by(session)
                current = self._cache.data_version() == self._version
                _save(session, checked)
            if current:
                self._take(checked, before)

    def _refresh(self) -> None:
        version = self._cache.data_version()
        if version != self._version:
            self._forget()
            self._version = version

    def _forget(self) -> None:
        self._books = self._checked = None
        self._kept = {}


def _save(session: Session, checked: Checked, ids: Collection[str] | None = None) -> None:
    """Store the statuses and conflicts of all invoices, or of `ids`."""
    found = checked.found.invoices
    checks = [found[one] for one in (found if ids is None else ids)]
    conflicts = [
        _conflict(check.docket_id, finding)
        for check in checks
        if check.status == InvoiceStatus.CONFLICTED
        for finding in check.findings
    ]
    save_checks(session, [_status(checked.books, check) for check in checks])
    save_conflicts(session, conflicts, ids)


def _status(books: Books, check: InvoiceCheck) -> StatusRow:
    total = books.invoices[check.docket_id].invoice.total
    return StatusRow(
        docket_id=check.docket_id,
        status=check.status,
        reason_code=check.reason_code,
        reason=check.reason,
        open_docket=check.open_docket,
        open_qbo=check.open_qbo,
        qbo_id=check.qbo_id,
        qbo_number=check.qbo_number,
        paid=total > 0 and check.open_docket <= 0,
    )


def _conflict(invoice_id: str, finding: Finding) -> ConflictRow:
    detail: JsonObject = {
        "candidates": [asdict(one) for one in finding.candidates],
        "ways_out": [asdict(one) for one in finding.ways_out],
    }
    return ConflictRow(
        invoice_id=invoice_id,
        kind=str(finding.kind),
        subject_kind=finding.subject_kind,
        subject_key=finding.subject_key,
        subject=finding.subject,
        words=finding.words,
        detail=detail,
    )
