"""A full screen around one list that is read anew whenever it comes back to the top."""

from __future__ import annotations

from tui.screens.base import RoomScreen
from tui.widgets.record_list import RecordList


class ListScreen(RoomScreen):
    """Subclasses give `body`, with one RecordList in it, and `read`."""

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.query_one(RecordList).focus()

    def on_screen_resume(self) -> None:
        """Read it, also after something was done about it on another screen."""
        self.work(self.read)

    async def read(self) -> None:
        """Fetch what the screen shows, and show it."""
        raise NotImplementedError
