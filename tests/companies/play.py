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
    wrong: list[str] = []

    async def whole(life: Life) -> None:
        for step in steps:
            await step.play(life)
        for _ in range(ROUNDS):
            more: list[bool] = []

            async def work(life: Life, desk: Desk, more: list[bool] = more) -> None:
                await desk.pull()
                more.append(await sync(life, desk))

            await life.start(work)
            if more == [False]:
                break
            await life.clock.sleep(400.0)

        async def end(life: Life, desk: Desk) -> None:
            await desk.pull()
            wrong.extend(judge(life, desk))
            life.told["records in Docket"] += sum(
                len(life.records(one)) for one in ("invoices", "payments", "refunds", "credits")
            )

        await life.start(end)

    told = live(whole, seed)
    told["companies"] += 1
    assert not wrong, "\n".join(wrong)
    return told
