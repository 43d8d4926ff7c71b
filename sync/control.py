"""What a person may do to a run under way: pause it, let it go on, stop it.

The engine looks here before it starts anything new; what is in flight is always
finished. A switch may be used from any thread.
"""

from __future__ import annotations

import asyncio


class RunControl:
    """The switches of one run."""

    def __init__(self) -> None:
        self._paused = False
        self._stopping = False
        self._turned = asyncio.Event()
        self._engines: asyncio.AbstractEventLoop | None = None
        """The event loop that waits for a switch."""

    @property
    def paused(self) -> bool:
        """Nothing new is started; nothing is given up."""
        return self._paused and not self._stopping

    @property
    def stopping(self) -> bool:
        """What is in flight is finished, then the run ends."""
        return self._stopping

    def pause(self) -> None:
        """Start nothing new until `resume`."""
        self._turn(paused=True, stopping=self._stopping)

    def resume(self) -> None:
        """Go on after `pause`."""
        self._turn(paused=False, stopping=self._stopping)

    def stop(self) -> None:
        """Finish what is in flight and end; it cannot be taken back."""
        self._turn(paused=self._paused, stopping=True)

    async def turned(self) -> None:
        """Return as soon as a switch was used since the last call."""
        self._engines = asyncio.get_running_loop()
        await self._turned.wait()
        self._turned.clear()

    def _turn(self, *, paused: bool, stopping: bool) -> None:
        """Wake the engine, but only for a real change: it may be what asks."""
        if (paused, stopping) != (self._paused, self._stopping):
            self._paused, self._stopping = paused, stopping
            if self._engines is None:
                self._turned.set()
            else:
                self._engines.call_soon_threadsafe(self._turned.set)
