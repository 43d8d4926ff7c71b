"""Seals the file of secrets by a passphrase: scrypt makes the key, AES-GCM the seal.

scrypt with n = 2**17, r = 8, p = 1 (about a third of a second and 128 MB for each guess;
OWASP's recommendation) and AES-256-GCM with a fresh nonce for each write. A check value
beside the salt tells a wrong passphrase from a damaged file; it is made by the same
scrypt, so it helps nobody to guess faster.

The layout, in bytes: a first line that names it (18), salt (16), check (16), nonce (12),
sealed content with its tag. All of it is authenticated; one changed byte opens nothing.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from typing import TypeAlias

from core.secrets import Secret, Unopened

FORMAT = b"docket-qbo keys 1\n"
_SALT, _CHECK, _NONCE, _TAG = 16, 16, 12, 16
_KEY = 32

_AGAIN = "Restore it from a backup, or delete it and connect again."

Derive: TypeAlias = Callable[[str, bytes], bytes]
"""Passphrase and salt to 48 bytes: the key and the check value."""
Tell: TypeAlias = Callable[[bool], Secret]
"""Gives the passphrase; True asks for a new one."""


def scrypt(passphrase: str, salt: bytes) -> bytes:
    """Return key and check value of a passphrase."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=_KEY + _CHECK, n=1 << 17, r=8, p=1).derive(passphrase.encode())


class Sealing:
    """`core.secrets.Wrapping` by a passphrase.

    The passphrase is asked for when it is first needed; then the key is remembered.

    Args:
        tell: gives the passphrase.
        derive: what makes the key from it.
    """

    def __init__(self, tell: Tell, *, derive: Derive = scrypt) -> None:
        self._tell = tell
        self._derive = derive
        self._salt = b""
        self._derived = b""

    def closed(self, content: bytes) -> bytes:
        """Return `content` sealed; the first time, under a new passphrase."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if not self._derived:
            self._take(os.urandom(_SALT), self._tell(True))
        head = FORMAT + self._salt + self._derived[_KEY:]
        nonce = os.urandom(_NONCE)  # one that could be repeated or chosen would break the seal
        return head + nonce + AESGCM(self._derived[:_KEY]).encrypt(nonce, content, head)

    def opened(self, written: bytes) -> bytes:
        """Return the content.

        Raises:
            Unopened: it is not such a file, the passphrase is another, or it is damaged.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        head, rest = _split(written)
        salt, check = head[len(FORMAT) : -_CHECK], head[-_CHECK:]
        if salt != self._salt:
            self._take(salt, self._tell(False))
        if not hmac.compare_digest(self._derived[_KEY:], check):
            self._salt = self._derived = b""
            raise Unopened(
                "the passphrase is not the one it was sealed with",
                "Try again. If the passphrase is forgotten, delete the file and connect again.",
            )
        try:
            return AESGCM(self._derived[:_KEY]).decrypt(rest[:_NONCE], rest[_NONCE:], head)
        except InvalidTag as error:
            raise Unopened("it is damaged, or somebody changed it", _AGAIN) from error

    def _take(self, salt: bytes, passphrase: Secret) -> None:
        self._salt, self._derived = salt, self._derive(passphrase.reveal(), salt)


def _split(written: bytes) -> tuple[bytes, bytes]:
    """(what is authenticated in clear, nonce and sealed content)."""
    head = len(FORMAT) + _SALT + _CHECK
    if not written.startswith(FORMAT):
        raise Unopened("it is no file of keys of this program, or of a newer one", _AGAIN)
    if len(written) < head + _NONCE + _TAG:
        raise Unopened("its end is missing", _AGAIN)
    return written[:head], written[head:]
