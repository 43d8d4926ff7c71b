"""Correcting a proposal: the column that is named changes, and whoever had its field; no other."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.docket_files.catalogue import FIELDS, FileKind
from connectors.docket_files.choosing import Wishes, as_profile, choose
from sync.imports.confirming import confirmed
from sync.imports.draft import Correction, TableDraft, table_draft

HEADERS = ("Number", "Invoice Date", "Customer", "Gate", "Sum", "Tax", "Total")
ROW = "1001,11/13/2026,Ann,4,100.00,8.25,108.25"


def drafted(wishes: Wishes) -> TableDraft:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "invoices.csv"
        path.write_text(f"{','.join(HEADERS)}\n{ROW}\n")
        (choice,) = choose([path], [], wishes)
    return table_draft(choice, wishes)


PROPOSED = drafted(Wishes())
KEPT = as_profile(drafted(Wishes(columns={"Sum": "subtotal", "Gate": ""})).choice, "kept", "CAD")
KNOWN = drafted(Wishes(profile=KEPT))
INVOICE_FIELDS = sorted(FIELDS[FileKind.INVOICES])


def fields(table: TableDraft) -> dict[str, str]:
    return {one.header: one.field for one in table.columns}


@settings(max_examples=50)
@given(
    st.sampled_from([PROPOSED, KNOWN]),
    st.lists(
        st.tuples(st.sampled_from(HEADERS), st.sampled_from(["", *INVOICE_FIELDS])),
        min_size=1,
        max_size=4,
    ),
)
def test_a_correction_changes_its_column_and_takes_the_field_from_another(
    table: TableDraft, said: list[tuple[str, str]]
) -> None:
    for header, field in said:
        before = fields(table)
        table = table.corrected(Correction(column=(header, field)), [KEPT])
        expected = {one: "" if field and had == field else had for one, had in before.items()}
        assert fields(table) == {**expected, header: field}


def test_a_kept_shape_that_is_corrected_keeps_its_currency_and_its_name() -> None:
    assert KNOWN.profile == "kept"
    corrected = KNOWN.corrected(Correction(column=("Gate", "memo")), [KEPT])
    assert (corrected.profile, corrected.currency) == ("", "CAD")
    ((_, profile),) = confirmed([(corrected.choice, corrected.currency)], [KEPT])
    assert (profile.name, profile.currency) == ("kept", "CAD")
    assert profile.columns == {**KEPT.columns, "Gate": "memo"}


def test_another_kind_is_proposed_anew() -> None:
    table = PROPOSED.corrected(Correction(kind="payments"), [])
    assert table.kind == "payments"
    assert set(fields(table).values()) <= {"", *FIELDS[FileKind.PAYMENTS]}
    assert table.corrected(Correction(kind="invoices"), []).columns == PROPOSED.columns


def test_tables_of_one_shape_share_what_was_confirmed_for_the_first() -> None:
    corrected = PROPOSED.corrected(Correction(column=("Gate", "memo")), [])
    pairs = confirmed([(corrected.choice, "USD"), (PROPOSED.choice, "USD")], [])
    assert pairs[0][1] is pairs[1][1]
    assert pairs[0][1].columns["Gate"] == "memo"
