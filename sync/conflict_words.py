"""A conflict in a few words, by what there is to do; the sentence about it comes after.

Lists are read by their first words: "needs a customer: ABC Construction LLC" is seen
beside its like, a sentence that begins with a quoted name is not.
"""

from __future__ import annotations

from collections.abc import Mapping

from sync.shapes import ConflictKind, Finding

CONFLICT_WORDS: Mapping[ConflictKind, str] = {
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
    ConflictKind.POSSIBLE_DOUBLE: "possible double",
    ConflictKind.CLOSED_BOOKS: "closed month",
    ConflictKind.RECONCILED: "reconciled month",
    ConflictKind.BEFORE_START: "before the start",
    ConflictKind.CURRENCY: "other currency",
    ConflictKind.NEGATIVE_TOTAL: "negative total",
    ConflictKind.SUMS: "does not add up",
    ConflictKind.DISCOUNT: "discount",
    ConflictKind.TAX: "sales tax",
    ConflictKind.PAYMENT: "payment",
    ConflictKind.REFUND: "refund",
    ConflictKind.CREDIT: "credit memo",
    ConflictKind.CHANGED_BOTH: "changed on both sides",
    ConflictKind.CHANGED_IN_QBO: "changed in QuickBooks",
    ConflictKind.REMOVED_IN_QBO: "gone in QuickBooks",
    ConflictKind.REMOVED_IN_DOCKET: "gone in Docket",
    ConflictKind.BILLED_AGAIN: "billed again",
    ConflictKind.DIFFERS: "differs",
    ConflictKind.REFUSED: "QuickBooks refused",
    ConflictKind.SUBSCRIPTION: "subscription",
}
"""What there is to do, for a list."""

_BY_NAME = frozenset(
    kind for kind in ConflictKind if kind.startswith(("customer_", "product_"))
) - {ConflictKind.CUSTOMER_NAMELESS}
"""Those that wait for a choice about a name."""


def reason_of(finding: Finding) -> str:
    """Return `needs a customer: ABC Construction LLC`, or the kind and the sentence.

    A name that waits for a choice says enough; of all else the sentence says what the
    kind cannot: which month, which number, how much.
    """
    words = CONFLICT_WORDS[finding.kind]
    named = finding.kind in _BY_NAME and finding.subject
    return f"{words}: {finding.subject if named else finding.words}"
