"""The command line as data, read off argparse.

The shells' completion and the reference in docs/ are made from it, so neither can say
anything else than the program understands.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PATHS = frozenset({"FILE", "FOLDER", "PATH"})


@dataclass(frozen=True, slots=True)
class Argument:
    """An option, or a word that has a place instead of a name.

    `names` is empty for the latter. `values` are what its values are called, one for each,
    none for a flag. `path` says that a value is a file or a folder.
    """

    names: tuple[str, ...]
    values: tuple[str, ...]
    choices: tuple[str, ...]
    help: str
    path: bool
    required: bool
    several: bool

    @property
    def name(self) -> str:
        """The longest name; empty without one."""
        return max(self.names, key=len, default="")


@dataclass(frozen=True, slots=True)
class Command:
    """A command, or the program itself, whose `words` are none."""

    words: tuple[str, ...]
    help: str
    arguments: tuple[Argument, ...]
    parts: tuple[Command, ...]

    @property
    def options(self) -> tuple[Argument, ...]:
        """What has a name."""
        return tuple(one for one in self.arguments if one.names)

    @property
    def places(self) -> tuple[Argument, ...]:
        """What has a place."""
        return tuple(one for one in self.arguments if not one.names)

    def all(self) -> Iterator[Command]:
        """This one and every part of it."""
        yield self
        for part in self.parts:
            yield from part.all()


def read_grammar(parser: argparse.ArgumentParser) -> Command:
    """Return what a parser understands."""
    return _command(parser, (), parser.description or "")


def _command(parser: argparse.ArgumentParser, words: tuple[str, ...], about: str) -> Command:
    arguments: list[Argument] = []
    parts: list[Command] = []
    # argparse has no public way to ask what was added to it.
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {one.dest: one.help or "" for one in action._choices_actions}
            for name, part in action.choices.items():
                parts.append(_command(part, (*words, name), helps.get(name, "")))
        else:
            arguments.append(_argument(parser, action))
    return Command(words, about, tuple(arguments), tuple(parts))


def _argument(parser: argparse.ArgumentParser, action: argparse.Action) -> Argument:
    choices = tuple(map(str, action.choices or ()))
    values = _values(action, choices)
    about = parser._get_formatter()._expand_help(action) if action.help else ""
    return Argument(
        names=tuple(action.option_strings),
        values=values,
        choices=choices,
        help=about,
        path=action.type is Path or bool(_PATHS & set(values)),
        required=action.required,
        several=action.nargs in ("*", "+"),
    )


def _values(action: argparse.Action, choices: tuple[str, ...]) -> tuple[str, ...]:
    if action.nargs == 0:
        return ()
    if isinstance(action.metavar, tuple):
        return action.metavar
    name = action.metavar or ("|".join(choices) or action.dest.upper())
    return (name,) * (action.nargs if isinstance(action.nargs, int) else 1)
