"""A terminal in memory with the real program in it: keys go in, the screen comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Self

import pyte

QUIET = 0.3
"""Seconds without a change after which a screen is taken to be whole."""
KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "space": " ",
    "tab": "\t",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
    "ctrl+p": "\x10",
    "ctrl+c": "\x03",
}


class Terminal:
    """A child process on a pty whose screen is kept by pyte."""

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        *,
        columns: int = 120,
        lines: int = 40,
    ) -> None:
        self.raw = bytearray()
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), dict(environ))
        self.code: int | None = None
        self._tell_size(columns, lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._fd)

    def resize(self, columns: int, lines: int) -> None:
        """Make the window larger or smaller, as its user would by dragging a corner."""
        self._screen.resize(lines, columns)
        self._tell_size(columns, lines)

    def _tell_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    @property
    def text(self) -> str:
        """The screen as a person sees it."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def press(self, *keys: str) -> None:
        """Type keys, by name or as they are."""
        for key in keys:
            self.press_only(key)
            # A lone escape must not melt into the next key.
            self.read(0.12 if key == "escape" else 0.03)

    def press_and_see(self, key: str) -> None:
        """Type a key that changes something, be it a colour; wait until it has, and rests."""
        before = self._picture
        self.press_only(key)
        self.wait_for(lambda _: self._picture != before)
        shown = ""
        while shown != self._picture:
            shown = self._picture
            self.read(QUIET)

    @property
    def _picture(self) -> str:
        rows = self._screen.buffer
        return repr([sorted(rows[line].items()) for line in range(self._screen.lines)])

    def press_only(self, key: str) -> None:
        """Type one key and read nothing."""
        os.write(self._fd, KEYS.get(key, key).encode())

    def read(self, seconds: float) -> bool:
        """Take in what the program writes within `seconds`; False when it has ended."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self._fd], [], [], left)[0]:
                break
            try:
                data = os.read(self._fd, 65536)
            except OSError:
                return False
            if not data:
                return False
            self.raw += data
            self._stream.feed(data)
        return True

    def wait_for(self, wanted: str | Callable[[str], bool], *, seconds: float = 120) -> str:
        """Read until the screen shows `wanted`; return the screen.

        Raises:
            AssertionError: it did not come; the message holds the screen.
        """
        holds = wanted if callable(wanted) else lambda text: wanted in text
        end = time.monotonic() + seconds
        while not holds(self.text):
            alive = self.read(0.05)
            if time.monotonic() > end or not alive:
                raise AssertionError(f"waited for {wanted!r}; the screen shows:\n{self.text}")
        return self.text

    def wait_for_end(self, *, seconds: float = 60) -> int:
        """Wait until the program has ended; return its exit code."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
                return self.code
            self.read(0.05)
        raise AssertionError(f"it did not end; the screen shows:\n{self.text}")
