"""Completion for fish."""

from __future__ import annotations

from collections.abc import Iterator

from cli.grammar import Argument, Command

_HEAD = """\
# Completion of docket-qbo for fish, made by: docket-qbo completion fish
complete -c docket-qbo -f
"""
_SEEN = "__fish_seen_subcommand_from"


def script(grammar: Command) -> str:
    """Return what fish is to read: one line for each word."""
    commands = " ".join(part.words[-1] for part in grammar.parts)
    text = f"{_HEAD}set -l commands {commands}\n"
    return text + "".join(f"{line}\n" for one in grammar.all() for line in _lines(one))


def _lines(command: Command) -> Iterator[str]:
    holds = _condition(command)
    for part in command.parts:
        yield f"complete -c docket-qbo {holds} -a {part.words[-1]} -d {_quoted(part.help)}"
    for place in command.places:
        if place.choices:
            yield f"complete -c docket-qbo {holds} -a {_quoted(' '.join(place.choices))}"
        elif place.path:
            yield f"complete -c docket-qbo {holds} -F"
    for option in command.options:
        names = " ".join(_name(name) for name in option.names)
        about = f" -d {_quoted(option.help)}" if option.help else ""
        yield f"complete -c docket-qbo {holds} {names}{_value(option)}{about}"


def _condition(command: Command) -> str:
    """Where a command's words hold: behind it, and before any of its parts."""
    if not command.words:
        return f'-n "not {_SEEN} $commands"'
    tests = [f"{_SEEN} {word}" for word in command.words]
    if command.parts:
        tests.append(f"not {_SEEN} {' '.join(part.words[-1] for part in command.parts)}")
    return f"-n {_quoted('; and '.join(tests))}"


def _name(name: str) -> str:
    return f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"


def _value(option: Argument) -> str:
    if not option.values:
        return ""
    if option.choices:
        return f" -x -a {_quoted(' '.join(option.choices))}"
    return " -r -F" if option.path else " -x"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
