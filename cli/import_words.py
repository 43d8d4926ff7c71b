"""What `docket-qbo import` says: columns with their first rows, changes, findings, the log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cli.output import put, put_json, put_table, say
from connectors.docket_files.catalogue import FIELDS, FileKind
from connectors.docket_files.choosing import Choice
from connectors.docket_files.profile import Profile, checked_name, load_profiles, read_profile
from connectors.docket_files.values import plain
from core.clock import iso
from store.imports import ImportRow
from sync.imports.desk import ImportResult
from sync.imports.words import STATES, brought, change_words

_SHOWN_ROWS = 3
_SHOWN_FINDINGS = 20


def say_choice(choice: Choice) -> None:
    """Say how a table is read; of a new shape every column with its first values."""
    table = choice.table
    if choice.profile is not None:
        say(f"{table.name}: {choice.profile.kind}, by the profile {choice.profile.name}.")
        return
    assert choice.proposal is not None
    if choice.changed is not None:
        say(choice.changed_words)
    proposal = choice.proposal
    style = proposal.style
    say(
        f"{table.name}: looks like {proposal.kind}; header in row {table.header_row}, "
        f"{table.encoding or 'XLSX'}, dates {style.dates}, decimals {style.decimals}."
    )
    rows = []
    for place, header in enumerate(table.headers):
        field = proposal.columns.get(header, "(left out)")
        mark = " by its values" if header in proposal.by_content else ""
        cells = (row[place] for _, row in table.sample[:_SHOWN_ROWS] if place < len(row))
        rows.append([header, f"{field}{mark}", " | ".join(plain(cell) for cell in cells)])
    put_table(["column", "field", "first rows"], rows)
    for words in choice.problems:
        say(f"  {words}")


def put_result(result: ImportResult, verb: str) -> None:
    """Write what changed and what could not be taken."""
    for words in change_words(result.counts):
        put(f"{verb}: {words}.")
    if not change_words(result.counts):
        put("Nothing is new, nothing has changed.")
    for finding in result.findings[:_SHOWN_FINDINGS]:
        put(f"  {finding.sentence()}")
    left = result.findings_count - min(len(result.findings), _SHOWN_FINDINGS)
    if left:
        put(f"  and {left} more; --json lists them.")


def put_log(log: Sequence[ImportRow], *, as_json: bool) -> None:
    """Write the import log."""
    if as_json:
        put_json({"imports": [_log_json(one) for one in log]})
        return
    for one in log:
        put(f"{iso(one.started_at)[:16]}  {one.actor}  {STATES[one.state]}  {brought(one)}")
        for file in one.files:
            put(f"  {file['name']} ({file['kind']}, profile {file['profile']})")
        for finding in one.findings[:_SHOWN_FINDINGS]:
            put(f"    {finding['file']}, row {finding['row']}: {finding['words']}")
    if not log:
        put("Nothing was imported yet.")


def put_profiles(folder: Path, name: str | None) -> None:
    """Write the names of the profiles, or one of them as it can be shared.

    Raises:
        UsageTrouble: there is none of this name.
    """
    if name:
        put_toml(read_profile(folder / f"{checked_name(name)}.toml"))
        return
    for profile in load_profiles(folder):
        put(f"{profile.name}  {profile.kind}, {len(profile.columns)} columns")


def put_toml(profile: Profile) -> None:
    """Write a profile as TOML."""
    for line in profile.as_toml().splitlines():
        put(line)


def put_fields() -> None:
    """Write every field by kind, with what columns call it."""
    for kind in FileKind:
        put(f"{kind}")
        for field in FIELDS[kind].values():
            put(f"  {field.name:20} {field.form:8} {', '.join(field.words[1:5])}")


def _log_json(one: ImportRow) -> dict[str, object]:
    return {
        "id": one.id,
        "state": one.state,
        "actor": one.actor,
        "started_at": iso(one.started_at),
        "files": list(one.files),
        "counts": {kind: dict(counts) for kind, counts in one.counts.items()},
        "findings": list(one.findings),
    }
