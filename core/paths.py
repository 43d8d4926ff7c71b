"""Every path the program uses, in one place.

Configuration, data and logs lie in the platform's folders, or all together below
`DOCKET_QBO_HOME` where that is set (tests, the practice company, a stick).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Paths(NamedTuple):
    """The folders; none of them is made before something is written to it."""

    config: Path
    data: Path
    logs: Path

    @property
    def config_file(self) -> Path:
        """The configuration that is read when no `--config` is given."""
        return self.config / "config.toml"

    @property
    def companies(self) -> Path:
        """Where further companies have their configurations, `<short name>.toml` each."""
        return self.config / "companies"

    def cache_of(self, company: str) -> Path:
        """The cache of a further company, by its short name; of the first one without."""
        return self.data / "companies" / company / "sync.db" if company else self.cache_file

    @property
    def profiles(self) -> Path:
        """Where it is kept what the columns of export files mean."""
        return self.config / "import-profiles"

    @property
    def cache_file(self) -> Path:
        """The cache that is used when neither `--db` nor the configuration names one."""
        return self.data / "sync.db"

    @property
    def log_file(self) -> Path:
        """The diagnostic log."""
        return self.logs / "docket-qbo.log"

    @property
    def practice(self) -> Path:
        """Where `docket-qbo demo` keeps the practice company and its cache."""
        return self.data / "practice"


def find_paths(environ: Mapping[str, str]) -> Paths:
    """Return the folders for this user; `DOCKET_QBO_HOME` puts all of them below itself."""
    home = environ.get("DOCKET_QBO_HOME")
    if home:
        root = Path(home).expanduser().absolute()
        return Paths(config=root, data=root, logs=root / "logs")
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("docket-qbo", appauthor=False)
    return Paths(
        config=Path(dirs.user_config_dir),
        data=Path(dirs.user_data_dir),
        logs=Path(dirs.user_log_dir),
    )
