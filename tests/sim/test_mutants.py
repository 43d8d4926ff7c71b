from __future__ import annotations

import pytest

from tests.sim.mutants import MUTANTS, caught


@pytest.mark.parametrize("name", MUTANTS)
def test_a_planted_bug_is_caught(name: str) -> None:
    assert caught(name), f"{name} survives: find a seed with `python -m tests.sim 600 --mutants`"
