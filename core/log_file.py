"""The diagnostic log's file, with levels and rotation.

Apart from what it says (`core.logs`), because the first picture does not wait for it.
"""

from __future__ import annotations

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from core.config import LogConfig
from core.errors import UsageTrouble
from core.logs import Redacting, worth_writing
from core.text import display

TALKATIVE = ("httpx", "httpcore", "urllib3", "requests", "sqlalchemy", "asyncio", "alembic")
"""Libraries that log addresses, headers or bodies below this level."""


def set_up_logging(log: LogConfig, file: Path) -> bool:
    """Send this process's log records to a file; return False if it cannot be written.

    A program that cannot write its log can still do its job, so that is no error.

    Args:
        log: level and rotation.
        file: where; its folder is made if need be.

    Raises:
        UsageTrouble: there is no such level.
    """
    level = logging.getLevelNamesMapping().get(log.level.upper())
    if level is None:
        raise UsageTrouble(
            f"There is no log level {display(log.level, 20)!r}.",
            books="Nothing was started.",
            fix="Write DEBUG, INFO, WARNING or ERROR in the configuration.",
        )
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, _PrivateFile)]:
        root.removeHandler(old)
        old.close()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = _PrivateFile(
            file, maxBytes=log.max_bytes, backupCount=log.keep_files, encoding="utf-8"
        )
    except OSError:
        root.addHandler(logging.NullHandler())
        return False
    handler.addFilter(worth_writing)
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    return True


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner may read, and that never speaks to the terminal."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return open(descriptor, "a", encoding=self.encoding)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Drop the record: a full disk is reported by the cache, not across the screen."""
