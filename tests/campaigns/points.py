"""The named points at which a campaign kills or stops the real program.

There are no hooks in the program. A launched process wraps the functions below, which
are its ports and its steps, before it runs `main`; each wrapper says that its point was
reached, and the armed one ends the process there and then. Whatever is renamed breaks
the wrapping at once, because every name is looked up when a process is armed.

Three kinds of places:

- WRITES: a step with a transaction. `begun` is on entry, `uncommitted` with every
  statement made and nothing committed, `committed` with all on the disk and nobody told.
- STEPS: around a function that is not a transaction of its own: `before` and `after`.
- CALLS: a write on its way to QuickBooks. `unsent`, nothing left; `headers`, half a
  request left; `sent`, the last byte left; `answered`, the answer's first line came;
  `read`, the answer is whole and nothing of it written down.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import os
from collections import Counter
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WRITES = {
    "docket-page": "sync.pull_docket:DocketPull._kind",
    "quickbooks-page": "sync.pull_qbo:QboPull._keep_rows",
    "changes": "sync.pull_qbo:QboPull._keep",
    "company": "sync.pull_qbo:QboPull.check_company",
    "recheck": "sync.view:View.recheck",
    "choice": "sync.commands.decisions:Decisions.choose",
    "setting": "sync.commands.decisions:Decisions.set_setting",
    "unsync": "sync.commands.unsync:Unsync._forget",
    "approval": "sync.commands.posting:Posting._approve",
    "recovery": "sync.running:recover",
    "quarantine": "sync.recover:_quarantine",
    "run-begin": "sync.running:Run.carry_out",
    "claim": "sync.settle:Settler.claim",
    "looked": "sync.settle:Settler.looked",
    "answer": "sync.settle:Settler.answered",
    "found": "sync.settle:Settler.adopt",
    "unclear": "sync.settle:Settler.unclear",
    "withdrawal": "sync.running:Run._withdraw",
    "read-back": "sync.commands.posting:Posting._read_back",
    "run-end": "sync.running:Run._finish",
}
STEPS = {
    "new-cache": "store.opening:_create",
    "sidecar": "store.cache:write_sidecar",
    "link": "store.links:add_link",
    "lookup": "sync.lookup:LookUps._ask",
    "reconcile": "sync.commands.posting:reconcile",
    "unlock": "sync.commands.posting:keep_unlocked",
    "void": "sync.commands.voiding:Voiding._carry_out",
    "token-mark": "connectors.qbo.tokens:TokenStore.mark",
    "token-call": "connectors.qbo.intuit:IntuitOAuth.refresh",
    "token-save": "connectors.qbo.tokens:TokenStore.swap",
}
PARENTS = {"client": "customer-done", "product": "item-done", "invoice": "invoice-done"}
"""A posting is done and its dependants have not begun, by its kind."""
RENAMES = {".epoch.new": "sidecar-rename", ".secrets.draft": "token-rename"}
"""A file is whole and not yet in its place, by the end of its name."""
CALLS = (
    "customer",
    "item",
    "invoice",
    "payment",
    "creditmemo",
    "refundreceipt",
    "change",
    "void",
)
ON_THE_WIRE = {
    "http11.send_request_headers.complete": "headers",
    "http11.send_request_body.complete": "sent",
    "http11.receive_response_headers.complete": "answered",
}

NAMES: tuple[str, ...] = (
    *(f"{step}.{when}" for step in WRITES for when in ("begun", "uncommitted", "committed")),
    *(f"{step}.{when}" for step in STEPS for when in ("before", "after")),
    *(f"{step}.after" for step in PARENTS.values()),
    *(f"{step}.before" for step in RENAMES.values()),
    *(
        f"{call}.{when}"
        for call in CALLS
        for when in ("unsent", "headers", "sent", "answered", "read")
    ),
)
"""Every point there is."""

_step: ContextVar[str] = ContextVar("step", default="")


@dataclass(frozen=True, slots=True)
class Order:
    """What a process is told: to get a signal when it reaches one of these for the n-th time."""

    points: tuple[str, ...]
    nth: int
    signal: int


class Watch:
    """Hears of every point that is reached.

    Args:
        order: where to end; None only watches.
        trace: a file that gets a line for each point reached; None keeps no record.
    """

    def __init__(self, order: Order | None, trace: Path | None) -> None:
        unknown = set(order.points if order else ()) - set(NAMES)
        if unknown:
            raise ValueError(f"there are no such points: {sorted(unknown)}")
        self._order = order
        self._seen: Counter[str] = Counter()
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        self._trace = os.open(trace, flags, 0o600) if trace is not None else None

    def reach(self, point: str) -> None:
        """Note a point; end here if this is the one."""
        self._seen[point] += 1
        if self._trace is not None:
            os.write(self._trace, f"{point}\n".encode())
        order = self._order
        if order is not None and point in order.points and self._seen[point] == order.nth:
            os.kill(os.getpid(), order.signal)


def arm(watch: Watch) -> None:
    """Wrap the functions of this process; it must not have begun to work."""
    for step, target in WRITES.items():
        _wrap(target, functools.partial(_in_step, watch, step))
    for step, target in STEPS.items():
        _wrap(target, functools.partial(_around, watch, functools.partial(_named, step), True))
    _wrap("sync.order:Order.done", functools.partial(_around, watch, _parent, False))
    _wrap("pathlib:Path.replace", functools.partial(_renaming, watch))
    _wrap("store.session:CoreSession.commit", functools.partial(_committing, watch))
    _wrap("connectors.qbo.wire:Wire._exchange", functools.partial(_sending, watch))


Function = Callable[..., Any]


def _wrap(target: str, wrapper: Callable[[Function], Function]) -> None:
    module, _, path = target.partition(":")
    holder: Any = importlib.import_module(module)
    *owners, name = path.split(".")
    for owner in owners:
        holder = getattr(holder, owner)
    original = getattr(holder, name)
    setattr(holder, name, functools.wraps(original)(wrapper(original)))


def _in_step(watch: Watch, step: str, original: Function) -> Function:
    """A function whose commits are this step's."""
    if inspect.iscoroutinefunction(original):

        async def waited(*args: Any, **kwargs: Any) -> Any:
            before = _step.set(step)
            try:
                watch.reach(f"{step}.begun")
                return await original(*args, **kwargs)
            finally:
                _step.reset(before)

        return waited

    def called(*args: Any, **kwargs: Any) -> Any:
        before = _step.set(step)
        try:
            watch.reach(f"{step}.begun")
            return original(*args, **kwargs)
        finally:
            _step.reset(before)

    return called


