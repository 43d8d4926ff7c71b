"""The company in a browser: what a newcomer sees "in QuickBooks" after a sync."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sandbox.qbo.company import Company
from sandbox.qbo.fields import Record
from sandbox.qbo.html import page
from sandbox.qbo.world import World

_SHOWN = 200


def routes(world: World) -> list[Route]:
    """The pages; `?realm=` picks a company, the first one otherwise."""

    def _company(request: Request) -> Company:
        wanted = request.query_params.get("realm", "")
        return world.companies.get(wanted) or next(iter(world.companies.values()))

    async def home(request: Request) -> Response:
        company = _company(request)
        return HTMLResponse(_home(company, request.query_params.get("q", "")))

    async def invoice(request: Request) -> Response:
        company = _company(request)
        key = request.path_params["key"]
        table = company.tables["Invoice"]
        record = table.get(key) or table.deleted.get(key)
        if record is None:
            text = f"<h1>No invoice</h1><p>There is no invoice with the id {escape(key)}.</p>"
            return HTMLResponse(page("No invoice", text, _title(company)), 404)
        return HTMLResponse(_invoice(company, record))

    return [Route("/", home), Route("/invoice/{key}", invoice)]


def _title(company: Company) -> str:
    return str((company.get("CompanyInfo", "1") or {}).get("CompanyName", company.realm))


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}"


def _cells(*cells: Any) -> str:
    """A row; Decimals are money, (href, text) pairs links, everything escaped."""
    parts = []
    for cell in cells:
        if isinstance(cell, tuple):
            parts.append(f"<td><a href='{escape(cell[0])}'>{escape(cell[1])}</a></td>")
        elif isinstance(cell, Decimal):
            parts.append(f"<td class=n>{_money(cell)}</td>")
        else:
            parts.append(f"<td>{escape(str(cell))}</td>")
    return f"<tr>{''.join(parts)}</tr>"


def _table(title: str, heads: Iterable[str], rows: list[str], total: int) -> str:
    """A section with a table; a head that begins with # is over numbers."""
    top = "".join(
        f"<th class=n>{escape(head[1:])}</th>" if head[0] == "#" else f"<th>{escape(head)}</th>"
        for head in heads
    )
    more = (
        f"<p class=soft>{total - len(rows)} more; search to find them</p>"
        if total > len(rows)
        else ""
    )
    inner = f"<table><tr>{top}</tr>{''.join(rows)}</table>{more}"
    return f"<section><h2>{escape(title)} ({total})</h2>{inner}</section>"


def _found(company: Company, entity: str, search: str, *names: str) -> list[Record]:
    wanted = search.strip().casefold()

    def fits(record: Record) -> bool:
        owner = company.name_of("Customer", record.get("CustomerRef", "")) or ""
        texts = (owner, *(str(record.get(name, "")) for name in names))
        return any(wanted in text.casefold() for text in texts)

    return [one for one in company.tables[entity].newest_first() if not wanted or fits(one)]


def _who(company: Company, record: Record) -> str:
    return company.name_of("Customer", record.get("CustomerRef", "")) or ""


def _home(company: Company, search: str) -> str:
    invoices = _found(company, "Invoice", search, "DocNumber", "PrivateNote")
    payments = _found(company, "Payment", search, "PaymentRefNum")
    customers = _found(company, "Customer", search, "FullyQualifiedName")
    customers.sort(key=lambda one: str(one["FullyQualifiedName"]).casefold())
    form = (
        f"<form><input type=hidden name=realm value='{escape(company.realm)}'>"
        f"<input type=search name=q value='{escape(search)}' "
        "placeholder='Number or name' autofocus>"
        "</form>"
    )
    body = f"<h1>{escape(_title(company))}</h1>{form}<br>"
    body += _table(
        "Invoices",
        ("No.", "Customer", "Date", "Due", "#Total", "#Open", "Status"),
        [
            _cells(
                (_link(company, one), one.get("DocNumber", "(no number)")),
                _who(company, one),
                one["TxnDate"],
                one["DueDate"],
                one["TotalAmt"],
                one["Balance"],
                _status(one),
            )
            for one in invoices[:_SHOWN]
        ],
        len(invoices),
    )
    body += _table(
        "Payments",
        ("Ref. no.", "Customer", "Date", "#Amount", "#Unapplied"),
        [
            _cells(
                one.get("PaymentRefNum", ""),
                _who(company, one),
                one["TxnDate"],
                one["TotalAmt"],
                one["UnappliedAmt"],
            )
            for one in payments[:_SHOWN]
        ],
        len(payments),
    )
    body += _table(
        "Customers",
        ("Name", "#Balance", "Active"),
        [
            _cells(one["FullyQualifiedName"], one["Balance"], "yes" if one["Active"] else "no")
            for one in customers[:_SHOWN]
        ],
        len(customers),
    )
    return page(_title(company), body, _title(company))


def _link(company: Company, invoice: Record) -> str:
    return f"/invoice/{invoice['Id']}?realm={company.realm}"


def _status(invoice: Record) -> str:
    if invoice.get("_deleted"):
        return "Deleted"
    if invoice.get("_voided"):
        return "Voided"
    if not invoice["Balance"]:
        return "Paid"
    return "Partly paid" if invoice["Balance"] < invoice["TotalAmt"] else "Open"


def _invoice(company: Company, record: Record) -> str:
    lines = []
    for line in record["Line"]:
        detail = line.get("SalesItemLineDetail", {})
        item = company.name_of("Item", detail.get("ItemRef", "")) or _KINDS.get(
            line["DetailType"], ""
        )
        lines.append(
            _cells(
                item,
                line.get("Description", ""),
                detail.get("ServiceDate", ""),
                str(detail.get("Qty", "")),
                str(detail.get("UnitPrice", "")),
                detail.get("TaxCodeRef", ""),
                line.get("Amount", Decimal(0)),
            )
        )
    number = record.get("DocNumber", "(no number)")
    facts = {
        "Customer": _who(company, record),
        "Status": _status(record),
        "Date": record["TxnDate"],
        "Due": record["DueDate"],
        "Tax": _money(record["TxnTaxDetail"]["TotalTax"]),
        "Total": _money(record["TotalAmt"]),
        "Open": _money(record["Balance"]),
        "Memo to customer": record.get("CustomerMemo", {}).get("value", ""),
        "Private note": record.get("PrivateNote", ""),
        "Id, version": f"{record['Id']}, {record['SyncToken']}",
    }
    shown = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts.items()
    )
    body = f"<h1>Invoice {escape(str(number))}</h1><section><dl>{shown}</dl></section>"
    heads = ("Product/service", "Description", "Service date", "Qty", "Rate", "Tax", "#Amount")
    body += _table("Lines", heads, lines, len(lines))
    body += _payments(company, record) + _history(record)
    return page(f"Invoice {number}", body, _title(company))


_KINDS = {"SubTotalLineDetail": "Subtotal", "DiscountLineDetail": "Discount"}


def _payments(company: Company, invoice: Record) -> str:
    rows = []
    for key, amount in company.links[f"Invoice:{invoice['Id']}"].items():
        payment = company.tables["Payment"].records[key]
        rows.append(
            _cells(
                payment.get("PaymentRefNum", ""), payment["TxnDate"], payment["TotalAmt"], amount
            )
        )
    return _table("Payments", ("Ref. no.", "Date", "#Amount", "#Applied here"), rows, len(rows))


def _history(record: Record) -> str:
    rows = [_cells(*entry) for entry in record.get("_history", ())]
    return _table("History", ("When", "What", "#Total", "#Open"), rows, len(rows))
