"""Watches what a running command shows to the rest of the machine: words and environment.

Linux only, where /proc tells them of the process and of every child that it starts.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")
LOOK = 0.05
"""Seconds between two looks; a process shows the same from its beginning to its end."""


def shown_while_running(process: subprocess.Popen[str]) -> bytes:
    """Wait for a process to end, and return all that it and its children showed meanwhile."""
    seen: set[bytes] = set()
    while True:
        for pid in _family(process.pid):
            seen.update(_shown(pid))
        try:
            process.wait(LOOK)
        except subprocess.TimeoutExpired:
            continue
        return b"\n".join(sorted(seen))


def _family(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    yield pid
    for children in PROC.glob(f"{pid}/task/*/children"):
        try:
            found = children.read_text().split()
        except OSError:  # it ended meanwhile
            continue
        for child in found:
            yield from _family(int(child))


def _shown(pid: int) -> Iterator[bytes]:
    for name in ("cmdline", "environ"):
        try:
            yield (PROC / str(pid) / name).read_bytes()
        except OSError:  # it ended meanwhile, or is not ours to read
            continue
