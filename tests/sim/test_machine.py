"""Hypothesis decides what happens next: edits on both sides, crashes, restores, clock jumps.

The simulation draws its own luck; here each step is chosen, so a failure shrinks to the
few steps that make it. `--hypothesis-profile=campaign` plays longer.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine
from contextlib import ExitStack
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.sim import files
from tests.sim.loop import SeededLoop
from tests.sim.simulation import Simulation, bury, work
from tests.sim.worlds import WORLDS, World

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]
_SMALL = settings(
    max_examples=6,
    stateful_step_count=6,
    deadline=None,
    suppress_health_check=_QUIET,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
)
settings.register_profile(
    "campaign",
    max_examples=300,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=_QUIET,
)


class Company(RuleBasedStateMachine):
    """One company, one cache, one QuickBooks; every rule is something that happens."""

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()

    @initialize(world=st.sampled_from(WORLDS), seed=st.integers(0, 999))
    def begin(self, world: World, seed: int) -> None:
        chance = random.Random(seed)
        self.loop = SeededLoop(chance)
        self.here = Simulation(seed, world, self._open.enter_context(files.disk()), chance)
        self.here.begin()
        self._do(self.here.start(work, mortal=False))

    @rule()
    def work(self) -> None:
        self._do(self.here.start(work, mortal=False))

    @rule(crossings=st.integers(1, 150))
    def crash(self, crossings: int) -> None:
        self._do(self.here.start(work, lifetime=crossings))

    @rule()
    def two_at_once(self) -> None:
        async def both() -> None:
            await asyncio.gather(self.here.start(work), self.here.start(work))

        self._do(both())

    @rule()
    def edit_in_docket(self) -> None:
        self.here.edit_docket()

    @rule()
    def edit_in_quickbooks(self) -> None:
        self._do(self._touched())

    @rule()
    def back_up_or_restore(self) -> None:
        self._do(self.here.restore_or_back_up())

    @rule()
    def set_the_clock(self) -> None:
        self.here.jump()

    @rule()
    def another_program_renews_the_token(self) -> None:
        self.here.connection.end(lost=True)

    @rule()
    def the_token_ends(self) -> None:
        self.here.connection.end(lost=False)

    @rule()
    def a_person_connects_anew(self) -> None:
        self.here.connection.reconnect()

    @rule(seconds=st.sampled_from([1.0, 150.0, 4000.0]))
    def wait(self, seconds: float) -> None:
        self._do(self.here.clock.sleep(seconds))

    @invariant()
    def nothing_is_there_twice(self) -> None:
        keys = self.here.server.standing()
        assert len(keys) == len(set(keys))

    def teardown(self) -> None:
        """The weather clears; then nothing may be lost."""
        if hasattr(self, "here"):
            judgement = self.loop.run_until_complete(self.here.end())
            bury(self.loop)
            self._open.close()
            assert judgement.good, list(judgement.lines())

    async def _touched(self) -> None:
        self.here.touch_quickbooks()

    def _do(self, what: Coroutine[Any, Any, None]) -> None:
        self.loop.run_until_complete(what)


TestCompany = Company.TestCase
TestCompany.settings = settings() if settings.get_current_profile_name() == "campaign" else _SMALL
