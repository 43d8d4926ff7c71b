"""Reading export files, with its progress and a way to stop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tui.screens.working import Hear, WorkingScreen

if TYPE_CHECKING:
    from sync.imports.desk import ImportResult

Job = Callable[[Hear], Awaitable["ImportResult"]]


class ImportWorkScreen(WorkingScreen["ImportResult | None"]):
    """Ends with what came out; esc stops, and None comes out."""

    NAME = "import_work"
    nothing = None

    def __init__(self, title: str, job: Job, stopped: str) -> None:
        """Do a job; `stopped` says what stopping it means."""
        super().__init__()
        self._words, self._job, self._stopped = title, job, stopped

    @property
    def words(self) -> str:
        """As it was handed in."""
        return self._words

    async def work_through(self, hear: Hear) -> None:
        """Do the job."""
        result = None
        try:
            result = await self.backstage.elsewhere(lambda: self._job(hear))
        finally:
            self.leave(result)

    def action_back(self) -> None:
        """Stop."""
        self.say(self._stopped, "warning")
        self.dismiss(None)
