"""Completion for bash, also the old one of macOS."""

from __future__ import annotations

from collections.abc import Iterator

from cli.grammar import Argument, Command

_HEAD = """\
# Completion of docket-qbo for bash, made by: docket-qbo completion bash
_docket_qbo() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local command="" offered="" at=1
    while ((at < COMP_CWORD)); do
        case ${COMP_WORDS[at]} in
            %(valued)s) ((at += 1)) ;;
            *) case "$command/${COMP_WORDS[at]}" in
                %(known)s) command="${command:+$command }${COMP_WORDS[at]}" ;;
            esac ;;
        esac
        ((at += 1))
    done
    case "$command $before" in
"""
_MIDDLE = """\
    esac
    case $command in
"""
_TAIL = """\
    esac
    COMPREPLY=($(compgen -W "$offered" -- "$current"))
    [[ ${#COMPREPLY[@]} -gt 0 ]] || compopt +o default 2> /dev/null
}
complete -o default -F _docket_qbo docket-qbo
"""


def script(grammar: Command) -> str:
    """Return what bash is to read; where a file is meant, its own completion of names holds."""
    commands = list(grammar.all())
    known = [f'"{" ".join(one.words[:-1])}/{one.words[-1]}"' for one in commands if one.words]
    valued = [name for one in grammar.options if one.values for name in one.names]
    text = _HEAD % {"known": " | ".join(known), "valued": " | ".join(valued)}
    for command in commands:
        for option in command.options:
            text += "".join(_value(command, option))
    text += _MIDDLE
    for command in commands:
        text += f'        "{" ".join(command.words)}")\n'
        if any(one.path for one in command.places):
            text += "            [[ $current == -* ]] || return\n"
        text += f'            offered="{" ".join(_offered(command))}" ;;\n'
    return text + _TAIL


def _value(command: Command, option: Argument) -> Iterator[str]:
    if not option.values:
        return
    words = " ".join(command.words)
    yield "        " + " | ".join(f'"{words} {name}"' for name in option.names) + ")\n"
    if option.choices:
        chosen = " ".join(option.choices)
        yield f'            COMPREPLY=($(compgen -W "{chosen}" -- "$current"))\n'
    elif not option.path:
        yield "            compopt +o default 2> /dev/null\n"
    yield "            return ;;\n"


def _offered(command: Command) -> Iterator[str]:
    yield from (part.words[-1] for part in command.parts)
    for place in command.places:
        yield from place.choices
    for option in command.options:
        yield from option.names
