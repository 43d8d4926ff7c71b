"""Secrets in the system's keyring: whole or not at all, and never in a backend in clear."""

from __future__ import annotations

from typing import cast

import keyring.backend
import keyring.errors
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UsageTrouble
from core.ids import SeededIds
from core.system_keyring import PIECE, SERVICE, KeyringSecrets, find_backend

LONG = "x" * (4 * PIECE) + "end"


class Ring:
    """A backend as strict as Windows' in size; dies when told to."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.writes_left = 10_000
        self.locked = False
        self.priority = 5.0

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        assert len(password.encode("utf-16-le")) <= 2560
        self._write()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        self._write()
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError(service)

    def _write(self) -> None:
        self.writes_left -= 1
        if self.writes_left < 0:
            raise KeyboardInterrupt

    def _open(self) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")


def secrets(ring: Ring) -> KeyringSecrets:
    return KeyringSecrets(ring, SeededIds(len(ring.kept)))


# Letters that stand in no other test's words: what was a secret once is redacted from then on.
@settings(deadline=None)
@given(st.lists(st.text("xyzé", max_size=5 * PIECE), min_size=1, max_size=4))
def test_the_last_value_is_the_one_that_is_kept(values: list[str]) -> None:
    ring = Ring()
    store = secrets(ring)
    for value in values:
        store.put("a", value)
        store.put("b", "other")
    assert secrets(ring).get("a") == values[-1]
    store.delete("a")
    store.delete("a")
    assert (store.get("a"), store.get("b")) == (None, "other")
    assert len(ring.kept) == 1


def test_a_short_secret_is_one_entry_and_names_the_program() -> None:
    ring = Ring()
    secrets(ring).put("qbo_client_id", "abc")
    assert list(ring.kept) == [(f"{SERVICE}/qbo_client_id", SERVICE)]


@pytest.mark.parametrize("writes", range(12))
def test_killed_at_any_write_the_old_value_or_the_new_one_is_there(writes: int) -> None:
    ring = Ring()
    secrets(ring).put("a", "old" + LONG)
    ring.writes_left = writes
    try:
        KeyringSecrets(ring, SeededIds(99)).put("a", "new" + LONG)
        done = True
    except KeyboardInterrupt:
        done = False
    value = secrets(ring).get("a")
    assert value in {"old" + LONG, "new" + LONG}
    assert value == "new" + LONG or not done


def test_a_piece_that_was_taken_out_is_noticed() -> None:
    ring = Ring()
    secrets(ring).put("a", LONG)
    lost = next(key for key in ring.kept if key[0] != f"{SERVICE}/a")
    ring.kept[lost] = "something else"
    with pytest.raises(UsageTrouble, match="not whole"):
        secrets(ring).get("a")
    del ring.kept[lost]
    with pytest.raises(UsageTrouble, match="not whole"):
        secrets(ring).get("a")
    ring.kept[f"{SERVICE}/a", SERVICE] = "somebody's note"
    with pytest.raises(UsageTrouble, match="not whole") as caught:
        secrets(ring).get("a")
    assert "somebody" not in caught.value.sentences()
    secrets(ring).put("a", "new")
    assert secrets(ring).get("a") == "new"


def test_a_locked_keyring_is_explained() -> None:
    ring = Ring()
    ring.locked = True
    with pytest.raises(UsageTrouble, match="does not open"):
        secrets(ring).get("a")
    with pytest.raises(UsageTrouble, match="does not open"):
        secrets(ring).put("a", "1")


def _backend(module: str, priority: float) -> Ring:
    made = cast(type[Ring], type("Keyring", (Ring,), {"__module__": module}))()
    made.priority = priority
    return made


@pytest.mark.parametrize(
    "module",
    [
        "keyring.backends.fail",
        "keyring.backends.null",
        "keyring.backends.chainer",
        "keyrings.alt.file",
        "keyrings.cryptfile",
        "somebody.elses",
    ],
)
def test_only_a_keyring_that_is_known_to_encrypt_is_used(
    module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [_backend(module, 9)]
    monkeypatch.setattr(keyring.backend, "get_all_keyring", lambda: found)
    assert find_backend() is None
    weak, best = (_backend("keyring.backends.SecretService", one) for one in (4, 5))
    found += [weak, best]
    assert find_backend() is best
