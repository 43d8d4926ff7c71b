"""One invoice, payment or customer on a page, with what belongs to it and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from html import escape

from sandbox.qbo.company import Company
from sandbox.qbo.fields import Record
from sandbox.qbo.html import Cell, Link, facts, row, section, table

_SHOWN = 200
_LINE_KINDS = {"SubTotalLineDetail": "Subtotal", "DiscountLineDetail": "Discount"}


def link(company: Company, entity: str, key: str) -> str:
    """Where a record's page is."""
    return f"/{entity.lower()}/{key}?realm={company.realm}"


def who(company: Company, record: Record) -> str | Link:
    """The customer of a transaction."""
    key = record.get("CustomerRef", "")
    name = company.name_of("Customer", key)
    return "" if name is None else Link(link(company, "Customer", key), name)


def status(record: Record) -> str:
    """What a bookkeeper would say of an invoice or payment in a word."""
    if record.get("_deleted"):
        return "Deleted"
    if record.get("_voided"):
        return "Voided"
    if "Balance" not in record:
        return "Unapplied" if record["UnappliedAmt"] else "Applied"
    if not record["Balance"]:
        return "Paid"
    return "Partly paid" if record["Balance"] < record["TotalAmt"] else "Open"


def title(entity: str, record: Record) -> str:
    """What a record is called on its page."""
    if entity == "Customer":
        return str(record["FullyQualifiedName"])
    number = record.get("DocNumber") or record.get("PaymentRefNum") or "(no number)"
    return f"{entity} {number}"


def invoice(company: Company, record: Record) -> str:
    """An invoice: its lines, tax, balance, payments and history."""
    heads = ("Product/service", "Description", "Service date", "Qty", "Rate", "Tax", "#Amount")
    tax = record["TxnTaxDetail"]
    known = {
        "Customer": who(company, record),
        "Status": status(record),
        "Date": record["TxnDate"],
        "Due": record["DueDate"],
        "Terms": company.name_of("Term", record.get("SalesTermRef", "")),
        "Tax": tax["TotalTax"],
        "Total": record["TotalAmt"],
        "Open": record["Balance"],
        "Memo to customer": record.get("CustomerMemo", {}).get("value", ""),
        "Private note": record.get("PrivateNote", ""),
        "Id, version": f"{record['Id']}, {record['SyncToken']}",
        "Print": Link(f"/invoice/{record['Id']}/pdf?realm={company.realm}", "PDF"),
    }
    return (
        f"<h1>{escape(title('Invoice', record))}</h1>"
        + facts(known)
        + section("Lines", table(heads, _lines(company, record), "No lines."))
        + section("Payments", _payments(company, f"Invoice:{record['Id']}"))
        + _history(record)
    )


def _lines(company: Company, record: Record) -> Iterator[str]:
    for line in record["Line"]:
        detail = line.get("SalesItemLineDetail", {})
        item = company.name_of("Item", detail.get("ItemRef", ""))
        yield row(
            (
                item or _LINE_KINDS.get(line["DetailType"], ""),
                line.get("Description", ""),
                detail.get("ServiceDate", ""),
                _number(detail.get("Qty")),
                _number(detail.get("UnitPrice")),
                detail.get("TaxCodeRef", ""),
                line.get("Amount", Decimal(0)),
            )
        )
    for tax in record["TxnTaxDetail"].get("TaxLine", ()):
        rate = tax.get("TaxLineDetail", {}).get("TaxRateRef", "")
        percent = _number(tax.get("TaxLineDetail", {}).get("TaxPercent"))
        name = company.name_of("TaxRate", rate) or "Sales tax"
        yield row(("Tax", f"{name} {percent}%", "", "", "", "", tax.get("Amount", Decimal(0))))


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _payments(company: Company, target: str) -> str:
    rows = []
    for key, amount in company.links.get(target, {}).items():
        one = company.get("Payment", key)
        if one is None:
            continue
        name = Link(link(company, "Payment", key), one.get("PaymentRefNum") or "(no number)")
        rows.append(row((name, one["TxnDate"], one["TotalAmt"], amount)))
    return table(("Ref. no.", "Date", "#Amount", "#Applied here"), rows, "Not paid yet.")


