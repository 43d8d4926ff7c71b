"""Where it is kept how a person looks at a company's list: a small file beside its cache."""

from __future__ import annotations

from pathlib import Path

from core.errors import UsageTrouble


class FileViews:
    """The text of a file that is replaced as a whole; it holds no secret and may be deleted."""

    def __init__(self, cache: Path) -> None:
        self._path = cache.with_name(f"{cache.name}.views.json")

    def read(self) -> str:
        """Return the text; empty if there is none that can be read."""
        try:
            return self._path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    def write(self, text: str) -> None:
        """Keep the text.

        Raises:
            UsageTrouble: it cannot be written.
        """
        draft = self._path.with_name(f"{self._path.name}.draft")
        try:
            draft.write_text(text, encoding="utf-8")
            draft.chmod(0o600)
            draft.replace(self._path)
        except OSError as error:
            raise UsageTrouble(
                f"The order and the filters could not be kept: {error.strerror}.",
                books="Nothing else is touched by it.",
                fix=f"Make room on the disk, or look at the rights of {self._path}.",
            ) from error
