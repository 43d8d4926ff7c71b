"""The lists that every QBO company starts with: accounts, terms, payment methods, tax.

The ids are those of Intuit's US sample company, so that examples from the
documentation work here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

UNDEPOSITED = "4"
"""Undeposited Funds: where received money waits for its deposit."""

ENGINE_CODES = {"CA": "2", "AZ": "3", "TX": "4", "FL": "5", "CO": "6"}
"""Automated sales tax: the code that applies in a state; elsewhere the company's default."""

_ACCOUNTS = (
    ("1", "Services", "Income", "ServiceFeeIncome"),
    ("2", "Retained Earnings", "Equity", "RetainedEarnings"),
    ("4", "Undeposited Funds", "Other Current Asset", "UndepositedFunds"),
    ("5", "Fees Billed", "Income", "ServiceFeeIncome"),
    ("7", "Advertising", "Expense", "AdvertisingPromotional"),
    ("8", "Insurance", "Expense", "Insurance"),
    ("15", "Office Expenses", "Expense", "OfficeGeneralAdministrativeExpenses"),
    ("33", "Accounts Payable (A/P)", "Accounts Payable", "AccountsPayable"),
    ("34", "Opening Balance Equity", "Equity", "OpeningBalanceEquity"),
    ("35", "Checking", "Bank", "Checking"),
    ("36", "Savings", "Bank", "Savings"),
    ("41", "Mastercard", "Credit Card", "CreditCard"),
    ("79", "Sales of Product Income", "Income", "SalesOfProductIncome"),
    ("80", "Cost of Goods Sold", "Cost of Goods Sold", "SuppliesMaterialsCogs"),
    ("81", "Inventory Asset", "Other Current Asset", "Inventory"),
    ("84", "Accounts Receivable (A/R)", "Accounts Receivable", "AccountsReceivable"),
    ("86", "Discounts given", "Income", "DiscountsRefundsGiven"),
    ("90", "Sales Tax Payable", "Other Current Liability", "SalesTaxPayable"),
)
_TERMS = (("1", "Due on receipt", 0), ("2", "Net 15", 15), ("3", "Net 30", 30), ("4", "Net 60", 60))
_METHODS = (
    ("1", "Cash", "NON_CREDIT_CARD"),
    ("2", "Check", "NON_CREDIT_CARD"),
    ("3", "Visa", "CREDIT_CARD"),
    ("4", "MasterCard", "CREDIT_CARD"),
    ("5", "Discover", "CREDIT_CARD"),
    ("6", "American Express", "CREDIT_CARD"),
    ("7", "Diners Club", "CREDIT_CARD"),
)
_AGENCIES = (
    ("1", "Arizona Dept. of Revenue"),
    ("2", "Board of Equalization"),
    ("3", "Texas Comptroller of Public Accounts"),
    ("4", "Florida Department of Revenue"),
    ("5", "Colorado Department of Revenue"),
)
_RATES = (
    ("1", "AZ State tax", "7.1", "1"),
    ("2", "Tucson City", "2", "1"),
    ("3", "California", "8", "2"),
    ("4", "Texas State", "6.25", "3"),
    ("5", "Texas Local", "2", "3"),
    ("6", "Florida State", "6", "4"),
    ("7", "Florida County", "1", "4"),
    ("8", "Colorado State", "2.9", "5"),
)
_CODES = (
    ("2", "California", ("3",)),
    ("3", "Tucson", ("1", "2")),
    ("4", "Texas", ("4", "5")),
    ("5", "Florida", ("6", "7")),
    ("6", "Colorado", ("8",)),
)

