"""TaxService: a tax code with its rates made in one call, in an answer without envelope."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sandbox.qbo.company import Company
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.fault import Refused, missing, not_parsed, refused
from sandbox.qbo.fields import CLEARED, Number, Record, Text
from sandbox.qbo.objects import Group
from sandbox.qbo.operations import existing
from sandbox.qbo.rules.hierarchy import holders
from sandbox.qbo.seed import place
from sandbox.qbo.wire import plain

_BODY = Group(
    "TaxService",
    (
        Text("TaxCode", 100, required=True),
        Text("TaxCodeId", read_only=True),
        Group(
            "TaxRateDetails",
            (
                Text("TaxRateName", 100),
                Text("TaxRateId"),
                Number("RateValue", Decimal(0), Decimal(100)),
                Text("TaxAgencyId"),
                Text("TaxApplicableOn", 20),
            ),
            class_name="TaxRateDetails",
            many=True,
            required=True,
        ),
    ),
    class_name="TaxService",
)


def create(company: Company, body: Any) -> Record:
    """Make a tax code; returns what QBO answers.

    Raises:
        Refused: 2010, 2020, 2240, 610 or 6240.
    """
    if not isinstance(body, Mapping):
        raise not_parsed()
    bound = {name: value for name, value in _BODY.bind_all(body).items() if value is not CLEARED}
    errors = list(_BODY.judge(bound))
    if errors:
        raise Refused(errors)
    with company.unit():
        name = _free(company, "tax codes", "tax code", bound["TaxCode"])
        rates = [_rate(company, detail) for detail in bound["TaxRateDetails"]]
        listed = [
            {"TaxRateRef": {"value": rate["Id"]}, "TaxTypeApplicable": "TaxOnAmount"}
            for rate in rates
        ]
        code = place(
            company,
            "TaxCode",
            company.new_id("tax codes"),
            {
                "Name": name,
                "Description": name,
                "SalesTaxRateList": {"TaxRateDetail": listed},
                "PurchaseTaxRateList": {"TaxRateDetail": []},
            },
        )
    shown = [
        {
            "TaxRateName": rate["Name"],
            "TaxRateId": rate["Id"],
            "RateValue": plain(rate["RateValue"]),
            "TaxAgencyId": rate["AgencyRef"],
            "TaxApplicableOn": "Sales",
        }
        for rate in rates
    ]
    return {"TaxCode": name, "TaxCodeId": code["Id"], "TaxRateDetails": shown}


def _rate(company: Company, detail: Record) -> Record:
    """The named existing rate, or a new one."""
    if "TaxRateId" in detail:
        return existing(company, ENTITIES["TaxRate"], detail["TaxRateId"])
    needed = ("TaxRateName", "RateValue", "TaxAgencyId")
    errors = [missing(name) for name in needed if name not in detail]
    if errors:
        raise Refused(errors)
    existing(company, ENTITIES["TaxAgency"], detail["TaxAgencyId"])
    name = _free(company, "tax rates", "tax rate", detail["TaxRateName"])
    body = {
        "Name": name,
        "Description": "Sales Tax",
        "RateValue": detail["RateValue"],
        "AgencyRef": {"value": detail["TaxAgencyId"]},
    }
    return place(company, "TaxRate", company.new_id("tax rates"), body)


def _free(company: Company, space: str, what: str, name: str) -> str:
    """The name, if no other has it."""
    if any(holders(company, space, name)):
        said = f"Another {what} is already using this \nname. Please use a different name."
        raise refused("6240", f"The name supplied already exists. : {said}")
    return name.strip()
