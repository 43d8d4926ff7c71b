"""Customers, vendors and employees: three lists that share ids and one space of names."""

from __future__ import annotations

from decimal import Decimal

from sandbox.qbo.entities.common import (
    ACTIVE,
    CURRENCY,
    HIERARCHY,
    NAME_BANNED,
    address,
    email,
    phone,
    website,
)
from sandbox.qbo.entity import Entity
from sandbox.qbo.fields import Choice, Day, Field, Flag, Money, Number, Text
from sandbox.qbo.objects import Ref


def _name(name: str, longest: int, *, query: bool = False) -> Text:
    return Text(name, longest, banned=NAME_BANNED, query=query, sort=query)


PERSON: tuple[Field, ...] = (
    _name("Title", 16),
    _name("GivenName", 100, query=True),
    _name("MiddleName", 100, query=True),
    _name("FamilyName", 100, query=True),
    _name("Suffix", 16),
)
DISPLAY_NAME = Text(
    "DisplayName", 500, banned=NAME_BANNED, query=True, sort=True, kept=True, index=True
)
ON_CHECKS = _name("PrintOnCheckName", 110, query=True)

CUSTOMER = Entity(
    "Customer",
    (
        Flag("Taxable", default=True, kept=True),
        address("BillAddr"),
        address("ShipAddr"),
        Text("Notes", 2000),
        Flag("Job", default=False, kept=True, query=True),
        Flag("BillWithParent", default=False, kept=True),
        Ref("ParentRef", "Customer", query=True, named=False),
        Number("Level", read_only=True),
        Ref("CustomerTypeRef", "CustomerType"),
        Ref("SalesTermRef", "Term"),
        Ref("PaymentMethodRef", "PaymentMethod"),
        Money("Balance", read_only=True, query=True, sort=True),
        Day("OpenBalanceDate"),
        Money("BalanceWithJobs", read_only=True, sort=True),
        CURRENCY,
        Choice("PreferredDeliveryMethod", ("Print", "Email", "None"), default="Print", kept=True),
        Text("ResaleNum", 16),
        Flag("IsProject", read_only=True, default=False),
        Text("ClientEntityId", read_only=True, default="0"),
        *PERSON,
        HIERARCHY[0],
        Text("CompanyName", 100, query=True, sort=True),
        DISPLAY_NAME,
        ON_CHECKS,
        ACTIVE,
        phone("PrimaryPhone"),
        phone("AlternatePhone"),
        phone("Mobile"),
        phone("Fax"),
        email("PrimaryEmailAddr", query=True),
        website(),
        Ref("DefaultTaxCodeRef", "TaxCode", named=False),
        Ref("ARAccountRef", "Account"),
        Number("TaxExemptionReasonId"),
        Text("PrimaryTaxIdentifier", 30),
        Text("SecondaryTaxIdentifier", 30),
    ),
    sequence="names",
    removal="deactivate",
    title="FullyQualifiedName",
    label="Names",
    unique="names",
    order="FullyQualifiedName",
    ignored=(
        "V4IDPseudonym",
        "Source",
        "GSTIN",
        "GSTRegistrationType",
        "BusinessNumber",
        "CustomField",
        "Organization",
        "OtherContactInfo",
        "OtherAddr",
        "ContactName",
        "AltContactName",
        "UserId",
        "CreditLimit",
        "TotalRevenue",
        "TotalExpense",
        "OverDueBalance",
        "PriceLevelRef",
        "SalesRepRef",
        "TaxCodeRef",
        "CCDetail",
        "JobInfo",
        "RootCustomerRef",
        "CustomerEx",
        "IntuitId",
        "HasDefaultPaymentMethod",
    ),
)

VENDOR = Entity(
    "Vendor",
    (
        address("BillAddr"),
        Ref("TermRef", "Term", named=False),
        Money("Balance", read_only=True, default=Decimal(0), query=True, sort=True),
        Number("BillRate"),
        Text("AcctNum", 100),
        Flag("Vendor1099", default=False, kept=True),
        CURRENCY,
        *PERSON,
        Text("CompanyName", 100, query=True, sort=True),
        DISPLAY_NAME,
        ON_CHECKS,
        ACTIVE,
        phone("PrimaryPhone"),
        phone("AlternatePhone"),
        phone("Mobile"),
        phone("Fax"),
        email("PrimaryEmailAddr", query=True),
        website(),
        Text("TaxIdentifier", 20),
        Ref("APAccountRef", "Account"),
        Number("CostRate"),
        Text("Notes", 2000),
    ),
    sequence="names",
    removal="deactivate",
    title="DisplayName",
    label="Names",
    unique="names",
    order="DisplayName",
    ignored=(
        "V4IDPseudonym",
        "Source",
        "OtherContactInfo",
        "GSTIN",
        "BusinessNumber",
        "TaxReportingBasis",
        "VendorPaymentBankDetail",
        "T4AEligible",
        "T5018Eligible",
        "HasTPAR",
        "CustomField",
        "DefaultTaxCodeRef",
    ),
)

EMPLOYEE = Entity(
    "Employee",
    (
        address("PrimaryAddr"),
        Text("EmployeeNumber", 100),
        Text("SSN", 100),
        Flag("BillableTime", default=False, kept=True),
        Number("BillRate"),
        Number("CostRate"),
        Day("BirthDate"),
        Choice("Gender", ("Male", "Female")),
        Day("HiredDate"),
        Day("ReleasedDate"),
        *PERSON,
        DISPLAY_NAME,
        ON_CHECKS,
        ACTIVE,
        phone("PrimaryPhone"),
        phone("Mobile"),
        email("PrimaryEmailAddr"),
    ),
    sequence="names",
    removal="deactivate",
    title="DisplayName",
    label="Names",
    unique="names",
    order="DisplayName",
    ignored=("V4IDPseudonym", "Organization", "Source", "CustomField", "UserId", "CompanyName"),
)

ENTITIES = (CUSTOMER, VENDOR, EMPLOYEE)
