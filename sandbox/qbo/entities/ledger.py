"""What moves money between accounts, plans it or values it; in breadth only."""

from __future__ import annotations

from decimal import Decimal

from sandbox.qbo.entities.common import (
    ACTIVE,
    CLASS_REF,
    CURRENCY,
    DEPARTMENT_REF,
    OBJECT_REF,
    TAX_DETAIL,
    detail,
    lines,
)
from sandbox.qbo.entities.sales import DOC_NUMBER, PRIVATE_NOTE, TXN_DATE
from sandbox.qbo.entity import Entity
from sandbox.qbo.fields import Choice, Day, Flag, Money, Number, Text
from sandbox.qbo.objects import Group, Ref

JOURNAL_ENTRY = Entity(
    "JournalEntry",
    (
        Flag("Adjustment", default=False, kept=True),
        DOC_NUMBER,
        TXN_DATE,
        CURRENCY,
        Number("ExchangeRate", read_only=True),
        PRIVATE_NOTE,
        lines(
            detail(
                "JournalEntryLineDetail",
                (
                    Choice("PostingType", ("Debit", "Credit"), required=True),
                    Group(
                        "Entity",
                        (
                            Choice("Type", ("Customer", "Vendor", "Employee"), required=True),
                            Group("EntityRef", OBJECT_REF, class_name="ReferenceType"),
                        ),
                        class_name="EntityTypeRef",
                    ),
                    Ref("AccountRef", "Account", required=True),
                    CLASS_REF,
                    DEPARTMENT_REF,
                    Ref("TaxCodeRef", "TaxCode"),
                    Ref("TaxRateRef", "TaxRate"),
                    Money("TaxAmount"),
                    Choice("BillableStatus", ("Billable", "NotBillable", "HasBeenBilled")),
                ),
            ),
            kinds=("JournalEntryLineDetail", "DescriptionOnly"),
            required=True,
        ),
        TAX_DETAIL,
        Money("TotalAmt", read_only=True, default=Decimal(0)),
    ),
    sequence="transactions",
    label="Transactions",
    counted=True,
    ignored=(
        "GlobalTaxCalculation",
        "TransactionLocationType",
        "RecurDataRef",
        "RecurringInfo",
        "HomeTotalAmt",
        "CustomField",
    ),
)

TRANSFER = Entity(
    "Transfer",
    (
        Ref("FromAccountRef", "Account", required=True, kept=True),
        Ref("ToAccountRef", "Account", required=True, kept=True),
        Money("Amount", required=True),
        TXN_DATE,
        CURRENCY,
        PRIVATE_NOTE,
    ),
    sequence="transactions",
    label="Transactions",
    ignored=("TransactionLocationType", "RecurDataRef", "RecurringInfo", "ExchangeRate"),
)

BUDGET = Entity(
    "Budget",
    (
        Text("Name", 100, required=True, kept=True, query=True, sort=True),
        Day("StartDate", required=True, kept=True, query=True, sort=True),
        Day("EndDate", required=True, kept=True, query=True, sort=True),
        Choice("BudgetType", ("ProfitAndLoss", "BalanceSheet"), default="ProfitAndLoss", kept=True),
        Choice(
            "BudgetEntryType",
            ("Monthly", "Quarterly", "Annually"),
            default="Monthly",
            kept=True,
        ),
        ACTIVE,
        Group(
            "BudgetDetail",
            (
                Day("BudgetDate", required=True),
                Money("Amount", required=True),
                Ref("AccountRef", "Account", required=True),
                Ref("CustomerRef", "Customer"),
                CLASS_REF,
                DEPARTMENT_REF,
            ),
            class_name="BudgetDetail",
            many=True,
        ),
    ),
    sequence="budgets",
    title="Name",
    label="Budgets",
    order="Name",
)

COMPANY_CURRENCY = Entity(
    "CompanyCurrency",
    (
        Text("Code", 3, required=True, kept=True, query=True, sort=True),
        Text("Name", 100, kept=True, query=True, sort=True),
        ACTIVE,
    ),
    sequence="currencies",
    removal="deactivate",
    title="Code",
    label="Currencies",
    unique="currencies",
    order="Code",
    ignored=("CustomField",),
)

EXCHANGE_RATE = Entity(
    "ExchangeRate",
    (
        Text("SourceCurrencyCode", 3, required=True, kept=True, query=True),
        Text("TargetCurrencyCode", 3, kept=True),
        Number("Rate", required=True),
        Day("AsOfDate", kept=True, query=True),
    ),
    sequence="exchange rates",
    removal="",
    label="ExchangeRates",
    ignored=("CustomField",),
)

ENTITIES = (JOURNAL_ENTRY, TRANSFER, BUDGET, COMPANY_CURRENCY, EXCHANGE_RATE)
