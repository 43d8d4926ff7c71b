"""The commands that copy the cache and put a copy back: nothing is replaced unasked."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from cli.main import main
from core.errors import Exit
from core.ids import SeededIds
from store.backups import backups_of
from store.cache import Cache
from store.company import save_company
from store.settings import get_setting, put_setting
from tests.store.worlds import StillClock, company

HOSTILE = "Beta \x1b[2J Bins"


def opened(path: Path) -> Cache:
    return Cache.open(path, clock=StillClock(), ids=SeededIds(1))


def fill(path: Path, value: str, name: str = "Acme", realm: str = "9130000000000001") -> None:
    with closing(opened(path)) as cache, cache.write() as session:
        save_company(session, company(name=name, realm_id=realm))
        put_setting(session, "marked", value)


def marked(path: Path) -> str | None:
    with closing(opened(path)) as cache, cache.read() as session:
        return get_setting(session, "marked")


@pytest.fixture
def cache_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOCKET_QBO_HOME", str(tmp_path))
    path = tmp_path / "sync.db"
    fill(path, "first")
    return path


def test_a_backup_is_listed_previewed_and_restored(
    cache_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "--json"]) == Exit.DONE
    made = Path(json.loads(capsys.readouterr().out)["file"])
    assert backups_of(cache_file)[-1] == made, "the day's own copy may stand before it"
    fill(cache_file, "second")
    assert main(["restore"]) == Exit.DONE
    assert made.name in capsys.readouterr().out
    assert main(["restore", made.name]) == Exit.USAGE, "a preview is no restore"
    said = capsys.readouterr()
    assert "Acme" in said.out
    assert "--yes" in said.err
    assert marked(cache_file) == "second"
    assert main(["restore", made.name, "--yes"]) == Exit.DONE
    said = capsys.readouterr()
    assert marked(cache_file) == "first"
    assert "looked up in QuickBooks" in said.err
    kept = Path(said.out.split("kept as ")[1].strip())
    assert main(["restore", str(kept), "--yes"]) == Exit.DONE
    assert marked(cache_file) == "second"


def test_a_copy_is_not_written_over_another_file(
    cache_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.db").write_text("precious")
    assert main(["backup", "--to", str(tmp_path / "mine.db")]) == Exit.LEFT
    assert (tmp_path / "mine.db").read_text() == "precious"
    assert main(["backup", "--to", str(tmp_path / "copy.db")]) == Exit.DONE
    assert marked(tmp_path / "copy.db") == "first"
    assert main(["backup", "--to", str(tmp_path / "no" / "folder.db")]) == Exit.LEFT
    assert "cannot be opened" in capsys.readouterr().err


def test_another_companys_copy_is_refused_and_its_name_is_only_text(
    cache_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(tmp_path / "other.db", "x", HOSTILE, "42")
    assert main(["restore", str(tmp_path / "other.db"), "--yes"]) == Exit.LEFT
    said = capsys.readouterr().err
    assert "another company" in said
    assert "\x1b" not in said
    assert marked(cache_file) == "first"


def test_a_damaged_cache_is_replaced_and_kept(
    cache_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "--json"]) == Exit.DONE
    made = Path(json.loads(capsys.readouterr().out)["file"])
    cache_file.write_bytes(b"dear diary\n" * 1000)
    assert main(["restore", made.name, "--yes"]) == Exit.DONE
    assert "kept as it is" in capsys.readouterr().err
    assert marked(cache_file) == "first"
    assert next(made.parent.glob("*.replaced")).read_bytes().startswith(b"dear diary")
