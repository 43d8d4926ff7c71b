"""Which store of secrets a configuration gets, and what is loaded for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.places import Places
from cli.secrets import find_passphrase, find_secrets, token_lock
from core import system_keyring
from core.config import read_config
from core.errors import UsageTrouble
from core.paths import find_paths
from core.secrets import SecretStore
from core.system_keyring import KeyringSecrets

WORDS = "correct horse battery staple"
REAL = """
[docket]
url = "https://docket.example.com"
[quickbooks]
url = "https://quickbooks.api.intuit.com"
realm_id = "9130000000000001"
discovery_url = "https://developer.api.intuit.com/.well-known/openid_configuration"
"""


class Ring:
    """A keyring, as far as choosing one goes."""

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("not asked for a secret here")

    set_password = delete_password = get_password


def company(home: Path, keys: str) -> Places:
    file = home / "config.toml"
    file.write_text(REAL + keys)
    paths = find_paths({"DOCKET_QBO_HOME": str(home)})
    return Places(paths, read_config(file, {}), file, home / "sync.db")


def store_of(places: Places) -> SecretStore:
    return find_secrets(places, find_passphrase(places))


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_keyring, "find_backend", lambda: None)
    monkeypatch.delenv("DOCKET_QBO_PASSPHRASE", raising=False)


def test_the_systems_keyring_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_keyring, "find_backend", Ring)
    assert isinstance(store_of(company(tmp_path, "")), KeyringSecrets)
    assert isinstance(store_of(company(tmp_path, '[secrets]\nstore = "keyring"')), KeyringSecrets)


def test_without_a_keyring_the_sealed_file_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKET_QBO_PASSPHRASE", WORDS)
    store_of(company(tmp_path, "")).put("a", "marked-secret-1")
    assert "DOCKET_QBO_PASSPHRASE" not in os.environ
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"marked-secret" not in file.read_bytes()
    monkeypatch.setattr(system_keyring, "find_backend", Ring)
    monkeypatch.setenv("DOCKET_QBO_PASSPHRASE", WORDS)
    assert store_of(company(tmp_path, "")).get("a") == "marked-secret-1"


def test_a_keyring_that_is_asked_for_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    with pytest.raises(UsageTrouble, match="no keyring"):
        store_of(company(tmp_path, '[secrets]\nstore = "keyring"'))


def test_without_a_terminal_the_ways_are_named_before_the_screen_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = company(tmp_path, '[secrets]\nstore = "file"')
    monkeypatch.setattr("cli.secrets.terminal", lambda: None)
    with pytest.raises(UsageTrouble) as caught:
        find_passphrase(places, at_once=True)
    assert "DOCKET_QBO_PASSPHRASE" in caught.value.fix
    assert "fd:3" in caught.value.fix


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ('file = "tokens.json"', "practice company only"),
        ('store = "plain"', '"keyring" or "file"'),
        ('passphrase_from = "my secret"', "env:NAME"),
        ('passphrase_from = "fd:1"', "env:NAME"),
        ('store = "file"\nfile = "tokens.json"', "beside"),
    ],
)
def test_a_setting_that_is_not_safe_is_refused(tmp_path: Path, keys: str, why: str) -> None:
    with pytest.raises(UsageTrouble, match=why):
        company(tmp_path, f"[secrets]\n{keys}")


def test_one_lock_for_all_who_renew_one_companys_tokens(tmp_path: Path) -> None:
    assert token_lock(company(tmp_path, "")).name == "9130000000000001.lock"
    assert token_lock(company(tmp_path, "")) == token_lock(company(tmp_path, '[cache]\nfile="x"'))


def test_nothing_of_keys_is_loaded_before_the_first_picture() -> None:
    code = (
        "import sys, cli.dashboard, cli.secrets; "
        "slow = {'keyring', 'cryptography', 'filelock', 'requests'} & set(sys.modules); "
        "sys.exit(' '.join(slow) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
