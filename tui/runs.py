"""The run under way: started from a preview, outliving the screen that shows it.

One run at a time. The newest progress replaces the one before, five times a second
at most, so that a fast run does not drown the keys.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

from textual.signal import Signal
from textual.timer import Timer

from core.errors import Trouble
from sync.control import RunControl
from tui.troubles import as_trouble

if TYPE_CHECKING:
    from sync.shapes import Plan, RunProgress, RunResult
    from sync.undo import UndoPlan
    from tui.app import DocketQboApp

PER_SECOND = 5

Watch: TypeAlias = "Callable[[RunProgress], None]"


class Runs:
    """Starts, watches and ends runs for the app."""

    def __init__(self, app: DocketQboApp) -> None:
        self._app = app
        self._timer: Timer | None = None
        self._new = False
        self._after: Callable[[], None] | None = None
        self.going = False
        self.kind = ""
        """test, bulk or void, of the run under way or the last one."""
        self.progress: RunProgress | None = None
        self.result: RunResult | None = None
        self.unfinished: RunProgress | None = None
        """A run that a stop or a crash left; None once it was taken up."""
        self.control = RunControl()
        self.moved: Signal[None] = Signal(app, "run moved")
        """Published when there is something new; who listens stops with its widget."""

    # starting

    def test(self, plan: Plan) -> None:
        """Test sync the one invoice of the plan."""
        desk = self._app.backstage.desk
        self._start("test", lambda watch: desk.test_sync(plan, watch, self.control))

    def bulk(self, plan: Plan) -> None:
        """Bulk sync what was confirmed."""
        desk = self._app.backstage.desk
        self._start("bulk", lambda watch: desk.bulk_sync(plan, watch, self.control))

    def resume(self) -> None:
        """Go on with the run that was left."""
        desk = self._app.backstage.desk
        self._start("bulk", lambda watch: desk.resume(watch, self.control))

    def void(self, run_id: int) -> None:
        """Void what a test posted."""
        desk = self._app.backstage.desk
        self._start("void", lambda _: desk.void_test(run_id))

    def undo(self, plan: UndoPlan) -> None:
        """Void what a confirmed plan says."""
        desk = self._app.backstage.desk
        self._start("void", lambda watch: desk.void(plan, watch))

    async def take_up(self, *, at_once: bool) -> None:
        """Look for a run that was left; resume it if asked to, else tell of it."""
        await self._find_unfinished()
        if self.unfinished is not None and at_once:
            self.resume()
            self._app.routes.progress()
        self._tell()

    async def _find_unfinished(self) -> None:
        with self._app.trouble_shown():
            self.unfinished = await asyncio.to_thread(self._app.backstage.desk.unfinished)

    # ending

    def stop_and_then(self, after: Callable[[], None]) -> None:
        """Finish what is in flight, then call `after`."""
        self._after = after
        self.control.stop()
        if not self.going:
            after()

    # the work

    def _start(self, kind: str, job: Callable[[Watch], Awaitable[RunResult]]) -> None:
        self.going, self.kind = True, kind
        self.progress = self.result = self.unfinished = None
        self.control = RunControl()
        self._timer = self._app.set_interval(1 / PER_SECOND, self._tick)
        self._app.run_worker(self._run(job), group="run", exit_on_error=False)
        self._tell()

    async def _run(self, job: Callable[[Watch], Awaitable[RunResult]]) -> None:
        from sync.shapes import PlanChanged  # not before the first paint

        changed: Plan | None = None
        trouble: Trouble | None = None
        try:
            self.result = await self._app.backstage.elsewhere(lambda: job(self._watch))
        except PlanChanged as change:
            changed = change.plan
        except Exception as error:  # noqa: BLE001 - the last place before the person
            trouble = as_trouble(error)
        finally:
            self.going = False
            if self._timer is not None:
                self._timer.stop()
        if self._after is not None:
            self._after()
            return
        if self.result is None or not self.result.finished:
            await self._find_unfinished()
        self._tell()
        await self._app.run_ended(changed, trouble)

    def _watch(self, progress: RunProgress) -> None:
        """Keep the newest; it may come from another thread, so the screens look by themselves."""
        self.progress, self._new = progress, True

    def _tick(self) -> None:
        if self._new:
            self._tell()

    def _tell(self) -> None:
        self._new = False
        self.moved.publish(None)
