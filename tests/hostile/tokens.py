"""What may stand where tokens are kept, or come where tokens are expected.

Kept ones are refused with a sentence and left as they are; granted ones that could end a
header or a program's patience are no tokens. No words of ours hold any of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.qbo import intuit
from connectors.qbo.tokens import TokenStore
from core.errors import ConnectionTrouble, UsageTrouble
from core.secrets import FileSecrets
from core.text import display

REALM = "9130000000000001"
MARKED = "marked-secret-of-the-corpus"
_KEPT: dict[str, Any] = {
    "access_token": MARKED,
    "refresh_token": MARKED,
    "realm_id": REALM,
    "expires_at": "2026-11-23T10:00:00.000000Z",
    "refresh_expires_at": None,
    "hard_expires_at": None,
    "version": 1,
    "previous_refresh_token": None,
    "refresh_started_at": None,
    "installation": "mine",
}
_GRANTED: dict[str, Any] = {
    "access_token": "access-1",
    "refresh_token": "refresh-1",
    "expires_in": 3600,
    "x_refresh_token_expires_in": 8_726_400,
    "x_refresh_token_hard_expires_in": None,
}


def _kept(**changes: object) -> str:
    return json.dumps({**_KEPT, **changes})


KEPT: dict[str, str] = {
    "of_another_company": _kept(realm_id="1"),
    "of_another_installation": _kept(installation="theirs"),
    "no_json": "{",
    "a_list": "[]",
    "a_number": "7",
    "without_a_token": json.dumps({"realm_id": REALM}),
    "a_day_that_is_none": _kept(expires_at="never \x1b[2J"),
    "a_day_without_a_place": _kept(expires_at="2026-11-23T10:00:00"),
    "a_version_that_is_none": _kept(version="latest"),
    "a_day_that_is_a_list": _kept(expires_at=[1]),
}
FILES: dict[str, bytes] = {
    "file_of_noise": bytes(range(256)) * 4,
    "file_without_an_end": b"[" * 500_000,
    "file_of_numbers": b'{"qbo_tokens_' + REALM.encode() + b'": 7}',
    "file_far_too_large": b" " * 2_000_000,
    "file_that_is_empty": b"",
}
GRANTS: dict[str, dict[str, Any]] = {
    "token_with_a_header": {"access_token": f"{MARKED}\r\nX-Evil: 1"},
    "token_with_a_blank": {"access_token": f"{MARKED} x"},
    "token_with_an_escape": {"refresh_token": f"{MARKED}\x1b[2J"},
    "token_of_other_letters": {"access_token": f"{MARKED}é"},
    "token_that_is_a_number": {"access_token": 7},
    "token_that_is_a_list": {"refresh_token": [MARKED]},
    "token_that_is_missing": {"refresh_token": None},
    "token_that_is_empty": {"access_token": ""},
    "token_of_a_megabyte": {"access_token": "x" * 1_000_000},
}
LIVES: dict[str, object] = {
    "life_below_zero": -5,
    "life_of_nothing": 0,
    "life_without_end": 10**30,
    "life_that_is_infinite": float("inf"),
    "life_that_is_text": "soon",
    "life_of_five_thousand_digits": "9" * 5_000,
    "life_that_is_a_list": [3600],
    "life_that_is_missing": None,
}


def _kept_is_refused(text: str, folder: Path) -> None:
    secrets = FileSecrets(folder / "keys.json")
    secrets.put(f"qbo_tokens_{REALM}", text)
    before = secrets.path.read_bytes()
    with pytest.raises(ConnectionTrouble) as refused:
        TokenStore(secrets, REALM, "mine").load()
    _is_safe(refused.value.sentences())
    assert secrets.path.read_bytes() == before


def _file_is_refused(content: bytes, folder: Path) -> None:
    path = folder / "keys.json"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(UsageTrouble) as refused:
        TokenStore(FileSecrets(path), REALM).load()
    _is_safe(refused.value.sentences())
    assert path.read_bytes() == content


def _file_of_others_is_refused(harm: Callable[[Path], None], folder: Path) -> None:
    secrets = FileSecrets(folder / "keys.json")
    secrets.put(f"qbo_tokens_{REALM}", _kept())
    harm(secrets.path)
    with pytest.raises(UsageTrouble) as refused:
        TokenStore(secrets, REALM, "mine").load()
    _is_safe(refused.value.sentences())


def _link_to(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


HARMS: dict[str, Callable[[Path], None]] = {
    "file_that_others_may_read": lambda path: path.chmod(0o644),
    "file_that_the_group_may_write": lambda path: path.chmod(0o620),
    "file_that_is_a_link": _link_to,
}


def _is_no_grant(grant: dict[str, Any], folder: Path) -> None:
    with pytest.raises(ValueError, match="without tokens") as refused:
        intuit._grant(SimpleNamespace(**{**_GRANTED, **grant}))
    _is_safe(str(refused.value))


def _costs_no_token(life: object, folder: Path) -> None:
    """Intuit has replaced the old value by then; only the new one still opens the books."""
    lives = {name: life for name in _GRANTED if "expires" in name}
    grant = intuit._grant(SimpleNamespace(**{**_GRANTED, **lives}))
    assert grant.refresh_token.reveal() == "refresh-1"
    assert grant.expires_in == intuit.HOUR
    assert grant.refresh_expires_in is grant.hard_expires_in is None


def _is_safe(words: str) -> None:
    assert MARKED not in words
    assert "\x1b" not in display(words)


CASES: dict[str, Callable[[Path], None]] = {
    **{f"kept_{name}": partial(_kept_is_refused, text) for name, text in KEPT.items()},
    **{name: partial(_file_is_refused, content) for name, content in FILES.items()},
    **{name: partial(_file_of_others_is_refused, harm) for name, harm in HARMS.items()},
    **{name: partial(_is_no_grant, grant) for name, grant in GRANTS.items()},
    **{name: partial(_costs_no_token, life) for name, life in LIVES.items()},
}


async def check(name: str, folder: Path) -> None:
    """Play it."""
    CASES[name](folder)
