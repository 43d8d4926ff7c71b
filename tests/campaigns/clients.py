"""Run clients that others wrote, each with a script of its own, against the practice company.

    python -m tests.campaigns.clients PYTHON

PYTHON is the interpreter of the environment that holds them (`make test-clients`).
Each gets a company of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.system.world import practice

SCRIPTS = ("python_quickbooks.py", "karellen.py")
FOLDER = Path(__file__).parents[1] / "clients"


def main(python: str) -> int:
    failed = 0
    for script in SCRIPTS:
        with (
            tempfile.TemporaryDirectory(prefix="docket-qbo-clients-") as home,
            practice(Path(home), "--invoices", "40") as world,
        ):
            told = json.dumps(dict(world.servers)) + "\n"
            command = [python, str(FOLDER / script)]
            failed += subprocess.run(command, input=told, text=True, timeout=300).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
