"""A field to type into that shows nothing raw, whatever was pasted or put into it."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Input

from core.text import in_place


class Field(Input):
    """Textual's own writes escape sequences that stand in its value straight to the terminal.

    The value itself stays as it is: it may be the path of a file.
    """

    @property
    def _value(self) -> Text:
        """What is drawn; a character for each of the value's, so that the cursor fits."""
        shown = super()._value
        shown.plain = in_place(shown.plain)
        return shown
