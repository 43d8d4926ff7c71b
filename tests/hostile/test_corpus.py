"""Everything hostile that we know of is refused with a sentence, or contained."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, cast

import pytest

from tests.hostile import faults, files, names, redirects, tokens


class Kind(Protocol):
    """What a module of the corpus offers."""

    CASES: Mapping[str, object]

    async def check(self, name: str, folder: Path) -> None:
        """Play a case and say what must hold."""
        ...


KINDS = {
    module.__name__.rpartition(".")[2]: cast(Kind, module)
    for module in (faults, files, names, redirects, tokens)
}


@pytest.mark.parametrize(
    ("kind", "case"), [(kind, case) for kind, module in KINDS.items() for case in module.CASES]
)
async def test_it_is_refused_or_contained(kind: str, case: str, tmp_path: Path) -> None:
    await KINDS[kind].check(case, tmp_path)
