"""The passphrase comes from a variable, a descriptor or a person, and goes no further."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from core.errors import UsageTrouble
from core.passphrase import VARIABLE, Passphrase
from core.secrets import Secret

WORDS = "correct horse battery staple"


def answers(*given: str) -> tuple[Callable[[str], str], list[str]]:
    left, questions = list(given), []

    def ask(question: str) -> str:
        questions.append(question)
        return left.pop(0)

    return ask, questions


def test_a_variable_is_taken_out_of_the_environment() -> None:
    environ = {VARIABLE: WORDS, "OTHER": WORDS}
    assert Passphrase("", environ, None)() == Secret(WORDS)
    assert environ == {"OTHER": WORDS}
    assert Passphrase("env:OTHER", environ, None)() == Secret(WORDS)
    assert environ == {}


def test_no_child_gets_the_variable() -> None:
    code = f"""
import os, subprocess, sys
from core.passphrase import Passphrase
passphrase = Passphrase("", os.environ, None)
assert passphrase().reveal() == {WORDS!r}
child = "import os; assert {VARIABLE!r} not in os.environ"
sys.exit(subprocess.call([sys.executable, "-c", child]))
"""
    environ = {**os.environ, VARIABLE: WORDS}
    done = subprocess.run([sys.executable, "-c", code], env=environ, check=False)
    assert done.returncode == 0


def test_a_descriptor_is_read_and_closed() -> None:
    there, here = os.pipe()
    os.write(here, f"{WORDS}\nnot this".encode())
    os.close(here)
    assert Passphrase(f"fd:{there}", {VARIABLE: "of another"}, None)() == Secret(WORDS)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(there)


def test_a_descriptor_that_is_not_open_is_explained() -> None:
    with pytest.raises(UsageTrouble, match="descriptor 987"):
        Passphrase("fd:987", {}, None)()


def test_a_person_is_asked_once() -> None:
    ask, questions = answers("short")
    passphrase = Passphrase("", {}, ask)
    assert passphrase() == passphrase() == Secret("short")
    assert len(questions) == 1


def test_a_new_passphrase_is_asked_for_twice() -> None:
    ask, questions = answers(WORDS, WORDS)
    assert Passphrase("", {}, ask)(new=True) == Secret(WORDS)
    assert len(questions) == 2
    ask, _ = answers(WORDS, WORDS + "s")
    with pytest.raises(UsageTrouble, match="differ"):
        Passphrase("", {}, ask)(new=True)


def test_a_new_passphrase_is_long() -> None:
    ask, _ = answers("too short", "too short")
    with pytest.raises(UsageTrouble, match="characters"):
        Passphrase("", {}, ask)(new=True)


def test_without_a_terminal_both_ways_are_named() -> None:
    with pytest.raises(UsageTrouble) as caught:
        Passphrase("", {}, None)()
    assert VARIABLE in caught.value.fix
    assert "fd:3" in caught.value.fix


def test_an_empty_variable_is_no_passphrase() -> None:
    with pytest.raises(UsageTrouble, match="OTHER"):
        Passphrase("env:OTHER", {"OTHER": ""}, None)()


def test_a_screen_that_has_the_terminal_asks_itself_or_nobody_does() -> None:
    at_terminal, asked = answers("never given")
    passphrase = Passphrase("", {}, at_terminal)
    passphrase.ask_by(None)
    with pytest.raises(UsageTrouble, match="no terminal"):
        passphrase()
    on_screen, told = answers("four words on screen")
    passphrase.ask_by(on_screen)
    assert passphrase() == Secret("four words on screen")
    passphrase.ask_by(None)
    assert passphrase() == Secret("four words on screen")
    assert (len(asked), len(told)) == (0, 1)
