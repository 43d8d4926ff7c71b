"""Builds what the dashboard's import screens work with."""

from __future__ import annotations

import getpass
from pathlib import Path

from cli.places import Places
from store.cache import Cache
from sync.imports.bench import ImportBench
from sync.imports.desk import ImportDesk


def build_imports(places: Places, cache: Cache) -> ImportBench:
    """The bench over this cache; it looks first into the folder that is watched, if any."""
    config = places.config
    folder = config.resolve(config.docket.folder) if config.docket.folder else Path.cwd()
    folder = folder.parent if folder.is_file() else folder
    return ImportBench(ImportDesk(cache, getpass.getuser()), places.paths.profiles, folder)
