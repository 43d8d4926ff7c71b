"""Decides what the facts of a check-up mean; pure, so that each case can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from cli.doctor.facts import Backups, Disk, Facts, Keys, Pace, PrivatePath, Server, Versions
from cli.doctor.findings import Finding, do, from_trouble, note, ok
from connectors.qbo.metering import MONTHLY_ALLOWANCE
from core.clock import duration
from store.health import CacheHealth

LEAST_FREE = 200 * 2**20
"""Bytes; below that a sync of some thousand invoices with its copy may not fit."""
COPIES_THAT_FIT = 3
"""The cache, its journal and the day's copy grow at once."""
CLOCK_TOLERANCE = 60
"""Seconds; the settle time of an unclear posting (200 s) is counted on this clock."""
SOON = timedelta(days=14)
LATE_AT_LAST = timedelta(days=60)
"""Before the five years end: a new consent needs the person who may give it."""
OLD_COPY = timedelta(days=8)
FULL_CHECK_LATE = timedelta(days=15)
MUCH_OF_THE_MONTH = MONTHLY_ALLOWANCE * 8 // 10


def judge(facts: Facts) -> list[Finding]:
    """Return the findings, in the order of the ground they stand on."""
    found = [*_versions(facts.versions), *_private(facts.private)]
    if facts.disk is not None:
        found.append(_disk(facts.disk))
    found += _cache(facts)
    found += _backups(facts.backups, facts.at) if facts.cache_exists and facts.connected else []
    found += _clock(facts.servers)
    found += [_server(server, practice=facts.practice) for server in facts.servers]
    if not facts.connected:
        found.append(
            do("company", "no company is connected", "docket-qbo connect, or try docket-qbo demo")
        )
    if facts.keys is not None:
        found += _keys(facts.keys, facts.at)
    if facts.pace is not None:
        found += _pace(facts.pace)
    found += [from_trouble(topic, trouble) for topic, trouble in facts.troubles]
    return found


def _versions(versions: Versions) -> Iterator[Finding]:
    yield ok(
        "program", f"docket-qbo {versions.program}, Python {versions.python}, {versions.system}"
    )
    library = f"{versions.sqlite}, {versions.sqlite_mode}"
    if versions.wal_safe:
        yield ok("SQLite", library)
    else:
        yield note("SQLite", f"{library}: an older library, so the slower journal is used")


def _private(paths: tuple[PrivatePath, ...]) -> Iterator[Finding]:
    wrong = 0
    for one in paths:
        if not one.own:
            wrong += 1
            yield do("rights", f"{one.path} belongs to another user", "make it yours, or move it")
        elif one.mode & one.refused:
            wrong += 1
            right = "700" if one.folder else "600"
            may = "read" if one.mode & one.refused & 0o055 else "write"
            yield do("rights", f"others may {may} {one.path}", f"chmod {right} '{one.path}'")
    if not wrong:
        yield ok("rights", f"{len(paths)} private files and folders are yours alone")


def _disk(disk: Disk) -> Finding:
    need = max(LEAST_FREE, COPIES_THAT_FIT * disk.cache)
    free = f"{disk.free // 2**20:,} MB free, the cache has {disk.cache // 2**20:,} MB"
    if disk.free < need:
        return do("disk", free, f"make room: {need // 2**20:,} MB are safe")
    return ok("disk", free)


def _cache(facts: Facts) -> Iterator[Finding]:
    health = facts.cache
    if not facts.cache_exists:
        yield note("cache", f"there is none yet at {facts.cache_file}")
        return
    if health.trouble is not None:
        yield from_trouble("cache", health.trouble)
        return
    if health.wrong:
        yield do("cache", f"it is damaged: {health.wrong}", "docket-qbo restore")
        return
    yield ok("cache", f"sound in full: every page, index and reference; {health.journal}")
    if health.audit_break is None:
        yield ok("audit log", f"{health.audit_rows} rows, each chained to the one before")
    else:
        yield do(
            "audit log",
            f"row {health.audit_break} was changed or removed, or one before it",
            "compare with an export or a report (docs/audit.md)",
        )
    if health.behind:
        yield note(
            "cache",
            "it was restored: nothing is sent for the settle time, and what is not final is looked"
            " up first",
            "docket-qbo pull, then go on",
        )
    yield from _journal(health, facts.at)


def _journal(health: CacheHealth, now: datetime) -> Iterator[Finding]:
    counts = health.postings
    waiting = counts.get("UNKNOWN", 0) + counts.get("SENDING", 0)
    if waiting:
        since = (
            f", the first sent {_ago(now, health.unclear_since)}" if health.unclear_since else ""
        )
        yield do(
            "sync log",
            f"{_writes(waiting)} without a known outcome{since}",
            "docket-qbo status says what happens next; start the sync again to look them up",
        )
    for state, words in (("HOLD", "held"), ("REJECTED", "refused")):
        if counts.get(state):
            yield note("sync log", f"{_writes(counts[state])} {words}", "docket-qbo journal")
    if health.runs_open and not waiting:
        yield note("sync log", "a sync was stopped before its end", "docket-qbo sync goes on")
    if not waiting:
        yield ok("sync log", f"{_writes(counts.get('CONFIRMED', 0))} in QuickBooks, none unclear")


