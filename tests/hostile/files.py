"""Files that are called Docket's exports: refused with a sentence, or read and contained.

A case is a function that writes into a folder and returns the file, with a part of the
sentence that a person must see of it, or nothing where the file may be read. None of them
brings the program down, fills its memory or reaches a terminal.
"""

from __future__ import annotations

import os
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

from core.errors import Trouble
from core.text import display
from tests.docket_files.world import Held, chosen, desk, opened, quiet, sentences, sheets

MOST_BYTES = 40 * 2**20

HEADER = "Invoice #,Invoice Date,Customer,Total\n"
ROW = "1,11/20/2026,Ann,1.00\n"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/'
    'sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
    'worksheet+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="rId1" Type="{_OFFICE}/%s" Target="%s"/></Relationships>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BOOK = (
    f'<?xml version="1.0"?><workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(rows: str, before: str = "") -> str:
    data = f"<sheetData>{rows}</sheetData>"
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{_MAIN}">{data}</worksheet>'


def table() -> str:
    header = "".join(
        cell(f"{place}1", text)
        for place, text in zip("ABCD", HEADER.strip().split(","), strict=True)
    )
    row = "".join(
        cell(f"{place}2", text) for place, text in zip("ABCD", ROW.strip().split(","), strict=True)
    )
    return f'<row r="1">{header}</row><row r="2">{row}</row>'


