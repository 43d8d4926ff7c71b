"""Names, memos and numbers from Docket and QuickBooks that try to be more than text.

Each goes everywhere that text from outside goes: a terminal, a spreadsheet, the log, the
query language, a JSON body, a file's name, the cache and its search.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import unicodedata
from contextlib import redirect_stdout, suppress
from pathlib import Path

import tomli_w

from cli.companies import short_name
from cli.output import put, put_csv, put_table
from connectors.docket_files.profile import checked_name
from connectors.qbo.query import where_equal, where_in
from core.config import LogConfig, read_config
from core.errors import UsageTrouble
from core.jsonio import dumps, loads
from core.log_file import set_up_logging
from core.records import Kind, Page
from core.text import display, tidy_name, wire_text
from sandbox.qbo.query import parse
from store.docket import save_page
from store.load import load_clients
from tests.docket_files.world import opened
from tests.store.worlds import client

CASES: dict[str, str] = {
    "clear_screen": "\x1b[2J\x1b[HAcme",
    "clipboard": "Acme\x1b]52;c;cm0gLXJmIC8=\x07",
    "eight_bit_csi": "Acme\x9b2J",
    "link": "\x1b]8;;https://evil.example.com\x1b\\Acme\x1b]8;;\x1b\\",
    "bell_and_backspace": "Acme\x07\x08\x08\x08\x08Evil",
    "carriage_return": "Acme\rPaid in full",
    "line_break": "Acme\n2026-11-20 INFO forged line",
    "markup_action": "[@click=app.quit]Acme[/]",
    "markup_open": "[bold",
    "markup_close": "Acme[/x]",
    "bidi": "Acme \u202egnp.exe\u2066",
    "zero_width": "Ac\u200bme\ufeff\u2060",
    "tags": "Acme\U000e0041\U000e0042",
    "lone_surrogate": "Acme\ud800",
    "nul": "Acme\0Evil",
    "combining_tower": "A" + "\u0301" * 500,
    "right_to_left": "שלום Acme",
    "wide": "日本🚛" * 40,
    "ten_thousand_letters": "Very " * 2_000 + "Long",
    "formula": '=HYPERLINK("https://evil.example.com";"Acme")',
    "formula_plus": "+1+cmd|' /C calc'!A0",
    "formula_at": "@SUM(A1:A9)",
    "formula_tab": "\t=1+1",
    "query_quote": "O'Brien' or Active = 'true",
    "query_backslash": "Smith\\' and Id = '1",
    "query_trailing_backslash": "Smith\\",
    "query_and": "x' and Balance > '0",
    "sql": "Acme'; DROP TABLE invoice;--",
    "sql_wildcards": "100%_!",
    "json": '{"Id":"1","SyncToken":"0"}',
    "path_up": "../../../etc/passwd",
    "path_absolute": "/etc/passwd",
    "path_windows": "C:\\Windows\\x.toml",
    "path_device": "CON",
    "path_dots": "..",
    "template": "{0.__class__} %s %(x)s ${HOME} $(id) `id`",
    "marker": "[docket-qbo AAAAAAAA]",
    "empty": "",
}


async def check(name: str, folder: Path) -> None:
    """Take it everywhere; it stays text."""
    text = CASES[name]
    _on_a_terminal(text)
    _in_a_spreadsheet(text)
    _in_the_log(text, folder / "x.log")
    _in_the_query_language(text)
    _in_a_body(text)
    _as_a_file_name(text, folder)
    _in_the_cache(text, folder / "cache.db")


def _on_a_terminal(text: str) -> None:
    out = io.StringIO()
    with redirect_stdout(out):
        put(text)
        put_table(["name", "next"], [[text, "x"]])
    lines = out.getvalue().split("\n")
    assert len(lines) == 4, "a line each, whatever stands in it"
    for line in (*lines, display(text), display(text, 20)):
        assert not [c for c in line if unicodedata.category(c) in ("Cc", "Cs")], ascii(line)
        assert not set("\u202e\u2066\u200b\ufeff\U000e0041") & set(line), ascii(line)
    assert len(display(text, 20)) <= 20


def _in_a_spreadsheet(text: str) -> None:
    out = io.StringIO(newline="")
    with redirect_stdout(out):
        put_csv(["name", "total"], [[text, "-5.25"]])
    _, (cell, total) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))
    assert cell.removeprefix("'") == text
    assert total == "-5.25"


def _in_the_log(text: str, file: Path) -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    for handler in before:  # pytest's would send it raw between its own processes
        root.removeHandler(handler)
    try:
        set_up_logging(LogConfig(), file)
        logging.getLogger("store").warning("%s", text)
        (line,) = file.read_text(encoding="utf-8").splitlines()
        assert "\x1b" not in line
    finally:
        for handler in list(root.handlers):
            root.removeHandler(handler)
            handler.close()
        for handler in before:
            root.addHandler(handler)
        root.setLevel(level)


def _in_the_query_language(text: str) -> None:
    with suppress(ValueError):
        where = f"{where_equal('DisplayName', text)} and {where_in('DocNumber', [text, 'x'])}"
        found = parse(f"select * from Customer where {where}")
        assert [[one.text for one in part.values] for part in found.where] == [[text], [text, "x"]]


def _in_a_body(text: str) -> None:
    for sent in (tidy_name(text), wire_text(text, 100)):
        assert loads(dumps({"DisplayName": sent})) == {"DisplayName": sent}
        assert json.loads(dumps([sent])) == [sent]
        sent.encode()
        assert not [c for c in sent if c != "\n" and unicodedata.category(c) in ("Cc", "Cs")]
    assert len(wire_text(text, 100)) <= 100
    assert ":" not in tidy_name(text)


def _as_a_file_name(text: str, folder: Path) -> None:
    for named in (checked_name, short_name):
        with suppress(UsageTrouble):
            path = folder / f"{named(text)}.toml"
            assert path.resolve().parent == folder.resolve()
    file = folder / "config.toml"
    file.write_text(tomli_w.dumps({"quickbooks": {"realm_id": f"1{display(text)}"}}), "utf-8")
    with suppress(UsageTrouble):
        assert read_config(file, {}).quickbooks.realm_id == "1"


def _in_the_cache(text: str, cache_file: Path) -> None:
    storable = text.encode("utf-8", "replace").decode()
    with opened(cache_file) as cache:
        with cache.write() as session:
            save_page(session, Page(Kind.CLIENT, [client(company_name=storable)]))
        with cache.read() as session:
            assert load_clients(session)["c1"].company_name == storable
