"""The words in which the cache keeps a state; the screen's words stand beside them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class InvoiceStatus(StrEnum):
    """What an invoice is, the first that holds; a stored column with its reason."""

    EXCLUDED = "excluded"
    CONFLICTED = "conflicted"
    SYNCING = "syncing"
    PENDING = "pending"
    SYNCED = "synced"


TO_DO = frozenset({InvoiceStatus.PENDING, InvoiceStatus.CONFLICTED})
"""What is still to be posted, so that a choice made today changes it."""


class PostingState(StrEnum):
    """Where one write to QuickBooks stands (docs/architecture.md, "The journal")."""

    DRAFT = "DRAFT"
    APPROVED = "APPROVED"
    SENDING = "SENDING"
    UNKNOWN = "UNKNOWN"
    HOLD = "HOLD"
    REJECTED = "REJECTED"
    CONFIRMED = "CONFIRMED"
    EXCLUDED = "EXCLUDED"


POSTING_WORDS: Mapping[PostingState, str] = {
    PostingState.DRAFT: "withdrawn",
    PostingState.APPROVED: "waiting in a sync",
    PostingState.SENDING: "sending",
    PostingState.UNKNOWN: "checking with QuickBooks",
    PostingState.HOLD: "needs you",
    PostingState.REJECTED: "QuickBooks refused",
    PostingState.CONFIRMED: "in QuickBooks",
    PostingState.EXCLUDED: "left out",
}
"""How a posting's state reads on screen."""

OPEN_STATES = frozenset(
    {PostingState.DRAFT, PostingState.APPROVED, PostingState.SENDING, PostingState.UNKNOWN}
)
"""States in which a posting still has a way to go by itself."""

STOPPED_STATES = frozenset({PostingState.HOLD, PostingState.REJECTED})
"""States in which a posting waits for a person, or for the reason of its refusal to go."""

FINAL_STATES = frozenset({PostingState.CONFIRMED, PostingState.EXCLUDED})
"""States that nothing leaves."""


WITHDRAWN = "withdrawn"
"""Fault code of a posting that we took back before QuickBooks carried it out."""


class LinkOrigin(StrEnum):
    """How a link came to be."""

    CREATED = "created"
    ADOPTED = "adopted"
    CHOSEN = "chosen"


class RunKind(StrEnum):
    """What a run was for."""

    TEST = "test"
    BULK = "bulk"
    VOID = "void"


class RunState(StrEnum):
    """Where a run stands. An `approved` or `running` run of a dead process is unfinished."""

    APPROVED = "approved"
    RUNNING = "running"
    STOPPED = "stopped"
    FINISHED = "finished"
