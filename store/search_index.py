"""The index behind the search: which letters occur in which invoice.

SQLite's full-text search with trigrams finds a word by any three letters in a row of it,
in milliseconds at a million invoices. Each word is kept with two blanks before it, so
that one or two letters are found too: where a word begins with them.

The index holds no texts, only where they occur, and is kept by triggers; it is part of
the schema, and migrations create it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.text import name_key
from store import sqlite

if TYPE_CHECKING:  # not before the first picture
    from sqlmodel import Session

_WHOLE = 3
"""Letters of a trigram; a shorter word is found by its beginning."""

NAME = "invoice_search"


def _words(of: str) -> str:
    """The SQL of what is indexed of a row."""
    blank = f"replace({of}search_text, char(10), ' ')"
    return f"'  ' || replace({of}client_key || ' ' || {blank}, ' ', '  ')"


TABLE = (
    "CREATE VIRTUAL TABLE invoice_search USING fts5"
    "(words, content='', columnsize=0, tokenize='trigram')"
)
FILL = f"INSERT INTO invoice_search(rowid, words) SELECT id, {_words('')} FROM invoice"

_ADD = f"INSERT INTO invoice_search(rowid, words) VALUES (new.id, {_words('new.')}); "
_REMOVE = (
    "INSERT INTO invoice_search(invoice_search, rowid, words) "
    f"VALUES ('delete', old.id, {_words('old.')}); "
)

_INSERTED = f"CREATE TRIGGER invoice_search_insert AFTER INSERT ON invoice BEGIN {_ADD}END"
TRIGGERS = (
    _INSERTED,
    f"CREATE TRIGGER invoice_search_delete AFTER DELETE ON invoice BEGIN {_REMOVE}END",
    "CREATE TRIGGER invoice_search_update AFTER UPDATE OF client_key, search_text ON invoice "
    "WHEN old.client_key IS NOT new.client_key OR old.search_text IS NOT new.search_text "
    f"BEGIN {_REMOVE}{_ADD}END",
)


@contextmanager
def added_at_once(session: Session) -> Iterator[None]:
    """Index the invoices that the block adds, each of them once, by one statement at its end.

    The trigger does it row by row, and a row's savepoint makes FTS5 write down what it has:
    twice the work. The trigger is gone for the block alone, inside of one transaction.
    """
    connection = session.connection()
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM invoice").scalar_one()
    connection.exec_driver_sql("DROP TRIGGER invoice_search_insert")
    yield
    connection.exec_driver_sql(f"{FILL} WHERE id > ?", (last,))
    connection.exec_driver_sql(_INSERTED)


def match(text: str) -> str:
    """Return what to ask the index for: every word of `text`; empty for no word at all.

    An amount is found with its commas or without, 12,430.00 or 12430.00.
    """
    return " AND ".join(_asked(word) for word in name_key(text).split())


def row_by_row(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the same question as a condition on one row, with its values.

    Rows that nearly all fit are found sooner by looking at them than through the index.
    """
    held = "' ' || client_key || ' ' || replace(search_text, char(10), ' ')"
    parts: list[str] = []
    values: list[str] = []
    for word in name_key(text).split():
        asked = [f" {one}" if len(one) < _WHOLE else one for one in _written(word)]
        parts.append("(" + " OR ".join([f"{held} LIKE ? ESCAPE '!'"] * len(asked)) + ")")
        values += [sqlite.like(one) for one in asked]
    return " AND ".join(parts), tuple(values)


def _asked(word: str) -> str:
    return "(" + " OR ".join(_quoted(one) for one in _written(word)) + ")"


def _written(word: str) -> list[str]:
    """A word, and if it is an amount with commas, without them."""
    bare = word.replace(",", "")
    amount = bare != word and bare.replace(".", "", 1).isdigit()
    return [word, bare] if amount else [word]


def _quoted(word: str) -> str:
    padded = word.rjust(_WHOLE)
    return '"' + padded.replace('"', '""') + '"'
