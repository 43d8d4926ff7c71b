"""One voice: no sentence in the screens' code has a word that must not appear.

What stands on the screens is read where they are walked (`test_every_screen`). Here are
the states that no walk reaches: every sentence in the code that makes them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.voice import bad_words
from tui.keys import ACTIONS

ROOT = Path(__file__).parents[2]
SPOKEN = sorted(
    [*ROOT.glob("tui/**/*.py"), *ROOT.glob("sync/*words*.py"), *ROOT.glob("sync/**/words.py")]
)
ALLOWED = {
    "connect.py": {"sandbox"},  # Intuit's own word for its made-up companies
    "history_words.py": {"orphan"},  # what the audit log calls it, where it is translated
}


def _sentences(tree: ast.AST) -> Iterator[str]:
    """Every text of more than one word that is no docstring and no error of ours to ourselves."""
    documents = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            documents.add(node.value)
        if isinstance(node, ast.Subscript) or _to_ourselves(node):  # a type, or for ourselves
            documents.update(one for one in ast.walk(node) if isinstance(one, ast.Constant))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in documents:
            words = node.value
            if isinstance(words, str) and " " in words.strip() and not words.endswith("]"):
                yield words


def _to_ourselves(node: ast.AST) -> bool:
    """Whether a statement tells a programmer something, and nobody else."""
    if isinstance(node, ast.Raise) and node.exc is not None:
        return ast.unparse(node.exc).startswith(("TypeError", "NotImplementedError"))
    return isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log.")


@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_has_a_word_that_must_not_appear(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    allowed = ALLOWED.get(path.name, set())
    found = [(one, set(bad_words(one)) - allowed) for one in _sentences(tree)]
    assert [(words, one) for one, words in found if words] == []


def test_no_key_is_explained_with_a_word_that_must_not_appear() -> None:
    said = {action.id: list(bad_words(f"{action.words}. {action.help}")) for action in ACTIONS}
    assert {name: words for name, words in said.items() if words} == {}


@pytest.mark.parametrize(
    "words",
    ["the DocNumber", "realm 12", "sync token", "customer_unclear", "state UNKNOWN", "CreditMemo"],
)
def test_the_net_has_no_hole(words: str) -> None:
    assert list(bad_words(words))


def test_what_may_be_said_is_not_caught() -> None:
    assert list(
        bad_words("QuickBooks refused it; at 12:30 the intuit_tid is copied: API-free")
    ) == ["API"]
    assert list(bad_words("invoice no. 1042, at 12:30, HOLDINGS Inc.")) == []
