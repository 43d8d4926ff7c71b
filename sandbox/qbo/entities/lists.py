"""The lists a transaction refers to: accounts, items, terms, tax, classes and the like."""

from __future__ import annotations

from decimal import Decimal

from sandbox.qbo.entities.common import ACTIVE, CLASS_REF, CURRENCY, HIERARCHY, NAME_BANNED
from sandbox.qbo.entity import Entity
from sandbox.qbo.fields import Choice, Day, Field, Flag, Given, Money, Number, Text
from sandbox.qbo.objects import Group, Ref


def _name(longest: int = 100, banned: str = NAME_BANNED) -> Text:
    return Text(
        "Name", longest, banned=banned, required=True, kept=True, query=True, sort=True, index=True
    )


def _days(name: str, high: int, low: int = 0) -> Number:
    return Number(name, Decimal(low), Decimal(high))


ACCOUNT_TYPES = (
    "Bank",
    "Other Current Asset",
    "Fixed Asset",
    "Other Asset",
    "Accounts Receivable",
    "Equity",
    "Expense",
    "Other Expense",
    "Cost of Goods Sold",
    "Accounts Payable",
    "Credit Card",
    "Long Term Liability",
    "Other Current Liability",
    "Income",
    "Other Income",
)

ACCOUNT = Entity(
    "Account",
    (
        _name(banned=NAME_BANNED + '"'),
        Flag("SubAccount", read_only=True, default=False, query=True),
        Ref("ParentRef", "Account", named=False),
        Text("Description", 100),
        *HIERARCHY,
        ACTIVE,
        Text("Classification", read_only=True, query=True, sort=True),
        Choice("AccountType", ACCOUNT_TYPES, query=True, sort=True, kept=True),
        Text("AccountSubType", 100, query=True, sort=True, kept=True),
        Text("AcctNum", 20),
        Money("CurrentBalance", read_only=True, default=Decimal(0), query=True, sort=True),
        Money("CurrentBalanceWithSubAccounts", read_only=True, default=Decimal(0)),
        CURRENCY,
        Ref("TaxCodeRef", "TaxCode"),
    ),
    sequence="accounts",
    removal="deactivate",
    title="FullyQualifiedName",
    label="Accounts",
    unique="accounts",
    order="FullyQualifiedName",
    ignored=("AccountAlias", "TxnLocationType", "OpeningBalance", "OpeningBalanceDate"),
)

ITEM = Entity(
    "Item",
    (
        _name(),
        Text("Description", 4000),
        ACTIVE,
        Flag("SubItem", default=False, kept=False),
        Ref("ParentRef", "Item"),
        *HIERARCHY,
        Flag("Taxable", default=False, kept=True),
        Flag("SalesTaxIncluded"),
        Ref("SalesTaxCodeRef", "TaxCode"),
        Number("UnitPrice", default=Decimal(0), sort=True),
        Choice(
            "Type",
            ("Service", "NonInventory", "Inventory", "Category", "Group"),
            required=True,
            kept=True,
            query=True,
            sort=True,
        ),
        Ref("IncomeAccountRef", "Account", kept=True),
        Text("PurchaseDesc", 1000),
        Number("PurchaseCost", default=Decimal(0)),
        Ref("ExpenseAccountRef", "Account", kept=True),
        Ref("AssetAccountRef", "Account", kept=True),
        Flag("TrackQtyOnHand", default=False, kept=True),
        Number("QtyOnHand"),
        Day("InvStartDate"),
        Number("ReorderPoint"),
        Ref("PrefVendorRef", "Vendor"),
        CLASS_REF,
        Text("Sku", 100, query=True, sort=True, index=True),
        Group(
            "ItemGroupDetail",
            (
                Group(
                    "ItemGroupLine",
                    (Ref("ItemRef", "Item"), Number("Qty")),
                    many=True,
                    class_name="ItemGroupLine",
                ),
            ),
            class_name="ItemGroupDetail",
        ),
    ),
    sequence="items",
    removal="deactivate",
    title="FullyQualifiedName",
    label="Items",
    unique="items",
    order="FullyQualifiedName",
    ignored=(
        "ItemCategoryType",
        "Source",
        "AbatementRate",
        "ReverseChargeRate",
        "ServiceType",
        "PurchaseTaxIncluded",
        "PurchaseTaxCodeRef",
        "TaxClassificationRef",
        "UQCDisplayText",
        "UQCId",
        "SpecialItem",
        "PrintGroupedItems",
        "CustomField",
        "COGSAccountRef",
        "InternalId",
        "UOMSetRef",
    ),
)

