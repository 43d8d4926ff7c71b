"""What Docket's users do to their records, as `POST /sandbox/docket` offers it.

A body is `{"action": NAME, ...}`. Records are named by their id; an invoice also by
its number, if only one has it. Amounts, quantities and prices are decimal text.
The actions, with what they take (a `?` marks what may be left out):

- `add_client`: any client fields; `edit_client`: client, fields; `delete_client`: client
- `add_product`: name, unit_price, taxable?; `rename_product`: product, name;
  `delete_product`: product
- `add_invoice`: client, lines, number?, issued_on?, fields?; tax follows the client's
  last invoice unless `tax_lines` (name, agency, rate) says otherwise
- `edit_invoice`: invoice, fields, such as po_number, memo, due_on, discount,
  discount_percent, lines, client_id
- `add_line`: invoice, product or name, quantity?, unit_price?, taxable?, service_date?
- `edit_line` and `remove_line`: invoice, line, fields
- `void`: invoice, reason; `unvoid`: invoice; `delete`: invoice (its payments stay and
  become unapplied); `unsync`: invoice (Docket forgets that it was sent to QuickBooks)
- `pay`: invoice, amount? (the open balance), method?, reference?, received_on?, status?;
  or client, amount, allocations? (a list of invoice and amount)
- `edit_payment`: payment, fields; `void_payment` and `delete_payment`: payment
- `refund`: invoice, amount? (all), reason?, method?, payment?, reference?
- `void_refund` and `delete_refund`: refund
- `add_credit`: client, amount, kind? (`prepayment` or `memo`), method?, reason?;
  `apply_credit`: credit, invoice, amount?; `void_credit` and `delete_credit`: credit

Every edit recomputes the totals and is answered with the records that changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sandbox.docket import invoice_edits, money_edits
from sandbox.docket.books import Books
from sandbox.docket.edit import Action, Edit, deleter
from sandbox.docket.forms import NotPossible, blank_client, new_id


def perform(books: Books, asked: Mapping[str, Any], now: datetime) -> None:
    """Do one edit, whole or not at all.

    Raises:
        NotPossible: the action is unknown or does not fit the books.
    """
    action = ACTIONS.get(str(asked.get("action")))
    if action is None:
        raise NotPossible(f"the actions are {', '.join(sorted(ACTIONS))}")
    action(Edit(books, asked, now))


def _add_client(edit: Edit) -> None:
    record_id = new_id(edit.books, "clients")
    edit.save("clients", {**blank_client(record_id), **edit.fields()})


def _edit_client(edit: Edit) -> None:
    client = edit.find("clients", "client")
    edit.save("clients", {**client, **edit.fields(but=("client",))})


def _add_product(edit: Edit) -> None:
    blank = {
        "id": new_id(edit.books, "products"),
        "sku": "",
        "category": "",
        "description": "",
        "unit_price": "0.00",
        "taxable": True,
    }
    edit.save("products", {**blank, **edit.fields()})


def _rename_product(edit: Edit) -> None:
    product = edit.find("products", "product")
    edit.save("products", {**product, "name": edit.text("name")})


ACTIONS: Mapping[str, Action] = {
    "add_client": _add_client,
    "edit_client": _edit_client,
    "delete_client": deleter("clients", "client"),
    "add_product": _add_product,
    "rename_product": _rename_product,
    "delete_product": deleter("products", "product"),
    **invoice_edits.ACTIONS,
    **money_edits.ACTIONS,
}
