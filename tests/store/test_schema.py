"""A cache is made, brought forward, and refused where that is the only right thing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import StoreTrouble
from core.ids import SeededIds
from core.records import Kind, Page
from store import schema, sqlite
from store.backups import backups_of
from store.cache import Cache
from store.docket import save_page
from store.engine import writing_engine
from store.load import load_clients
from tests.store.worlds import StillClock, client

ROOT = Path(__file__).parents[2]

KNOWN = schema.REVISIONS
NEXT = f"{int(KNOWN[-1]) + 1:04}"
SECOND = f'''
"""Adds a column and rebuilds a table that others refer to."""
import sqlalchemy as sa
from alembic import op
revision = "{NEXT}"
down_revision = "{KNOWN[-1]}"
def upgrade() -> None:
    with op.batch_alter_table("client") as client:
        client.add_column(sa.Column("nickname", sa.String(), nullable=True))
        client.alter_column("email", existing_type=sa.String(), nullable=True)
    {{more}}
'''


def open_cache(path: Path, *, read_only: bool = False) -> Cache:
    return Cache.open(path, clock=StillClock(), ids=SeededIds(1), read_only=read_only)


def shape(path: Path) -> dict[str, list[str]]:
    """Every table, index and trigger by name; the parts of a statement in no order."""
    connection = sqlite.connect(path, read_only=True)
    try:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL AND name != 'alembic_version'"
        )
        return {
            name: sorted(re.sub(r"\s+", " ", part.strip(" ,\n\t)")) for part in sql.splitlines())
            for name, sql in rows
        }
    finally:
        connection.close()


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program of the next release: it knows one migration more."""
    migrations = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, migrations)
    monkeypatch.setattr(schema, "MIGRATIONS", migrations)
    monkeypatch.setattr(schema, "REVISIONS", (*KNOWN, NEXT))
    target = migrations / "versions" / f"{NEXT}_next.py"
    target.write_text(SECOND.format(more=""))
    return target


def test_the_migrations_lead_to_the_tables_as_they_are(tmp_path: Path) -> None:
    made, migrated = tmp_path / "made.db", tmp_path / "migrated.db"
    open_cache(made).close()
    engine = writing_engine(migrated)
    with engine.begin() as connection:
        schema.upgrade(connection)
    engine.dispose()
    assert shape(migrated) == shape(made)


def test_every_migration_is_known_and_the_newest_is_the_head() -> None:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(schema.alembic_config())
    known = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(known)) == schema.REVISIONS
    assert scripts.get_current_head() == schema.head()


def test_a_new_cache_is_made_without_alembic(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from store.cache import Cache;"
        "from core.clock import SystemClock; from core.ids import SystemIds;"
        f"path = Path({str(tmp_path / 'a.db')!r});"
        "Cache.open(path, clock=SystemClock(), ids=SystemIds()).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_a_new_cache_is_for_its_owner_alone(cache: Cache) -> None:
    assert cache.path.stat().st_mode & 0o077 == 0


def test_an_older_cache_is_brought_forward_after_a_backup(
    cache_file: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(schema, "REVISIONS", KNOWN)
        before = open_cache(cache_file)
        with before.write() as session:
            save_page(session, Page(Kind.CLIENT, [client()]))
        before.close()

    after = open_cache(cache_file)
    with after.read() as session:
        assert load_clients(session) == {"c1": client()}, "children survive a rebuilt parent"
    columns = [row[1] for row in after.reader().execute("PRAGMA table_info(client)")]
    assert "nickname" in columns
    assert after.reader().execute("PRAGMA foreign_key_check").fetchall() == []
    after.close()

    (backup,) = backups_of(cache_file)
    monkeypatch.setattr(schema, "REVISIONS", KNOWN)
    restored = open_cache(backup, read_only=True)
    with restored.read() as session:
        assert load_clients(session) == {"c1": client()}
    restored.close()


def test_a_migration_that_fails_leaves_the_cache_as_it_was(
    cache_file: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(schema, "REVISIONS", KNOWN)
        open_cache(cache_file).close()
    before = shape(cache_file)
    next_version.write_text(SECOND.format(more="raise RuntimeError('half-way')"))
    with pytest.raises(RuntimeError, match="half-way"):
        open_cache(cache_file)
    assert shape(cache_file) == before
    next_version.write_text(SECOND.format(more=""))
    open_cache(cache_file).close()


def test_a_migration_waits_for_nobody_who_has_the_cache_open(
    cache_file: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(schema, "REVISIONS", KNOWN)
        other = open_cache(cache_file)
    monkeypatch.setattr("store.locks.ALONE_WAIT_MS", 10)
    with pytest.raises(StoreTrouble, match="has it open"):
        open_cache(cache_file)
    other.close()
    open_cache(cache_file).close()


def test_an_older_cache_that_is_only_shown_is_not_brought_forward(
    cache_file: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(schema, "REVISIONS", KNOWN)
        open_cache(cache_file).close()
    with pytest.raises(StoreTrouble, match="older docket-qbo"):
        open_cache(cache_file, read_only=True)


def test_a_cache_of_a_newer_program_is_refused_and_left_alone(
    cache_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = open_cache(cache_file)
    with cache.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0099'")
    cache.close()
    before = cache_file.read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreTrouble, match="newer docket-qbo") as refused:
            open_cache(cache_file, read_only=read_only)
        assert "Install the newest" in refused.value.fix
    assert cache_file.read_bytes() == before
