"""Which installation this is: an id of its own in the data folder, made once.

The tokens of a company carry it, so that a copy of them on another machine, or in
another folder, is refused instead of taking the connection away from the first.
"""

from __future__ import annotations

from pathlib import Path

from core.ids import Ids
from core.private_file import PrivateFile

NAME = "installation"


def installation_id(folder: Path, ids: Ids) -> str:
    """Return the id kept in `folder`; the first call makes it.

    Raises:
        UsageTrouble: it cannot be read or written.
    """
    file = PrivateFile(folder / NAME)
    with file.alone():
        kept = file.read()
        if kept:
            return kept.decode("ascii", "replace").strip()
        made = ids.new()
        file.replace(made.encode())
        return made
