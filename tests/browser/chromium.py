"""A headless Chromium, driven over a pipe by its own protocol: no driver, no package."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NEEDED = (
    "make test-system needs a Chromium: `apt-get install chromium`, "
    "or put the path of one into the environment variable CHROMIUM."
)
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--remote-debugging-pipe",
)


def program() -> str | None:
    """Where a Chromium is; None without one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


class Page:
    """One tab."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._write, self._read = to_browser, from_browser
        self._rest = b""
        self._sent = 0
        self.session = ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        self.call("Page.enable")
        self.call("Runtime.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One command and its result.

        Raises:
            RuntimeError: the browser refused it.
        """
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._sent:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            read = os.read(self._read, 1 << 16)
            if not read:
                raise RuntimeError("the browser is gone")
            self._rest += read
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def open(self, url: str) -> None:
        """Go to an address and wait until it is loaded."""
        self.call("Page.navigate", url=url)
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def address(self) -> str:
        """What stands in the address bar, also where no page came."""
        history = self.call("Page.getNavigationHistory")
        return str(history["entries"][history["currentIndex"]]["url"])

    def value(self, script: str) -> Any:
        """What an expression gives in the page; None while it is between two pages."""
        try:
            found = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        except RuntimeError:
            return None
        return found["result"].get("value")

    def until(self, script: str, seconds: float = 10) -> float:
        """Wait until an expression is true; returns how many seconds it took.

        Raises:
            AssertionError: it has not become true.
        """
        start = time.monotonic()
        while time.monotonic() - start < seconds:
            if self.value(script) is True:
                return time.monotonic() - start
            time.sleep(0.02)
        raise AssertionError(f"not within {seconds} s: {script}\n{self.text()[:2000]}")

    def text(self) -> str:
        """What a person reads."""
        return str(self.value("document.body.innerText"))

    def click(self, selector: str) -> None:
        """Click the first element that fits and wait for the page it leads to."""
        self.value("window.left = true")
        self.value(f"document.querySelector({json.dumps(selector)}).click()")
        self.until("window.left === undefined && document.readyState === 'complete'")

    def search(self, words: str) -> None:
        """Type into the search field and press Enter."""
        self.value("window.left = true")
        self.value("document.querySelector('input[type=search]').focus()")
        self.call("Input.insertText", text=words)
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
        self.call("Input.dispatchKeyEvent", type="keyDown", **key)
        self.until("window.left === undefined && document.readyState === 'complete'")

    def scheme(self, name: str) -> None:
        """Prefer "light" or "dark"."""
        features = [{"name": "prefers-color-scheme", "value": name}]
        self.call("Emulation.setEmulatedMedia", features=features)

    def size(self, width: int, height: int) -> None:
        """Set the window's size in pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def picture(self) -> bytes:
        """What is seen, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])


@contextmanager
def browser(path: str) -> Iterator[Page]:
    """A fresh Chromium with one tab, for the time of the block."""
    to_read, to_write = os.pipe()
    from_read, from_write = os.pipe()
    with tempfile.TemporaryDirectory(prefix="docket-qbo-browser-") as home:
        # Chromium reads commands from file descriptor 3 and answers on 4.
        shell = f'exec 3<&{to_read} 4>&{from_write}; exec "$0" "$@"'
        process = subprocess.Popen(
            ["bash", "-c", shell, path, *_FLAGS, f"--user-data-dir={home}/profile"],
            env={"PATH": os.environ["PATH"], "HOME": home, "LANG": "C.UTF-8"},
            pass_fds=(to_read, from_write),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(from_write)
        try:
            page = Page(to_write, from_read)
            yield page
            page.session = ""
            page.call("Browser.close")
            process.wait(10)
        finally:
            os.close(to_write)
            os.close(from_read)
            process.kill()
            process.wait(10)
            _emptied(Path(home))


def _emptied(home: Path) -> None:
    """Wait for the browser's own children to let go of the profile."""
    for _ in range(50):
        shutil.rmtree(home / "profile", ignore_errors=True)
        if not (home / "profile").exists():
            return
        time.sleep(0.1)
