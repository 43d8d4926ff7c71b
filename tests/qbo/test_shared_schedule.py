"""Several processes on one company stay below its limits together, and none of them starves."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.qbo.shared_schedule import Busy, SharedSchedule
from connectors.qbo.throttle import Limits, Throttle
from core.clock import SystemClock
from tests.qbo.fakes import LoopClock, run_virtually
from tests.qbo.test_throttle import depart, most_in_any


class DrowsyClock(LoopClock):
    """Wakes up too late, sometimes by much."""

    def __init__(self, seed: int, late: float) -> None:
        self._chance, self._late = random.Random(seed), late

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds + self._chance.choice((0, 0, 0.02, 0.3, 1.5)) * self._late)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "company.calls"


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.lists(st.floats(0, 70), min_size=1, max_size=70), min_size=2, max_size=4),
    st.integers(20, 60),
    st.integers(2, 12),
    st.floats(0, 2),
    st.integers(0, 9),
    st.floats(0, 1),
)
def test_no_window_of_all_together_ever_holds_more_than_the_quota(
    processes: list[list[float]],
    per_minute: int,
    per_second: int,
    latency: float,
    seed: int,
    late: float,
) -> None:
    limits = Limits(per_minute, per_second)

    async def main(file: Path) -> list[list[float]]:
        clocks = [DrowsyClock(seed + number, late) for number in range(len(processes))]
        throttles = [Throttle(clock, limits, SharedSchedule(file)) for clock in clocks]
        pairs = zip(throttles, processes, strict=True)
        return await asyncio.gather(*(depart(one, calls, latency) for one, calls in pairs))

    with tempfile.TemporaryDirectory() as folder:
        left = run_virtually(main(Path(folder) / "company.calls"))
    times = sorted(time for process in left for time in process)
    assert len(times) == sum(map(len, processes))
    assert most_in_any(times, 59.999) <= limits.minute_quota
    assert most_in_any(times, 0.999) <= limits.second_quota


def test_two_steady_runs_share_the_ceiling_evenly_and_use_it(file: Path) -> None:
    async def main() -> list[list[float]]:
        throttles = [Throttle(LoopClock(), Limits(), SharedSchedule(file)) for _ in range(2)]
        return await asyncio.gather(*(depart(one, [0.0] * 750, 0.2) for one in throttles))

    one, other = run_virtually(main())
    assert 1500 / (max(one[-1], other[-1]) / 60) >= 0.95 * 500
    assert abs(one[-1] - other[-1]) < 1


def test_a_single_read_beside_a_running_sync_waits_for_one_call_of_it_only(file: Path) -> None:
    async def main() -> tuple[list[float], float]:
        busy, reader = (Throttle(LoopClock(), Limits(), SharedSchedule(file)) for _ in range(2))
        sync = asyncio.ensure_future(depart(busy, [0.0] * 600, 0.2))
        read = await depart(reader, [60.0], 0.1)
        return await sync, read[0]

    left, read = run_virtually(main())
    assert read - 60 < 2 * (60 / 480)
    assert most_in_any(sorted([*left, read]), 1.0) < 10


def test_a_429_holds_up_the_other_process_too(file: Path) -> None:
    async def main() -> list[float]:
        one, other = (Throttle(LoopClock(), Limits(), SharedSchedule(file)) for _ in range(2))
        waiting = asyncio.ensure_future(depart(other, [0.0, 0.0, 0.0, 0.0, 5.0], 0.1))
        await LoopClock().sleep(0.2)
        await one.refused(30)
        return await waiting

    left = run_virtually(main())
    assert all(time <= 0.2 or time >= 30.2 for time in left)
    assert max(left) >= 30.2


@pytest.mark.parametrize("content", [b"", b"\0" * 400, b"not a schedule"])
def test_a_damaged_file_costs_the_burst_and_nothing_else(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    left = run_virtually(depart(Throttle(LoopClock(), Limits(), SharedSchedule(file)), [0] * 9, 0))
    assert left[0] == 0
    assert most_in_any(left, 0.2) <= 2


def test_what_an_earlier_start_of_the_machine_left_is_not_believed(file: Path) -> None:
    async def before() -> None:
        await LoopClock().sleep(90_000)
        throttle = Throttle(LoopClock(), Limits(), SharedSchedule(file))
        await throttle.refused(600)

    run_virtually(before())
    assert file.exists()
    left = run_virtually(depart(Throttle(LoopClock(), Limits(), SharedSchedule(file)), [0.0], 0))
    assert left == [0.0]


def test_a_folder_that_cannot_be_used_leaves_half_the_pace(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    nowhere = SharedSchedule(tmp_path / "file" / "company.calls")
    left = run_virtually(depart(Throttle(LoopClock(), Limits(), nowhere), [0.0] * 300, 0.1))
    assert 200 <= 300 / (left[-1] / 60) <= 251
    assert most_in_any(left, 0.999) <= 4


def test_a_process_that_is_stopped_with_the_lock_in_its_hands_stops_nobody(file: Path) -> None:
    async def main() -> list[float]:
        with SharedSchedule(file).changing(LoopClock()):
            return await depart(Throttle(LoopClock(), Limits(), SharedSchedule(file)), [0] * 40, 0)

    left = run_virtually(main())
    assert len(left) == 40
    assert left[-1] < 13


def test_a_call_that_is_given_up_while_waiting_gives_its_place_back(file: Path) -> None:
    async def main() -> float:
        throttle = Throttle(LoopClock(), Limits(per_minute=60), SharedSchedule(file))
        first = await depart(throttle, [0.0], 0)
        waiting = asyncio.ensure_future(depart(throttle, [0.0] * 5, 0))
        await LoopClock().sleep(0.1)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        other = Throttle(LoopClock(), Limits(per_minute=60), SharedSchedule(file))
        return (await depart(other, [0.0], 0))[0] - first[0]

    assert run_virtually(main()) < 3


CALLER = """
import asyncio, sys, time
from pathlib import Path
from connectors.qbo.shared_schedule import SharedSchedule
from connectors.qbo.throttle import Limits, Throttle
from core.clock import SystemClock

async def main(file, count):
    throttle = Throttle(SystemClock(), Limits(6000, 30), SharedSchedule(Path(file)))
    for _ in range(count):
        async with throttle.slot(metered=False):
            print(time.monotonic(), flush=True)

print("ready", flush=True)
sys.stdin.readline()
asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


@pytest.fixture
def callers(file: Path) -> Iterator[list[subprocess.Popen[str]]]:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", CALLER, str(file), "60"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        for _ in range(2)
    ]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def test_two_real_processes_keep_one_pace_also_when_one_is_killed(
    callers: list[subprocess.Popen[str]],
) -> None:
    killed, survivor = (process.stdout for process in callers)
    assert killed is not None
    assert survivor is not None
    assert [killed.readline(), survivor.readline()] == ["ready\n"] * 2
    for process in callers:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    cut_short = [float(killed.readline()) for _ in range(15)]
    callers[0].kill()
    cut_short += [float(line) for line in killed]
    whole = [float(line) for line in survivor]
    assert len(whole) == 60
    assert most_in_any(sorted(cut_short + whole), 0.95) <= 29  # printed a moment after it left


def test_the_lock_is_not_waited_for(file: Path) -> None:
    shared, clock = SharedSchedule(file), SystemClock()
    with shared.changing(clock), pytest.raises(Busy), SharedSchedule(file).changing(clock):
        pass
