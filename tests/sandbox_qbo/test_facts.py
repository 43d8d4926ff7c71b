"""docs/qbo-facts.md: numbered without gaps, and every fact held by a test that exists."""

import re
from pathlib import Path

HERE = Path(__file__).parent
FACTS = HERE.parents[1] / "docs" / "qbo-facts.md"
ROW = re.compile(r"^\| ([A-Z])(\d+) \| .+ \| .+ \| (test_\w+) \|$", re.MULTILINE)


def test_every_numbered_fact_is_checked_by_a_test() -> None:
    tests = set()
    for file in HERE.glob("test_*.py"):
        tests |= set(re.findall(r"def (test_\w+)\(", file.read_text(encoding="utf-8")))
    rows = ROW.findall(FACTS.read_text(encoding="utf-8"))
    print(f"{len(rows)} facts are checked")
    assert len(rows) > 60
    assert not [name for _, _, name in rows if name not in tests]
    for letter in {letter for letter, _, _ in rows}:
        numbers = [int(number) for one, number, _ in rows if one == letter]
        assert numbers == list(range(1, len(numbers) + 1)), letter


def test_no_row_of_the_table_is_left_unread() -> None:
    lines = FACTS.read_text(encoding="utf-8").splitlines()
    written = [line for line in lines if re.match(r"\| [A-Z]\d", line)]
    assert len(written) == len(ROW.findall("\n".join(lines)))
