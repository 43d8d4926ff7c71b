"""Conformance: each numbered fact of docs/qbo-facts.md has a source and a test that exists."""

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FACTS = HERE.parents[1] / "docs" / "qbo-facts.md"
ROW = re.compile(r"^\| ([A-Z])(\d+) \| (.+) \| (.+) \| (test_\w+) \|$", re.MULTILINE)
TESTS = frozenset(
    name
    for file in HERE.glob("test_*.py")
    for name in re.findall(r"def (test_\w+)\(", file.read_text(encoding="utf-8"))
)


def facts() -> list[tuple[str, int, str, str, str]]:
    """(letter, number, fact, source, test) of every row."""
    rows = ROW.findall(FACTS.read_text(encoding="utf-8"))
    return [(letter, int(number), *rest) for letter, number, *rest in rows]


def test_every_numbered_fact_is_checked_by_a_test(capsys: pytest.CaptureFixture[str]) -> None:
    unchecked = [f"{letter}{number}" for letter, number, *_, test in facts() if test not in TESTS]
    assert unchecked == []
    series: dict[str, list[int]] = {}
    for letter, number, *_ in facts():
        series.setdefault(letter, []).append(number)
    for letter, numbers in series.items():
        assert numbers == list(range(1, len(numbers) + 1)), letter
    named = ", ".join(f"{letter}1-{letter}{numbers[-1]}" for letter, numbers in series.items())
    with capsys.disabled():
        print(f"\n{len(facts())} facts of QuickBooks are checked: {named}")
    assert len(facts()) > 100


def test_every_fact_has_a_source() -> None:
    assert [
        f"{letter}{number}" for letter, number, _, source, _ in facts() if len(source) < 4
    ] == []


def test_no_row_of_the_table_is_left_unread() -> None:
    lines = FACTS.read_text(encoding="utf-8").splitlines()
    written = [line for line in lines if re.match(r"\| [A-Z]\d", line)]
    assert len(written) == len(facts())
