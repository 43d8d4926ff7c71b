"""The limits hold in any window one cares to look at, and little is left unused."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.qbo.schedule import BURST
from connectors.qbo.throttle import Limits, Throttle
from tests.qbo.fakes import LoopClock, run_virtually


async def depart(throttle: Throttle, arrivals: list[float], latency: float) -> list[float]:
    """Let a task for each arrival time make one call; return when the calls left."""
    clock, left = LoopClock(), []

    async def call(at: float) -> None:
        await clock.sleep(at)
        async with throttle.slot(metered=False):
            left.append(clock.monotonic())
            await clock.sleep(latency)

    await asyncio.gather(*(call(at) for at in arrivals))
    return left


def most_in_any(times: list[float], length: float) -> int:
    """The most departures in any half-open window of that length."""
    return max(sum(start <= time < start + length for time in times) for start in times)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.floats(0, 90), min_size=1, max_size=150),
    st.integers(1, 60),
    st.integers(1, 12),
    st.integers(1, 20),
    st.floats(0, 3),
)
def test_no_window_ever_holds_more_than_its_quota(
    arrivals: list[float], per_minute: int, per_second: int, in_flight: int, latency: float
) -> None:
    limits = Limits(per_minute, per_second, in_flight)
    left = run_virtually(depart(Throttle(LoopClock(), limits), arrivals, latency))
    assert len(left) == len(arrivals)
    assert most_in_any(left, 59.999) <= limits.minute_quota <= per_minute
    assert most_in_any(left, 0.999) <= limits.second_quota


def test_a_steady_run_uses_at_least_95_percent_of_the_ceiling() -> None:
    left = run_virtually(depart(Throttle(LoopClock(), Limits()), [0.0] * 3000, 0.2))
    assert 3000 / (left[-1] / 60) >= 0.95 * 500
    assert most_in_any(left, 1.0) < 10
    assert most_in_any(left, 0.25) <= BURST + 2


def test_never_more_under_way_than_allowed() -> None:
    async def main() -> int:
        clock = LoopClock()
        throttle = Throttle(clock, Limits(in_flight=3))
        flying, most = 0, 0

        async def call() -> None:
            nonlocal flying, most
            async with throttle.slot(metered=False):
                flying += 1
                most = max(most, flying)
                await clock.sleep(5)
                flying -= 1

        await asyncio.gather(*(call() for _ in range(20)))
        return most

    assert run_virtually(main()) == 3


@pytest.mark.parametrize(("wish", "wait"), [(None, 60.0), (7.0, 7.0)])
def test_after_429_everybody_waits(wish: float | None, wait: float) -> None:
    async def main() -> list[float]:
        clock = LoopClock()
        throttle = Throttle(clock)
        async with throttle.slot(metered=False):
            await throttle.refused(wish)
            assert throttle.blocked_for == wait
        return await depart(throttle, [0.0, 1.0, 2.0], 0.1)

    assert min(run_virtually(main())) >= wait


def test_a_call_that_is_given_up_while_waiting_takes_no_place() -> None:
    async def main() -> tuple[int, list[float]]:
        clock = LoopClock()
        throttle = Throttle(clock, Limits(in_flight=1))
        await throttle.refused(30)
        waiting = asyncio.ensure_future(depart(throttle, [0.0], 0.1))
        await clock.sleep(1)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        left = await depart(throttle, [0.0], 0.1)
        return throttle.counts.calls, left

    calls, left = run_virtually(main())
    assert calls == 1
    assert left == [pytest.approx(30.0, abs=0.01)]


def test_reads_are_counted_apart() -> None:
    async def main() -> Throttle:
        throttle = Throttle(LoopClock())
        for metered in (True, True, False):
            async with throttle.slot(metered=metered):
                pass
        await throttle.refused(None)
        return throttle

    counts = run_virtually(main()).counts
    assert (counts.calls, counts.metered, counts.throttled) == (3, 2, 1)
