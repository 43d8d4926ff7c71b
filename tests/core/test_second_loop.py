"""Work in another loop is awaited as if it were done in place."""

from __future__ import annotations

import asyncio
import threading

import pytest

from core.second_loop import SecondLoop
from sync.control import RunControl


async def test_a_job_is_done_in_the_other_thread_and_its_result_comes_back() -> None:
    async def job() -> int:
        await asyncio.sleep(0)
        return threading.get_ident()

    second = SecondLoop()
    first, again = await second.do(job), await second.do(job)
    await second.aclose()
    assert first == again != threading.get_ident()


async def test_what_a_job_raises_is_raised_here() -> None:
    async def job() -> None:
        raise ValueError("no")

    second = SecondLoop()
    with pytest.raises(ValueError, match="no"):
        await second.do(job)
    await second.aclose()


class _Endless:
    """A job that is only ever cancelled, and takes a moment to end."""

    def __init__(self) -> None:
        self.begun, self.ended = threading.Event(), threading.Event()

    async def __call__(self) -> None:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.02)
            self.ended.set()


async def test_cancelling_the_wait_cancels_the_job_and_waits_for_its_end() -> None:
    second, job = SecondLoop(), _Endless()
    waiting = asyncio.create_task(second.do(job))
    await asyncio.to_thread(job.begun.wait)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert job.ended.is_set()
    await second.aclose()


async def test_closing_gives_up_what_is_still_being_done() -> None:
    second, job = SecondLoop(), _Endless()
    waiting = asyncio.create_task(second.do(job))
    await asyncio.to_thread(job.begun.wait)
    await second.aclose()
    assert job.ended.is_set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert "second-loop" not in [thread.name for thread in threading.enumerate()]


async def test_one_that_was_never_used_closes_too() -> None:
    await SecondLoop().aclose()


async def test_a_switch_used_here_wakes_an_engine_there() -> None:
    control, waiting = RunControl(), threading.Event()

    async def job() -> bool:
        asyncio.get_running_loop().call_soon(waiting.set)
        await control.turned()
        return control.stopping

    second = SecondLoop()
    engine = asyncio.create_task(second.do(job))
    await asyncio.to_thread(waiting.wait)
    control.stop()
    async with asyncio.timeout(10):
        assert await engine
    await second.aclose()
