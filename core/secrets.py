"""Secrets: how they are held in memory, and where they are kept.

`SecretStore` is the port. Behind it stand the system's keyring (core.system_keyring)
and a file, sealed by a passphrase (core.sealing); the practice company's file is not
sealed, which the configuration accepts for addresses on this machine alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

from core.private_file import PrivateFile, refused
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
        import hmac  # not before the first picture, as `secrets` below

        return hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash(self._value)


def draw_secret() -> Secret:
    """A fresh secret of 43 characters (32 random bytes), fit for an address."""
    import secrets

    return Secret(secrets.token_urlsafe(32))


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


class Wrapping(Protocol):
    """What stands between the secrets and the bytes of their file."""

    def closed(self, content: bytes) -> bytes:
        """Return what is written for `content`."""
        ...

    def opened(self, written: bytes) -> bytes:
        """Return the content of what was written.

        Raises:
            Unopened: it is damaged, or not for us.
        """
        ...


class Unopened(Exception):
    """A file's wrapping does not open; the words are for a person."""

    def __init__(self, why: str, fix: str) -> None:
        super().__init__(why)
        self.why = why
        self.fix = fix


class Unwrapped:
    """Readable by whoever may read the file: for the practice company only."""

    def closed(self, content: bytes) -> bytes:
        """The content as it is."""
        return content

    def opened(self, written: bytes) -> bytes:
        """The content as it is."""
        return written


class FileSecrets:
    """Secrets in one file that only its owner may read, replaced as a whole.

    Args:
        path: of the file.
        wrapping: how it is written; `core.sealing.Sealing` for a real company.
        own_folder: its folder must be its owner's alone too.
    """

    def __init__(
        self, path: Path, wrapping: Wrapping | None = None, *, own_folder: bool = False
    ) -> None:
        self.path = path
        self._file = PrivateFile(path, own_folder=own_folder)
        self._wrapping = wrapping or Unwrapped()

    def get(self, name: str) -> str | None:
        """Return the secret, or None if there is none.

        Raises:
            UsageTrouble: the file is not its owner's alone, cannot be read or opened.
        """
        value = self._read().get(name)
        if value is not None:
            register(value)
        return value

    def put(self, name: str, value: str) -> None:
        """Keep a secret; it is on disk when this returns. Raises as `get`, or if it cannot."""
        register(value)
        with self._file.alone():
            self._write({**self._read(), name: value})

    def delete(self, name: str) -> None:
        """Forget a secret; no error if there is none. Raises as `put`."""
        with self._file.alone():
            kept = self._read()
            if kept.pop(name, None) is not None:
                self._write(kept)

    def _read(self) -> dict[str, str]:
        written = self._file.read()
        if written is None:
            return {}
        try:
            kept = json.loads(self._wrapping.opened(written))
        except Unopened as closed:
            raise refused(self.path, closed.why, closed.fix) from closed
        except (RecursionError, ValueError) as error:
            raise refused(self.path, "it cannot be read") from error
        if not isinstance(kept, dict) or not all(isinstance(one, str) for one in kept.values()):
            raise refused(self.path, "it is not a file of secrets")
        return kept

    def _write(self, kept: dict[str, str]) -> None:
        content = json.dumps(kept, indent=1, sort_keys=True).encode()
        self._file.replace(self._wrapping.closed(content))
