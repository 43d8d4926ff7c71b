"""A profile: what the columns of one shape of export mean, confirmed once, kept as TOML.

A profile holds column names and formats, nothing of the company's, so that it can be
given to others. It fits a table whose headers are the very same, in any order; another
set of headers is another shape, and a person is asked again.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from connectors.docket_files.catalogue import FIELDS, FileKind
from connectors.docket_files.values import Style
from core.errors import UsageTrouble
from core.text import display

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}")
_LARGEST = 200_000
_NOTHING = "Nothing was imported."


@dataclass(frozen=True, slots=True)
class Profile:
    """How to read one shape of export.

    `headers` is the whole shape; `columns` has the field of each header that is taken.
    """

    name: str
    kind: FileKind
    headers: tuple[str, ...]
    columns: Mapping[str, str]
    style: Style
    currency: str = "USD"

    def fits(self, headers: Sequence[str]) -> bool:
        """Whether a table has exactly this shape."""
        return sorted(self.headers) == sorted(headers)

    def as_toml(self) -> str:
        """The profile as it is kept and shared."""
        return tomli_w.dumps(
            {
                "profile": {
                    "name": self.name,
                    "kind": str(self.kind),
                    "dates": self.style.dates,
                    "decimals": self.style.decimals,
                    "currency": self.currency,
                    "headers": list(self.headers),
                    "columns": dict(self.columns),
                }
            }
        )


def read_profile(path: Path) -> Profile:
    """Read a profile, one's own or somebody else's.

    Raises:
        UsageTrouble: it cannot be read, or is no profile.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("it is far too large")
        raw = tomllib.loads(path.read_text(encoding="utf-8")).get("profile")
        return _profile(raw)
    except (OSError, ValueError, KeyError, TypeError) as error:
        words = str(error) if type(error) is ValueError else "it is not a profile of an import"
        raise UsageTrouble(
            f"The profile {display(path.name, 80)} cannot be read: {display(words, 200)}.",
            books=_NOTHING,
            fix="Mend or remove the file; the columns are proposed anew without it.",
        ) from error


def load_profiles(folder: Path) -> list[Profile]:
    """Read all profiles of a folder, by name.

    Raises:
        UsageTrouble: one cannot be read.
    """
    return [read_profile(path) for path in sorted(folder.glob("*.toml"))]


def save_profile(folder: Path, profile: Profile) -> Path:
    """Keep a profile; one of the same name is replaced.

    Raises:
        UsageTrouble: the name is no name for a file, or it cannot be written.
    """
    path = folder / f"{checked_name(profile.name)}.toml"
    draft = path.with_suffix(".draft")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_text(profile.as_toml(), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise UsageTrouble(
            f"The profile cannot be written to {folder}: {error.strerror}.",
            books=_NOTHING,
            fix="Give yourself the right to write there.",
        ) from error
    return path


def checked_name(name: str) -> str:
    """Return a profile's name if it can be a file's name.

    Raises:
        UsageTrouble: it cannot.
    """
    if not _NAME.fullmatch(name) or name.endswith((" ", ".")):
        raise UsageTrouble(
            f"{display(name, 80)} cannot be the name of a profile.",
            books=_NOTHING,
            fix="Take letters, digits, blanks, dots and dashes, 64 at most.",
        )
    return name


def fitting(profiles: Iterable[Profile], headers: Sequence[str]) -> Profile | None:
    """Return the profile of exactly this shape; None if there is none."""
    return next((one for one in profiles if one.fits(headers)), None)


def _profile(raw: Any) -> Profile:
    kind = FileKind(raw["kind"])
    columns = {str(key): str(value) for key, value in raw["columns"].items()}
    for name in columns.values():
        if name not in FIELDS[kind]:
            raise ValueError(f"{name} is no field of {kind}")
    if len(set(columns.values())) < len(columns):
        raise ValueError("two of its columns are the same field")
    dates, decimals, currency = raw["dates"], raw["decimals"], raw.get("currency", "USD")
    if dates not in ("mdy", "dmy") or decimals not in ("dot", "comma"):
        raise ValueError("its dates are mdy or dmy, its decimals dot or comma")
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise ValueError("its currency is three letters")
    return Profile(
        name=checked_name(str(raw["name"])),
        kind=kind,
        headers=tuple(str(one) for one in raw["headers"]),
        columns=columns,
        style=Style(dates, decimals),
        currency=currency,
    )
