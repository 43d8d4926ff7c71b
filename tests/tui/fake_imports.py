"""Export files that were read already, for screen tests that only look at what is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from connectors.docket_files.choosing import Question
from connectors.docket_files.findings import Finding
from store.imports import ImportRow
from sync.imports.desk import ImportResult
from sync.imports.draft import Column, Correction, Option, TableDraft
from sync.shapes import PullProgress
from tui.ports import Imports

AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
FINDING = Finding("invoices.csv", 3, "Total", "12,x is no amount")


@dataclass(frozen=True)
class FakeTable:
    """What the screens ask of a `TableDraft`."""

    name: str
    kind: str = "invoices"
    profile: str = ""
    about: str = "header in row 1, utf-8"
    currency: str = "USD"
    dates: str = "mdy"
    decimals: str = "dot"
    columns: tuple[Column, ...] = (
        Column("Slip", "number", True, ("1001", "1002")),
        Column("Customer", "client", False, ("Ann", "Bob [b]x[/b]")),
        Column("Note", "", False, ("gate 4",)),
    )
    options: tuple[Option, ...] = (
        Option("number", "invoice number, slip"),
        Option("memo", "note, remark"),
    )
    questions: tuple[Question, ...] = ()
    changed_words: str = "Its columns are not those that were kept: look them over."

    @property
    def style(self) -> SimpleNamespace:
        return SimpleNamespace(dates=self.dates, decimals=self.decimals)

    @property
    def choice(self) -> SimpleNamespace:
        return SimpleNamespace(changed=True, changed_words=self.changed_words)


class FakeImports:
    """One import so far, two tables to read; works only while its gate is open."""

    folder = Path("/home/office/exports")

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.gate.set()

    def log(self) -> Sequence[ImportRow]:
        files = [{"name": "october.csv", "kind": "invoices", "profile": "invoices"}]
        counts = {"invoice": {"new": 12, "changed": 3}}
        return [ImportRow(4, "DONE", "Ann", AT, AT, files, counts, [FINDING.as_json()])]

    def names(self, text: str) -> Sequence[str]:
        return [f"{self.folder}/november-{kind}.csv" for kind in ("invoices", "payments")]

    def look(self, path: str) -> Sequence[TableDraft]:
        tables = [FakeTable("november-invoices.csv"), FakeTable("november-payments.csv")]
        return [cast(TableDraft, one) for one in tables]

    def correct(self, table: TableDraft, said: Correction) -> TableDraft:
        shown = cast(FakeTable, table)
        columns = shown.columns
        if said.column is not None:
            header, name = said.column
            columns = tuple(
                replace(one, field=name) if one.header == header else one for one in columns
            )
        changed = replace(
            shown,
            columns=columns,
            kind=said.kind or shown.kind,
            dates=said.dates or shown.dates,
            decimals=said.decimals or shown.decimals,
            currency=said.currency or shown.currency,
        )
        return cast(TableDraft, changed)

    async def preview(
        self, tables: Sequence[TableDraft], watch: Callable[[PullProgress], None]
    ) -> ImportResult:
        watch(PullProgress("reading november-invoices.csv", 20_000, None))
        await self.gate.wait()
        return ImportResult({"invoice": {"new": 40, "changed": 2}}, [FINDING], 1)

    async def run(
        self, tables: Sequence[TableDraft], watch: Callable[[PullProgress], None]
    ) -> ImportResult:
        return await self.preview(tables, watch)

    async def undo(self) -> Mapping[str, int]:
        return {"invoice": 12}


def fits_the_port(imports: FakeImports) -> Imports:
    """The fake as what it stands for; the type checker compares them here."""
    return imports
