"""The bundle for support: one text file that a person can read before it is sent.

It is put together from what may be told (versions, counts, codes, times, Intuit's
transaction ids), not from everything less what may not. The end of the log and the
findings are the only free text; both are scrubbed.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from cli.doctor.facts import Facts
from cli.doctor.findings import Finding
from cli.doctor.scrub import Scrub
from core.clock import iso
from core.config import Config
from core.errors import UsageTrouble

LOG_LINES = 400
_LOG_BYTES = 200_000


def bundle(
    facts: Facts, findings: list[Finding], config: Config, log: list[str], scrub: Scrub
) -> str:
    """Return the whole text, as JSON in lines."""
    health = facts.cache
    content = {
        "read_me": "Made by docket-qbo doctor. It holds no keys, names or amounts; look through"
        " it before you send it.",
        "made_at": iso(facts.at),
        "versions": {
            "docket-qbo": facts.versions.program,
            "python": facts.versions.python,
            "system": facts.versions.system,
            "sqlite": facts.versions.sqlite,
            "sqlite_mode": facts.versions.sqlite_mode,
            "packages": dict(facts.versions.packages),
        },
        "findings": [
            {
                "topic": one.topic,
                "level": one.level.value,
                "what": scrub.words(one.what),
                "fix": scrub.words(one.fix),
            }
            for one in findings
        ],
        "configuration": _configuration(facts, config),
        "cache": {
            "rows": dict(health.rows),
            "postings": dict(health.postings),
            "faults": dict(health.faults),
            "audit_rows": health.audit_rows,
            "audit_head": health.audit_head,
        },
        "newest_calls": [
            {
                "at": call.at,
                "phase": call.phase,
                "http_status": call.status,
                "fault_code": call.fault_code,
                "outcome": call.outcome,
                "intuit_tid": call.intuit_tid,
            }
            for call in health.calls
        ],
        "log": scrub.log(log),
    }
    return json.dumps(content, ensure_ascii=True, indent=1) + "\n"


def _configuration(facts: Facts, config: Config) -> dict[str, object]:
    """What is set, without addresses of the user's own: those are names too."""
    return {
        "connected": facts.connected,
        "practice": facts.practice,
        "docket": "folder" if config.docket.folder else "http" if config.docket.url else "none",
        "secrets": config.secrets.store or ("plain file" if config.secrets.file else "default"),
        "requests_per_minute": config.limits.requests_per_minute,
        "requests_per_second": config.limits.requests_per_second,
        "in_flight": config.limits.in_flight,
        "settle_seconds": config.sync.settle_seconds,
        "docket_timeout_seconds": config.docket.timeout_seconds,
        "quickbooks_timeout_seconds": config.quickbooks.timeout_seconds,
        "log_level": config.log.level,
        "keys_changed": len(config.keys),
    }


def log_tail(path: Path) -> list[str]:
    """Return the last lines of the log; none if there is no log."""
    try:
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - _LOG_BYTES, 0))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return []
    return text.splitlines()[-LOG_LINES:]


def write(path: Path, text: str) -> None:
    """Write a bundle for its owner alone; an existing file is not written over.

    Raises:
        UsageTrouble: there is one of this name, or it cannot be written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(text)
    except OSError as error:
        raise UsageTrouble(
            f"The bundle {path} cannot be written: {error.strerror}.",
            books="Nothing was changed.",
            fix="Name a file that does not exist yet, in a folder of yours.",
        ) from error
