"""The words for names and conflicts; apart from `tui.words`: the first paint needs neither."""

from __future__ import annotations

from collections.abc import Mapping

from sync.shapes import ConflictKind, NameState
from tui.words import Look

NAMES: Mapping[NameState, Look] = {
    NameState.LINKED: Look("linked", "●", "good"),
    NameState.CHOSEN: Look("chosen by you", "●", "good"),
    NameState.SAME: Look("same", "●", "good"),
    NameState.SAME_BUT_CASE: Look("same but case", "●", "good"),
    NameState.NEARLY: Look("nearly the same", "▲", "warn"),
    NameState.SEVERAL: Look("several", "▲", "warn"),
    NameState.MISSING: Look("missing", "○", "plain"),
    NameState.TAKEN: Look("taken", "▲", "warn"),
    NameState.UNUSABLE: Look("not usable", "▲", "warn"),
}

CONFLICTS: Mapping[ConflictKind, str] = {
    ConflictKind.CUSTOMER_UNCLEAR: "needs a customer",
    ConflictKind.CUSTOMER_TAKEN: "needs a customer",
    ConflictKind.CUSTOMER_INACTIVE: "needs a customer",
    ConflictKind.CUSTOMER_NEW: "new customer?",
    ConflictKind.CUSTOMER_NAMELESS: "client has no name",
    ConflictKind.PRODUCT_MISSING: "needs a product",
    ConflictKind.PRODUCT_UNCLEAR: "needs a product",
    ConflictKind.PRODUCT_UNUSABLE: "needs a product",
    ConflictKind.NUMBER_TAKEN: "number already used",
    ConflictKind.NUMBER_TWICE: "number used twice",
    ConflictKind.NUMBER_UNFIT: "number does not fit",
    ConflictKind.ALREADY_THERE: "already there?",
    ConflictKind.CLOSED_BOOKS: "closed month",
    ConflictKind.BEFORE_START: "before the start",
    ConflictKind.CURRENCY: "other currency",
    ConflictKind.NEGATIVE_TOTAL: "negative total",
    ConflictKind.SUMS: "does not add up",
    ConflictKind.TAX: "tax",
    ConflictKind.PAYMENT: "payment",
    ConflictKind.REFUND: "refund",
    ConflictKind.CHANGED_BOTH: "changed on both sides",
    ConflictKind.CHANGED_IN_QBO: "changed in QuickBooks",
    ConflictKind.REMOVED_IN_QBO: "gone in QuickBooks",
    ConflictKind.REMOVED_IN_DOCKET: "gone in Docket",
    ConflictKind.DIFFERS: "differs",
    ConflictKind.REFUSED: "QuickBooks refused",
    ConflictKind.SUBSCRIPTION: "subscription",
}
