"""A person's decisions: choices, what is left out, retry and hold, the start date, settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from core.clock import Clock
from core.errors import Trouble, UsageTrouble
from core.jsonio import JsonObject, loads
from core.text import display
from store import audit, journal
from store.books import Choice
from store.cache import Cache
from store.choices import put_choice, take_back_choice
from store.company import set_start_date
from store.journal_rows import PostingRow
from store.links import remove_links
from store.settings import all_settings, get_setting, put_setting
from store.states import PostingState
from store.statuses import exclude, include
from sync.bodies.extras import MAIL
from sync.checks.days import MOVE, move_problem
from sync.checks.doubles import DOUBLE, invoice_of
from sync.policy import SETTINGS, Policy, check_setting
from sync.posting_words import why_no_hold, why_no_retry
from sync.shapes import ConflictKind
from sync.sites import SITES
from sync.verify import agrees, compare
from sync.view import View
from sync.words import alike_key

_UNSURE = str(ConflictKind.REFUSED)
"""Fault code of a posting that was held while its outcome was unclear, by us or a person."""


class Decisions:
    """Each is stored with its line in the audit, then everything is checked anew."""

    def __init__(self, cache: Cache, clock: Clock, actor: str, view: View) -> None:
        self._cache = cache
        self._clock = clock
        self._actor = actor
        self._view = view

    def choose(self, choice: Choice) -> int:
        """Keep a choice; return how many invoices it touches.

        Raises:
            UsageTrouble: it moves what is dated in a closed period to a day that cannot be, or
                is about the service addresses of nobody.
        """
        self._insist_known(choice)
        self._insist_sensible(choice)
        waiting = {
            invoice
            for invoice, check in self._view.checked().invoices.items()
            for finding in check.findings
            if finding.subject_kind == choice.kind and finding.subject_key == choice.key
        }
        earlier = self._view.books().choices.get((choice.kind, choice.key))

        def keep(session: Session) -> Choice | None:
            kept = choice
            if choice.kind == DOUBLE and choice.action == "link":
                kept = self._take_the_other(session, choice)
            put_choice(session, kept, self._actor)
            self._note(
                session,
                "chose",
                f"{kept.kind}:{kept.key}",
                _words(kept),
                before=None if earlier is None else _words(earlier),
            )
            return kept if kept is choice else None  # a link went too: check everything

        self._view.decide(keep)
        return len(waiting)

    def _take_the_other(self, session: Session, choice: Choice) -> Choice:
        """Let go of the document an invoice is linked with; return the choice of the other one.

        The next sync links it, as it does whatever a person chose; nothing is written in
        QuickBooks.
        """
        docket_id = invoice_of(choice.key)
        realm = self._view.books().company.realm_id
        for link in remove_links(session, realm, "invoice", [docket_id]):
            before = f"{link.entity} {link.qbo_id}"
            self._note(session, "let go of", f"invoice:{docket_id}", "for its double", before)
        return replace(choice, kind="invoice", key=docket_id)

    def _insist_known(self, choice: Choice) -> None:
        """Insist that a choice about a client's service addresses names a client of Docket's."""
        if choice.kind == SITES and choice.key not in self._view.books().clients:
            raise UsageTrouble(
                f"Docket has no client with the key {display(choice.key, 60)}.",
                books="No choice was kept.",
                fix="`docket-qbo names` shows the keys in its last column.",
            )

    def _insist_sensible(self, choice: Choice) -> None:
        if choice.action != MOVE:
            return
        problem = move_problem(self._view.books().company, choice)
        if problem:
            raise UsageTrouble(
                problem,
                books="No date was moved; nothing was posted.",
                fix="Name a day after the closing date, and who signed it off.",
            )

    def mail(self, docket_ids: Sequence[str], *, wanted: bool) -> None:
        """Have new invoices e-mailed by QuickBooks, or not, whatever the settings say of all."""
        with self._cache.write() as session:
            for docket_id in docket_ids:
                choice = Choice(MAIL, docket_id, "use" if wanted else "keep")
                put_choice(session, choice, self._actor)
                self._note(session, "chose", f"{MAIL}:{docket_id}", _words(choice))
        self._view.recheck()

    def take_back(self) -> str | None:
        """Take the newest choice back; return what it was, in words."""
        with self._cache.write() as session:
            undone = take_back_choice(session)
            if undone is None:
                return None
            choice, earlier = undone
            again = "" if earlier is None else _words(earlier)
            subject = f"{choice.kind}:{choice.key}"
            self._note(session, "took back", subject, again, before=_words(choice))
        self._view.recheck()
        kind = choice.kind.replace("_", " ")
        words = f"Took back: {kind} {_words(choice)}."
        return words if earlier is None else f"{words} The choice before holds again."

    def exclude(self, docket_ids: Sequence[str], reason: str) -> None:
        """Leave invoices out on purpose."""
        with self._cache.write() as session:
            exclude(session, docket_ids, reason)
            for docket_id in docket_ids:
                self._note(session, "excluded", f"invoice:{docket_id}", reason, before="in")
        self._view.recheck()

    def include(self, docket_ids: Sequence[str]) -> None:
        """Take invoices back in."""
        with self._cache.write() as session:
            include(session, docket_ids)
            for docket_id in docket_ids:
                self._note(session, "included", f"invoice:{docket_id}", "", before="left out")
        self._view.recheck()

    def retry(self, posting_id: int) -> None:
        """Let a posting that was refused or waits for a person be planned, or looked at, again.

        Raises:
            Trouble: it is not safe, with the reason.
        """
        with self._cache.write() as session:
            self._retry(session, _posting(session, posting_id))
        self._view.recheck()

    def retry_alike(self, key: str) -> int:
        """Let all postings that QuickBooks refused for one reason go again; return how many.

        Args:
            key: `sync.words.alike_key` of their code and reason.
        """
        newest = (
            next((row for row in reversed(rows) if row.state != PostingState.DRAFT), None)
            for rows in self._view.books().postings.values()
        )
        alike = [
            row.id
            for row in newest
            if row is not None
            and row.state == PostingState.REJECTED
            and alike_key(row.fault_code, row.reason) == key
        ]
        with self._cache.write() as session:
            for posting_id in alike:
                self._retry(session, _posting(session, posting_id))
        self._view.recheck()
        return len(alike)

    def _retry(self, session: Session, row: PostingRow) -> None:
        if row.state not in (PostingState.HOLD, PostingState.REJECTED):
            raise _not_safe(why_no_retry(row, self._clock.now()))
        if row.state == PostingState.REJECTED:
            journal.move(session, row.id, row.state, PostingState.EXCLUDED)
        elif row.qbo_id:
            self._settle_difference(session, row)
        elif row.body is not None and row.fault_code == _UNSURE:
            # Its settle time goes on: what was held early must not be sent early.
            due = row.next_try_at
            journal.move(session, row.id, row.state, PostingState.UNKNOWN, next_try_at=due)
        elif row.body is not None:
            journal.move(session, row.id, row.state, PostingState.EXCLUDED)
        else:
            journal.move(session, row.id, row.state, PostingState.APPROVED)
            journal.withdraw(session, [row.id], "to be planned again")
        self._about(session, "retried", row, row.reason)

    def release(self, posting_id: int) -> None:
        """Retry what is held, and nothing else.

        Raises:
            Trouble: it is not held, or it is not safe, with the reason.
        """
        with self._cache.read() as session:
            held = _posting(session, posting_id).state == PostingState.HOLD
        if not held:
            raise _not_safe("It is not held back.")
        self.retry(posting_id)

    def hold(self, posting_id: int, reason: str = "") -> None:
        """Keep a posting from being sent, or sent again, until it is retried.

        An unclear one keeps its settle time, and is looked up first when it is retried.

        Raises:
            Trouble: it is not safe, or too late, with the reason; a sync is under way.
        """
        why = display(reason, 200).strip()
        words = f"held back by a person: {why}" if why else "held back by a person"
        with self._cache.posting_lock(), self._cache.write() as session:
            row = _posting(session, posting_id)
            refusal = why_no_hold(row, self._clock.now(), going=False)
            if refusal:
                raise _not_safe(refusal)
            unclear = row.state == PostingState.UNKNOWN
            journal.move(
                session,
                row.id,
                row.state,
                PostingState.HOLD,
                reason=words,
                next_try_at=row.next_try_at,
                fault_code=_UNSURE if unclear else None,
            )
            self._about(session, "held", row, why)
        self._view.recheck()

    def set_start_date(self, day: date) -> None:
        """Choose from which day on invoices are posted."""
        earlier = self._view.books().company.start_date
        with self._cache.write() as session:
            set_start_date(session, day)
            before = None if earlier is None else earlier.isoformat()
            self._note(session, "set", "start_date", day.isoformat(), before=before)
        self._view.recheck()

    def set_setting(self, key: str, value: str) -> None:
        """Change a setting.

        Raises:
            UsageTrouble: there is none of this name, or it cannot have this value.
        """
        check_setting(key, value)
        with self._cache.write() as session:
            before = get_setting(session, key)
            put_setting(session, key, value)
            self._note(session, "set", key, value, before=before or "default")
        self._view.recheck()

    def settings(self) -> dict[str, str]:
        """Return every setting, with its default where none was set."""
        with self._cache.read() as session:
            chosen = all_settings(session)
        policy = Policy.from_settings(chosen)
        shown = {}
        for key in SETTINGS:
            value = getattr(policy, key)
            shown[key] = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        return shown

    def _settle_difference(self, session: Session, row: PostingRow) -> None:
        """Confirm a posting that came back different, if QuickBooks holds what was sent now."""
        held = self._view.books().documents.get((row.entity, row.qbo_id))
        sent: JsonObject | None = loads(row.body) if row.body else None
        if held is None or sent is None or not agrees(compare(sent, held.body, row.entity)):
            raise _not_safe(
                "QuickBooks still holds something else than was sent: correct it there and"
                " refresh, or leave the invoice out."
            )
        journal.settle(session, row.id, row.fence, PostingState.CONFIRMED, qbo_id=row.qbo_id)

    def _note(
        self, session: Session, action: str, subject: str, what: str, before: str | None = None
    ) -> None:
        audit.append(
            session,
            self._clock.now(),
            self._actor,
            action,
            subject,
            before=None if before is None else {"what": before},
            after={"what": what},
        )

    def _about(self, session: Session, action: str, row: PostingRow, why: str) -> None:
        """Note what a person did about a posting, with the state it came to."""
        audit.append(
            session,
            self._clock.now(),
            self._actor,
            action,
            f"{row.kind}:{row.docket_id}",
            before={"state": str(row.state)},
            after={"state": str(_posting(session, row.id).state), "what": why},
            request_id=row.request_id,
        )


def _words(choice: Choice) -> str:
    if choice.action == "create":
        return f"create as {choice.name}".removesuffix(" as ")
    return f"{choice.action} {choice.entity} {choice.qbo_id} {choice.name}".strip()


def _posting(session: Session, posting_id: int) -> PostingRow:
    row = journal.get_posting(session, posting_id)
    if row is None:
        raise UsageTrouble(
            f"The sync log has no line {posting_id}.",
            books="Nothing was changed.",
            fix="`docket-qbo journal` shows the lines with their numbers.",
        )
    return row


def _not_safe(why: str) -> Trouble:
    return Trouble(why, books="Nothing was changed.", fix="Look at it in the sync log.")
