"""Completion: every word that the program understands, in every shell, read off its own grammar."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache

import pytest

from cli.completion import bash, fish, zsh
from cli.grammar import Command, read_grammar
from cli.main import COMMANDS, build_parser

MADE = {"bash": bash.script, "zsh": zsh.script, "fish": fish.script}


@cache
def grammar() -> Command:
    return read_grammar(build_parser())


def pressed(*words: str) -> list[str]:
    """What bash offers behind these words, the last of them unfinished."""
    typed = " ".join(f"'{word}'" for word in ("docket-qbo", *words))
    ask = f'COMP_WORDS=({typed}); COMP_CWORD={len(words)}; _docket_qbo; echo "${{COMPREPLY[@]}}"'
    done = subprocess.run(
        ["bash", "--norc", "-c", f"{bash.script(grammar())}\n{ask}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_the_grammar_has_every_command_with_its_help() -> None:
    parts = {part.words: part for part in grammar().parts}
    assert list(parts) == [(name,) for name, _ in COMMANDS]
    assert {part.words[-1]: part.help for part in parts.values()} == dict(COMMANDS)
    assert [part.words for part in parts[("audit",)].parts] == [
        ("audit", "verify"),
        ("audit", "export"),
    ]
    out = next(one for one in parts[("sandbox",)].options if one.name == "--out")
    assert out.path
    assert out.values == ("FOLDER",)


@pytest.mark.parametrize("shell", MADE)
def test_every_command_and_every_option_is_in_the_script(shell: str) -> None:
    script = MADE[shell](grammar())
    for command in grammar().all():
        for word in command.words:
            assert re.search(rf"(?<![\w-]){word}(?![\w-])", script)
        for option in command.options:
            name = option.name.lstrip("-") if shell == "fish" else option.name
            assert name in script


@pytest.mark.parametrize("shell", MADE)
def test_a_shell_that_is_here_can_read_its_script(shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} on this machine")
    subprocess.run([program, "-n"], input=MADE[shell](grammar()), text=True, check=True)


def test_bash_offers_commands_options_and_the_values_of_options() -> None:
    assert pressed("sta") == ["status"]
    assert pressed("--config", "some file", "sta") == ["status"]
    assert pressed("sandbox", "--lat") == ["--latency"]
    assert pressed("sandbox", "--latency", "") == ["none", "recorded"]
    assert {"verify", "export"} <= set(pressed("audit", ""))
    assert pressed("audit", "export", "--js") == ["--jsonl"]
    assert pressed("completion", "z") == ["zsh"]


def test_bash_leaves_names_of_files_to_itself() -> None:
    assert pressed("import", "exp") == []
    assert pressed("audit", "export", "--jsonl", "o") == []
    assert pressed("import", "--ye") == ["--yes"]
