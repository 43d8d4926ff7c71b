"""Write docs/reference.md: commands, settings, keys and fields, as the code has them.

python -m tests.docs.reference docs/reference.md
"""

from __future__ import annotations

import argparse
import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

from cli.grammar import Argument, Command, read_grammar
from cli.main import build_parser
from connectors.docket_files.catalogue import FIELDS
from core.config import PREFIX, Config
from sync.policy import SETTING_NOTES, SETTINGS, Policy
from tui.keys import ACTIONS, Action

_INTRO = """\
# Reference

Made from the code by `make docs`; a test fails where it is stale. The job itself is told in
the [guide](guide.md).
"""
_CONFIGURATION = """\
## Configuration

TOML. A flag counts before the environment, the environment before the file, the file before
the default; [the guide](guide.md#where-everything-is) says where the file lies. It holds no
secret. Relative paths are meant from where the file lies.
"""
_KEYS = """\
## Keyboard

Every action is also in the palette (`ctrl+p`), by its name; some are only there. The
configuration can change a key by the action's id ([how](keyboard.md#other-keys-than-these)).
"""
_PLACES = {
    "list": "every list",
    "table": "the table of invoices",
    "main": "the main screen",
    "detail": "one invoice",
    "test_result": "a test's result",
    "progress": "a sync under way",
    "result": "a sync's result",
    "log": "the sync log",
    "line": "one line of the sync log",
    "write": "one write to QuickBooks",
    "confirm": "a question",
    "undo": "the plan of a void",
    "app": "everywhere",
    "side": "every screen but the main one",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.parse_args().file.write_text(reference(), encoding="utf-8")
    return 0


def reference() -> str:
    """The whole page."""
    return "\n".join([_INTRO, *_commands(), *_configuration(), *_settings(), *_keys(), *_fields()])


def _commands() -> Iterator[str]:
    grammar = read_grammar(build_parser())
    yield "## Commands\n"
    yield _table(
        ("Command", "What it does"),
        (
            (f"[`{_words(one)}`](#{'-'.join(('docket-qbo', *one.words))})", one.help)
            for one in grammar.parts
        ),
    )
    epilog = build_parser().epilog or ""
    yield f"```\n{epilog.strip()}\n```\n"
    everywhere = {option.names for option in grammar.options}
    yield f"### {_words(grammar)}\n\nWithout a command: the dashboard.\n"
    yield _table(("", ""), map(_argument, grammar.options))
    for command in (one for one in grammar.all() if one.words):
        own = [one for one in command.arguments if one.names not in everywhere]
        yield f"### {_words(command)}\n\n{command.help[:1].upper()}{command.help[1:]}.\n"
        if own:
            yield _table(("", ""), map(_argument, own))


def _words(command: Command) -> str:
    return " ".join(("docket-qbo", *command.words))


def _argument(one: Argument) -> tuple[str, str]:
    values = " ".join(one.values)
    if not one.names:
        shown = f"{values}{' …' if one.several else ''}"
        return f"`{shown}`", one.help or f"one of {', '.join(one.choices)}"
    names = ", ".join(f"`{name}{' ' + values if values else ''}`" for name in one.names)
    return names, one.help


def _configuration() -> Iterator[str]:
    yield _CONFIGURATION
    plain = Config()
    for section in fields(Config):
        current = getattr(plain, section.name)
        if section.name in ("keys", "folder"):
            continue
        about = " ".join((inspect.getdoc(type(current)) or "").split())
        notes = _notes(type(current))
        yield f"### [{section.name}]\n\n{about}\n"
        yield _table(
            ("Key", "Default", "In the environment", ""),
            (
                (
                    f"`{name}`",
                    _default(default),
                    f"`{PREFIX}{section.name}_{name}`".upper(),
                    notes.get(name, ""),
                )
                for name, default in current._asdict().items()
            ),
        )


def _settings() -> Iterator[str]:
    yield "## Settings of a company\n"
    yield (
        "In the cache, shown and changed with `docket-qbo settings`. Beside them stands"
        " `start_date`: invoices from that day on are posted.\n"
    )
    plain, notes = Policy(), _notes(Policy)
    yield _table(
        ("Setting", "Can be", "Default", ""),
        (
            (
                f"`{name}`",
                words,
                _default(getattr(plain, name)),
                SETTING_NOTES.get(name) or notes.get(name, ""),
            )
            for name, (words, _) in SETTINGS.items()
        ),
    )


def _keys() -> Iterator[str]:
    yield _KEYS
    for where in dict.fromkeys(action.where for action in ACTIONS):
        name = _PLACES.get(where, where.replace("_", " "))
        yield f"### {name[:1].upper()}{name[1:]}\n"
        held = (action for action in ACTIONS if action.where == where)
        yield _table(("Key", "Action", "", "Id"), map(_action, held))


def _action(action: Action) -> tuple[str, ...]:
    keys = " ".join(f"`{key}`" for key in action.shown_keys.split()) if action.keys else "palette"
    return keys, action.words, action.help, f"`{action.id}`"


def _fields() -> Iterator[str]:
    yield "## Fields of an export\n"
    yield (
        "What `docket-qbo import --map` can name, and what columns call it"
        " ([how](import.md)). A field in bold is needed.\n"
    )
    for kind, known in FIELDS.items():
        yield f"### Export of {kind}\n"
        yield _table(
            ("Field", "Form", "Columns are called"),
            (
                (
                    f"**`{one.name}`**" if one.needed else f"`{one.name}`",
                    str(one.form),
                    ", ".join(one.words[1:]),
                )
                for one in known.values()
            ),
        )


def _notes(made: type) -> dict[str, str]:
    """What stands below each field of a class."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(made))).body
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for one, below in pairwise(tree.body):
        if (
            isinstance(one, ast.AnnAssign)
            and isinstance(one.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            found[one.target.id] = " ".join(str(below.value.value).split())
    return found


def _default(value: object) -> str:
    if isinstance(value, bool):
        return "no" if not value else "yes"
    return f"`{value}`" if value != "" else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    raise SystemExit(main())
