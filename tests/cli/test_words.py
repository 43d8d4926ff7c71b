"""The words of the command line, and where it reads and writes."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from cli.main import COMMANDS, build_parser, main
from cli.places import find_places
from core.config import read_config
from core.errors import Exit, UsageTrouble


@pytest.mark.parametrize("name", [name for name, _ in COMMANDS])
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args([name, "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "exit codes" in said
    assert "--config" in said


def test_a_wrong_word_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["synk"])
    assert ended.value.code == Exit.USAGE
    assert "invalid choice" in capsys.readouterr().err


def test_the_places_may_stand_before_or_after_the_command() -> None:
    parser = build_parser()
    before = parser.parse_args(["--db", "a.db", "status"])
    after = parser.parse_args(["status", "--db", "a.db"])
    assert before.db == after.db == Path("a.db")


def test_flag_over_environment_over_file_over_default(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text('[cache]\nfile = "of-the-file.db"\n[sync]\nsettle_seconds = 7\n')
    environ = {"DOCKET_QBO_HOME": str(tmp_path)}
    words = argparse.Namespace(config=file, db=None)
    assert find_places(words, environ).cache_file == tmp_path / "of-the-file.db"
    environ["DOCKET_QBO_DB"] = str(tmp_path / "of-the-environment.db")
    assert find_places(words, environ).cache_file == tmp_path / "of-the-environment.db"
    words.db = tmp_path / "of-the-flag.db"
    assert find_places(words, environ).cache_file == tmp_path / "of-the-flag.db"
    assert read_config(file, {}).sync.settle_seconds == 7
    assert read_config(file, {"DOCKET_QBO_SYNC_SETTLE_SECONDS": "9"}).sync.settle_seconds == 9
    assert read_config(None, {}).sync.settle_seconds == 200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[docket]\nurl = 5\n", "docket.url"),
        ("[docket]\naddress = 'x'\n", "docket.address"),
        ("[ducket]\n", "ducket"),
        ("[sync]\nsettle_seconds = 0\n", "settle_seconds"),
        ("[docket]\nurl = 'http://example.com'\n", "only https"),
        ("[secrets]\nfile = 'tokens.json'\n", "practice company only"),
        ("not toml", "cannot be read"),
    ],
)
def test_a_wrong_configuration_names_the_setting_and_starts_nothing(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "c.toml"
    file.write_text(text)
    with pytest.raises(UsageTrouble) as trouble:
        read_config(file, {})
    assert said in trouble.value.what
    assert trouble.value.fix


def test_a_configuration_that_is_not_there_is_said(tmp_path: Path) -> None:
    words = argparse.Namespace(config=tmp_path / "none.toml", db=None)
    with pytest.raises(UsageTrouble, match=r"no configuration"):
        find_places(words, {"DOCKET_QBO_HOME": str(tmp_path)})
