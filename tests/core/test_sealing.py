"""The sealed file opens with its passphrase and unchanged, and in no other way."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UsageTrouble
from core.sealing import FORMAT, Sealing, scrypt
from core.secrets import FileSecrets, Secret, Unopened

WORDS = "correct horse battery staple"


def quick(passphrase: str, salt: bytes) -> bytes:
    """A key derivation that costs nothing."""
    return hashlib.sha384(passphrase.encode() + salt).digest()


def sealing(passphrase: str = WORDS) -> Sealing:
    return Sealing(lambda new: Secret(passphrase), derive=quick)


def sealed_file(path: Path, passphrase: str = WORDS) -> FileSecrets:
    return FileSecrets(path / "keys" / "k", sealing(passphrase), own_folder=True)


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_what_was_sealed_comes_back(content: bytes) -> None:
    written = sealing().closed(content)
    assert sealing().opened(written) == content
    assert len(content) < 30 or content not in written


def test_secrets_last_in_the_sealed_file(tmp_path: Path) -> None:
    secrets = {"a": "one secret", "ü \ud7ff": "another\nsecret \U0001f512", "": ""}
    for name, value in secrets.items():
        sealed_file(tmp_path).put(name, value)
    assert {name: sealed_file(tmp_path).get(name) for name in secrets} == secrets
    sealed_file(tmp_path).delete("a")
    assert sealed_file(tmp_path).get("a") is None


WRITTEN = sealing().closed(json.dumps({"a": "a secret of some length"}).encode())


@pytest.mark.parametrize("place", range(len(WRITTEN)))
def test_one_changed_byte_anywhere_opens_nothing(place: int) -> None:
    for change in (0x01, 0x80, 0xFF):
        changed = bytearray(WRITTEN)
        changed[place] ^= change
        with pytest.raises(Unopened):
            sealing().opened(bytes(changed))


@settings(deadline=None)
@given(st.integers(0, len(WRITTEN) - 1), st.binary(max_size=3))
def test_a_cut_or_lengthened_file_opens_nothing(end: int, more: bytes) -> None:
    with pytest.raises(Unopened):
        sealing().opened(WRITTEN[:end])
    if more:
        with pytest.raises(Unopened):
            sealing().opened(WRITTEN + more)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_noise_opens_nothing(noise: bytes) -> None:
    for written in (noise, FORMAT + noise):
        with pytest.raises(Unopened):
            sealing().opened(written)


def test_a_wrong_passphrase_is_told_from_damage(tmp_path: Path) -> None:
    sealed_file(tmp_path).put("a", "one secret")
    with pytest.raises(UsageTrouble, match="passphrase"):
        sealed_file(tmp_path, "another one altogether").get("a")
    with pytest.raises(UsageTrouble, match="passphrase"):
        sealed_file(tmp_path, "another one altogether").put("b", "2")
    path = sealed_file(tmp_path).path
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(UsageTrouble, match="damaged"):
        sealed_file(tmp_path).get("a")
    path.write_bytes(whole)
    assert sealed_file(tmp_path).get("a") == "one secret"


def test_nothing_is_sealed_twice_in_the_same_way() -> None:
    wrapping = sealing()
    written = {wrapping.closed(b"the same") for _ in range(100)}
    nonces = {one[len(FORMAT) + 32 : len(FORMAT) + 44] for one in written}
    assert len(written) == len(nonces) == 100
    assert sealing().closed(b"")[: len(FORMAT) + 16] != sealing().closed(b"")[: len(FORMAT) + 16]


def test_the_passphrase_is_asked_for_once_and_only_when_needed(tmp_path: Path) -> None:
    asked: list[bool] = []

    def tell(new: bool) -> Secret:
        asked.append(new)
        return Secret(WORDS)

    def store() -> FileSecrets:
        return FileSecrets(tmp_path / "k", Sealing(tell, derive=quick))

    first = store()
    assert first.get("a") is None
    assert asked == []
    first.put("a", "1")
    first.put("b", "2")
    assert (first.get("a"), asked) == ("1", [True])
    second = store()
    second.put("c", "3")
    assert (second.get("b"), asked) == ("2", [True, False])


def test_a_file_sealed_anew_by_another_process_is_opened_anew(tmp_path: Path) -> None:
    ours = sealed_file(tmp_path)
    ours.put("a", "1")
    ours.path.unlink()
    sealed_file(tmp_path).put("a", "2")
    assert ours.get("a") == "2"


def test_the_key_costs_what_the_format_promises() -> None:
    salt = bytes(16)
    expected = hashlib.scrypt(WORDS.encode(), salt=salt, n=2**17, r=8, p=1, dklen=48, maxmem=2**28)
    assert scrypt(WORDS, salt) == expected
