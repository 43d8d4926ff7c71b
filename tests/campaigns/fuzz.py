"""Let schemathesis fuzz the practice QuickBooks by its own description; no unarmed 5xx may come.

    python -m tests.campaigns.fuzz SCHEMATHESIS [--seconds 110] [--seed 1]

SCHEMATHESIS is the program in the environment that holds it (`make fuzz`).
Afterwards the books must still balance.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

from tests.system.world import World, practice

SYNCED = "Customer|Item|Invoice|Payment|CreditMemo|SalesReceipt|RefundReceipt|Deposit"
PASSES = (
    (
        *("--mode", "positive", "--phases", "fuzzing"),
        *("--include-operation-id-regex", f"^write({SYNCED})$"),
    ),
    ("--mode", "all", "--phases", "coverage,fuzzing,stateful"),
)
"""First what may be sent of what a sync touches, so that the books fill; then everything."""
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("schemathesis")
    parser.add_argument("--seconds", type=int, default=110)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="docket-qbo-fuzz-") as home,
        practice(Path(home), "--invoices", "40") as world,
    ):
        failed = False
        for sent in PASSES:
            failed |= _fuzz(world, args.schemathesis, sent, args.seconds // 2, args.seed)
        crashes = (Path(home) / "servers.log").read_text()
        if crashes:
            print(crashes[-4000:])
        proof = httpx.get(f"{world.servers['qbo_url']}/sandbox/proof", timeout=60).json()
        print(f"afterwards: {proof['journal_lines']} journal lines, balanced: {proof['balanced']}")
        for wrong in proof["wrong"]:
            print(f"  {wrong}")
        return int(failed or bool(crashes) or not proof["balanced"])


def _fuzz(world: World, schemathesis: str, sent: tuple[str, ...], seconds: int, seed: int) -> bool:
    """Whether schemathesis found something."""
    qbo = world.servers["qbo_url"]
    command = [
        str(Path(schemathesis).resolve()),
        "run",
        f"{qbo}/sandbox/openapi.json",
        *("--header", f"Authorization: Bearer {world.servers['access_token']}"),
        *sent,
        *("--checks", ",".join(CHECKS)),
        *("--max-time", str(seconds)),
        *("--seed", str(seed)),
        *("--request-timeout", "20"),
        *("--warnings", "off"),
        *("--suppress-health-check", "all"),
        "--continue-on-failure",
    ]
    return subprocess.run(command, cwd=world.home, timeout=seconds + 120).returncode != 0


if __name__ == "__main__":
    sys.exit(main())
