"""Where the passphrase of the file of keys comes from: a variable, a descriptor, a person.

Never from the command line, which every user of the machine can read. A variable is
taken out of the environment, so that no child gets it; a descriptor is closed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, MutableMapping

from core.errors import UsageTrouble
from core.secrets import Secret

VARIABLE = "DOCKET_QBO_PASSPHRASE"
"""Looked at when the configuration names no other way."""
SHORTEST = 12
"""Characters of a new passphrase; the file may be copied and guessed at in peace."""
_MOST = 1024


class Passphrase:
    """Tells the passphrase, once it is needed; call it with True for a new one.

    Args:
        source: `env:NAME`, `fd:N`, `ask`, or empty for the variable above, else asking.
        environ: the process's variables; the one that is used is taken out.
        ask: shows a question on the terminal and returns the answer, not shown; None
            where there is no terminal.
    """

    def __init__(
        self,
        source: str,
        environ: MutableMapping[str, str],
        ask: Callable[[str], str] | None,
    ) -> None:
        self._source = source
        self._ask = ask
        self._known: Secret | None = None
        kind, _, name = source.partition(":")
        given = environ.pop(name if kind == "env" else VARIABLE, "")
        if given and kind in ("env", ""):
            self._known = Secret(given)

    def __call__(self, new: bool = False) -> Secret:
        """Return the passphrase.

        Raises:
            UsageTrouble: there is none and nobody to ask, or a new one is too short.
        """
        if self._known is None:
            self._known = self._found(new)
        if new and len(self._known.reveal()) < SHORTEST:
            self._known = None
            raise _wrong(
                f"A passphrase for the keys needs {SHORTEST} characters or more.",
                "Take four or five words that do not belong together.",
            )
        return self._known

    def ask_by(self, ask: Callable[[str], str] | None) -> None:
        """Ask in another way from now on, or nobody: a screen has taken the terminal."""
        self._ask = ask

    def _found(self, new: bool) -> Secret:
        kind, _, name = self._source.partition(":")
        if kind == "fd":
            return _from_descriptor(int(name))
        if kind == "env":
            raise _wrong(f"The variable {name} holds no passphrase.", f"Set {name}.")
        if self._ask is None:
            raise _wrong(
                "The keys are sealed by a passphrase, and there is no terminal to ask for it.",
                f"Give it in the variable {VARIABLE}, or through a descriptor: "
                'passphrase_from = "fd:3" under [secrets], and `3< FILE` after the command.',
            )
        told = Secret(self._ask("Passphrase of the keys: "))
        if new and told != Secret(self._ask("The same again: ")):
            raise _wrong("The two passphrases differ.", "Try again.")
        return told


def terminal() -> Callable[[str], str] | None:
    """How to ask the person at the terminal without echo; None if there is none."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    from getpass import getpass

    return getpass


def _from_descriptor(number: int) -> Secret:
    try:
        with open(number, "rb") as file:
            line = file.readline(_MOST)
        return Secret(line.decode().rstrip("\r\n"))
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(
            f"The descriptor {number} gives no passphrase.",
            f"Open it for the command, as in `docket-qbo … {number}< FILE`.",
        ) from error


def _wrong(what: str, fix: str) -> UsageTrouble:
    return UsageTrouble(what, books="Nothing was sent to Docket or QuickBooks.", fix=fix)
