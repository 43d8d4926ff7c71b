"""`docket-qbo doctor`: look at everything that has to be right, and say what to do."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from cli.output import put, put_json, say
from core.errors import Exit

if TYPE_CHECKING:
    from cli.doctor.facts import Facts
    from cli.doctor.findings import Finding
    from cli.places import Places


def add_words(parser: argparse.ArgumentParser) -> None:
    """--json, --bundle FILE."""
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--bundle",
        type=Path,
        metavar="FILE",
        help="write a report for support, without keys, names and amounts",
    )


def run(args: argparse.Namespace) -> Exit:
    """Print a line for each thing that was looked at; 1 where something needs doing."""
    from cli.doctor.findings import Level
    from cli.doctor.gather import gather
    from cli.doctor.judge import judge
    from cli.places import find_places
    from core.clock import SystemClock
    from core.ids import SystemIds
    from core.log_file import set_up_logging

    places = find_places(args)
    set_up_logging(places.config.log, places.log_file)
    facts = asyncio.run(gather(places, SystemClock(), SystemIds()))
    findings = judge(facts)
    if args.json:
        put_json([_json(one) for one in findings])
    else:
        _put(findings)
    if args.bundle is not None:
        _write_bundle(args.bundle, places, facts, findings)
    return Exit.LEFT if any(one.level is Level.DO for one in findings) else Exit.DONE


def _put(findings: list[Finding]) -> None:
    width = max(len(one.topic) for one in findings)
    for one in findings:
        mark = {"ok": "ok  ", "note": "note", "do": "DO  "}[one.level]
        fix = f" -> {one.fix}" if one.fix else ""
        put(f"{mark}  {one.topic:{width}}  {one.what}{fix}")


def _json(finding: Finding) -> dict[str, str]:
    return {
        "topic": finding.topic,
        "level": finding.level.value,
        "what": finding.what,
        "fix": finding.fix,
    }


def _write_bundle(path: Path, places: Places, facts: Facts, findings: list[Finding]) -> None:
    from cli.doctor.bundle import bundle, log_tail, write
    from cli.doctor.scrub import Scrub

    own = {places.company, places.config.quickbooks.company} - {""}
    scrub = Scrub(facts.cache.names | own, str(Path.home()))
    text = bundle(facts, findings, places.config, log_tail(places.log_file), scrub)
    write(path, text)
    say(f"Wrote {path}: versions, counts, codes and the end of the log, without keys, names")
    say("and amounts. Look through it before you send it.")
