"""Secrets: how they are held in memory, and where they are kept.

`SecretStore` is the port: the practice company keeps its secrets in a file for its
owner only, which the configuration accepts for addresses on this machine alone; the
system's keyring stands behind the same port.
"""

from __future__ import annotations

import hmac
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from core.errors import UsageTrouble
from core.redaction import HIDDEN, register


class Secret:
    """A text that shows itself only when it is asked to; the log knows it by value."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value
        register(value)

    def reveal(self) -> str:
        """The text itself, for the one place that sends or stores it."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({HIDDEN})"

    def __str__(self) -> str:
        return HIDDEN

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash(self._value)


class SecretStore(Protocol):
    """Named secrets that outlive the process."""

    def get(self, name: str) -> str | None:
        """Return the secret, or None if there is none."""
        ...

    def put(self, name: str, value: str) -> None:
        """Keep a secret; it is on disk when this returns."""
        ...

    def delete(self, name: str) -> None:
        """Forget a secret; no error if there is none."""
        ...


class FileSecrets:
    """Secrets in one JSON file that only its owner may read, replaced as a whole.

    A crash leaves the old file or the new one, never half of one. Two processes that
    write at once do so one after the other.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def get(self, name: str) -> str | None:
        """Return the secret, or None if there is none.

        Raises:
            UsageTrouble: others may read the file, or it cannot be read.
        """
        value = self._read().get(name)
        if value is not None:
            register(value)
        return value

    def put(self, name: str, value: str) -> None:
        """Keep a secret; it is on disk when this returns."""
        register(value)
        with self._alone():
            self._write({**self._read(), name: value})

    def delete(self, name: str) -> None:
        """Forget a secret; no error if there is none."""
        with self._alone():
            kept = self._read()
            if kept.pop(name, None) is not None:
                self._write(kept)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        from filelock import FileLock

        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(f"{self.path}.lock", mode=0o600):
            yield

    def _read(self) -> dict[str, str]:
        try:
            with self.path.open(encoding="utf-8") as file:
                if os.name == "posix" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                    raise _unsafe(self.path, "other users of this machine may read it")
                kept = json.load(file)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise _unsafe(self.path, "it cannot be read") from error
        if not isinstance(kept, dict) or not all(isinstance(one, str) for one in kept.values()):
            raise _unsafe(self.path, "it is not a file of secrets")
        return kept

    def _write(self, kept: dict[str, str]) -> None:
        """Write beside the file, flush to disk, rename over it, flush the folder."""
        draft = self.path.with_name(f".{self.path.name}.draft")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump(kept, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)
        if os.name == "posix":
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _unsafe(path: Path, why: str) -> UsageTrouble:
    return UsageTrouble(
        f"The file of secrets {path} is not used: {why}.",
        books="Nothing was sent to Docket or QuickBooks.",
        fix=f"Make it yours alone (chmod 600 {path}), or connect again.",
    )
