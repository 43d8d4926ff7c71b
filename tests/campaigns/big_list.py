"""A cache with any number of invoices, for measuring the dashboard: written by SQL, in seconds.

The store makes the file and its schema; the rows of the invoices, their clients and
products are made inside SQLite, and the indexes and kept counts are built after them, by
the store's own statements. Nobody is connected: it lies beside a configuration that names
addresses at which nothing answers.

It is kept in the temporary folder under a name that changes with this file and the schema.
"""

from __future__ import annotations

import hashlib
import os
import random
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from core.clock import SystemClock
from core.ids import SystemIds
from store import search_index, sqlite, tally
from store.cache import Cache
from store.company import save_company
from store.schema import head
from store.settings import put_setting
from sync.commands.refresh import REFRESHED_AT
from tests.store.worlds import company

CLIENTS = 20_000
_FAMILY = (
    *("Ab", "Bar", "Cor", "Dav", "Ell", "Fos", "Gar", "Hol", "Ir", "Jack", "Kel", "Lam", "Mor"),
    *("Nel", "Ol", "Par", "Quin", "Rob", "Stan", "Tur", "Up", "Van", "Wal", "York", "Zim", "Ash"),
    *("Brad", "Clay", "Dun", "East", "Frank", "Gil", "Hamp", "Isle", "Jen", "Kings", "Lin"),
)
_ENDING = ("ton", "son", "ley", "man", "ford", "well", "er", "is", "wick", "by", "land", "ham")
_TRADE = (
    *("Roofing", "Construction", "Homes", "Properties", "Remodeling", "Plumbing", "Concrete"),
    *("Landscaping", "Builders", "Excavating", "Electric", "Painting"),
)
_KIND = ("", " Group", " & Sons", " LLC")
_WASTE = ("Dumpster", "Container", "Delivery", "Swap", "Dry Run", "Overage", "Relocation", "Haul")

_INVOICES = """
WITH RECURSIVE number(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i + 1 < :count),
made AS (
  SELECT i, 9000 + i * 7919 % 1600000 AS total, i % 5 < 3 AS paid,
    date('2021-01-01', '+' || (i * 1900 / :count) || ' days') AS day,
    CASE WHEN i % 20 < 12 THEN 'synced' WHEN i % 20 < 18 THEN 'pending'
      WHEN i % 20 = 18 THEN 'conflicted' ELSE 'excluded' END AS status
  FROM number
)
INSERT INTO invoice (docket_id, number, client_docket_id, issued_on, po_number, memo, currency,
  subtotal_cents, discount_cents, tax_cents, total_cents, updated_at, void_reason, number_key,
  client_name, client_key, search_text, status, reason_code, reason, open_docket_cents,
  open_qbo_cents, paid_cents, paid, qbo_id, qbo_number, last_synced_at, excluded_reason)
SELECT 'inv-' || i, 'INV-' || (100000 + i), 'c' || client.n, day, '', '', 'USD',
  total, 0, 0, total, '2026-10-01T12:00:00.000000Z', '', 'inv-' || printf('%012d', 100000 + i),
  client.name, lower(client.name),
  'inv-' || (100000 + i) || char(10) || (total / 100) || '.' || printf('%02d', total % 100)
    || CASE i % 9 WHEN 0 THEN char(10) || 'po-' || (i % 5000) ELSE '' END
    || char(10) || lower(product.name),
  status,
  CASE status WHEN 'pending' THEN 'new' WHEN 'conflicted' THEN 'customer_unclear'
    WHEN 'excluded' THEN 'excluded' ELSE 'synced' END,
  CASE status WHEN 'pending' THEN 'new' WHEN 'excluded' THEN 'left out by hand'
    WHEN 'conflicted' THEN 'needs a customer: two are nearly the same as ' || client.name
    ELSE '' END,
  iif(paid, 0, total), iif(status = 'synced', iif(paid, 0, total), NULL), iif(paid, total, 0), paid,
  iif(status = 'synced', '' || (i + 9), ''), iif(status = 'synced', 'INV-' || (100000 + i), ''),
  iif(status = 'synced', '2026-10-' || printf('%02d', 1 + i % 28) || 'T12:00:00.000000Z', NULL), ''
FROM made JOIN client ON client.n = i * 7919 % :clients
JOIN product ON product.n = i % :products
"""


def big_list(invoices: int) -> Path:
    """Return the configuration beside a cache of this size; make both if they are not there."""
    source = hashlib.sha256(Path(__file__).read_bytes() + head().encode()).hexdigest()[:12]
    home = Path(tempfile.gettempdir()) / f"docket-qbo-list-{os.getuid()}-{source}"
    place = home / str(invoices)
    if not place.exists():
        home.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="making-", dir=home) as name:
            making = Path(name) / "made"
            making.mkdir()
            _fill(making / "sync.db", invoices)
            _configure(making)
            making.rename(place)
    for kept in place.glob("*.views.json"):
        kept.unlink()  # every measurement starts with the screen as a newcomer has it
    return place / "practice.toml"


def _configure(folder: Path) -> None:
    (folder / "practice.toml").write_text(
        '[docket]\nurl = "http://127.0.0.1:9"\n'
        '[quickbooks]\nurl = "http://127.0.0.1:9"\nrealm_id = "1"\n'
        '[secrets]\nfile = "secrets.json"\n[cache]\nfile = "sync.db"\n'
    )
    (folder / "secrets.json").write_text("{}")
    (folder / "secrets.json").chmod(0o600)


def _fill(path: Path, invoices: int) -> None:
    cache = Cache.open(path, clock=SystemClock(), ids=SystemIds())
    with cache.write() as session:
        save_company(session, company(books_closed_on=None, start_date=None))
        put_setting(session, REFRESHED_AT, datetime(2026, 10, 1, tzinfo=UTC).isoformat())
    cache.close()
    connection = sqlite.connect(path)
    try:
        for pragma in ("synchronous = OFF", "journal_mode = OFF", "cache_size = -400000"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("BEGIN")
        _fill_invoices(connection, invoices)
        connection.execute("COMMIT")
        sqlite.use_durable_journal(connection)
    finally:
        connection.close()


def _fill_invoices(connection: sqlite.Connection, invoices: int) -> None:
    """The rows first, without triggers and indexes; then those."""
    later = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'invoice' AND sql NOT NULL"
        " AND type IN ('index', 'trigger') ORDER BY type"
    ).fetchall()
    for kind, name, _ in later:
        connection.execute(f"DROP {kind} {name}")
    names = [
        f"{family}{ending} {trade}{kind}"
        for family in _FAMILY
        for ending in _ENDING
        for trade in _TRADE
        for kind in _KIND
    ]
    random.Random(1).shuffle(names)
    products = [f"{yards} Yard {waste}" for yards in (10, 12, 15, 20, 30, 40) for waste in _WASTE]
    _temporary(connection, "client", names[:CLIENTS])
    _temporary(connection, "product", products)
    sizes = {"count": invoices, "clients": CLIENTS, "products": len(products)}
    connection.execute(_INVOICES, sizes)
    connection.execute("DROP TABLE temp.client")
    connection.execute("DROP TABLE temp.product")
    for _, _, statement in later:
        connection.execute(statement)
    connection.execute(tally.FILL)
    connection.execute(search_index.FILL)


def _temporary(connection: sqlite.Connection, table: str, names: list[str]) -> None:
    connection.execute(f"CREATE TEMP TABLE {table} (n INTEGER PRIMARY KEY, name TEXT)")
    connection.executemany(f"INSERT INTO temp.{table} VALUES (?, ?)", list(enumerate(names)))
