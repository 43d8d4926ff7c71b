"""The proof over HTTP: after a sync nothing differs; what is spoilt is named, class by class."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest

from core.clock import SystemClock
from core.ids import SystemIds
from store.cache import Cache
from sync.desk import Desk
from sync.settings import EngineSettings
from tests.system.inside import Finished
from tests.system.world import World, practice

LOGGED = {
    ("approved", True),
    ("posting CONFIRMED", True),
    ("bulk sync opened", True),
    ("run ended", True),
    ("excluded", True),
    ("month checked", True),
}
"""What a sync and its month leave in the audit log, each with somebody's name."""
Run = Callable[..., Finished]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with practice(tmp_path, "--invoices", "22") as company:
        yield company


@pytest.fixture
def run(world: World) -> Run:
    return world.inside


def in_quickbooks(world: World, **edits: Any) -> dict[str, Any]:
    """Do by hand in QuickBooks what its bookkeeper would."""
    answer = httpx.post(
        f"{world.servers['qbo_url']}/sandbox/company",
        json={"realm": world.servers["realm_id"], **edits},
        timeout=30,
    )
    assert answer.status_code == 200, answer.text
    done: dict[str, Any] = json.loads(answer.text, parse_float=Decimal)
    return done


def leave_out(world: World, ids: list[str]) -> None:
    cache = Cache.open(world.config.with_suffix(".db"), clock=SystemClock(), ids=SystemIds())
    try:
        desk = Desk(
            cache,
            docket=None,
            qbo=None,
            clock=SystemClock(),
            ids=SystemIds(),
            actor="ann",
            settings=EngineSettings(),
        )
        desk.exclude(ids, "not ours")
    finally:
        cache.close()


def sync_everything(world: World, run: Run) -> None:
    """Post what can be posted, and leave the rest out."""
    assert run("pull").code == 0
    rows = run("preview", "--all", "--json").json()["invoices"]
    first = next(row["docket_id"] for row in rows if row["outcome"] == "posted")
    assert run("sync", "--test", f"id:{first}", "--yes").code == 0
    posted = run("sync", "--all", "--yes").out
    assert re.search(r"Head of the audit log [0-9a-f]{64}", posted)
    assert "Docket, " in posted
    left = [row["docket_id"] for row in run("preview", "--all", "--json").json()["invoices"]]
    leave_out(world, left)


def spoil(world: World, posted: dict[str, list[str]]) -> dict[str, str]:
    """Spoil a record of ours for each class; return what is to be named, by class."""
    ledger = world.ledger()
    invoices = {row["Id"]: row for row in ledger["Invoice"] if row["Id"] in posted["Invoice"]}
    owed = next(row for row in invoices.values() if row["Balance"])
    payment = posted["Payment"][0]
    dearer, moved, *_ = [row for row in invoices.values() if row is not owed]

    paid = world.docket(action="pay", invoice=owed["DocNumber"], method="Check")
    missing = next(row["record"] for row in paid["changed"] if row["record"].get("allocations"))
    in_quickbooks(world, void={"entity": "Payment", "id": payment})
    elsewhere = {"entity": "Invoice", "id": moved["Id"], "body": {"TxnDate": "2026-09-02"}}
    in_quickbooks(world, edit=elsewhere)
    lines = [line for line in dearer["Line"] if line["DetailType"] == "SalesItemLineDetail"]
    extra: dict[str, Any] = {
        "Amount": "10.00",
        "DetailType": "SalesItemLineDetail",
        "Description": "by hand",
    }
    extra |= {"SalesItemLineDetail": {"ItemRef": lines[0]["SalesItemLineDetail"]["ItemRef"]}}
    kept = [json.loads(json.dumps(line, default=str)) for line in lines]
    more = {"entity": "Invoice", "id": dearer["Id"], "body": {"Line": [*kept, extra]}}
    in_quickbooks(world, edit=more)
    copy = {
        "CustomerRef": moved["CustomerRef"],
        "TxnDate": moved["TxnDate"],
        "PrivateNote": "copied [docket-qbo aaaaaaaaaaaaaaaa]",
        "Line": [extra],
    }
    orphan = in_quickbooks(world, create={"entity": "Invoice", "body": copy})["create"]
    return {
        "missing": missing["id"],
        "orphan": orphan["Id"],
        "status": payment,
        "amount": dearer["Id"],
        "moved": moved["Id"],
    }


def posted_by(run: Run) -> dict[str, list[str]]:
    """Ids of what the sync posted or linked, by entity."""
    rows = run("journal", "--json", "--limit", "1000").json()
    return {
        entity: [row["qbo_id"] for row in rows if row["entity"] == entity and row["qbo_id"]]
        for entity in ("Invoice", "Payment")
    }


def logged(run: Run, target: Path) -> set[tuple[str, bool]]:
    """Actions in an export, and whether somebody's name and an outcome stand with them."""
    assert run("audit", "export", "--jsonl", str(target)).code == 0
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert all(row["request_id"] for row in rows if row["action"].startswith("posting "))
    return {(row["action"], bool(row["actor"]) and row["after"] != "null") for row in rows}


@pytest.mark.xdist_group("tie-out")
def test_nothing_differs_after_a_sync_and_what_is_spoilt_is_named(
    world: World, run: Run, tmp_path: Path
) -> None:
    sync_everything(world, run)
    clean = run("tie-out", "--json")
    found = clean.json()
    assert not any(found["differences"].values()), clean.out
    assert found["total"]["docket"]["invoices"]["count"] > 3
    assert found["receivables"]["report"] == found["receivables"]["balances"]
    assert clean.code == 0
    checked = run("month", "2026-10", "--check", "--by", "Ann", "--json").json()
    assert checked["checked"]["by"] == "Ann"
    assert checked["changed_after_check"] == []

    named = spoil(world, posted_by(run))
    run("pull")
    spoilt = run("tie-out", "--json", "--csv", str(tmp_path / "t.csv"))
    assert spoilt.code == 1
    differences = spoilt.json()["differences"]
    for kind, key in named.items():
        keys = {row["docket_id"] for row in differences[kind]} | {
            row["qbo_id"] for row in differences[kind]
        }
        assert key in keys, (kind, key, differences)
    assert run("tie-out", "--by", "customer", "--offline").code == 1
    assert "differs" in run("tie-out", "--offline", "--xlsx", str(tmp_path / "t.xlsx")).out
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book["Differences"].max_row == 1 + sum(map(len, differences.values()))
    listed = (tmp_path / "t-differences.csv").read_text(encoding="utf-8").splitlines()
    assert len(listed) == book["Differences"].max_row
    later = run("month", "2026-10", "--page", str(tmp_path / "october.html"), "--json").json()
    assert later["changed_after_check"]
    assert later["audit_head"] in (tmp_path / "october.html").read_text(encoding="utf-8")
    assert run("audit", "verify").code == 0
    assert logged(run, tmp_path / "log.jsonl") >= LOGGED
