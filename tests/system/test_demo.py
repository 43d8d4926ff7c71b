"""The demo without a terminal, as `make demo < /dev/null` runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_the_demo_runs_through_and_quickbooks_holds_what_the_plan_said(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docket_qbo", "demo", "--invoices", "60"],
        env={
            "PATH": os.environ["PATH"],
            "DOCKET_QBO_HOME": str(tmp_path),
            "DOCKET_QBO_LIMITS_REQUESTS_PER_MINUTE": "100000",
            "DOCKET_QBO_LIMITS_REQUESTS_PER_SECOND": "1000",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "If you had pressed Sync in Docket:" in done.stdout
    assert "difference 0.00" in done.stdout
    assert "✓ the payment was posted alone" in done.stdout
    assert "✓ QuickBooks holds exactly what the plan said" in done.stdout
