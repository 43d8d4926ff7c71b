"""Starts the real program, quickly and as often as a campaign wants, with its points armed.

    python -m tests.campaigns.launcher

A process that has imported the program and done nothing else. For every line it reads,
it forks a child that becomes `docket-qbo WORDS`: its own process with its own signals,
files, locks and connections, and everything from `main` on is what a person runs; only
the second of imports is saved. The points (`points`) are wrapped in the child alone.

`Launcher` is the other side, for the campaign. POSIX only.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.campaigns.points import Order, Watch, arm

PATIENCE = 120.0
"""Seconds after which a process that neither ends nor stops is a failure."""
FAILED = 70
"""Exit code of a child that could not even begin; its error says why."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended, or that it was stopped.

    `code` is its exit code; minus the signal's number when it was killed.
    """

    pid: int
    code: int
    stopped: bool
    out: str
    err: str

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL

    def json(self) -> Any:
        return json.loads(self.out, parse_float=Decimal)


class Launcher:
    """Starts and awaits children; a context manager."""

    def __init__(self, folder: Path) -> None:
        """Keep the children's output in `folder`."""
        self._folder = folder
        self._server = subprocess.Popen(
            [sys.executable, "-m", __spec__.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.communicate(timeout=PATIENCE)

    def start(
        self,
        words: Sequence[str],
        environ: Mapping[str, str],
        order: Order | None = None,
        trace: Path | None = None,
    ) -> int:
        """Start `docket-qbo WORDS` and return its process id."""
        told = {
            "start": list(words),
            "environ": dict(environ),
            "order": order and [order.points, order.nth, order.signal],
            "trace": trace and str(trace),
            "folder": str(self._folder),
        }
        return int(self._ask(told)["pid"])

    def wait(self, pid: int, seconds: float = PATIENCE) -> Ended:
        """Wait until a process ends or stops.

        Raises:
            TimeoutError: it did neither; it is killed.
        """
        answer = self._ask({"wait": pid, "seconds": seconds})
        if "status" not in answer:
            os.kill(pid, signal.SIGKILL)
            raise TimeoutError(f"process {pid} went on for {seconds:.0f} s: {self._read(pid)}")
        status = answer["status"]
        stopped = os.WIFSTOPPED(status)
        code = 0 if stopped else os.waitstatus_to_exitcode(status)
        return Ended(pid, code, stopped, *self._read(pid))

    def _read(self, pid: int) -> tuple[str, str]:
        out, err = (self._folder / f"{pid}.{name}" for name in ("out", "err"))
        return out.read_text(), err.read_text()

    def _ask(self, told: Mapping[str, Any]) -> dict[str, Any]:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(told) + "\n")
        self._server.stdin.flush()
        answer: dict[str, Any] = json.loads(self._server.stdout.readline())
        return answer


def serve() -> None:
    """Fork for every line of standard input; answer each with a line."""
    _warm_up()
    for line in sys.stdin:
        told = json.loads(line)
        answer = _started(told) if "start" in told else _waited(told["wait"], told["seconds"])
        print(json.dumps(answer), flush=True)


def _warm_up() -> None:
    """Import what the program imports; open nothing."""
    import filelock  # noqa: F401 - imported late by the program
    import httpx  # noqa: F401 - the same

    import cli.main
    import cli.plans
    import cli.progress
    import cli.session

    cli.main.build_parser()


def _started(told: Mapping[str, Any]) -> dict[str, int]:
    pid = os.fork()
    if pid == 0:
        code = FAILED
        try:
            code = _become(told)
        finally:
            if code == FAILED:
                traceback.print_exc()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return {"pid": pid}


def _become(told: Mapping[str, Any]) -> int:
    """Be `docket-qbo WORDS`; returns its exit code."""
    from cli.main import main

    folder = Path(told["folder"])
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / f"{os.getpid()}.{name}", flags), number)
    os.environ.clear()
    os.environ.update(told["environ"])
    order = Order(*told["order"]) if told["order"] else None
    arm(Watch(order, Path(told["trace"]) if told["trace"] else None))
    return main(told["start"])


def _waited(pid: int, seconds: float) -> dict[str, int]:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found, status = os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
        if found:
            return {"status": status}
        select.select([], [], [], 0.004)
    return {}


if __name__ == "__main__":
    serve()
