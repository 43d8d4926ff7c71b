"""Finds the rooms and hands over to the command line.

In a checkout the rooms (core, store, sync …) lie beside this package; in a wheel
they travel inside it, in `rooms/`, so that an installation adds no name such as
`core` or `tests` to Python. Either way they come first on the path, and a package
of the same name that got in before them is reported instead of being run.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOMS = ("core", "connectors", "store", "sync", "tui", "cli", "sandbox")


def claim_rooms() -> Path:
    """Put the folder that holds the rooms first on the path and return it.

    Raises:
        SystemExit: another package already answers to one of the rooms' names.
    """
    here = Path(__file__).resolve().parent
    inside = here / "rooms"
    home = inside if inside.is_dir() else here.parent
    for name in ROOMS:
        module = sys.modules.get(name)
        if module is None:
            continue
        found = [Path(entry).resolve() for entry in getattr(module, "__path__", [])]
        if home / name not in found:
            raise SystemExit(
                f"docket-qbo: another package called '{name}' was loaded from {found}. "
                "Install docket-qbo in an environment of its own, for example with pipx."
            )
    if sys.path[:1] != [str(home)]:
        sys.path.insert(0, str(home))
    return home


def main() -> int:
    """Run the command line and return its exit code."""
    claim_rooms()
    from cli.main import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
