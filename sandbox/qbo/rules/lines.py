"""The lines of a sales form: checked, completed, numbered and added up."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from sandbox.qbo.change import SPECIAL_ITEMS, Change
from sandbox.qbo.company import Company
from sandbox.qbo.fault import MADE_INACTIVE, Refused, business, missing, refused
from sandbox.qbo.fields import Record
from sandbox.qbo.rules.accounts import account_of_kind
from sandbox.qbo.wire import ZERO, money

LONGEST = 750


@dataclass
class Sums:
    """What the lines of a form come to; `income` holds (account, amount) of each line."""

    subtotal: Decimal = ZERO
    taxable: Decimal = ZERO
    discount: Decimal = ZERO
    discount_account: str = ""
    income: list[tuple[str, Decimal]] = field(default_factory=list)


def complete_lines(change: Change) -> Sums:
    """Complete the draft's lines in place and add them up.

    Raises:
        Refused: 2020, 2250, 2500, 6070, 6090, 6100 or 6000 as QBO has them.
    """
    lines = change.draft.get("Line") or []
    sums = Sums()
    if len(lines) > LONGEST:
        raise business(f"You can't have more than {LONGEST} lines in a transaction.")
    done: list[Record] = []
    discounts: list[Record] = []
    group_start = ZERO
    for line in lines:
        kind = line.get("DetailType")
        if kind is None:
            raise Refused([missing("DetailType")])
        if kind == "SalesItemLineDetail":
            done.append(_sale(change, line, sums))
        elif kind == "GroupLineDetail":
            done.append(_bundle(change, line, sums))
        elif kind == "DiscountLineDetail":
            discounts.append(line)
        elif kind == "DescriptionOnly":
            inline = line.get("Description", "").strip() == "Subtotal:"
            amount = {"Amount": sums.subtotal - group_start} if inline else {}
            group_start = sums.subtotal if inline else group_start
            plain = {name: value for name, value in line.items() if name != "Amount"}
            done.append({"DescriptionLineDetail": {}} | plain | amount)
    if not done:
        raise Refused([missing("Line")])
    number_lines(change, done)
    subtotal = {
        "Amount": money(sums.subtotal),
        "DetailType": "SubTotalLineDetail",
        "SubTotalLineDetail": {},
    }
    done.append(subtotal)
    done += [_discount(change, line, sums) for line in discounts[:1]]
    change.draft["Line"] = done
    return sums


def number_lines(change: Change, lines: list[Record]) -> None:
    """Lines keep the Id they had; others get the next; LineNum is the place."""
    before = change.before or {}
    free = {line["Id"] for line in before.get("Line", ()) if "Id" in line}
    last = int(before.get("_last_line", 0))
    for place, line in enumerate(lines, 1):
        line["LineNum"] = Decimal(place)
        if line.get("Id") in free:
            free.discard(line["Id"])
            continue
        last += 1
        line["Id"] = str(last)
    change.draft["_last_line"] = last


def _sale(change: Change, line: Record, sums: Sums) -> Record:
    company = change.company
    amount = line.get("Amount")
    if amount is None:
        raise Refused([missing("Amount")])
    detail = dict(line.get("SalesItemLineDetail") or {})
    quantity, price = detail.get("Qty"), detail.get("UnitPrice")
    if quantity is not None and price is not None:
        if not quantity and not price and amount:
            del detail["Qty"], detail["UnitPrice"]
        elif money(quantity * price) != amount:
            text = f"Amount is not equal to UnitPrice * Qty. Supplied value:{amount:,.2f}"
            raise refused("6070", text, "")
    item = _item(company, detail)
    account = (item or {}).get("IncomeAccountRef") or account_of_kind(company, "Income")
    if item is not None:
        detail["ItemAccountRef"] = account
    detail["TaxCodeRef"] = _tax_code(change, detail, item)
    if not company.preference("AccountingInfoPrefs", "ClassTrackingPerTxnLine"):
        detail.pop("ClassRef", None)
    sums.subtotal += amount
    sums.income.append((account, amount))
    if detail["TaxCodeRef"] == "TAX":
        sums.taxable += amount
    return line | {"SalesItemLineDetail": detail}


def _item(company: Company, detail: Record) -> Record | None:
    """The line's item; QBO falls back to the company's default item."""
    key = detail.get("ItemRef")
    if key in SPECIAL_ITEMS:
        return None
    if key is None:
        pairs = company.preference("OtherPrefs", "NameValue") or ()
        key = next(
            (one["Value"] for one in pairs if one["Name"] == "SalesFormsPrefs.DefaultItem"), "1"
        )
        detail["ItemRef"] = key
    item = company.get("Item", key)
    if item is None:
        raise refused("2500", f"Invalid Reference Id : Items element id {key} not found", "")
    if item["Type"] == "Category":
        detail_text = (
            "An item in this transaction is set up as a category instead of a product or service."
        )
        raise refused("2500", f"Invalid Reference Id : {detail_text}", "")
    if not item["Active"] and not detail.get("ItemAccountRef"):
        raise refused("610", MADE_INACTIVE, "")
    return item


def _tax_code(change: Change, detail: Record, item: Record | None) -> str:
    """TAX or NON, from the line, else from item and customer."""
    sent = detail.get("TaxCodeRef")
    if sent is not None:
        if sent not in ("TAX", "NON"):
            text = (
                "Invalid Line TaxCode in the request : Valid Line TaxCodes for US should be "
                f"TAX or NON. Supplied value:{sent}"
            )
            raise refused("6100", text, "")
        return str(sent)
    customer = change.company.get("Customer", change.draft.get("CustomerRef", "")) or {}
    taxed = (
        change.company.preference("TaxPrefs", "UsingSalesTax")
        and (item or {}).get("Taxable")
        and customer.get("Taxable", True)
    )
    return "TAX" if taxed else "NON"


def _bundle(change: Change, line: Record, sums: Sums) -> Record:
    """A bundle: its lines count, its own amount is theirs together."""
    detail = dict(line.get("GroupLineDetail") or {})
    start = sums.subtotal
    inner = [
        _sale(change, one, sums)
        for one in detail.get("Line", ())
        if one.get("DetailType") == "SalesItemLineDetail"
    ]
    if not detail.get("GroupItemRef"):
        raise Refused([missing("GroupItemRef")])
    detail["Line"] = inner
    return line | {"Amount": money(sums.subtotal - start), "GroupLineDetail": detail}


def _discount(change: Change, line: Record, sums: Sums) -> Record:
    company = change.company
    if not company.preference("SalesFormsPrefs", "AllowDiscount"):
        raise business("Discounts are turned off for this company.")
    detail = dict(line.get("DiscountLineDetail") or {})
    percent = detail.get("DiscountPercent")
    if detail.get("PercentBased") and percent is not None:
        amount = money(sums.subtotal * percent / 100)
    elif line.get("Amount") is not None:
        amount = line["Amount"]
        detail["PercentBased"] = False
    else:
        raise refused("6090", "Discount amount or percent should be provided", "")
    account = (
        detail.get("DiscountAccountRef")
        or company.preference("SalesFormsPrefs", "DefaultDiscountAccount")
        or account_of_kind(company, "Income", "DiscountsRefundsGiven")
    )
    detail["DiscountAccountRef"] = account
    sums.discount, sums.discount_account = amount, account
    kept = {name: value for name, value in line.items() if name not in ("Id", "LineNum")}
    return kept | {"Amount": amount, "DiscountLineDetail": detail}


def zeroed(line: Record) -> Record:
    """A line of a voided form: no amount, no quantity, no price."""
    struck = dict(line)
    if "Amount" in struck:
        struck["Amount"] = ZERO
    detail = struck.get("SalesItemLineDetail")
    if detail is not None:
        plain = {name: value for name, value in detail.items() if name != "UnitPrice"}
        struck["SalesItemLineDetail"] = plain | ({"Qty": ZERO} if "Qty" in plain else {})
    group = struck.get("GroupLineDetail")
    if group is not None:
        lines = [zeroed(inner) for inner in group["Line"]]
        struck["GroupLineDetail"] = group | {"Line": lines}
    return struck
