"""Sales tax: the company's rates, QBO's own engine, and totals that a client overrides."""

from __future__ import annotations

from decimal import Decimal

from sandbox.qbo.change import Change
from sandbox.qbo.company import Company
from sandbox.qbo.fault import refused
from sandbox.qbo.fields import Record
from sandbox.qbo.rules.lines import Sums
from sandbox.qbo.stock import ENGINE_CODES
from sandbox.qbo.wire import ZERO, money


def complete_tax(change: Change, sums: Sums) -> Decimal:
    """Write the draft's TxnTaxDetail; returns the total tax.

    A TotalTax that the client sends stands, spread over the rates that apply;
    without one each rate is applied to the taxable sum and rounded by itself.
    """
    draft, company = change.draft, change.company
    sent: Record = draft.get("TxnTaxDetail") or {}
    if sent and draft.get("GlobalTaxCalculation") == "NotApplicable":
        raise refused("6170", "TxnTaxDetail is not allowed with NotApplicable", "TxnTaxDetail")
    customer = company.get("Customer", draft.get("CustomerRef", "")) or {}
    exempt = _exempt(company, customer, sent)
    if exempt or not company.preference("TaxPrefs", "UsingSalesTax"):
        draft["TxnTaxDetail"] = {"TotalTax": ZERO}
        return ZERO
    code = _code(change, sent, customer)
    base = sums.taxable
    if draft.get("ApplyTaxAfterDiscount") and sums.subtotal:
        base -= money(sums.discount * sums.taxable / sums.subtotal)
    override = sent.get("TotalTax") if "TxnTaxDetail" in change.sent else _standing(change)
    parts = _parts(company, code, base)
    if override is not None:
        parts = _spread(parts, override)
    total = override if override is not None else sum((amount for *_, amount in parts), ZERO)
    detail: Record = {"TotalTax": money(total)}
    if override is not None:
        detail["_override"] = True
    if code is not None and (parts and total):
        detail["TxnTaxCodeRef"] = code
        detail["TaxLine"] = [_line(rate, percent, base, amount) for rate, percent, amount in parts]
    draft["TxnTaxDetail"] = detail
    return money(total)


def _exempt(company: Company, customer: Record, sent: Record) -> bool:
    """Whether no tax applies; without QBO's own engine a tax code that is sent counts more."""
    if customer.get("Taxable") is not False:
        return False
    engine = company.preference("TaxPrefs", "PartnerTaxEnabled")
    return bool(engine or customer.get("TaxExemptionReasonId") or not sent.get("TxnTaxCodeRef"))


def _standing(change: Change) -> Decimal | None:
    """An override made earlier holds while the lines do."""
    before: Record = (change.before or {}).get("TxnTaxDetail") or {}
    held = before.get("_override") and "Line" not in change.sent
    return before["TotalTax"] if held else None


def _code(change: Change, sent: Record, customer: Record) -> str | None:
    """The tax code: the engine's, by address; else the one sent, else the defaults."""
    company, draft = change.company, change.draft
    default = company.preference("TaxPrefs", "TaxGroupCodeRef")
    if not company.preference("TaxPrefs", "PartnerTaxEnabled"):
        own: str | None = sent.get("TxnTaxCodeRef") or customer.get("DefaultTaxCodeRef") or default
        return own
    place = draft.get("ShipAddr") or draft.get("BillAddr") or {}
    state = place.get("CountrySubDivisionCode", "")
    code = ENGINE_CODES.get(state.upper())
    if code is None or company.get("TaxCode", code) is None:
        return None if default is None else str(default)
    return code


def _parts(company: Company, code: str | None, base: Decimal) -> list[tuple[str, Decimal, Decimal]]:
    """(rate id, percent, amount) of each rate of a code."""
    record = company.get("TaxCode", code) if code else None
    if record is None:
        return []
    found = []
    for one in record.get("SalesTaxRateList", {}).get("TaxRateDetail", ()):
        rate = company.get("TaxRate", one["TaxRateRef"])
        if rate is not None:
            percent = rate["RateValue"]
            found.append((rate["Id"], percent, money(base * percent / 100)))
    return found


def _spread(
    parts: list[tuple[str, Decimal, Decimal]], total: Decimal
) -> list[tuple[str, Decimal, Decimal]]:
    """Spread a given total over the rates by their weight; the last takes the rest."""
    weight = sum((percent for _, percent, _ in parts), ZERO)
    left = total
    spread = []
    for place, (rate, percent, _) in enumerate(parts, 1):
        share = left if place == len(parts) else money(total * percent / weight if weight else ZERO)
        left -= share
        spread.append((rate, percent, money(share)))
    return spread


def _line(rate: str, percent: Decimal, base: Decimal, amount: Decimal) -> Record:
    detail = {
        "TaxRateRef": rate,
        "PercentBased": True,
        "TaxPercent": percent,
        "NetAmountTaxable": money(base),
    }
    return {"Amount": amount, "DetailType": "TaxLineDetail", "TaxLineDetail": detail}
