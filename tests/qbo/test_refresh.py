"""One refresh at a time, saved before it is used, and no connection given up too early."""

from __future__ import annotations

import asyncio
import multiprocessing
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.qbo.intuit import Grant, OAuthRefused, OAuthUnclear
from connectors.qbo.refresh import EARLY, PAUSE, Refresher
from connectors.qbo.tokens import TokenSet, TokenStore
from core.errors import ConnectionTrouble, UsageTrouble
from core.secrets import FileSecrets, Secret
from tests.qbo.fakes import START, HandClock, MemorySecrets, TokenServer

REALM = "9130000000000001"


def first_tokens(lives: timedelta = timedelta(hours=1)) -> TokenSet:
    return TokenSet(
        access_token=Secret("access-0"),
        refresh_token=Secret("refresh-0"),
        realm_id=REALM,
        expires_at=START + lives,
    )


class Office:
    """A machine with kept tokens, a clock and Intuit's server."""

    def __init__(self, folder: Path, lives: timedelta = timedelta(hours=1)) -> None:
        self.folder = folder
        self.clock = HandClock()
        self.server = TokenServer()
        self.secrets = MemorySecrets()
        self.store = TokenStore(self.secrets, REALM)
        self.store.put(first_tokens(lives))

    def program(self) -> Refresher:
        """A process of its own, as far as tokens go."""
        return Refresher(self.store, self.server, self.folder / "t.lock", clock=self.clock)


async def test_a_good_token_is_used_without_asking(tmp_path: Path) -> None:
    office = Office(tmp_path)
    assert await office.program().access_token() == "access-0"
    assert office.server.asked == []


async def test_a_token_is_renewed_before_it_ends(tmp_path: Path) -> None:
    office = Office(tmp_path)
    program = office.program()
    office.clock.passed = 3600 - EARLY.total_seconds() - 1
    assert await program.access_token() == "access-0"
    office.clock.passed += 1
    assert await program.access_token() == "access-1"


async def test_many_tasks_with_one_refused_token_renew_it_once(tmp_path: Path) -> None:
    office = Office(tmp_path)
    program = office.program()
    got = await asyncio.gather(*(program.renewed("access-0") for _ in range(20)))
    assert set(got) == {"access-1"}
    assert office.server.asked == ["refresh-0"]


async def test_two_programs_with_one_refused_token_renew_it_once(tmp_path: Path) -> None:
    office = Office(tmp_path)
    programs = [office.program() for _ in range(4)]
    for program in programs:
        assert await program.access_token() == "access-0"
    got = await asyncio.gather(*(program.renewed("access-0") for program in programs))
    assert set(got) == {"access-1"}
    assert office.server.asked == ["refresh-0"]


async def test_the_new_value_is_kept_before_it_is_handed_out(tmp_path: Path) -> None:
    office = Office(tmp_path)
    await office.program().renewed("access-0")
    kept = office.store.load()
    assert kept.access_token == Secret("access-1")
    assert kept.refresh_token == Secret("refresh-1")
    assert kept.previous_refresh_token == Secret("refresh-0")
    assert (kept.version, kept.refresh_started_at) == (2, None)
    assert kept.refresh_expires_at == START + timedelta(seconds=8_640_000)


async def test_a_new_token_that_is_refused_at_once_is_not_renewed_again(tmp_path: Path) -> None:
    office = Office(tmp_path)
    program = office.program()
    await program.renewed("access-0")
    assert await program.renewed("access-1") == "access-1"
    office.clock.passed += PAUSE.total_seconds()
    assert await program.renewed("access-1") == "access-2"


async def test_a_server_in_trouble_costs_nothing_while_the_token_lives(tmp_path: Path) -> None:
    office = Office(tmp_path)
    program = office.program()
    office.server.unclear = 1
    office.clock.passed = 3600 - EARLY.total_seconds()
    assert await program.access_token() == "access-0"
    assert await program.access_token() == "access-0"
    assert len(office.server.asked) == 1
    office.clock.passed += PAUSE.total_seconds()
    assert await program.access_token() == "access-1"


async def test_a_server_in_trouble_with_a_dead_token_is_a_reason_to_come_back(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path)
    office.server.unclear = 1
    office.clock.passed = 4000
    with pytest.raises(ConnectionTrouble, match="did not answer"):
        await office.program().access_token()


