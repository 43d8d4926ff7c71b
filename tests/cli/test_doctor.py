"""The check-up finds what is wrong, says what to do, and its report holds nothing it must not."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.doctor.facts import (
    Backups,
    Disk,
    Facts,
    Keys,
    Pace,
    PrivatePath,
    Server,
    Versions,
)
from cli.doctor.findings import Finding, Level
from cli.doctor.judge import judge
from cli.doctor.scrub import Scrub
from cli.main import main
from connectors.knock import Knock
from connectors.qbo.metering import MONTHLY_ALLOWANCE
from connectors.qbo.tokens import reconnect
from core.errors import Exit
from core.ids import SeededIds
from core.records import Kind, Page
from core.secrets import Secret
from core.text import display
from store import audit
from store.cache import Cache
from store.docket import save_page
from store.epoch import write_sidecar
from store.health import CacheHealth
from tests.store.worlds import HOSTILE, NOW, StillClock, client

WELL = Facts(
    at=NOW,
    versions=Versions("0.1.0", "3.11", "Linux", "3.53.4", "WAL, synchronous=EXTRA", True),
    cache_file=Path("/home/ann/sync.db"),
    connected=True,
    practice=False,
    private=(PrivatePath(Path("/home/ann/sync.db"), False, 0o600, True),),
    disk=Disk(free=2**30, cache=2**20),
    cache=CacheHealth(journal="WAL", postings={"CONFIRMED": 12}),
    cache_exists=True,
    backups=Backups(Path("/home/ann/backups"), 3, NOW, NOW),
    servers=(Server("QuickBooks", "quickbooks.api.intuit.com", Knock(404, ahead=0)),),
    keys=Keys("the system's keyring", lapses=NOW + timedelta(days=99)),
    pace=Pace(Path("/home/ann/x.calls"), True, 0, 500, 1234),
)


def wrong(facts: Facts) -> list[Finding]:
    return [one for one in judge(facts) if one.level is not Level.OK]


def test_where_all_is_well_nothing_needs_doing() -> None:
    assert wrong(WELL) == []
    assert len(judge(WELL)) > 8


ILLS: dict[str, tuple[Callable[[Facts], Facts], Level, str, str]] = {
    "readable by others": (
        lambda f: replace(f, private=(replace(f.private[0], mode=0o640),)),
        Level.DO,
        "others may read /home/ann/sync.db",
        "chmod 600",
    ),
    "a folder to enter": (
        lambda f: replace(f, private=(PrivatePath(Path("/home/ann/keys"), True, 0o755, True),)),
        Level.DO,
        "others may read",
        "chmod 700",
    ),
    "a configuration to change": (
        lambda f: replace(
            f, private=(PrivatePath(Path("/home/ann/c.toml"), False, 0o666, True, 0o022),)
        ),
        Level.DO,
        "others may write",
        "chmod 600",
    ),
    "another user's": (
        lambda f: replace(f, private=(replace(f.private[0], own=False),)),
        Level.DO,
        "another user",
        "make it yours",
    ),
    "an old SQLite": (
        lambda f: replace(f, versions=replace(f.versions, wal_safe=False)),
        Level.NOTE,
        "older library",
        "",
    ),
    "a full disk": (
        lambda f: replace(f, disk=Disk(free=2**20, cache=2**20)),
        Level.DO,
        "1 MB free",
        "200 MB",
    ),
    "a disk too small for this cache": (
        lambda f: replace(f, disk=Disk(free=2**30, cache=2**30)),
        Level.DO,
        "1,024 MB free",
        "3,072 MB",
    ),
    "a damaged cache": (
        lambda f: replace(f, cache=CacheHealth(wrong="row 1 missing from index")),
        Level.DO,
        "row 1 missing",
        "restore",
    ),
    "a cache that does not open": (
        lambda f: replace(f, cache=CacheHealth(trouble=reconnect("It does not open."))),
        Level.DO,
        "does not open",
        "again",
    ),
    "a changed audit log": (
        lambda f: replace(f, cache=replace(f.cache, audit_break=7)),
        Level.DO,
        "row 7",
        "export",
    ),
    "a restored cache": (
        lambda f: replace(f, cache=replace(f.cache, behind=True)),
        Level.NOTE,
        "restored",
        "pull",
    ),
    "unclear writes": (
        lambda f: replace(
            f,
            cache=replace(
                f.cache, postings={"UNKNOWN": 2}, unclear_since=NOW - timedelta(minutes=5)
            ),
        ),
        Level.DO,
        "2 writes without a known outcome, the first sent 5 min 00 s ago",
        "status",
    ),
    "held writes": (
        lambda f: replace(f, cache=replace(f.cache, postings={"HOLD": 3})),
        Level.NOTE,
        "3 writes held",
        "journal",
    ),
    "a stopped sync": (
        lambda f: replace(f, cache=replace(f.cache, runs_open=1)),
        Level.NOTE,
        "stopped",
        "sync",
    ),
    "no copy": (
        lambda f: replace(f, backups=replace(f.backups, count=0, newest=None)),
        Level.DO,
        "no copy",
        "docket-qbo backup",
    ),
    "an old copy": (
        lambda f: replace(f, backups=replace(f.backups, newest=NOW - timedelta(days=30))),
        Level.DO,
        "30 days ago",
        "docket-qbo backup",
    ),
    "no full check": (
        lambda f: replace(f, backups=replace(f.backups, last_full_check=None)),
        Level.NOTE,
        "full check",
        "",
    ),
    "a clock that is fast": (
        lambda f: replace(f, servers=(Server("QuickBooks", "x", Knock(200, ahead=185)),)),
        Level.DO,
        "3 min 05 s fast",
        "set it",
    ),
    "a clock that is slow": (
        lambda f: replace(f, servers=(Server("Docket", "x", Knock(200, ahead=-185)),)),
        Level.DO,
        "slow by Docket",
        "set it",
    ),
    "no answer": (
        lambda f: replace(f, servers=(Server("Docket", "d.example.com", Knock(None, "no line")),)),
        Level.DO,
        "d.example.com cannot be reached: no line",
        "network",
    ),
    "not connected": (
        lambda f: replace(f, connected=False, keys=None, pace=None, servers=()),
        Level.DO,
        "no company",
        "connect",
    ),
    "keys that do not open": (
        lambda f: replace(f, keys=Keys("x", reconnect("Damaged."))),
        Level.DO,
        "Damaged.",
        "again",
    ),
    "keys that do not open just now": (
        lambda f: replace(f, keys=Keys("x", closed="No passphrase.")),
        Level.NOTE,
        "not opened: No passphrase.",
        "passphrase",
    ),
    "a connection that lapses soon": (
        lambda f: replace(f, keys=Keys("x", lapses=NOW + timedelta(days=5))),
        Level.DO,
        "lapses unless it is used on 25 Nov 2026",
        "pull",
    ),
    "a connection that ends": (
        lambda f: replace(f, keys=Keys("x", ends_at_last=NOW + timedelta(days=30))),
        Level.DO,
        "ends for good",
        "before then",
    ),
    "a connection that ended": (
        lambda f: replace(f, keys=Keys("x", lapses=NOW - timedelta(days=5))),
        Level.DO,
        "ended on 15 Nov 2026",
        "docket-qbo connect",
    ),
    "a renewal without an answer": (
        lambda f: replace(f, keys=Keys("x", renewal_open_since=NOW - timedelta(hours=1))),
        Level.NOTE,
        "1 h 00 min ago",
        "pull",
    ),
    "a pause": (
        lambda f: replace(f, pace=Pace(Path("x"), True, 45, 500, 0)),
        Level.NOTE,
        "45 s",
        "",
    ),
    "a damaged limits file": (
        lambda f: replace(f, pace=Pace(Path("x.calls"), False, 0, 500, 0)),
        Level.NOTE,
        "x.calls is damaged",
        "rm",
    ),
    "many reads": (
        lambda f: replace(f, pace=Pace(Path("x"), True, 0, 500, MONTHLY_ALLOWANCE)),
        Level.DO,
        "500,000 metered reads",
        "less often",
    ),
}


@pytest.mark.parametrize("ill", ILLS)
def test_each_ill_is_one_finding_with_what_to_do(ill: str) -> None:
    change, level, what, fix = ILLS[ill]
    (found,) = wrong(change(WELL))
    assert found.level is level
    assert what in found.what
    assert fix in found.fix
    assert found.level is not Level.DO or found.fix


# the report


@given(
    st.sampled_from(["Acme Roll-Off", "Söhne & O'Brien", "Weißstraße", "ann@example.com"]),
    st.text(),
)
def test_a_known_name_goes_from_the_log_in_any_letters(name: str, around: str) -> None:
    scrub = Scrub([name], "/home/ann")
    line = f"2026-11-20T09:30:00.000Z INFO 1 sync: {around}{name.upper()}{around}"
    text = "\n".join(scrub.log([line, f"ValueError: {name}", f"    {name}"]))
    assert name.casefold() not in text.casefold()


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("run 3 ends: finished; 12 metered reads", "run 3 ends: finished; 12 metered reads"),
        ("took 0.041 s, intuit_tid 1-5f-7a", "took 0.041 s, intuit_tid 1-5f-7a"),
        ("invoice of 1,412.50 and -3.00", "invoice of [amount] and [amount]"),
        ("no such client: 'Acme'", "no such client: […]"),
        ("mail to ann@acme.example.com", "mail to [e-mail]"),
        ("refresh_token=abcdefgh12345", "refresh_token=[redacted]"),
        ("/home/ann/sync.db", "~/sync.db"),
    ],
)
def test_what_support_needs_of_a_line_stays(line: str, left: str) -> None:
    head = "2026-11-20T09:30:00.000Z INFO 1 sync.engine: "
    assert Scrub([], "/home/ann").log([head + line]) == [head + left]


def test_of_a_traceback_place_and_kind_stay() -> None:
    lines = [
        "Traceback (most recent call last):",
        '  File "/home/ann/x.py", line 3, in f',
        '    raise ValueError("Acme 412.50")',
        "ValueError: Acme 412.50",
        "ValueError",
        "which led to:",
    ]
    assert Scrub([], "/home/ann").log(lines) == [
        "Traceback (most recent call last):",
        '  File "~/x.py", line 3, in f',
        "[…]",
        "[…]",
        "ValueError",
        "which led to:",
    ]


def test_a_path_that_bears_the_companys_name_loses_it(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "companies").mkdir()
    file = home / "companies" / "beta-bins.toml"
    file.write_text('[docket]\nfolder = "gone"\n[quickbooks]\ncompany = "Beta Bins LLC"\n')
    file.chmod(0o666)
    monkeypatch.setenv("DOCKET_QBO_COMPANY", "beta-bins")
    main(["doctor", "--bundle", str(home / "bundle.json")])
    assert "beta-bins" in capsys.readouterr().out
    text = (home / "bundle.json").read_text()
    assert "others may write" in text
    assert "beta" not in text.casefold()


# the command


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOCKET_QBO_HOME", str(tmp_path))
    cache = Cache.open(tmp_path / "sync.db", clock=StillClock(), ids=SeededIds(1))
    with closing(cache), cache.write() as session:
        save_page(session, Page(Kind.CLIENT, [client(company_name=HOSTILE)]))
        audit.append(session, NOW, "ann", "test", "cache")
    return tmp_path


def findings(capsys: pytest.CaptureFixture[str]) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for one in json.loads(capsys.readouterr().out):
        found.setdefault(one["topic"], []).append(one)
    return found


def test_a_cache_is_looked_at_and_left_as_it_is(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (home / "sync.db").read_bytes()
    assert main(["doctor", "--json"]) == Exit.LEFT, "no company is connected"
    found = findings(capsys)
    assert found["cache"][0]["level"] == found["audit log"][0]["level"] == "ok"
    assert found["rights"][0]["level"] == "ok"
    assert (home / "sync.db").read_bytes() == before
    assert not (home / "sync.db-wal").exists()

    (home / "sync.db").chmod(0o644)
    write_sidecar(home / "sync.db", 99)
    main(["doctor", "--json"])
    found = findings(capsys)
    assert "chmod 600" in found["rights"][0]["fix"]
    assert [one["level"] for one in found["cache"]] == ["ok", "note"]

    (home / "sync.db").write_bytes(b"dear diary\n" * 1000)
    main(["doctor", "--json"])
    assert "restore" in findings(capsys)["cache"][0]["fix"]


def test_the_report_is_private_and_holds_no_name(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Secret("marked-secret-of-this-test")
    (home / "logs").mkdir()
    log = home / "logs" / "docket-qbo.log"
    head = "2026-11-20T09:30:00.000Z INFO 1 sync: "
    log.write_text(
        f"{head}{HOSTILE} marked-secret-of-this-test\n{head}run 3 ends\n{head}{display(HOSTILE)}\n"
    )
    log.chmod(0o600)
    target = home / "bundle.json"
    main(["doctor", "--bundle", str(target)])
    text = target.read_text()
    told = json.loads(text)
    assert any(line.endswith("run 3 ends") for line in told["log"])
    assert told["cache"]["rows"]["client"] == 1
    assert "Acme" not in text
    assert "marked-secret" not in text
    assert target.stat().st_mode & 0o077 == 0
    assert main(["doctor", "--bundle", str(target)]) == Exit.USAGE
    assert target.read_text() == text, "nothing is written over"
