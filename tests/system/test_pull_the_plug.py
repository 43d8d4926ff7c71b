"""The demo in a terminal: its plug is really pulled, and it ends right all the same."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.system.terminal import Terminal


def test_the_demo_is_killed_in_the_middle_and_goes_on_where_it_was(tmp_path: Path) -> None:
    environ = {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "DOCKET_QBO_HOME": str(tmp_path),
        # Fast to the bulk sync, and slow enough in it that the plug comes in the middle.
        "DOCKET_QBO_LIMITS_REQUESTS_PER_MINUTE": "1200",
        "DOCKET_QBO_LIMITS_REQUESTS_PER_SECOND": "20",
    }
    command = [sys.executable, "-m", "docket_qbo", "demo", "--invoices", "90"]
    with Terminal(command, environ) as terminal:
        terminal.wait_for("duplicate customers")
        terminal.press("t")
        terminal.wait_for("esc  Cancel")
        terminal.press("P")
        terminal.wait_for("Equal to the cent")
        terminal.press("b")
        terminal.wait_for(lambda screen: "Preview of" in screen and "esc  Cancel" in screen)
        terminal.press("P")
        terminal.wait_for(" posted ")
        terminal.press("ctrl+p")
        terminal.wait_for("Search")
        terminal.press(*"pull the plug")
        terminal.wait_for("Pull the plug")
        terminal.press("enter")
        terminal.wait_for("The plug was pulled")
        terminal.wait_for("0 twice, 0 lost")
        screen = terminal.wait_for("difference $0.00")
        assert "Stopped in the middle" in screen
        terminal.press("escape")
        terminal.wait_for("/ Search")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