TERM = Entity(
    "Term",
    (
        _name(31, ""),
        ACTIVE,
        Text("Type", read_only=True),
        _days("DiscountPercent", 100),
        _days("DueDays", 999),
        _days("DiscountDays", 999),
        _days("DayOfMonthDue", 31, 1),
        _days("DueNextMonthDays", 999),
        _days("DiscountDayOfMonth", 31),
    ),
    sequence="terms",
    removal="deactivate",
    title="Name",
    label="Terms",
    unique="terms",
    resent=("Name",),
    order="Name",
)

PAYMENT_METHOD = Entity(
    "PaymentMethod",
    (
        _name(31, ""),
        ACTIVE,
        Choice("Type", ("CREDIT_CARD", "NON_CREDIT_CARD"), default="NON_CREDIT_CARD", kept=True),
    ),
    sequence="payment methods",
    removal="deactivate",
    title="Name",
    label="PaymentMethods",
    unique="payment methods",
    order="Name",
)


def _rate_list(name: str) -> Group:
    detail: tuple[Field, ...] = (
        Ref("TaxRateRef", "TaxRate"),
        Text("TaxTypeApplicable"),
        Number("TaxOrder"),
        Number("TaxOnTaxOrder"),
    )
    return Group(
        name,
        (Group("TaxRateDetail", detail, many=True, class_name="TaxRateDetail"),),
        class_name="TaxRateList",
        bare=True,
    )


TAX_CODE = Entity(
    "TaxCode",
    (
        _name(),
        Text("Description", 100, query=True),
        ACTIVE,
        Flag("Hidden", read_only=True, default=False),
        Flag("Taxable", default=True),
        Flag("TaxGroup", default=True),
        _rate_list("SalesTaxRateList"),
        _rate_list("PurchaseTaxRateList"),
        Text("TaxCodeConfigType", read_only=True),
    ),
    sequence="tax codes",
    removal="",
    title="Name",
    label="TaxCodes",
    unique="tax codes",
    counted=True,
    tracked=False,
    writable=False,
)

TAX_RATE = Entity(
    "TaxRate",
    (
        _name(),
        Text("Description", 100),
        ACTIVE,
        Number("RateValue", read_only=True),
        Ref("AgencyRef", "TaxAgency", named=False),
        Given("EffectiveTaxRate"),
        Text("SpecialTaxType", read_only=True, default="NONE"),
        Text("DisplayType", read_only=True, default="ReadOnly"),
    ),
    sequence="tax rates",
    removal="",
    title="Name",
    label="TaxRates",
    unique="tax rates",
    counted=True,
    tracked=False,
    writable=False,
)

TAX_AGENCY = Entity(
    "TaxAgency",
    (
        Text("DisplayName", 100, required=True, kept=True, query=True, sort=True),
        Flag("TaxTrackedOnSales", default=True, kept=True),
        Flag("TaxTrackedOnPurchases", default=False, kept=True),
        Text("TaxRegistrationNumber", 100),
        Given("LastFileDate"),
        Text("TaxAgencyConfig", read_only=True),
    ),
    sequence="tax agencies",
    removal="",
    title="DisplayName",
    label="TaxAgencies",
    unique="tax agencies",
    counted=True,
    tracked=False,
)

CLASS = Entity(
    "Class",
    (
        _name(),
        Flag("SubClass", read_only=True, default=False, query=True),
        Ref("ParentRef", "Class", query=True),
        HIERARCHY[0],
        ACTIVE,
    ),
    sequence="classes",
    removal="deactivate",
    title="FullyQualifiedName",
    label="Klasses",
    unique="classes",
    resent=("Name",),
    order="FullyQualifiedName",
    counted=True,
)

DEPARTMENT = Entity(
    "Department",
    (
        _name(),
        Flag("SubDepartment", read_only=True, default=False, query=True),
        Ref("ParentRef", "Department", query=True),
        HIERARCHY[0],
        ACTIVE,
    ),
    sequence="departments",
    removal="deactivate",
    title="FullyQualifiedName",
    label="Departments",
    unique="departments",
    resent=("Name",),
    order="FullyQualifiedName",
    ignored=("Address",),
)

ENTITIES = (
    ACCOUNT,
    ITEM,
    TERM,
    PAYMENT_METHOD,
    TAX_CODE,
    TAX_RATE,
    TAX_AGENCY,
    CLASS,
    DEPARTMENT,
)