PREFERENCES: dict[str, Any] = {
    "AccountingInfoPrefs": {
        "UseAccountNumbers": False,
        "TrackDepartments": False,
        "ClassTrackingPerTxn": False,
        "ClassTrackingPerTxnLine": False,
        "FirstMonthOfFiscalYear": "January",
        "TaxYearMonth": "January",
        "TaxForm": "6",
        "CustomerTerminology": "Customers",
    },
    "ProductAndServicesPrefs": {
        "ForSales": True,
        "ForPurchase": True,
        "QuantityWithPriceAndRate": True,
        "QuantityOnHand": True,
    },
    "SalesFormsPrefs": {
        "CustomField": [],
        "CustomTxnNumbers": False,
        "EmailCopyToCompany": False,
        "AllowDeposit": False,
        "AllowDiscount": True,
        "AllowEstimates": True,
        "ETransactionEnabledStatus": "NotApplicable",
        "ETransactionAttachPDF": False,
        "ETransactionPaymentEnabled": False,
        "IPNSupportEnabled": False,
        "AllowServiceDate": False,
        "AllowShipping": False,
        "AutoApplyCredit": False,
        "AutoApplyPayments": False,
        "UsingPriceLevels": False,
        "DefaultCustomerMessage": "Thank you for your business and have a great day!",
    },
    "VendorAndPurchasesPrefs": {"TrackingByCustomer": True, "BillableExpenseTracking": False},
    "TimeTrackingPrefs": {
        "UseServices": True,
        "BillCustomers": True,
        "ShowBillRateToAll": False,
        "WorkWeekStartDate": "Monday",
        "MarkTimeEntriesBillable": True,
    },
    "TaxPrefs": {"UsingSalesTax": False, "PartnerTaxEnabled": False},
    "CurrencyPrefs": {"MultiCurrencyEnabled": False, "HomeCurrency": {"value": "USD"}},
    "ReportPrefs": {"ReportBasis": "Accrual", "CalcAgingReportFromTxnDate": False},
    "OtherPrefs": {"NameValue": [{"Name": "DTXCopyMemo", "Value": "true"}]},
}
COMPANY_INFO: dict[str, Any] = {
    "CompanyName": "Sandbox Company",
    "LegalName": "Sandbox Company",
    "CompanyStartDate": "2015-10-01",
    "FiscalYearStartMonth": "January",
    "Country": "US",
    "SupportedLanguages": "en",
    "DefaultTimeZone": "America/Los_Angeles",
    "NameValue": [
        {"Name": "NeoEnabled", "Value": "true"},
        {"Name": "SubscriptionStatus", "Value": "SUBSCRIBED"},
        {"Name": "OfferingSku", "Value": "QuickBooks Online Plus"},
    ],
}


def stock_lists() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(entity, id, body) of every stock record, in an order in which references resolve."""
    for key, name, kind, sub in _ACCOUNTS:
        yield "Account", key, {"Name": name, "AccountType": kind, "AccountSubType": sub}
    for key, name, days in _TERMS:
        yield "Term", key, {"Name": name, "DueDays": days}
    for key, name, kind in _METHODS:
        yield "PaymentMethod", key, {"Name": name, "Type": kind}
    for key, name in _AGENCIES:
        yield "TaxAgency", key, {"DisplayName": name}
    for key, name, percent, agency in _RATES:
        yield (
            "TaxRate",
            key,
            {
                "Name": name,
                "Description": "Sales Tax",
                "RateValue": percent,
                "AgencyRef": {"value": agency},
            },
        )
    yield "TaxCode", "TAX", {"Name": "TAX", "Description": "TAX", "TaxGroup": False}
    yield (
        "TaxCode",
        "NON",
        {"Name": "NON", "Description": "NON", "TaxGroup": False, "Taxable": False},
    )
    for key, name, rates in _CODES:
        details = [
            {"TaxRateRef": {"value": rate}, "TaxTypeApplicable": "TaxOnAmount", "TaxOrder": 0}
            for rate in rates
        ]
        body = {
            "Name": name,
            "Description": name,
            "SalesTaxRateList": {"TaxRateDetail": details},
            "PurchaseTaxRateList": {"TaxRateDetail": []},
        }
        yield "TaxCode", key, body
