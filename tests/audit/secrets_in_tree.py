"""Looks for secrets in every file that git tracks.

Three ways, because each has holes: the forms in which Intuit and others write keys and
tokens; a value beside a telling name; and text that is too random to be words. What a test
needs to look like a secret says so itself (`marked`), or stands in `ALLOWED` with why.
"""

from __future__ import annotations

import hashlib
import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FORMS: dict[str, re.Pattern[str]] = {
    "Intuit client id": re.compile(r"\bAB[A-Za-z0-9]{48}\b"),
    "Intuit refresh token": re.compile(r"\b(?:AB11\d{11}[A-Za-z0-9]{20,}|RT1-\d+-[\w-]{20,})"),
    "token (JWT or JWE)": re.compile(r"\beyJ[\w-]{16,}\.[\w-]*\.[\w.+/=-]{8,}"),
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "AWS key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "GitHub token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,})"),
    "PyPI token": re.compile(r"\bpypi-AgE[\w-]{50,}"),
    "Slack token": re.compile(r"\bxox[abprs]-[\w-]{20,}"),
}
NAMED = re.compile(
    r"""(?i)\b[\w-]*(?:secret|token|passw(?:or)?d|passphrase|api[_-]?key)[\w-]*["']?\s*[=:]\s*"""
    r"""["']?([A-Za-z0-9+/_.=-]{20,})"""
)
RANDOM = re.compile(r"[A-Za-z0-9+/_=-]{32,}")
NAMED_BITS = 3.6
"""Bits a letter; an identifier has less, a key of twenty random letters more."""
RANDOM_BITS = 4.6
"""More than hex can have (4), or words joined by dashes."""

ALLOWED: dict[str, str] = {
    "ebbe6c1b446977b4": "the head of every access token of Intuit's: the name of its cipher",
}
"""Digests of what looks like a secret and is none, with why."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a secret may stand; never what it is."""

    path: str
    line: int
    what: str
    digest: str
    """For `ALLOWED`."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what} ({self.digest})"


def scan(text: str, path: str = "") -> Iterator[Found]:
    """Yield what looks like a secret, each place once."""
    for number, line in enumerate(text.splitlines(), 1):
        seen: set[str] = set()
        for what, value in _suspects(line):
            digest = digest_of(value)
            if "marked" in value.lower() or digest in ALLOWED or value in seen:
                continue
            seen.add(value)
            yield Found(path, number, what, digest)


def tracked(root: Path = ROOT) -> list[Path]:
    """Every file that git tracks and that is there."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True
    )
    return [root / name for name in done.stdout.split("\0") if name and (root / name).is_file()]


def scan_tree(root: Path = ROOT) -> list[Found]:
    """What looks like a secret in the tree; in files of bytes, the forms alone are looked for."""
    found: list[Found] = []
    for path in tracked(root):
        name, content = str(path.relative_to(root)), path.read_bytes()
        if b"\0" in content[:8192]:
            found += _in_bytes(content.decode("latin-1"), name)
        else:
            found += scan(content.decode("utf-8", "replace"), name)
    return found


def digest_of(value: str) -> str:
    """The short digest by which `ALLOWED` knows a text."""
    return hashlib.sha256(value.encode()).hexdigest()[:16]


def _suspects(line: str) -> Iterator[tuple[str, str]]:
    for what, form in FORMS.items():
        for match in form.finditer(line):
            yield what, match[0]
    for match in NAMED.finditer(line):
        if _mixed(match[1]) and _bits(match[1]) > NAMED_BITS:
            yield "value of a telling name", match[1]
    for match in RANDOM.finditer(line):
        if _mixed(match[0]) and _bits(match[0]) > RANDOM_BITS:
            yield "random text", match[0]


def _in_bytes(text: str, name: str) -> Iterator[Found]:
    for what, form in FORMS.items():
        for match in form.finditer(text):
            yield Found(name, 0, what, digest_of(match[0]))


def _mixed(value: str) -> bool:
    """Small and large letters and digits: what keys have and names seldom do."""
    return all(re.search(part, value) for part in ("[a-z]", "[A-Z]", "[0-9]"))


def _bits(value: str) -> float:
    """Shannon's entropy of the letters."""
    size = len(value)
    return -sum(n / size * math.log2(n / size) for n in Counter(value).values())
