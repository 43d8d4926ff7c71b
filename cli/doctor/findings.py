"""What a check-up says: one line each, with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.errors import Trouble


class Level(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    NOTE = "note"
    """Worth knowing; nothing to be done."""
    DO = "do"
    """Something needs doing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `fix` is empty where there is nothing to do."""

    topic: str
    level: Level
    what: str
    fix: str = ""


def ok(topic: str, what: str) -> Finding:
    """All is well."""
    return Finding(topic, Level.OK, what)


def note(topic: str, what: str, fix: str = "") -> Finding:
    """Worth knowing."""
    return Finding(topic, Level.NOTE, what, fix)


def do(topic: str, what: str, fix: str) -> Finding:
    """Something needs doing."""
    return Finding(topic, Level.DO, what, fix)


def from_trouble(topic: str, trouble: Trouble) -> Finding:
    """A trouble that was met on the way is a finding too."""
    return do(topic, trouble.what, trouble.fix)
