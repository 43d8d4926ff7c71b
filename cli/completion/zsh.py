"""Completion for zsh, as a function in its `fpath` or read at the start."""

from __future__ import annotations

from collections.abc import Iterator

from cli.grammar import Argument, Command

_HEAD = """\
#compdef docket-qbo
# Completion of docket-qbo for zsh, made by: docket-qbo completion zsh
"""
_TAIL = """\
if [[ $funcstack[1] == _docket_qbo ]]; then
    _docket_qbo "$@"
else
    compdef _docket_qbo docket-qbo
fi
"""


def script(grammar: Command) -> str:
    """Return what zsh is to read: one function for each command."""
    return _HEAD + "\n".join(map(_function, grammar.all())) + "\n" + _TAIL


def _function(command: Command) -> str:
    name = "_docket_qbo" + "".join(f"_{word.replace('-', '_')}" for word in command.words)
    if not command.parts:
        return f"{name}() {{\n    _arguments{_lines(_arguments(command))}\n}}\n"
    described = "".join(
        f"\n        {_quoted(part.words[-1] + ':' + part.help)}" for part in command.parts
    )
    specs = [*_arguments(command), _quoted("1: :->command"), _quoted("*:: :->rest")]
    calls = "".join(
        f"            {part.words[-1]}) {name}_{part.words[-1].replace('-', '_')} ;;\n"
        for part in command.parts
    )
    return (
        f"{name}() {{\n    local curcontext=$curcontext state line\n"
        f"    local -a commands=({described}\n    )\n"
        f"    _arguments -C{_lines(specs)}\n"
        "    case $state in\n"
        "        command) _describe command commands ;;\n"
        f"        rest) case $words[1] in\n{calls}        esac ;;\n"
        "    esac\n}\n"
    )


def _lines(specs: Iterator[str] | list[str]) -> str:
    return "".join(f" \\\n        {spec}" for spec in specs)


def _arguments(command: Command) -> Iterator[str]:
    for option in command.options:
        about = option.help.replace("[", "(").replace("]", ")").replace(":", r"\:")
        values = "".join(f":{_message(value)}:{_action(option)}" for value in option.values)
        for name in option.names:
            yield _quoted(f"*{name}[{about}]{values}")
    for number, place in enumerate(command.places, start=1):
        at = "*" if place.several else str(number)
        yield _quoted(f"{at}:{_message(place.values[0])}:{_action(place)}")


def _action(argument: Argument) -> str:
    if argument.choices:
        return f"({' '.join(argument.choices)})"
    return "_files" if argument.path else " "


def _message(value: str) -> str:
    return value.replace(":", r"\:")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", r"'\''") + "'"