def _backups(backups: Backups, now: datetime) -> Iterator[Finding]:
    if not backups.count or backups.newest is None:
        yield do("backups", f"there is no copy in {backups.folder}", "docket-qbo backup")
    elif now - backups.newest > OLD_COPY:
        age = _ago(now, backups.newest)
        yield do("backups", f"the newest copy was made {age}", "docket-qbo backup")
    else:
        age = _ago(now, backups.newest)
        yield ok("backups", f"{backups.count} kept, the newest made {age}")
    last = backups.last_full_check
    if backups.count and (last is None or now - last > FULL_CHECK_LATE):
        yield note("backups", "no copy passed the weekly full check lately", "docket-qbo backup")


def _clock(servers: tuple[Server, ...]) -> Iterator[Finding]:
    told = [one for one in servers if one.knock.ahead is not None]
    if not told:
        return
    worst = max(told, key=lambda one: abs(one.knock.ahead or 0))
    ahead = worst.knock.ahead or 0
    if abs(ahead) > CLOCK_TOLERANCE:
        way = "fast" if ahead > 0 else "slow"
        yield do(
            "clock",
            f"this computer's clock is {duration(abs(ahead))} {way} by {worst.name}",
            "set it by the network; a sync counts its waiting on it",
        )
    else:
        yield ok("clock", f"within a minute of {worst.name}'s")


def _server(server: Server, *, practice: bool) -> Finding:
    if server.knock.status is not None:
        return ok(server.name, f"{server.host} answers")
    start = "start the practice company (docket-qbo demo, or docket-qbo sandbox)"
    return do(
        server.name,
        f"{server.host} cannot be reached: {server.knock.why}",
        start if practice else "check the network and the address in the configuration",
    )


def _keys(keys: Keys, now: datetime) -> Iterator[Finding]:
    if keys.trouble is not None:
        yield from_trouble("keys", keys.trouble)
        return
    if keys.closed:
        yield note(
            "keys", f"not opened: {keys.closed}", "give the passphrase to have them looked at"
        )
    else:
        yield ok(
            "keys", f"kept in {keys.store}; the access token renews itself{_access(keys, now)}"
        )
    if keys.renewal_open_since is not None:
        yield note(
            "keys",
            f"a renewal was begun {_ago(now, keys.renewal_open_since)} and its answer was not kept",
            "docket-qbo pull tells whether the connection still holds",
        )
    for ends, soon, words in (
        (keys.lapses, SOON, "lapses unless it is used"),
        (keys.ends_at_last, LATE_AT_LAST, "ends for good (five years)"),
    ):
        if ends is None:
            continue
        if ends <= now:
            yield do("keys", f"the connection ended on {ends:%d %b %Y}", "docket-qbo connect")
        elif ends - now < soon:
            fix = "docket-qbo pull" if ends == keys.lapses else "docket-qbo connect before then"
            yield do("keys", f"the connection {words} on {ends:%d %b %Y}", fix)
        else:
            yield ok("keys", f"the connection {words} on {ends:%d %b %Y}")


def _access(keys: Keys, now: datetime) -> str:
    if keys.access_ends is None:
        return ""
    left = int((keys.access_ends - now).total_seconds())
    return f" (good for {duration(left)})" if left > 0 else " (due at the next call)"


def _pace(pace: Pace) -> Iterator[Finding]:
    if not pace.whole:
        yield note(
            "pace",
            f"{pace.path} is damaged and begins anew with the next call",
            f"rm '{pace.path}'",
        )
    elif pace.blocked_seconds > 0:
        wait = duration(pace.blocked_seconds)
        yield note("pace", f"QuickBooks asked for a pause; calls go on in {wait}")
    else:
        yield ok("pace", f"at most {pace.per_minute} calls a minute, of all windows together")
    reads = f"{pace.reads_this_month:,} metered reads this month (UTC) from this computer"
    if pace.reads_this_month > MUCH_OF_THE_MONTH:
        yield do(
            "reads",
            f"{reads}; {MONTHLY_ALLOWANCE:,} are free for all companies of an app",
            "refresh less often, or look at the app's page at Intuit",
        )
    else:
        yield ok("reads", reads)


def _writes(count: int) -> str:
    return "1 write" if count == 1 else f"{count:,} writes"


def _ago(now: datetime, then: datetime) -> str:
    seconds = max(int((now - then).total_seconds()), 0)
    days = seconds // 86_400
    return f"{days} days ago" if days > 1 else f"{duration(seconds)} ago"
