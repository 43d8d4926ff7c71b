"""`docket-qbo import` and a watched folder: a shape is confirmed once, another one is noticed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import cli.main
from connectors.docket_files.choosing import Wishes, as_profile, choose, folder_finds
from connectors.docket_files.profile import load_profiles, save_profile
from connectors.docket_files.source import FileDocketSource
from core.errors import Exit, UsageTrouble
from sync.imports.known import CachedBooks
from sync.imports.pull import FilePull, left_out
from tests.docket_files.world import NOVEMBER, Held, chosen, inline, opened, quiet, written

TEXT = "Nr,Invoice Date,Customer,Total\n1001,11/13/2026,Ann,$108.25\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOCKET_QBO_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_shape_is_confirmed_once_and_another_one_is_noticed(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "invoices.csv", TEXT)
    asked = ["import", str(path), "--map", "Nr=number", "--profile", "office"]
    assert cli.main.main(asked) == Exit.DONE
    shown = capsys.readouterr()
    assert "1001" in shown.out
    assert "Nothing was changed" in shown.err
    assert not load_profiles(home / "import-profiles")
    assert cli.main.main([*asked, "--yes"]) == Exit.DONE
    capsys.readouterr()
    assert cli.main.main(["import", str(path), "--yes", "--json"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["imported"] is True
    written(tmp_path / "invoices.csv", TEXT.replace("Total", "Sum"))
    cli.main.main(["import", str(path)])
    assert "of another shape: new are Sum; gone are Total" in capsys.readouterr().err
    assert cli.main.main(["import", "--export-profile", "office"]) == Exit.DONE
    assert 'Nr = "number"' in capsys.readouterr().out
    assert cli.main.main(["import", "--undo"]) == Exit.DONE
    assert "1 invoice" in capsys.readouterr().out


def test_what_is_not_certain_is_asked_and_nothing_is_imported(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "invoices.csv", TEXT.replace("11/13", "11/03"))
    assert cli.main.main(["import", str(path), "--map", "Nr=number", "--yes"]) == Exit.USAGE
    assert "--dates mdy or dmy" in capsys.readouterr().err
    assert not home.exists()


def test_a_field_is_of_one_column_whoever_says_it(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "invoices.csv", TEXT.replace("Total", "Sum,Open").replace("$", "1,"))
    asked = ["import", str(path), "--map", "Nr=number"]
    assert cli.main.main([*asked, "--map", "Sum=total", "--map", "Open=total"]) == Exit.USAGE
    assert "2 columns cannot be total" in capsys.readouterr().err
    (first,) = chosen([path], Wishes(columns={"Nr": "number", "Sum": "total"}))
    kept = as_profile(first, "office", "USD")
    written(path, path.read_text().replace("Open", "Owed"))
    (then,) = choose([path], [kept], Wishes(columns={"Owed": "total"}))
    columns = as_profile(then, "office", "USD").columns
    assert (columns["Nr"], columns["Owed"], "Sum" in columns) == ("number", "total", False)
    twice = replace(kept, columns={**kept.columns, "Open": "total"})
    save_profile(home, twice)
    with pytest.raises(UsageTrouble, match="two of its columns are the same field"):
        load_profiles(home)


async def test_a_watched_folder_is_read_when_its_files_change(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    path = written(folder / "invoices.csv", TEXT)
    (folder / "notes.csv").write_text("What,Who\nlunch,Bob\nlunch,Ann\n")
    profiles = home / "import-profiles"
    with opened(tmp_path / "cache.db") as cache:
        source = FileDocketSource(
            lambda: folder_finds(folder, load_profiles(profiles)), CachedBooks(cache)
        )

        async def pulled() -> int:
            pull = FilePull(cache, source, quiet, "tester", inline)
            await pull.check_account()
            return sum((await pull.run(full=False)).values())

        assert await pulled() == 0
        assert "no profile knows this shape" in left_out(source)[0]
        _confirmed(path, profiles)
        assert await pulled() == 2
        assert await pulled() == 0
        written(path, TEXT + "1002,11/14/2026,Bob,$5.00\n", NOVEMBER + timedelta(days=1))
        assert await pulled() == 2
        assert {one.number for one in Held(cache).invoices.values()} == {"1001", "1002"}


def test_a_single_file_may_be_watched(home: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "invoices.csv", TEXT)
    (tmp_path / "notes.csv").write_text("What,Who\nlunch,Bob\nlunch,Ann\n")
    _confirmed(path, home / "import-profiles")
    found, wrong = folder_finds(path, load_profiles(home / "import-profiles"))
    assert [one.table.path for one in found] == [path]
    assert not wrong
    with pytest.raises(UsageTrouble, match=r"gone\.csv for Docket's exports is not there"):
        folder_finds(tmp_path / "gone.csv", [])


def _confirmed(path: Path, profiles: Path) -> None:
    (one,) = chosen([path], Wishes(columns={"Nr": "number"}))
    save_profile(profiles, as_profile(one, "office", "USD"))
