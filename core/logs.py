"""What the diagnostic log says, without secrets; its file is `core.log_file`'s.

It tells what the program did, not what the books hold: rooms log ids, codes, counts
and times. What an error says may quote a customer's name, a row or an answer, so of an
error its kind and its way through the code are written, never its words; and what a
library says is withheld, since nobody here chose its words. All of it passes the
sanitiser and the redaction.
"""

from __future__ import annotations

import logging
import sys
import time
import traceback
from collections.abc import Iterator
from copy import copy
from types import TracebackType
from typing import TypeAlias

from core.redaction import redact
from core.text import display

ROOMS = frozenset({"cli", "connectors", "core", "docket_qbo", "sandbox", "store", "sync", "tui"})
"""Whose messages are written; of all others only that there was one."""
WITHHELD = "(what this library says is withheld)"
ExceptionDetails: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def guard_terminal() -> None:
    """Have what is logged before there is a log file reach the terminal in the log's form.

    Python itself would write there what an error says.
    """
    logging.lastResort = _Terminal(logging.WARNING)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in ROOMS


def worth_writing(record: logging.LogRecord) -> bool:
    """Of a library only what is wrong, since its words are withheld anyway."""
    return _is_ours(record) or record.levelno >= logging.WARNING


class _Terminal(logging.Handler):
    """Writes to standard error, as it is at that moment."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.setFormatter(Redacting("%(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(self.format(record) + "\n")


class Redacting(logging.Formatter):
    """One line a message, the way of an error below it, instants in UTC, secrets out."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        """The record as it may be written."""
        # A copy: another handler may have left its own, unredacted traceback in the record.
        own = copy(record)
        own.msg = display(redact(record.getMessage())) if _is_ours(record) else WITHHELD
        own.args, own.exc_text, own.stack_info = None, None, None
        text = redact(super().format(own))
        return "\n".join(display(line) for line in text.split("\n"))

    def formatException(self, ei: ExceptionDetails) -> str:  # noqa: N802 - logging's name
        """Kinds and places, without words: those may hold what the books hold."""
        error = ei[1]
        return "" if error is None else "\n".join(_way(error, set()))


def _way(error: BaseException, seen: set[int]) -> Iterator[str]:
    """The lines of a traceback that name no value; causes first, as Python writes them."""
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _way(before, seen)
        yield "which led to:"
    yield "Traceback (most recent call last):"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
    yield type(error).__qualname__
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _way(part, seen)
