"""From what was confirmed about tables to their profiles: which name, and which are shared."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from connectors.docket_files.choosing import Choice, as_profile
from connectors.docket_files.profile import Profile, checked_name, fitting
from connectors.docket_files.tables import Table

_LONGEST_NAME = 50


def confirmed(
    choices: Sequence[tuple[Choice, str]], kept: Sequence[Profile], wished: str = ""
) -> list[tuple[Table, Profile]]:
    """Return every table with its profile.

    Several tables of one shape share what was confirmed for the first of them; what is
    confirmed anew for a shape that is kept takes its place, and so its name.

    Args:
        choices: the tables, each with the currency of its amounts.
        kept: the profiles that there are.
        wished: a name for the one new profile.

    Raises:
        UsageTrouble: the name cannot be one.
    """
    taken = {one.name for one in kept}
    made: list[Profile] = []
    found = []
    for choice, currency in choices:
        profile = choice.profile or fitting(made, choice.table.headers)
        if profile is None:
            before = fitting(kept, choice.table.headers)
            if wished and len(choices) == 1:
                name = checked_name(wished)
            else:
                name = before.name if before else _name(choice, wished, taken)
            profile = as_profile(choice, name, currency)
            taken.add(name)
            made.append(profile)
        found.append((choice.table, profile))
    return found


def _name(choice: Choice, wished: str, taken: Collection[str]) -> str:
    """After the file and what its rows are; never one that is taken."""
    assert choice.proposal is not None
    words, kind = wished or choice.table.path.stem, choice.proposal.kind
    words = words if kind in words.casefold() else f"{kind}-{words}"
    base = re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-")[:_LONGEST_NAME]
    number, name = 1, base
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name
