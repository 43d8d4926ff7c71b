"""The command line inside the test's process: Python is started once for many commands.

Everything from `cli.main` on is what a person runs, with an environment, a standard input
and streams of its own. What a process of its own proves besides (signals, limits, file
permissions, what the machine sees of it) is left to the tests that start one.
"""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from decimal import Decimal
from json import loads
from typing import Any
from unittest.mock import patch

import cli.main


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return loads(self.out, parse_float=Decimal)


def run_inside(environ: Mapping[str, str], *words: str) -> Finished:
    """Run a command to its end."""
    out, err = _stream(), _stream()
    with (
        logging_of_its_own(),
        patch.dict(os.environ, environ, clear=True),
        patch("sys.stdin", io.StringIO()),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = cli.main.main(words)
    return Finished(code, _said(out), _said(err))


@contextmanager
def logging_of_its_own() -> Iterator[None]:
    """Take away the log that a command has opened, as the end of its process does."""
    root = logging.getLogger()
    level, before = root.level, list(root.handlers)
    try:
        yield
    finally:
        for handler in [one for one in root.handlers if one not in before]:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)


def _stream() -> io.TextIOWrapper:
    """One that can be told another encoding, as the real ones can."""
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True)


def _said(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
