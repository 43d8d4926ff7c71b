"""In which manner the screens of one app show things: formats, signs, colour or none.

Widgets and the pure functions below them ask here. The app says it once, before anything
is drawn; whatever it starts inherits it, threads too.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

from core.formats import Formats

_PLAIN = Formats()


@dataclass(slots=True)
class Manner:
    """`formats` change when the company is known; the rest is settled at the start."""

    formats: Formats = _PLAIN
    ascii: bool = False
    no_color: bool = False


_taken: ContextVar[Manner | None] = ContextVar("manner", default=None)


def manner() -> Manner:
    """The manner of the app that is running; the plain one where none is."""
    return _taken.get() or Manner()


def take(new: Manner) -> None:
    """Have everything that is started from here on show things so."""
    _taken.set(new)


def formats() -> Formats:
    """How days and money are written."""
    return manner().formats


def active_style() -> str:
    """The style of what is picked among its neighbours: its own ground, or turned about."""
    return "bold reverse" if manner().no_color else "bold $foreground on $cursor-ground"
