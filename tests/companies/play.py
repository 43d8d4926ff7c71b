"""One company that Hypothesis made up: played to its end, then judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sync.desk import Desk
from tests.companies.judge import judge
from tests.companies.life import Life, live, sync
from tests.companies.steps import Step

ROUNDS = 8
"""At most so many syncs until nothing is left to do: a test, what was cut short, settling."""


def play(steps: Sequence[Step], seed: int) -> Counter[str]:
    """Play a company; return what happened in it.

    Raises:
        AssertionError: both sides differ by something that the program does not show.
    """
    wrong = [f"still not done after {ROUNDS} more syncs"]

    async def last(life: Life, desk: Desk) -> None:
        await desk.pull()
        if not await sync(life, desk):
            wrong[:] = judge(life, desk)

    async def whole(life: Life) -> None:
        for step in steps:
            await step.play(life)
        for _ in range(ROUNDS):
            before = list(wrong)
            await life.start(last)
            if wrong != before:
                break
            await life.clock.sleep(400.0)
        life.told["records in Docket"] = sum(
            len(life.records(one)) for one in ("invoices", "payments", "refunds", "credits")
        )

    told = live(whole, seed)
    told["companies"] += 1
    assert not wrong, "\n".join(wrong)
    return told