def payment(company: Company, record: Record) -> str:
    """A payment: what it paid, what is left of it, its history."""
    known = {
        "Customer": who(company, record),
        "Status": status(record),
        "Date": record["TxnDate"],
        "Method": company.name_of("PaymentMethod", record.get("PaymentMethodRef", "")),
        "Deposited to": company.name_of("Account", record.get("DepositToAccountRef", "")),
        "Amount": record["TotalAmt"],
        "Unapplied": record["UnappliedAmt"],
        "Private note": record.get("PrivateNote", ""),
        "Id, version": f"{record['Id']}, {record['SyncToken']}",
    }
    rows = []
    for target, amount in record.get("_links", {}).items():
        entity, _, key = target.partition(":")
        paid = company.get(entity, key) or {}
        number = paid.get("DocNumber") or "(no number)"
        cell: Cell = Link(link(company, entity, key), number) if entity == "Invoice" else number
        rows.append(row((entity, cell, paid.get("TxnDate", ""), amount)))
    heads = ("Applied to", "No.", "Date", "#Amount")
    return (
        f"<h1>{escape(title('Payment', record))}</h1>"
        + facts(known)
        + section("Applied", table(heads, rows, "Applied to nothing."))
        + _history(record)
    )


def customer(company: Company, record: Record) -> str:
    """A customer: how to reach it, what it owes, its invoices and payments."""
    known = {
        "Active": "yes" if record["Active"] else "no",
        "Open": record["Balance"],
        "Open with sub-customers": record["BalanceWithJobs"],
        "Parent": company.name_of("Customer", record.get("ParentRef", "")),
        "Company": record.get("CompanyName", ""),
        "Phone": record.get("PrimaryPhone", {}).get("FreeFormNumber", ""),
        "E-mail": record.get("PrimaryEmailAddr", {}).get("Address", ""),
        "Address": _address(record.get("BillAddr", {})),
        "Notes": record.get("Notes", ""),
        "Id, version": f"{record['Id']}, {record['SyncToken']}",
    }
    invoices = [
        row(
            (
                Link(link(company, "Invoice", one["Id"]), one.get("DocNumber") or "(no number)"),
                one["TxnDate"],
                one["TotalAmt"],
                one["Balance"],
                status(one),
            )
        )
        for one in _of(company, "Invoice", record["Id"])
    ]
    payments = [
        row(
            (
                Link(
                    link(company, "Payment", one["Id"]), one.get("PaymentRefNum") or "(no number)"
                ),
                one["TxnDate"],
                one["TotalAmt"],
                one["UnappliedAmt"],
            )
        )
        for one in _of(company, "Payment", record["Id"])
    ]
    heads = ("No.", "Date", "#Total", "#Open", "Status")
    return (
        f"<h1>{escape(title('Customer', record))}</h1>"
        + facts(known)
        + section("Invoices", table(heads, invoices, "No invoices."))
        + section(
            "Payments",
            table(("Ref. no.", "Date", "#Amount", "#Unapplied"), payments, "No payments."),
        )
    )


def _of(company: Company, entity: str, customer: str) -> list[Record]:
    """A customer's newest transactions of a kind."""
    found = company.tables[entity].find("CustomerRef", customer)
    return sorted(found, key=lambda one: str(one["TxnDate"]), reverse=True)[:_SHOWN]


def _address(address: Mapping[str, str]) -> str:
    lines = [address.get(f"Line{n}", "") for n in range(1, 6)]
    place = ("City", "CountrySubDivisionCode", "PostalCode")
    town = " ".join(filter(None, (address.get(name, "") for name in place)))
    return ", ".join(filter(None, (*lines, town)))


def _history(record: Record) -> str:
    """What was done to a transaction, oldest first, and what that made of its amounts."""
    rows = []
    for when, what, total, left in record.get("_history", ()):
        at = datetime.fromisoformat(when)
        rows.append(row((f"{at:%Y-%m-%d %H:%M:%S}", str(what), total, left or Decimal(0))))
    heads = ("When (Pacific)", "What", "#Total", "#Open")
    return section("History", table(heads, rows, "Nothing is known."))
