"""Takes out of free text what a bundle must not hold.

The log is written without names, amounts and secrets in the first place. This is the
second wall, for what an error of Python's or a library's may have brought in: secrets by
key and by value, every name that the cache knows, whatever stands in quotes, amounts,
e-mail addresses, and the user's own folder. Of an error its kind and its way stay, which is
all that the log has of it (core.logs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.redaction import redact
from core.text import display

NAME, AMOUNT, MAIL, QUOTED = "[name]", "[amount]", "[e-mail]", "[…]"

_RECORD = re.compile(r"(\d{4}-\d\d-\d\dT[\d:.]+Z [A-Z]+ \d+ [\w.]+: )(.*)")
_KIND = re.compile(r"[\w.]+|which led to:")
_MAIL = re.compile(r"[^\s@<>\"']+@[\w-]+(?:\.[\w-]+)+")
_AMOUNT = re.compile(r"(?<![\w.])-?\d[\d,]*\.\d{2}(?![\w.])")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’")


class Scrub:
    """What to take out.

    Args:
        names: of people and companies, and whatever else the cache knows them by.
        home: the user's folder, which bears a name; it becomes `~`.
    """

    def __init__(self, names: Iterable[str], home: str) -> None:
        forms = {form for name in names for form in (name, display(name), name.casefold())}
        self._names = sorted(forms, key=len, reverse=True)
        self._home = home

    def words(self, text: str) -> str:
        """A sentence of our own, without what it may have taken up; paths stay readable."""
        return self._named(_MAIL.sub(MAIL, _AMOUNT.sub(AMOUNT, redact(text))))

    def log(self, lines: list[str]) -> list[str]:
        """Lines of the log, one for one."""
        return self._named("\n".join(_line(redact(line)) for line in lines)).split("\n")

    def _named(self, text: str) -> str:
        """Without the names in any case of letters, and on one line each."""
        if self._home not in ("", "/"):
            text = text.replace(self._home, "~")
        folded = text.casefold()
        for name in self._names:
            if name.casefold() in folded:
                text = re.sub(re.escape(name), NAME, text, flags=re.IGNORECASE)
                folded = text.casefold()
        return "\n".join(display(line) for line in text.split("\n"))


def _line(line: str) -> str:
    record = _RECORD.fullmatch(line)
    if record:
        return record[1] + _free(record[2])
    if line.startswith(("Traceback", "  File ")):
        return line
    return line if _KIND.fullmatch(line) else QUOTED


def _free(text: str) -> str:
    return _MAIL.sub(MAIL, _AMOUNT.sub(AMOUNT, _QUOTED.sub(QUOTED, text)))
