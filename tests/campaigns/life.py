"""A company's life in which the program is killed: what happens, in which order.

A script says what is run next and hears how it ended, exactly as a person does who
finds the program dead and starts it again. Who kills, and where, is `hunt`'s business.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import httpx

from connectors.qbo.tokens import TokenStore
from core.secrets import FileSecrets
from tests.campaigns.launcher import FAILED, Ended, Launcher
from tests.campaigns.points import Order
from tests.campaigns.verdict import Due, Verdict, judge
from tests.system.world import World, mark_of

Script = Generator[Sequence[str], Ended, None]

BLIND = 86_400
"""Seconds for which queries and CDC do not show what was written."""
WORLDS: Mapping[str, Mapping[str, Any]] = {
    "both locks": {},
    "request ids ignored": {"request_memory": 0},
    "queries blind while it posts": {"query_lag": BLIND},
}
"""How QuickBooks behaves: one lock hides the bugs of the other, so each is taken away."""
SEEING = {"query_lag": 0}
CHOICES = 2
TRIES = 200


class Killer(Protocol):
    """Runs one command, perhaps not to its end."""

    def run(self, life: Life, stage: str, words: Sequence[str]) -> Ended:
        """Run `words`, and say how that ended."""
        ...


class Life:
    """One company from its first refresh to its last sync.

    Args:
        world: the company's servers and its configuration.
        launcher: starts processes.
        killer: runs what the scripts say.
        behaviour: QuickBooks' switches while it is posted to.
    """

    def __init__(
        self, world: World, launcher: Launcher, killer: Killer, behaviour: Mapping[str, Any]
    ) -> None:
        self.world = world
        self.launcher = launcher
        self._killer = killer
        self._behaviour = behaviour
        self._due = Due()
        self._before = world.ledger()
        self._unpaid = ""
        self.cache = world.config.with_suffix(".db")

    def live(self) -> Verdict:
        """Go through all of it and judge."""
        self._switch({**self._behaviour, **SEEING})
        self._play("refresh", self._refresh())
        self._play("setting", self._once("settings", "products", f"create:{self._income()}"))
        self._play("choice", self._choices())
        self._plan()
        self._play("test", self._test())
        self._post("bulk")
        self._restored()
        self._change()
        self._play("refresh again", self._refresh())
        self._play("setting", self._once("settings", "refunds", "refund_receipt"))
        self._plan()
        self._play("test again", self._test())
        self._void()
        self._post("second bulk")
        self.world.docket(action="edit_invoice", invoice=self._unpaid, memo="The gate code: 7119")
        self._play("refresh again", self._refresh())
        self._play("change", self._one(self._unpaid))
        self._play("unsync", self._unsync())
        self._post("link again")
        self._play("last refresh", self._refresh())
        left = self._left()
        verdict = judge(self._before, self.world.ledger(), self._due, [self.cache])
        if left:
            return Verdict(verdict.twice, verdict.lost + len(left), verdict.difference_cents, left)
        return verdict

    def run(self, *words: str, order: Order | None = None, trace: Path | None = None) -> Ended:
        """Run a command of this company."""
        return self.launcher.wait(self.start(words, order, trace))

    def start(
        self, words: Sequence[str], order: Order | None = None, trace: Path | None = None
    ) -> int:
        """Start a command of this company; returns its process id."""
        named = ["--config", str(self.world.config), *words]
        return self.launcher.start(named, self.world.environ(), order, trace)

    # --- the scripts

    def _play(self, stage: str, script: Script) -> None:
        words = next(script)
        for _ in range(TRIES):
            ended = self._killer.run(self, stage, words)
            assert ended.code != FAILED, ended.err
            try:
                words = script.send(ended)
            except StopIteration:
                return
        raise AssertionError(f"{stage} did not end in {TRIES} starts: {ended}")

    def _refresh(self) -> Script:
        """A refresh whose access token has just ended, so that it is renewed too."""
        while True:
            self._end_token()
            if (yield ["pull"]).code == 0:
                return

    def _once(self, *words: str) -> Script:
        while (yield list(words)).killed:
            pass

    def _choices(self) -> Script:
        waiting = self.run("names", "--waiting", "--json").json()
        clients = [row for row in waiting if row["kind"] == "client"]
        products = [row for row in waiting if row["kind"] == "product"]
        for row in (*clients[:CHOICES], *products[:CHOICES]):
            words = ["names", "--create", row["kind"], row["key"], f"{row['name']} (new)"]
            while (yield words).killed:
                pass

    def _test(self) -> Script:
        while True:
            if (yield ["sync", "--resume", "--yes"]).killed:
                continue
            if self.run("status", "--json").json()["bulk_open"]:
                return
            yield ["sync", "--test", f"id:{self._testable()}", "--yes"]

    def _bulk(self) -> Script:
        while True:
            if (yield ["sync", "--resume", "--yes"]).killed:
                continue
            self._plan()
            ended = yield ["sync", "--all", "--yes"]
            if ended.code in {0, 1}:
                return

    def _one(self, invoice: str) -> Script:
        while True:
            if (yield ["sync", "--resume", "--yes"]).killed:
                continue
            if not (yield ["sync", f"id:{invoice}", "--yes"]).killed:
                return

    def _unsync(self) -> Script:
        yield from self._once("unsync", f"id:{self._synced(1)[0]}")

    def _post(self, stage: str) -> None:
        """A bulk sync, in a company that behaves as this life's does."""
        if "query_lag" in self._behaviour:
            self._let_days_pass()
        self._plan()
        self._keep_copy()
        self._switch(self._behaviour)
        self._spoil_answers()
        self._play(stage, self._bulk())
        self._switch(SEEING)

    def _restored(self) -> None:
        """Put the copy from before the bulk sync back, and go on."""
        for name in (self.cache.name, f"{self.cache.name}-wal", f"{self.cache.name}-shm"):
            self.cache.with_name(name).unlink(missing_ok=True)
        for kept in self._copies().iterdir():
            shutil.copy(kept, self.cache.with_name(kept.name))
        self._switch(self._behaviour)
        self._play("restored", self._bulk())
        self._switch(SEEING)

    def _void(self) -> None:
        """Take the newest test back."""
        rows = self.run("journal", "--json", "--limit", "1000").json()
        run = max(row["run"] for row in rows)
        records = {(row["kind"], row["docket_id"]) for row in rows if row["run"] == run}
        marks = [mark for mark, whose in self._due.owner.items() if whose in records]
        self._play("void", self._voiding(run))
        self._due.forget_voided(self.world.ledger(), marks)

    def _voiding(self, run: int) -> Script:
        while True:
            if (yield ["sync", "--resume", "--yes"]).killed:
                continue
            if not (yield ["void", "--run", str(run), "--yes"]).killed:
                return

    # --- what is around them

    def _let_days_pass(self) -> None:
        """What is in QuickBooks by now is old enough to be seen; what is posted next is not."""
        url = f"{self.world.servers['qbo_url']}/sandbox/clock"
        httpx.post(url, json={"advance": 2 * BLIND}).raise_for_status()
        self._end_token()
        assert self.run("pull").code == 0

    def _spoil_answers(self) -> None:
        """Two answers get lost on their way although the books have the record."""
        for kind, path in (("reset-after", "/payment\\?"), ("status-after", "/invoice\\?")):
            fault = {"kind": kind, "path": path, "method": "POST", "after_matches": 1}
            url = f"{self.world.servers['qbo_url']}/sandbox/faults"
            httpx.post(url, json=fault).raise_for_status()

    def _end_token(self) -> None:
        """Make the access token due, as it is every hour."""
        secrets = FileSecrets(self.world.config.with_suffix(".secrets"))
        store = TokenStore(secrets, str(self.world.servers["realm_id"]))
        store.put(replace(store.load(), expires_at=datetime.now(UTC)))

    def _keep_copy(self) -> None:
        folder = self._copies()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name in (self.cache.name, f"{self.cache.name}-wal"):
            if self.cache.with_name(name).exists():
                shutil.copy(self.cache.with_name(name), folder / name)

    def _copies(self) -> Path:
        return self.world.home / "copies"

    def _plan(self) -> None:
        self._due.add(self._preview())

    def _preview(self) -> dict[str, list[dict[str, Any]]]:
        plan: dict[str, list[dict[str, Any]]] = self.run("preview", "--all", "--json").json()
        return plan

    def _left(self) -> tuple[str, ...]:
        """What a plan made now would still post."""
        return tuple(
            f"{row['number']} would be {row['outcome']}"
            for row in self._preview()["invoices"]
            if row["postings"]
        )

    def _testable(self) -> str:
        """An invoice that is posted with a payment and no refund, if there is one."""
        rows = [row for row in self._preview()["invoices"] if row["outcome"] == "posted"]
        entities = [{posting["entity"] for posting in row["postings"]} for row in rows]
        liked = [
            "Payment" in some and not some & {"CreditMemo", "RefundReceipt"} for some in entities
        ]
        ranked = sorted(zip(rows, liked, strict=True), key=lambda pair: not pair[1])
        return str(ranked[0][0]["docket_id"])

    def _synced(self, count: int) -> list[str]:
        """Docket ids of invoices that this program posted and that still stand."""
        held = {mark_of(record) for record in self.world.ledger()["Invoice"]}
        owners = [self._due.owner[mark] for mark in self._due.marks if mark in held]
        return [key for kind, key in owners if kind == "invoice"][:count]

    def _change(self) -> None:
        """What goes on in Docket meanwhile: money back, a new client with new work."""
        first, second, *_ = self._synced(2)
        docket = self.world.docket
        docket(action="refund", invoice=first, amount="5.00", reason="goodwill")
        docket(action="add_product", name="Night Haul", unit_price="75.00", taxable=False)
        made = docket(action="add_client", company_name="Killdeer Creek Farms", tax_exempt=True)
        client = made["changed"][0]["record"]["id"]
        line = {"name": "Night Haul", "quantity": "1", "unit_price": "75.00", "taxable": False}
        made = docket(action="add_invoice", client=client, lines=[line])
        self._unpaid = made["changed"][0]["record"]["id"]
        for _ in range(3):
            made = docket(action="add_invoice", client=client, lines=[line])
            docket(action="pay", invoice=made["changed"][0]["record"]["id"])
        docket(action="refund", invoice=second, amount="7.00", reason="late")

    def _income(self) -> str:
        items = self._before["Item"]
        return str(
            next(
                item["IncomeAccountRef"]["value"] for item in items if item.get("IncomeAccountRef")
            )
        )

    def _switch(self, switches: Mapping[str, Any]) -> None:
        if switches:
            url = f"{self.world.servers['qbo_url']}/sandbox/company"
            httpx.post(url, json={"switches": dict(switches)}).raise_for_status()
