"""What is special about each entity, beside its description.

The generic operations call these; an entity without an entry has no special rules.
"""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.qbo.rules import (
    accounts,
    attachments,
    deposits,
    expenses,
    items,
    journal,
    lists,
    names,
    payables,
    payments,
    plain,
    sales,
    settings,
)
from sandbox.qbo.rules.kinds import Rules

RULES: Mapping[str, Rules] = {
    **names.RULES,
    **accounts.RULES,
    **items.RULES,
    **lists.RULES,
    **sales.RULES,
    **payments.RULES,
    **deposits.RULES,
    **expenses.RULES,
    **payables.RULES,
    **journal.RULES,
    **plain.RULES,
    **attachments.RULES,
    **settings.RULES,
}


def rules_of(entity: str) -> Rules:
    """The rules of an entity; none if it has no entry."""
    return RULES.get(entity, Rules())
