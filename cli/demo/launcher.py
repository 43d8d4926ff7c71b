"""The demo in a terminal: keeps the servers and the dashboard, and picks up the pieces.

The dashboard is a child of its own, because the demo lets the user really kill it in
the middle of a bulk sync. The launcher outlives that, mends the terminal, and starts
the dashboard again on the same spot.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import termios

from cli.demo.servers import PracticeFolder, practice_servers
from cli.output import say
from core.errors import Exit
from core.paths import find_paths

RESUMED = "DOCKET_QBO_RESUMED"
"""Set for a dashboard that starts again after it was killed."""
DEMO = "DOCKET_QBO_DEMO"
"""Set for the demo's dashboard: it may offer to pull its own plug."""

_LEAVE_SCREEN = (
    "\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[<u\x1b[0m"
)
"""What a killed program could not send: main screen, cursor, no mouse, no paste mode."""


def launch(args: argparse.Namespace) -> Exit:
    """Run the demo until the user leaves the dashboard."""
    folder = PracticeFolder(find_paths(os.environ).practice)
    if args.reset:
        folder.clear()
    first = not folder.state.exists()
    say("Opening the practice company …" if first else "Opening the practice company again …")
    with practice_servers(folder, invoices=args.invoices, seed=args.seed):
        if first:
            say("Filling the cache from Docket and QuickBooks …")
            subprocess.run([*_program(folder), "pull"], check=False, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
        code = Exit(_dashboard_until_left(folder))
    say("Closed. The same command goes on from here; with --reset it starts over.")
    return code


def _program(folder: PracticeFolder) -> list[str]:
    return [sys.executable, "-m", "docket_qbo", "--config", str(folder.config)]


def _dashboard_until_left(folder: PracticeFolder) -> int:
    """Start the dashboard, and again each time it was killed; return its last exit code."""
    terminal = termios.tcgetattr(sys.stdin)
    resumed = False
    while True:
        code = _dashboard(folder, resumed=resumed)
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, terminal)
        if code != -signal.SIGKILL:
            return max(code, 0)
        sys.stdout.write(_LEAVE_SCREEN)
        sys.stdout.flush()
        say("The plug was pulled: the dashboard was killed. Starting it again …")
        resumed = True


def _dashboard(folder: PracticeFolder, *, resumed: bool) -> int:
    environ = dict(os.environ) | {DEMO: "1"}
    if resumed:
        environ[RESUMED] = "1"
    process = subprocess.Popen(_program(folder), env=environ)  # noqa: S603 - our own program
    # Ctrl-C belongs to the dashboard; the launcher waits for it to end.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return process.wait()
    finally:
        signal.signal(signal.SIGINT, before)
