"""Secrets in the system's own keyring: Keychain, Credential Manager, Secret Service, KWallet.

Only backends that are known to encrypt are used, by name; what `keyring` would take in
their place on a machine without one (nothing, the null backend, a plain file) is not.

Windows keeps at most 2,560 bytes in an entry, in UTF-16, and QuickBooks' access tokens
have up to 4,096 characters. So a value is cut in pieces. The first entry names the
others by a mark that is new with each value and is written last: a crash in between
leaves the old value whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from core.errors import UsageTrouble
from core.ids import Ids
from core.redaction import register

SERVICE = "docket-qbo"
PIECE = 1000
"""Characters in an entry, below Windows' 1,280."""
TRUSTED = (
    "keyring.backends.macOS",
    "keyring.backends.Windows",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)


class Backend(Protocol):
    """What is used of a backend of `keyring`."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return an entry."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Write an entry."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Remove an entry."""
        ...


def find_backend() -> Backend | None:
    """The system's keyring, or None where there is none that can be trusted."""
    import keyring.backend

    found = sorted(keyring.backend.get_all_keyring(), key=lambda one: one.priority, reverse=True)
    return next((one for one in found if type(one).__module__ in TRUSTED), None)


class KeyringSecrets:
    """`core.secrets.SecretStore` over the system's keyring.

    Args:
        backend: of `keyring`.
        ids: names the pieces of a new value.
    """

    def __init__(self, backend: Backend, ids: Ids) -> None:
        self._backend = backend
        self._ids = ids

    def get(self, name: str) -> str | None:
        """Return the secret, or None if there is none.

        Raises:
            UsageTrouble: the keyring is locked, or what it holds is not whole.
        """
        with _understood():
            first = self._entry(name)
            if first is None:
                return None
            mark, others, digest, piece = _read_first(name, first)
            value = piece + "".join(self._piece(name, part) for part in _parts(mark, others))
        if _digest(value) != digest:
            raise _damaged(name)
        register(value)
        return value

    def put(self, name: str, value: str) -> None:
        """Keep a secret; the keyring has it, read back, when this returns. Raises as `get`."""
        register(value)
        before = self._parts_of(name)
        mark = self._ids.new()
        pieces = [value[at : at + PIECE] for at in range(0, len(value), PIECE)] or [""]
        with _understood():
            for part, piece in zip(_parts(mark, len(pieces) - 1), pieces[1:], strict=True):
                self._write(part, piece)
            head = f"{mark} {len(pieces) - 1} {_digest(value)}"
            self._write(name, f"{head}\n{pieces[0]}")
        if self.get(name) != value:
            raise _damaged(name)
        self._forget(before)

    def delete(self, name: str) -> None:
        """Forget a secret; no error if there is none. Raises as `get`."""
        parts = self._parts_of(name)
        with _understood():
            present = self._entry(name) is not None
        self._forget([name, *parts] if present else [])

    def _entry(self, name: str) -> str | None:
        return self._backend.get_password(_service(name), SERVICE)

    def _write(self, name: str, text: str) -> None:
        self._backend.set_password(_service(name), SERVICE, text)

    def _piece(self, name: str, part: str) -> str:
        piece = self._entry(part)
        if piece is None:
            raise _damaged(name)
        return piece

    def _parts_of(self, name: str) -> list[str]:
        """The other entries of the value that is there; none if that is unreadable."""
        with _understood():
            first = self._entry(name)
        try:
            mark, others, _, _ = _read_first(name, first or "")
        except UsageTrouble:
            return []
        return _parts(mark, others)

    def _forget(self, parts: list[str]) -> None:
        from keyring.errors import PasswordDeleteError

        for part in parts:
            with _understood():
                try:
                    self._backend.delete_password(_service(part), SERVICE)
                except PasswordDeleteError:
                    continue  # gone already: another process was first


def _service(name: str) -> str:
    """Each entry has a service of its own: Windows moves entries that share one about."""
    return f"{SERVICE}/{name}"


def _parts(mark: str, others: int) -> list[str]:
    return [f"{mark}.{number}" for number in range(1, others + 1)]


def _digest(value: str) -> str:
    """Tells whether all pieces are of one value; it does not leave the keyring."""
    return hashlib.sha256(value.encode()).hexdigest()


def _read_first(name: str, text: str) -> tuple[str, int, str, str]:
    head, _, piece = text.partition("\n")
    try:
        mark, others, digest = head.split(" ")
        return mark, int(others), digest, piece
    except ValueError as error:
        raise _damaged(name) from error


@contextmanager
def _understood() -> Iterator[None]:
    """Turn the library's errors into words.

    Raises:
        UsageTrouble: the keyring did not do what was asked.
    """
    from keyring.errors import KeyringError

    try:
        yield
    except KeyringError as error:
        raise UsageTrouble(
            f"The system's keyring does not open ({type(error).__name__}).",
            books="Nothing was sent to Docket or QuickBooks.",
            fix='Unlock it and try again; without one, set store = "file" under [secrets].',
        ) from error


def _damaged(name: str) -> UsageTrouble:
    return UsageTrouble(
        f"The entry {SERVICE}/{name} in the system's keyring is not whole.",
        books="Nothing was sent to Docket or QuickBooks.",
        fix="Connect again; that writes it anew.",
    )
