"""Prepares an import for a screen: looks at files, takes corrections, previews, imports, undoes.

The command line makes the same calls; here they keep what was said between two of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from connectors.docket_files.choosing import Wishes, choose, files_of, numbered
from connectors.docket_files.group import Sheet
from connectors.docket_files.profile import Profile, load_profiles, save_profile
from connectors.docket_files.tables import SUFFIXES
from core.text import display
from store.imports import ImportRow
from sync.imports.confirming import confirmed
from sync.imports.desk import ImportDesk, ImportResult
from sync.imports.draft import Correction, TableDraft, table_draft
from sync.shapes import PullProgress

WatchPull = Callable[[PullProgress], None]
_MOST_NAMES = 200


class ImportBench:
    """What the import screens work with."""

    def __init__(self, desk: ImportDesk, profiles: Path, folder: Path) -> None:
        """Work on the desk's cache, with the profiles of one folder; look in `folder` first."""
        self._desk = desk
        self._profiles = profiles
        self.folder = folder

    def log(self) -> Sequence[ImportRow]:
        """The imports so far, newest first."""
        return self._desk.log()

    def names(self, text: str) -> list[str]:
        """Folders (with a separator at the end) and exports whose path begins with `text`.

        A name that is not safe to show is not offered; it comes in with its folder.
        """
        typed = os.path.expanduser(text)
        folder, begin = os.path.split(typed)
        try:
            entries = sorted(os.scandir(folder or "."), key=lambda one: one.name.casefold())
        except OSError:
            return []
        found = []
        for entry in entries:
            name = entry.name
            hidden = name.startswith((".", "~$")) and not begin.startswith(".")
            fits = name.casefold().startswith(begin.casefold()) and display(name) == name
            if hidden or not fits:
                continue
            if entry.is_dir():
                found.append(os.path.join(folder, name, ""))
            elif Path(name).suffix.casefold() in SUFFIXES:
                found.append(os.path.join(folder, name))
        return found[:_MOST_NAMES]

    def look(self, path: str) -> list[TableDraft]:
        """Look at a file, or at all exports of a folder.

        Raises:
            UsageTrouble: there is none, or one cannot be read.
        """
        wishes = Wishes()
        files = files_of([Path(path).expanduser()])
        return [table_draft(one, wishes) for one in choose(files, self._kept(), wishes)]

    def correct(self, table: TableDraft, said: Correction) -> TableDraft:
        """The table as it would be read after a correction.

        Raises:
            UsageTrouble: the correction does not fit.
        """
        return table.corrected(said, self._kept())

    async def preview(self, tables: Sequence[TableDraft], watch: WatchPull) -> ImportResult:
        """What `run` would change.

        Raises:
            Trouble: a file is broken, or the cache is not for files.
        """
        return await self._desk.preview(self._sheets(tables, keep=False), watch)

    async def run(self, tables: Sequence[TableDraft], watch: WatchPull) -> ImportResult:
        """Keep what was confirmed as profiles, and import.

        Raises:
            Trouble: as `preview`, or a profile cannot be written.
        """
        return await self._desk.run(self._sheets(tables, keep=True), watch)

    async def undo(self) -> Mapping[str, int]:
        """Take the last import back; return the records put back or taken out, by kind.

        Raises:
            Trouble: there is none, or something was posted from it.
        """
        return await self._desk.undo()

    def _kept(self) -> list[Profile]:
        return load_profiles(self._profiles)

    def _sheets(self, tables: Sequence[TableDraft], *, keep: bool) -> list[Sheet]:
        made = confirmed([(one.choice, one.currency) for one in tables], self._kept())
        if keep:
            for _, profile in made:
                save_profile(self._profiles, profile)
        return numbered(made)