def _around(
    watch: Watch, name: Callable[[tuple[Any, ...]], str], before: bool, original: Function
) -> Function:
    def reach(args: tuple[Any, ...], when: str) -> None:
        step = name(args)
        if step:
            watch.reach(f"{step}.{when}")

    async def waited(*args: Any, **kwargs: Any) -> Any:
        reach(args, "before")
        result = await original(*args, **kwargs)
        reach(args, "after")
        return result

    def called(*args: Any, **kwargs: Any) -> Any:
        if before:
            reach(args, "before")
        result = original(*args, **kwargs)
        reach(args, "after")
        return result

    return waited if inspect.iscoroutinefunction(original) else called


def _named(step: str, args: tuple[Any, ...]) -> str:
    return step


def _parent(args: tuple[Any, ...]) -> str:
    return PARENTS.get(args[1].planned.kind, "")


def _renaming(watch: Watch, original: Function) -> Function:
    def called(self: Path, target: Path) -> Path:
        for ending, step in RENAMES.items():
            if self.name.endswith(ending):
                watch.reach(f"{step}.before")
        renamed: Path = original(self, target)
        return renamed

    return called


def _committing(watch: Watch, original: Function) -> Function:
    def called(*args: Any, **kwargs: Any) -> None:
        step = _step.get()
        if step:
            watch.reach(f"{step}.uncommitted")
        original(*args, **kwargs)
        if step:
            watch.reach(f"{step}.committed")

    return called


def _sending(watch: Watch, original: Function) -> Function:
    async def waited(self: Any, request: Any) -> Any:
        call = _call_of(request)
        if not call:
            return await original(self, request)

        async def traced(event: str, info: dict[str, Any]) -> None:
            when = ON_THE_WIRE.get(event)
            if when is not None:
                watch.reach(f"{call}.{when}")

        request.extensions["trace"] = _Traced(traced)
        watch.reach(f"{call}.unsent")
        answer = await original(self, request)
        watch.reach(f"{call}.read")
        return answer

    return waited


_Traced = functools.partial[Awaitable[None]]
"""httpcore calls it at every step of an exchange (its `trace` extension)."""


def _call_of(request: Any) -> str:
    """Which write a request is; empty for a read."""
    params = request.url.params
    if "requestid" not in params:
        return ""
    if "void" in (params.get("operation"), params.get("include")):
        return "void"
    if b'"sparse"' in request.content:
        return "change"
    name = str(request.url.path).rpartition("/")[2]
    return name if name in CALLS else ""