async def test_a_lost_answer_is_explained(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.server.lost = 1
    office.clock.passed = 4000
    with pytest.raises(ConnectionTrouble):
        await office.program().access_token()
    with pytest.raises(ConnectionTrouble, match="before the answer arrived"):
        await office.program().access_token()


async def test_a_value_that_another_machine_saved_is_used(tmp_path: Path) -> None:
    """Somebody who does not know our lock saves a newer set while we are refused."""
    office = Office(tmp_path)

    class Overtaken(TokenServer):
        def refresh(self, refresh_token: Secret) -> Grant:
            newer = first_tokens().after(super().refresh(Secret(self.valid)), START)
            office.store.put(newer)
            raise OAuthRefused("invalid_grant", 400, None)

    office.server = Overtaken()
    assert await office.program().renewed("access-0") == "access-1"


async def test_an_answer_never_overwrites_a_newer_consent(tmp_path: Path) -> None:
    office = Office(tmp_path)

    class Overtaken(TokenServer):
        def refresh(self, refresh_token: Secret) -> Grant:
            grant = super().refresh(refresh_token)
            consent = super().refresh(Secret(self.valid))
            office.store.put(first_tokens().after(consent, START))
            return grant

    office.server = Overtaken()
    assert await office.program().renewed("access-0") == "access-2"
    assert office.store.load().refresh_token == Secret("refresh-2")


async def test_the_value_before_is_tried_once_when_the_last_one_is_dead(tmp_path: Path) -> None:
    office = Office(tmp_path)
    await office.program().renewed("access-0")
    office.server.valid = "refresh-0"
    office.clock.passed = 4000
    assert await office.program().access_token() == "access-2"
    assert office.server.asked == ["refresh-0", "refresh-1", "refresh-0"]


@pytest.mark.parametrize(
    ("days", "words"), [(0, "taken back"), (101, "100 days"), (5 * 366, "five years")]
)
async def test_why_a_connection_is_over_is_told_apart(
    tmp_path: Path, days: int, words: str
) -> None:
    office = Office(tmp_path)
    await office.program().renewed("access-0")
    office.server.valid = "of-another"
    office.clock.passed = days * 86400 + 4000
    with pytest.raises(ConnectionTrouble, match=words) as caught:
        await office.program().access_token()
    assert "refresh-" not in caught.value.sentences()


async def test_a_connection_taken_back_stays_taken_back_in_words(tmp_path: Path) -> None:
    """A refusal is an answer: the next start must not take it for a lost one."""
    office = Office(tmp_path)
    office.server.valid = "of-another"
    for _ in range(2):
        with pytest.raises(ConnectionTrouble, match="taken back"):
            await office.program().renewed("access-0")
    kept = office.store.load()
    assert (kept.version, kept.refresh_token) == (1, Secret("refresh-0"))
    assert kept.refresh_started_at is None


async def test_what_never_reached_the_server_is_no_lost_answer(tmp_path: Path) -> None:
    office = Office(tmp_path)

    class Offline(TokenServer):
        def refresh(self, refresh_token: Secret) -> Grant:
            raise OAuthUnclear("no name server", sent=False)

    office.server = Offline()
    office.clock.passed = 4000
    with pytest.raises(ConnectionTrouble, match="did not answer"):
        await office.program().access_token()
    assert office.store.load().refresh_started_at is None


async def test_many_tasks_with_a_dead_connection_ask_once_then_again_later(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.server.valid = "of-another"
    program = office.program()
    tries = (program.renewed("access-0") for _ in range(6))
    troubles = await asyncio.gather(*tries, return_exceptions=True)
    assert all(isinstance(one, ConnectionTrouble) for one in troubles)
    assert office.server.asked == ["refresh-0"]
    consent = TokenSet(Secret("access-9"), Secret("refresh-9"), REALM, START + timedelta(hours=2))
    office.store.put(consent)
    office.clock.passed += PAUSE.total_seconds()
    assert await program.renewed("access-0") == "access-9"
    assert office.server.asked == ["refresh-0"]


class FullDisk(MemorySecrets):
    """Keeps what it has, and nothing new that holds `but_not`."""

    but_not = ""

    def put(self, name: str, value: str) -> None:
        if self.but_not and self.but_not in value:
            raise UsageTrouble("The disk is full.", books="", fix="Make room.")
        super().put(name, value)


async def test_what_could_not_be_saved_is_not_used_and_saved_when_it_can_be(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.secrets = disk = FullDisk()
    office.store = TokenStore(disk, REALM)
    office.store.put(first_tokens())
    disk.but_not = "refresh-1"
    program = office.program()
    for _ in range(2):
        with pytest.raises(ConnectionTrouble, match="could not be saved") as caught:
            await program.renewed("access-0")
        assert "Make room" in caught.value.fix
        with pytest.raises(ConnectionTrouble):
            await program.access_token()
    assert office.server.asked == ["refresh-0"]
    disk.but_not = ""
    assert await program.access_token() == "access-1"
    assert office.store.load().refresh_token == Secret("refresh-1")
    assert office.server.asked == ["refresh-0"]


async def test_a_value_that_did_not_change_outlives_a_lost_answer(tmp_path: Path) -> None:
    """Within a day QuickBooks gives the same value again: nothing to lose."""
    office = Office(tmp_path)

    class SameValue(TokenServer):
        def refresh(self, refresh_token: Secret) -> Grant:
            try:
                return super().refresh(refresh_token)
            finally:
                self.valid = "refresh-0"

    office.server = SameValue()
    office.server.lost = 1
    office.clock.passed = 4000
    with pytest.raises(ConnectionTrouble, match="did not answer"):
        await office.program().access_token()
    assert await office.program().access_token() == "access-2"


async def test_two_installations_never_share_a_connection(tmp_path: Path) -> None:
    office = Office(tmp_path)
    ours = TokenStore(office.secrets, REALM, "office-pc")
    assert ours.load().installation is None
    program = Refresher(ours, office.server, tmp_path / "t.lock", clock=office.clock)
    assert await program.renewed("access-0") == "access-1"
    copied = TokenStore(office.secrets, REALM, "laptop")
    theirs = Refresher(copied, office.server, tmp_path / "u.lock", clock=office.clock)
    with pytest.raises(ConnectionTrouble, match="another installation"):
        await theirs.access_token()
    assert office.server.asked == ["refresh-0"]
    assert TokenStore(office.secrets, REALM, "office-pc").load().installation == "office-pc"


async def test_wrong_keys_are_not_taken_for_a_lost_connection(tmp_path: Path) -> None:
    office = Office(tmp_path)

    class Strict(TokenServer):
        def refresh(self, refresh_token: Secret) -> Grant:
            raise OAuthRefused("invalid_client", 401, None)

    office.server = Strict()
    with pytest.raises(ConnectionTrouble, match="keys"):
        await office.program().renewed("access-0")
    assert office.store.load() == first_tokens()


@pytest.mark.parametrize("kept", [None, "{", "{}", '{"access_token":1}'])
async def test_what_cannot_be_read_asks_for_a_new_consent(tmp_path: Path, kept: str | None) -> None:
    office = Office(tmp_path)
    office.secrets.kept.clear()
    if kept is not None:
        office.secrets.put(f"qbo_tokens_{REALM}", kept)
    with pytest.raises(ConnectionTrouble) as caught:
        await office.program().access_token()
    assert "Connect to QuickBooks again" in caught.value.fix


def test_tokens_of_another_company_are_not_used() -> None:
    secrets = MemorySecrets()
    TokenStore(secrets, REALM).put(first_tokens())
    secrets.put("qbo_tokens_7", secrets.kept[f"qbo_tokens_{REALM}"])
    with pytest.raises(ConnectionTrouble, match="another company"):
        TokenStore(secrets, "7").load()


def test_a_token_set_shows_no_token() -> None:
    assert "access-0" not in repr(first_tokens())


class FileServer(TokenServer):
    """The strict token server, its state in a file that two processes share."""

    def __init__(self, state: Path) -> None:
        super().__init__()
        self.state = state

    def refresh(self, refresh_token: Secret) -> Grant:
        with self.state.open("r+") as file:
            lines = file.read().split()
            self.count, self.valid = len(lines), f"refresh-{len(lines)}"
            grant = super().refresh(refresh_token)
            file.write("x\n")
        return grant


def renew_often(folder: Path, rounds: int) -> None:
    """Run in a process of its own: refuse whatever token is current, again and again."""

    async def main() -> None:
        clock = HandClock()
        store = TokenStore(FileSecrets(folder / "secrets.json"), REALM)
        for _ in range(rounds):
            program = Refresher(store, FileServer(folder / "state"), folder / "t.lock", clock=clock)
            await program.renewed(await program.access_token())

    asyncio.run(main())


def test_two_processes_never_kill_each_others_token(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    store = TokenStore(FileSecrets(tmp_path / "secrets.json"), REALM)
    store.put(first_tokens())
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=renew_often, args=(tmp_path, 15)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    renewals = len((tmp_path / "state").read_text().split())
    assert store.load().refresh_token == Secret(f"refresh-{renewals}")
    assert 15 <= renewals <= 30
