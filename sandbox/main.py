"""Starting the practice company: both servers in one process, on loopback.

`running` is the heart: an async context manager that yields once both servers
accept. `serve` prints what a client needs and waits to be told to stop.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from sandbox import intuit, rolloff
from sandbox.clock import SandboxClock
from sandbox.docket.app import DocketServer
from sandbox.docket.app import build as build_docket
from sandbox.qbo.app import build as build_qbo
from sandbox.qbo.company import Company
from sandbox.qbo.saving import Saver, load
from sandbox.qbo.seed import Applier, open_books
from sandbox.qbo.world import Opener, World
from sandbox.serving import bound, listening
from sandbox.state import StateFile

FIRST_REALM = "9130000000000001"
CLIENT_ID = "sandbox-client"
CLIENT_SECRET = "sandbox-secret"  # noqa: S105 - a practice secret, printed on purpose
DOCKET_API_KEY = "sandbox-docket-key"
LATENCIES = ("none", "recorded")
_EVERYTHING = 2
"""The generation of a search for garbage through everything."""
COMPANIES = ("rolloff", "intuit-sample")


@dataclass(frozen=True)
class SandboxOptions:
    """How the practice company is started.

    Attributes:
        qbo_port, docket_port: 0 picks a free one.
        pick_free: a busy port is replaced by a free one instead of failing.
        company: which books it opens with, of COMPANIES; several, by commas, each with a
            realm id of its own, counting up from FIRST_REALM.
        invoices, seed: what the sample data is made from.
        limits: throttles refuse, not only count.
        latency: "none" or "recorded".
        state: a file that keeps everything over a restart.
        strict_clients: only the printed client id and secret may connect.
        json: print one JSON line instead of plain ones.
        parent_pid: end when this process is gone.
        now: tells the time instead of the system; a rebuilt example wants the same one.
        speed: how many times as fast its time passes: limits, latencies, tokens.
    """

    qbo_port: int = 0
    docket_port: int = 0
    pick_free: bool = False
    company: str = "rolloff"
    invoices: int = 240
    seed: int = 7
    limits: bool = False
    latency: str = "none"
    state: Path | None = None
    strict_clients: bool = False
    json: bool = False
    parent_pid: int | None = None
    now: Callable[[], datetime] | None = None
    speed: float = 1.0


@dataclass(frozen=True)
class Handle:
    """A running practice company: where it is, its keys, and its insides for assertions."""

    qbo_url: str
    docket_url: str
    realm_id: str
    client_id: str
    client_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    docket_api_key: str = field(repr=False)
    companies: tuple[Mapping[str, str], ...] = field(repr=False)
    qbo: World = field(repr=False)
    docket: DocketServer = field(repr=False)

    def show(self) -> dict[str, Any]:
        """The one line that `--json` prints."""
        return {
            "qbo_url": self.qbo_url,
            "docket_url": self.docket_url,
            "realm_id": self.realm_id,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "access_token": self.access_token,
            "refresh_token": self.refresh_token,
            "docket_api_key": self.docket_api_key,
            "companies": list(self.companies),
        }


class SampleData(Protocol):
    """What a company's generator gives."""

    @property
    def company_info(self) -> Mapping[str, Any]:
        """What to add to CompanyInfo."""

    @property
    def preferences(self) -> Mapping[str, Any]:
        """What to change in Preferences."""

    @property
    def qbo(self) -> Sequence[tuple[str, str, Mapping[str, Any]]]:
        """The steps to apply to the books."""


def _opener(data: SampleData) -> Opener:
    """Open books with generated settings and records."""

    def opener(company: Company, birth: str) -> None:
        open_books(company, birth, data.company_info, data.preferences)
        Applier(company).apply_all(data.qbo)

    return opener


def sample_opener() -> Opener:
    """Open the books of Intuit's sample company, which go on where its examples end."""
    sample = intuit.generate()

    def opener(company: Company, birth: str) -> None:
        open_books(company, birth, sample.company_info, sample.preferences, sample.lists)
        Applier(company).apply_all(sample.qbo)
        for sequence, number in sample.next_ids.items():
            company.next_ids[sequence] = number

    return opener


def _worlds(options: SandboxOptions) -> tuple[World, DocketServer]:
    """Both servers' insides, not yet opened.

    Raises:
        ValueError: there is no such company or latency.
    """
    names = [name.strip() for name in options.company.split(",")]
    unknown = sorted(set(names) - set(COMPANIES))
    if unknown:
        raise ValueError(f"there is no company {unknown[0]!r}; there are {', '.join(COMPANIES)}")
    if options.latency not in LATENCIES:
        raise ValueError(f"latency is one of {', '.join(LATENCIES)}")
    if options.speed <= 0:
        raise ValueError("the speed is a number above 0")
    clock = SandboxClock(options.now, speed=options.speed)
    data = rolloff.generate(options.seed, options.invoices)
    openers = {"rolloff": _opener(data), "intuit-sample": sample_opener()}
    strict = {CLIENT_ID: CLIENT_SECRET} if options.strict_clients else {}
    world = World(
        {str(int(FIRST_REALM) + place): openers[name] for place, name in enumerate(names)},
        clock,
        seed=options.seed,
        limits=options.limits,
        latency=options.latency,
        clients=strict,
    )
    return world, build_docket(data.docket, api_key=DOCKET_API_KEY, now=clock.now)


