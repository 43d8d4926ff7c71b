"""Asks osv.dev whether a locked package has a known hole.

The Open Source Vulnerabilities database holds what PyPI's own advisories and GitHub's say.
It is asked once, by name and version, for everything in `requirements`; nothing of ours
goes there. Without a network that is said, and nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

URL = "https://api.osv.dev/v1/querybatch"
PAGE = "https://osv.dev/vulnerability/"
TIMEOUT = 30.0
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", re.MULTILINE)


class Offline(Exception):
    """Nobody could be asked, so nothing is known."""


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    """A package in one locked version."""

    name: str
    version: str


def pins(folder: Path) -> dict[Pin, list[str]]:
    """Every package that is locked, with the files that lock it."""
    found: dict[Pin, list[str]] = {}
    for path in sorted(folder.glob("*.txt")):
        for name, version in _PIN.findall(path.read_text(encoding="utf-8")):
            found.setdefault(Pin(name.lower(), version), []).append(path.name)
    return found


def holes(
    packages: Iterable[Pin], transport: httpx.BaseTransport | None = None
) -> Mapping[Pin, list[str]]:
    """Return the ids of known holes by package.

    Raises:
        Offline: there is no answer, or none that can be read.
    """
    asked = sorted(packages)
    queries = [
        {"package": {"name": one.name, "ecosystem": "PyPI"}, "version": one.version}
        for one in asked
    ]
    try:
        with httpx.Client(timeout=TIMEOUT, transport=transport) as http:
            answer = http.post(URL, json={"queries": queries})
            answer.raise_for_status()
            results = answer.json()["results"]
        if len(results) != len(asked):
            raise ValueError("an answer to another question")
        return {
            pin: [str(hole["id"]) for hole in result["vulns"]]
            for pin, result in zip(asked, results, strict=True)
            if result.get("vulns")
        }
    except (httpx.HTTPError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise Offline(type(error).__name__) from error
