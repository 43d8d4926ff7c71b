"""Writes what connecting found out into the configuration; the rest of the file stays.

A configuration is a person's: its comments, its order and what it does not know of stay
as they are. A value is put into its line, or below its section's heading.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import tomli_w

from core.errors import UsageTrouble
from core.private_file import PrivateFile

Values = Mapping[str, Mapping[str, str]]
"""Texts by section and key."""


def keep_values(path: Path, values: Values) -> None:
    """Put values into a configuration, which is made if there is none.

    Raises:
        UsageTrouble: it cannot be read or written, or has a form that cannot be added to;
            it stays as it was.
    """
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        new = with_values(text, values)
        if new != text:
            # Through a link, the file that it leads to is replaced.
            PrivateFile(path.resolve()).replace(new.encode())
    except (OSError, ValueError, UsageTrouble) as error:
        cause = error.__cause__ if isinstance(error, UsageTrouble) else error
        why = cause.strerror if isinstance(cause, OSError) else cause
        raise UsageTrouble(
            f"The configuration {path} cannot be written: {why}.",
            books="The connection itself stands; nothing else was changed.",
            fix="Put this into it by hand: " + "; ".join(_by_hand(values)),
        ) from error


def with_values(text: str, values: Values) -> str:
    """Return a configuration's text with these values in it.

    Raises:
        ValueError: the text is no TOML, or keeps a section in another form than `[section]`.
    """
    for section, wanted in values.items():
        for key, value in wanted.items():
            if tomllib.loads(text).get(section, {}).get(key) != value:
                text = _with_value(text, section, key, value)
    now = tomllib.loads(text)
    if any(
        now[section][key] != value for section in values for key, value in values[section].items()
    ):
        raise ValueError("it has a form that values cannot be put into")
    return text


def _with_value(text: str, section: str, key: str, value: str) -> str:
    line = tomli_w.dumps({key: value})
    # Not splitlines(): TOML's lines end with a newline alone, and a name may hold the rest.
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    heading = re.compile(rf"\s*\[\s*{re.escape(section)}\s*\]\s*(#.*)?$")
    found = next((n for n, one in enumerate(lines) if heading.match(one.rstrip("\r\n"))), None)
    if found is None:
        before = f"{text.rstrip()}\n\n" if text.strip() else ""
        return f"{before}[{section}]\n{line}"
    for number in range(found + 1, len(lines)):
        if lines[number].lstrip().startswith("["):
            break
        if re.match(rf"\s*{re.escape(key)}\s*=", lines[number]):
            lines[number] = line
            return "".join(lines)
    if not lines[found].endswith("\n"):
        lines[found] += "\n"
    return "".join([*lines[: found + 1], line, *lines[found + 1 :]])


def _by_hand(values: Values) -> list[str]:
    return [
        f"[{section}] {tomli_w.dumps({key: value}).strip()}"
        for section, wanted in values.items()
        for key, value in wanted.items()
    ]
