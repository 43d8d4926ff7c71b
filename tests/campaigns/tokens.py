"""Two processes renew one token at the same moment and are killed; is the connection there?

    python -m tests.campaigns.tokens --rounds 1000 --seed 1

Each round forks two programs from a warm one. Both are refused the same access token at
once and renew it against the practice QuickBooks over HTTP, each renewal changing the
refresh token; at a random moment one or both get a kill -9. Rounds take turns between
the practice company's file and the sealed one. Then a third program must be able to
renew. If it is not, the server's own list must prove that it had granted a value which
nobody saved (docs/reliability.md, "Tokens"); anything else fails the run.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from pathlib import Path

from connectors.qbo.intuit import IntuitOAuth
from connectors.qbo.refresh import Refresher
from connectors.qbo.tokens import TokenSet, TokenStore
from core.clock import SystemClock
from core.errors import ConnectionTrouble
from core.sealing import Sealing
from core.secrets import FileSecrets, Secret, SecretStore
from tests.campaigns.token_server import TokenServer, token_server

LOST = "before the answer arrived"
"""What the program says of the one window."""
PATIENCE = 120
"""Seconds until a program that was not killed counts as stuck."""
_fork = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Office:
    """A machine with kept tokens of one app, and the server they are good for."""

    server: TokenServer
    client_id: str
    store: TokenStore
    lock: Path

    def renew(self, refused: str) -> str:
        """What one program does: get another token in place of a refused one."""
        server = self.server
        oauth = IntuitOAuth(self.client_id, Secret(server.client_secret), server.discovery_url)
        program = Refresher(self.store, oauth, self.lock, clock=SystemClock())
        return asyncio.run(program.renewed(refused))

    def connect(self) -> None:
        """Begin with a fresh consent."""
        granted = self.server.connect(self.client_id)
        self.store.put(
            TokenSet(
                access_token=Secret(granted["access_token"]),
                refresh_token=Secret(granted["refresh_token"]),
                realm_id=self.server.realm_id,
                expires_at=SystemClock().now() + timedelta(hours=1),
            )
        )


def race(office: Office, chance: random.Random, longest: float) -> str:
    """One round; returns what the kill met.

    Raises:
        AssertionError: the connection is lost, and not in the one window.
    """
    refused = office.store.load().access_token.reveal()
    granted = len(office.server.exchanges())
    victims = chance.choice(((0,), (1,), (0, 1)))
    killed, told = _two_programs(office, refused, victims, chance.uniform(0, longest))
    left = office.store.load()
    since = office.server.exchanges()[granted:]
    for word in told:
        assert LOST in word or office.server.opens(word), word
    try:
        office.renew(office.store.load().access_token.reveal())
    except ConnectionTrouble as trouble:
        _prove_lost(office, trouble, killed)
        office.connect()
        return "in the window: answered, not saved"
    assert not any(LOST in word for word in told), "a program gave up a connection that lives"
    if not killed:
        return "too late: both had ended"
    if left.access_token != Secret(refused):
        return "after the new value was saved"
    assert not since, "a value was granted and not saved, and yet the old one is good"
    if left.refresh_started_at is not None:
        return "after the note, before the answer"
    return "before anything was noted"


def _two_programs(
    office: Office, refused: str, victims: tuple[int, ...], delay: float
) -> tuple[int, list[str]]:
    """Run two at once, kill the victims after `delay` s; (killed, what the others told)."""
    start, go = os.pipe()
    programs: list[tuple[ForkProcess, Connection]] = []
    for _ in range(2):
        ours, theirs = _fork.Pipe(duplex=False)
        process = _fork.Process(target=_program, args=(office, refused, start, go, theirs))
        process.start()
        theirs.close()
        programs.append((process, ours))
    os.close(start)
    os.close(go)
    time.sleep(delay)
    for number in victims:
        programs[number][0].kill()
    killed, told = 0, []
    for process, ours in programs:
        process.join(PATIENCE)
        assert process.exitcode is not None, "a program is stuck"
        if process.exitcode < 0:
            killed += 1
        else:
            told.append(ours.recv())
        ours.close()
        process.close()
    return killed, told


def _program(office: Office, refused: str, start: int, go: int, out: Connection) -> None:
    os.close(go)
    os.read(start, 1)  # returns when the last one lets go of the other end
    try:
        out.send(office.renew(refused))
    except ConnectionTrouble as trouble:
        out.send(trouble.what)


def _prove_lost(office: Office, trouble: ConnectionTrouble, killed: int) -> None:
    """The server granted a value for the kept one, nobody saved it, and the program says so."""
    kept, last = office.store.load(), office.server.exchanges()[-1]
    assert killed, "lost without a kill"
    assert LOST in trouble.what, trouble.what
    assert kept.refresh_started_at is not None
    assert last.used == kept.refresh_token.reveal(), "the kept value was not the last one"
    assert last.given != kept.refresh_token.reveal()


def campaign(rounds: int, seed: int) -> Counter[str]:
    """Run `rounds` races; how often the kill met what.

    Raises:
        AssertionError: a connection was lost outside the one window.
    """
    chance = random.Random(seed)
    met: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="docket-qbo-tokens-") as home, token_server() as server:
        offices = [
            Office(server, name, TokenStore(secrets, server.realm_id), Path(home) / f"{name}.lock")
            for name, secrets in _stores(Path(home)).items()
        ]
        for office in offices:
            office.connect()
        for number in range(rounds):
            office = offices[number % len(offices)]
            met[race(office, chance, _longest(office))] += 1
    return met


def _stores(home: Path) -> dict[str, SecretStore]:
    """The practice company's file and a real company's, its key made once and inherited."""
    sealing = Sealing(lambda new: Secret("correct horse battery staple"))
    sealed = FileSecrets(home / "keys" / "docket-qbo.keys", sealing, own_folder=True)
    return {"plain": FileSecrets(home / "secrets.json"), "sealed": sealed}


def _longest(office: Office) -> float:
    """Seconds that one renewal takes just now, twice: so most kills meet one under way."""
    begun = time.monotonic()
    office.renew(office.store.load().access_token.reveal())
    return 2 * (time.monotonic() - begun)


def main() -> int:
    """Run and report; 1 if a connection was lost outside the window."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    logging.disable()  # each loss in the window would be told once more by each program
    try:
        met = campaign(args.rounds, args.seed)
    except AssertionError as error:
        print(f"seed {args.seed}: {error}")
        return 1
    for what, count in met.most_common():
        print(f"{count:6}  {what}")
    print(f"{met.total()} rounds, 0 connections lost outside the window")
    return 0


if __name__ == "__main__":
    sys.exit(main())
