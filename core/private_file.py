"""One small file that belongs to its owner alone, replaced as a whole.

A crash leaves the old content or the new one, never half of one; two processes that
write do so one after the other. What is not ours alone is not read: a link, another
user's file, one that others may read, a folder that others may enter.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import UsageTrouble

MOST_BYTES = 1_000_000
"""A file of secrets has a few thousand; a larger one is something else."""

_POSIX = os.name == "posix"
# A pipe in the file's place must not be waited for, a link must not be followed.
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class PrivateFile:
    """A file with mode 0600.

    Args:
        path: where it is.
        own_folder: its folder is for such files only and must be its owner's too (0700).
    """

    def __init__(self, path: Path, *, own_folder: bool = False) -> None:
        self.path = path
        self._own_folder = own_folder

    def read(self) -> bytes | None:
        """Return the content, or None if there is no file.

        Raises:
            UsageTrouble: it is not its owner's alone, or cannot be read.
        """
        try:
            if self.path.is_symlink():
                raise refused(self.path, "it is a link to another place")
            descriptor = os.open(self.path, _READ)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise refused(self.path, f"it cannot be read ({error.strerror})") from error
        try:
            self._check(os.fstat(descriptor))
            with open(descriptor, "rb", closefd=False) as file:
                content = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise refused(self.path, f"it cannot be read ({error.strerror})") from error
        finally:
            os.close(descriptor)
        if len(content) > MOST_BYTES:
            raise refused(self.path, "it is far too large")
        return content

    def replace(self, content: bytes) -> None:
        """Write beside the file, flush to disk, rename over it, flush the folder.

        Raises:
            UsageTrouble: it cannot be written; the old content stands.
        """
        draft = self.path.with_name(f".{self.path.name}.draft")
        try:
            self._make_folder()
            draft.unlink(missing_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path)
            flush_folder(self.path.parent)
        except OSError as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise UsageTrouble(
                f"The file of secrets {self.path} cannot be written: {error.strerror}.",
                books="Nothing was sent to Docket or QuickBooks.",
                fix="Make room on the disk, and check that the folder is yours.",
            ) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only writer on this machine."""
        from filelock import FileLock

        self._make_folder()
        with FileLock(f"{self.path}.lock", mode=0o600):
            yield

    def _make_folder(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._own_folder:
            self._check_folder()

    def _check(self, about: os.stat_result) -> None:
        if not stat.S_ISREG(about.st_mode):
            raise refused(self.path, "it is no plain file")
        if not _POSIX:
            return
        if about.st_uid != os.geteuid():
            raise refused(self.path, "it belongs to another user of this machine")
        if stat.S_IMODE(about.st_mode) & 0o077:
            raise refused(self.path, "other users of this machine may read it")
        if self._own_folder:
            self._check_folder()

    def _check_folder(self) -> None:
        folder = self.path.parent
        about = folder.stat()
        if _POSIX and (about.st_uid != os.geteuid() or stat.S_IMODE(about.st_mode) & 0o077):
            raise UsageTrouble(
                f"The folder of secrets {folder} is not used: other users may enter it.",
                books="Nothing was sent to Docket or QuickBooks.",
                fix=f"Make it yours alone (chmod 700 {folder}).",
            )


def refused(path: Path, why: str, fix: str = "") -> UsageTrouble:
    """The trouble with a file of secrets that is left alone."""
    return UsageTrouble(
        f"The file of secrets {path} is not used: {why}.",
        books="Nothing was sent to Docket or QuickBooks.",
        fix=fix or f"Make it yours alone (chmod 600 {path}), or connect again.",
    )


def flush_folder(folder: Path) -> None:
    """Make names that were given or taken away in a folder last through a power cut.

    Raises:
        OSError: it cannot be written to the disk.
    """
    if not _POSIX:
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
