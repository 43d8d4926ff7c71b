"""A file of secrets is its owner's alone, or it is not used."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from core.errors import UsageTrouble
from core.ids import SystemIds
from core.installation import installation_id
from core.private_file import MOST_BYTES, PrivateFile

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes and links are POSIX")


def test_file_and_folder_are_the_owners_alone(tmp_path: Path) -> None:
    file = PrivateFile(tmp_path / "keys" / "k", own_folder=True)
    file.replace(b"1")
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700
    assert file.read() == b"1"


def test_a_folder_that_others_may_enter_is_not_used(tmp_path: Path) -> None:
    file = PrivateFile(tmp_path / "keys" / "k", own_folder=True)
    file.replace(b"1")
    file.path.parent.chmod(0o750)
    with pytest.raises(UsageTrouble, match="other users may enter"):
        file.read()
    with pytest.raises(UsageTrouble, match="other users may enter"):
        file.replace(b"2")


def test_links_are_not_followed(tmp_path: Path) -> None:
    aim = PrivateFile(tmp_path / "aim")
    aim.replace(b"1")
    link = PrivateFile(tmp_path / "link")
    link.path.symlink_to(aim.path)
    with pytest.raises(UsageTrouble, match="link"):
        link.read()
    link.path.unlink()
    link.path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageTrouble, match="link"):
        link.read()


def test_what_is_no_file_is_neither_read_nor_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)
    with pytest.raises(UsageTrouble, match="no plain file"):
        PrivateFile(pipe).read()
    with pytest.raises(UsageTrouble):
        PrivateFile(tmp_path).read()


def test_another_users_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = PrivateFile(tmp_path / "k")
    file.replace(b"1")
    owner = file.path.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(UsageTrouble, match="another user"):
        file.read()


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = PrivateFile(tmp_path / "k")
    file.replace(b"")
    os.truncate(file.path, MOST_BYTES * 1000)
    with pytest.raises(UsageTrouble, match="large"):
        file.read()


def test_a_full_disk_leaves_the_old_content_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = PrivateFile(tmp_path / "k")
    file.replace(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageTrouble, match="No space left"):
        file.replace(b"new")
    assert file.read() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["k"]


def test_an_installation_is_named_once(tmp_path: Path) -> None:
    made = installation_id(tmp_path / "data", SystemIds())
    assert installation_id(tmp_path / "data", SystemIds()) == made
    assert installation_id(tmp_path / "other", SystemIds()) != made
