"""The one kind of error that reaches a person.

It says what happened, what that means for the books, and what to do. Everything
else that is raised is a bug and is reported as one.
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line; a documented contract."""

    DONE = 0
    LEFT = 1
    USAGE = 2
    UNCLEAR = 3
    CONNECTION = 4
    LOCKED = 5
    STOPPED = 130


class Trouble(Exception):
    """Something went wrong that a person can understand and mend."""

    exit_code: Exit = Exit.LEFT

    def __init__(self, what: str, *, books: str, fix: str) -> None:
        """Keep the three sentences.

        Args:
            what: what happened, in the user's words, without secrets.
            books: what it means for the cache, the sync log and QuickBooks.
            fix: what to do now.
        """
        super().__init__(what)
        self.what = what
        self.books = books
        self.fix = fix

    def sentences(self) -> str:
        """The whole message on three lines."""
        return f"{self.what}\n{self.books}\n{self.fix}"


class UsageTrouble(Trouble):
    """The call or the configuration is wrong; nothing was started."""

    exit_code = Exit.USAGE


class ConnectionTrouble(Trouble):
    """Docket or QuickBooks could not be reached, or did not let us in."""

    exit_code = Exit.CONNECTION


class LockedTrouble(Trouble):
    """A bulk sync was asked for before a test sync agreed to the cent."""

    exit_code = Exit.LOCKED


class StoreTrouble(Trouble):
    """The cache cannot be opened, read or written."""


def posts_nothing() -> UsageTrouble:
    """The trouble with a write to QuickBooks where the program was told to write nothing."""
    return UsageTrouble(
        "This program was started read-only: it posts nothing.",
        books="Nothing was sent; QuickBooks is as it was.",
        fix="Start it without --read-only; if the configuration says read_only = true under"
        " [sync], take that out first.",
    )