class _Memory:
    """Both servers' state in one file, if there is one."""

    def __init__(self, world: World, docket: DocketServer, path: Path | None) -> None:
        self.world, self.docket = world, docket
        self.file = StateFile(path) if path is not None else None
        self.saver = Saver(world, self.file) if self.file is not None else None
        docket.on_change = self.save_docket

    def open(self) -> None:
        """Take the state back, or begin from the seed and connect the first client."""
        if self.file is not None and load(self.world, self.file):
            kept = self.file.get("docket", "all")
            if kept is not None:
                self.docket.restore(json.loads(kept))
            return
        self.world.begin()
        for realm in self.world.companies:
            self.world.tokens.connect(realm, CLIENT_ID)
        self.save()
        self.save_docket()

    def save(self) -> None:
        if self.saver is not None:
            self.saver.save()

    def save_docket(self) -> None:
        if self.file is not None:
            self.file.put([("docket", "all", json.dumps(self.docket.snapshot()))])

    def reset(self) -> None:
        """Both servers back to their seed, whichever was asked."""
        self.world.reset()
        self.docket.reset()
        self.save()

    def close(self) -> None:
        if self.file is not None:
            self.file.close()


@asynccontextmanager
async def running(options: SandboxOptions) -> AsyncIterator[Handle]:
    """Run both servers in this event loop.

    Raises:
        OSError: a port is taken.
        ValueError: an option names something that is not there.
    """
    world, docket = _worlds(options)
    memory = _Memory(world, docket, options.state)
    try:
        memory.open()
        qbo = build_qbo(world, reset=memory.reset, after_write=memory.save)
        docket.on_reset = memory.reset
        qbo_socket = bound(options.qbo_port, pick_free=options.pick_free)
        docket_socket = bound(options.docket_port, pick_free=options.pick_free)
        async with (
            listening(qbo, qbo_socket) as qbo_url,
            listening(docket.app, docket_socket) as docket_url,
        ):
            handle = _handle(world, docket, qbo_url, docket_url)
            memory.save()
            yield handle
    finally:
        memory.close()


def _handle(world: World, docket: DocketServer, qbo_url: str, docket_url: str) -> Handle:
    tokens = world.tokens
    realm = next(iter(world.companies))
    issued = {one: tokens.hand_out(CLIENT_ID, one) for one in world.companies}
    answer = issued[realm]
    return Handle(
        qbo_url=qbo_url,
        docket_url=docket_url,
        realm_id=realm,
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        access_token=answer["access_token"],
        refresh_token=answer["refresh_token"],
        docket_api_key=DOCKET_API_KEY,
        companies=tuple(
            {
                "realm_id": one,
                "name": str((company.get("CompanyInfo", "1") or {})["CompanyName"]),
                "access_token": issued[one]["access_token"],
                "refresh_token": issued[one]["refresh_token"],
            }
            for one, company in world.companies.items()
        ),
        qbo=world,
        docket=docket,
    )


async def serve(
    options: SandboxOptions, on_ready: Callable[[Handle], None] = lambda handle: None
) -> None:
    """Run until SIGTERM, SIGINT or the parent's end; print once both ports accept.

    `on_ready` is called before that line is printed.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running(options) as handle:
        gc.freeze()  # the company stays; looking through it for garbage delays every caller
        gc.callbacks.append(_keep)
        on_ready(handle)
        _announce(handle, options)
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 0.5)
            if options.parent_pid is not None and not _alive(options.parent_pid):
                return


def _keep(phase: str, about: Mapping[str, int]) -> None:
    """Freeze what a full search for garbage leaves: what was posted stays too."""
    if phase == "stop" and about["generation"] == _EVERYTHING:
        gc.freeze()


def _announce(handle: Handle, options: SandboxOptions) -> None:
    if options.json:
        sys.stdout.write(json.dumps(handle.show()) + "\n")
    else:
        first = handle.companies[0]["name"]
        sys.stdout.write(
            f"The practice company {first} is open, since {datetime.now(UTC):%H:%M:%S} UTC.\n"
            f"  QuickBooks  {handle.qbo_url}  (open it in a browser)\n"
            f"  Docket      {handle.docket_url}\n"
            "Stop it with Ctrl-C.\n"
        )
    sys.stdout.flush()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
