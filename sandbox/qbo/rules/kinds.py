"""The points at which an entity may have rules of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sandbox.qbo.change import Change
from sandbox.qbo.company import Company
from sandbox.qbo.fields import Record

Step: TypeAlias = Callable[[Change], None]


@dataclass(frozen=True)
class Rules:
    """Steps of an entity's changes, each a tuple called in order.

    Attributes:
        complete: fill in a new or edited draft; refuse what the books do not allow.
        guard: refuse or prepare a void or a delete.
        strike: turn the draft into its voided form.
        settle: what the stored change does to other records.
        view: the record as it is shown, where that depends on others.
    """

    complete: tuple[Step, ...] = ()
    guard: tuple[Step, ...] = ()
    strike: tuple[Step, ...] = ()
    settle: tuple[Step, ...] = ()
    view: Callable[[Company, Record], Record] | None = None