def book(path: Path, content: str | bytes, more: dict[str, bytes] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS % ("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr(
            "xl/_rels/workbook.xml.rels", _RELS % ("worksheet", "worksheets/sheet1.xml")
        )
        archive.writestr("xl/worksheets/sheet1.xml", content)
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return path


def plain(folder: Path, text: str | bytes, name: str = "invoices.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def formulas(folder: Path) -> Path:
    return plain(folder, HEADER + '=1+1,11/20/2026,"=HYPERLINK(""http://x"",""y"")",1.00\n')


def markup(folder: Path) -> Path:
    return plain(folder, HEADER + "[@click=app.quit]1[/],11/20/2026,[bold]Ann,1.00\n")


def escapes(folder: Path) -> Path:
    return plain(folder, HEADER + "1,11/20/2026,\x1b]52;c;AAAA\x07\x1b[2J,oops\x1b[31m\n")


def header_escapes(folder: Path) -> Path:
    return plain(folder, HEADER.replace("Customer", "Customer\x1b[2J") + ROW)


def nuls(folder: Path) -> Path:
    return plain(folder, (HEADER + ROW).encode() + b"\0" * 5000)


def late_nul(folder: Path) -> Path:
    return plain(folder, (HEADER + ROW * 3000).encode() + b"2,\0,,\n")


def sparse_2_gb(folder: Path) -> Path:
    path = plain(folder, HEADER + ROW)
    os.truncate(path, 2 * 2**30)
    return path


def sparse_tail(folder: Path) -> Path:
    path = plain(folder, HEADER + ROW * 3000)
    os.truncate(path, 30 * 2**20)
    return path


def one_long_line(folder: Path) -> Path:
    return plain(folder, HEADER + "1" * 3_000_000 + "\n")


def million_columns(folder: Path) -> Path:
    return plain(folder, "a," * 1_000_000 + "\n" + ROW)


def columns_within_a_line(folder: Path) -> Path:
    return plain(folder, "a," * 450_000 + "\n" + ROW)


def huge_field(folder: Path) -> Path:
    return plain(folder, HEADER + '1,11/20/2026,"' + "x\n" * 400_000 + '",1.00\n')


def open_quote(folder: Path) -> Path:
    return plain(folder, HEADER + '"1,11/20/2026,Ann,1.00\n' * 3)


def truncated_utf16(folder: Path) -> Path:
    return plain(folder, (HEADER + ROW).encode("utf-16")[:-1])


def empty(folder: Path) -> Path:
    return plain(folder, b"")


def header_only(folder: Path) -> Path:
    return plain(folder, HEADER)


def bad_bytes(folder: Path) -> Path:
    return plain(folder, (HEADER + ROW).encode() + b"2,11/20/2026,\x81\x8d,1.00\n")


def not_a_workbook(folder: Path) -> Path:
    return plain(folder, HEADER + ROW, "invoices.xlsx")


def old_workbook(folder: Path) -> Path:
    return plain(folder, b"\xd0\xcf\x11\xe0" + b"\1" * 600, "invoices.xlsx")


def workbook_called_csv(folder: Path) -> Path:
    return book(folder / "invoices.csv", sheet(table()))


def wrong_extension(folder: Path) -> Path:
    return plain(folder, HEADER + ROW, "invoices.exe")


def folder_called_csv(folder: Path) -> Path:
    path = folder / "nested.csv" / "inner.csv"
    path.mkdir(parents=True)
    return path


def pipe(folder: Path) -> Path:
    path = folder / "pipe.csv"
    os.mkfifo(path)
    return path


def device(folder: Path) -> Path:
    path = folder / "invoices.csv"
    path.symlink_to("/dev/zero")
    return path


def name_with_escapes(folder: Path) -> Path:
    return plain(folder, HEADER, "invoices\x1b]52;c;AAAA\x07\x1b[2J.csv")


def workbook_formulas(folder: Path) -> Path:
    formula = '<c r="C2" t="str"><f>HYPERLINK("http://x","y")</f><v>=cmd|1</v></c>'
    return book(folder / "invoices.xlsx", sheet(table().replace(cell("C2", "Ann"), formula)))


def archive_that_climbs(folder: Path) -> Path:
    return book(folder / "invoices.xlsx", sheet(table()), {"../../../climbed.xml": b"<x/>"})


def truncated_workbook(folder: Path) -> Path:
    whole = book(folder / "whole.xlsx", sheet(table())).read_bytes()
    return plain(folder, whole[: len(whole) // 2], "invoices.xlsx")


def truncated_sheet(folder: Path) -> Path:
    return book(folder / "invoices.xlsx", sheet(table())[:-60])


def zip_bomb(folder: Path) -> Path:
    bomb = sheet(table() + f'<row r="3">{cell("A3", " " * 40_000_000)}</row>')
    return book(folder / "invoices.xlsx", bomb)


def lying_size(folder: Path) -> Path:
    """A bomb whose directory says that it is small."""
    path = book(folder / "invoices.xlsx", sheet(table() + f"<row>{' ' * 3_000_000}</row>"))
    data = bytearray(path.read_bytes())
    for at in _directory_entries(bytes(data)):
        if struct.unpack_from("<I", data, at + 24)[0] > 1_000_000:
            struct.pack_into("<I", data, at + 24, 2_000)
    return plain(folder, bytes(data), "invoices.xlsx")


def strings_bomb(folder: Path) -> Path:
    item = b"<si><t>x</t></si>"
    strings = b"<sst>" + item * (60_000_000 // len(item)) + b"</sst>"
    return book(folder / "invoices.xlsx", sheet(table()), {"xl/sharedStrings.xml": strings})


def external_entity(folder: Path) -> Path:
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return book(folder / "invoices.xlsx", sheet(table().replace("Ann", "&e;"), doctype))


def billion_laughs(folder: Path) -> Path:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    return book(
        folder / "invoices.xlsx",
        sheet(table().replace("Ann", "&j;"), f"<!DOCTYPE x [{entities}]>"),
    )


def far_column(folder: Path) -> Path:
    rows = table() + f'<row r="3">{cell("ZZZ3", "x")}</row>'
    return book(folder / "invoices.xlsx", sheet(rows))


def far_row(folder: Path) -> Path:
    rows = table() + f'<row r="1048576">{cell("A1048576", "x")}</row>'
    return book(folder / "invoices.xlsx", sheet(rows))


def impossible_row(folder: Path) -> Path:
    rows = table() + f'<row r="999999999">{cell("A999999999", "x")}</row>'
    return book(folder / "invoices.xlsx", sheet(rows))


def _directory_entries(data: bytes) -> list[int]:
    found, at = [], data.find(b"PK\x01\x02")
    while at >= 0:
        found.append(at)
        at = data.find(b"PK\x01\x02", at + 4)
    return found


_SAYS: dict[Callable[[Path], Path], str] = {
    formulas: "",
    markup: "",
    escapes: "",
    header_escapes: "",
    nuls: "NULs",
    late_nul: "NULs",
    sparse_2_gb: "larger than 1 GB",
    sparse_tail: "NULs",
    one_long_line: "characters",
    million_columns: "characters",
    columns_within_a_line: "columns",
    huge_field: "not CSV",
    open_quote: "",
    truncated_utf16: "",
    empty: "it is empty",
    header_only: "no table",
    bad_bytes: "no text",
    not_a_workbook: "called a workbook but is none",
    old_workbook: "old or encrypted",
    workbook_called_csv: "",
    wrong_extension: "neither .csv nor .xlsx",
    folder_called_csv: "without any .csv",
    pipe: "not a file",
    device: "not a file",
    name_with_escapes: "no table",
    workbook_formulas: "",
    archive_that_climbs: "",
    truncated_workbook: "cut short",
    truncated_sheet: "broken",
    zip_bomb: "far more than a report holds",
    lying_size: "",
    strings_bomb: "far more than a report holds",
    external_entity: "document type",
    billion_laughs: "document type",
    far_column: "",
    far_row: "",
    impossible_row: "",
}
CASES = {case.__name__: (case, words) for case, words in _SAYS.items()}


async def check(name: str, folder: Path) -> None:
    """Import it, in bounded memory."""
    case, expected = CASES[name]
    path = case(folder)
    tracemalloc.start()
    try:
        shown = await _shown_of(path, folder / "cache.db")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MOST_BYTES
    if expected:
        assert expected in shown[-1], shown[-1]
        assert shown[-1] == display(shown[-1]), "a sentence about a file is safe to show"
        with opened(folder / "cache.db") as cache:
            assert not Held(cache).invoices


async def _shown_of(path: Path, cache_file: Path) -> list[str]:
    """Everything that a person is shown of a file."""
    shown: list[str] = []
    try:
        for one in chosen([path]):
            shown += [*one.table.headers, one.table.name]
        with opened(cache_file) as cache:
            result = await desk(cache).run(sheets([path]), quiet)
            shown += sentences(result)
            shown += [one.customer_name for one in Held(cache).clients.values()]
    except Trouble as trouble:
        shown.append(trouble.what)
    return shown
