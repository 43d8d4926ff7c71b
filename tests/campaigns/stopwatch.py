"""A program on a pty, timed: when it has painted, how long a key takes, what it costs.

Nothing is drawn here, because a terminal in memory would take the time that is to be
measured; what was painted where is read from the moves of the cursor.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from tests.system.terminal import KEYS

BARE = {
    **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "PYTHONHASHSEED": "0",
}
COLUMNS, LINES = 120, 40
WAIT = 120.0
"""Seconds after which a program is taken to hang."""
KEPT = 1 << 18
QUIET = 0.03
"""Seconds without a byte after which a paint is over; a key's may come in two."""
ROW = b"INV-"
"""What every row of the table, and the minimal app, shows."""
_MOVE = re.compile(rb"\x1b\[(\d+);\d+H")
_STYLE = re.compile(rb"\x1b\[[0-9;]*m")
_BELOW = LINES - 2
"""The last lines tell of the row at the cursor, and of keys."""


class Press(NamedTuple):
    """What a key took to the last byte that it painted, in seconds, and of the processor."""

    wall: float
    cpu: float


class Watched:
    """A child process on a pty of 120 by 40."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        self._begun = time.monotonic()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.execvpe(command[0], list(command), dict(environ))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._since = b""
        """What was written since the last key, at most `KEPT` bytes of it."""
        self._told = b""
        """What the line above the keys began with when a key moved the cursor last."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)

    # waiting

    def until_painted(self) -> float:
        """Wait for the first row; return the seconds since the start."""
        self.until_shown(ROW.decode())
        return time.monotonic() - self._begun

    def until_shown(self, words: str) -> None:
        """Wait until the program has written these words since the last key."""
        end = time.monotonic() + WAIT
        while words.encode() not in self._since:
            if time.monotonic() > end:
                raise TimeoutError(f"{words!r} was not shown")
            self._read(0.5)

    def until_idle(self, seconds: float = 1.5) -> None:
        """Wait until it has used next to no processor for so long."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            before, stop = self.cpu(), time.monotonic() + seconds
            while time.monotonic() < stop:
                self._read(0.1)
            if self.cpu() - before < seconds * 0.05:
                return
        raise TimeoutError("it never came to rest")

    # pressing

    def press(self, key: str, *, rows: bool = False) -> Press:
        """Press a key and return what it took to the last byte of what it painted.

        With `rows`, to the last byte that painted rows of the table; a count that comes
        after them is not waited for.
        """
        before = after = self.cpu()
        begun = last = time.monotonic()
        self._type(key)
        patience = 2.0  # nothing at all was painted
        while True:
            data = self._read(patience)
            if not data:
                break
            if not rows or _paints_rows(data):
                last, after = time.monotonic(), self.cpu()
            patience = 0.3 if rows else QUIET
        return Press(last - begun, after - before)

    def move(self, key: str) -> Press:
        """Press a key that moves the cursor; return what it took to the last byte of its frame.

        For a screen that is painted for other reasons too: the frame is that which tells of
        another row in the line above the keys, which is its last.
        """
        told, self._told = self._told, b""
        before = self.cpu()
        begun = time.monotonic()
        self._type(key)
        while self._told in (b"", told):
            if not self._read(2.0):
                break
            self._read_rest()
            self._told = _told(self._since)
        taken = Press(time.monotonic() - begun, self.cpu() - before)
        while self._read(QUIET):
            pass
        return taken

    # costs

    def cpu(self) -> float:
        """Return the processor's time that all its threads took so far, in seconds."""
        threads = Path(f"/proc/{self._pid}/task").glob("*/schedstat")
        return sum(int(one.read_text().split()[0]) for one in threads) / 1e9

    def peak(self) -> int:
        """Return the most memory it ever had, in bytes."""
        status = Path(f"/proc/{self._pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) * 1024 if found else 0

    def _read_rest(self) -> None:
        """Read what follows without a pause: a frame is longer than what is read at once."""
        while self._read(0.0005):
            pass

    def _read(self, seconds: float) -> bytes:
        if not select.select([self._fd], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            raise RuntimeError("the program ended") from None
        self._since = (self._since + data)[-KEPT:]
        return data

    def _type(self, key: str) -> None:
        self._since = b""
        os.write(self._fd, KEYS.get(key, key).encode())


def _told(data: bytes) -> bytes:
    """The number in the line above the keys, as it was painted last; empty if it was not."""
    parts = _MOVE.split(data)
    painted = zip(parts[1::2], parts[2::2], strict=True)
    words = [_STYLE.sub(b"", part).split() for line, part in painted if int(line) == LINES - 1]
    return words[-1][0] if words and words[-1] else b""


def _paints_rows(data: bytes) -> bool:
    """Whether one of the rows of the table is among what was painted."""
    parts = _MOVE.split(data)  # what comes before, then a line and what is painted there
    painted = zip(parts[1::2], parts[2::2], strict=True)
    return any(ROW in part and int(line) < _BELOW for line, part in painted)
