"""What a company is and how it has set up its books."""

from __future__ import annotations

from sandbox.qbo.entities.common import address, email, phone, website
from sandbox.qbo.entity import Entity
from sandbox.qbo.fields import Choice, Day, Field, Flag, Given, Number, Text
from sandbox.qbo.objects import Group, Ref

_PAIRS = Group(
    "NameValue", (Text("Name"), Text("Value")), many=True, class_name="NameValue", kept=True
)

COMPANY_INFO = Entity(
    "CompanyInfo",
    (
        Text("CompanyName", 1024, required=True, kept=True),
        Text("LegalName", 1024),
        address("CompanyAddr"),
        address("CustomerCommunicationAddr"),
        address("LegalAddr"),
        email("CustomerCommunicationEmailAddr"),
        phone("PrimaryPhone"),
        Day("CompanyStartDate", read_only=True),
        Text("EmployerId", 100),
        Text("FiscalYearStartMonth", 20, kept=True),
        Text("Country", 100, kept=True),
        email("Email"),
        website(),
        Text("SupportedLanguages", 100, kept=True),
        Text("DefaultTimeZone", 100, kept=True),
        Group(
            "NameValue",
            _PAIRS.fields,
            many=True,
            class_name="NameValue",
            kept=True,
            read_only=True,
        ),
    ),
    sequence="",
    removal="",
)


def _part(name: str, *fields: Field) -> Group:
    return Group(name, fields, class_name=name, kept=True)


def _flags(*names: str) -> tuple[Field, ...]:
    return tuple(Flag(name) for name in names)


_CUSTOM = Group(
    "CustomField",
    (
        Group(
            "CustomField",
            (Text("Name"), Text("Type"), Text("StringValue"), Flag("BooleanValue")),
            many=True,
            class_name="CustomField",
        ),
    ),
    many=True,
    class_name="CustomFieldDefinition",
)

PREFERENCES = Entity(
    "Preferences",
    (
        _part(
            "AccountingInfoPrefs",
            *_flags("UseAccountNumbers", "TrackDepartments"),
            *_flags("ClassTrackingPerTxn", "ClassTrackingPerTxnLine"),
            Text("FirstMonthOfFiscalYear"),
            Text("TaxYearMonth"),
            Text("TaxForm"),
            Text("CustomerTerminology"),
            Text("DepartmentTerminology"),
            Day("BookCloseDate"),
        ),
        _part(
            "ProductAndServicesPrefs",
            *_flags("ForSales", "ForPurchase", "QuantityWithPriceAndRate", "QuantityOnHand"),
            *_flags("RevenueRecognition", "RevenueRecognitionEnabled"),
        ),
        _part(
            "SalesFormsPrefs",
            _CUSTOM,
            *_flags("CustomTxnNumbers", "EmailCopyToCompany", "AllowDeposit", "AllowDiscount"),
            *_flags("AllowEstimates", "AllowShipping", "AllowServiceDate", "AllowGratuity"),
            *_flags("ETransactionAttachPDF", "ETransactionPaymentEnabled", "IPNSupportEnabled"),
            *_flags("AutoApplyCredit", "AutoApplyPayments", "UsingPriceLevels"),
            *_flags("UsingProgressInvoicing", "PrintItemWithZeroAmount"),
            Text("ETransactionEnabledStatus"),
            Text("DefaultCustomerMessage"),
            Text("DefaultShippingAccount"),
            Text("DefaultDiscountAccount"),
            Ref("DefaultTerms", "Term"),
            email("SalesEmailCc"),
            email("SalesEmailBcc"),
            Group(
                "EmailMessagesPrefs",
                tuple(
                    Group(
                        f"{kind}Message",
                        (Text("Subject"), Text("Message")),
                        class_name="EmailMessage",
                    )
                    for kind in ("Invoice", "Estimate", "SalesReceipt", "Statement")
                ),
                class_name="EmailMessagesPrefs",
            ),
        ),
        _part(
            "VendorAndPurchasesPrefs",
            *_flags("TrackingByCustomer", "BillableExpenseTracking", "TPAREnabled"),
            Ref("DefaultTerms", "Term"),
            _CUSTOM,
        ),
        _part(
            "TimeTrackingPrefs",
            *_flags("UseServices", "BillCustomers", "ShowBillRateToAll"),
            *_flags("MarkTimeEntriesBillable"),
            Text("WorkWeekStartDate"),
        ),
        _part(
            "TaxPrefs",
            *_flags("UsingSalesTax", "PartnerTaxEnabled", "HideTaxManagement"),
            Ref("TaxGroupCodeRef", "TaxCode", named=False),
            Text("TaxRate"),
            Text("PaySalesTax"),
        ),
        _part("CurrencyPrefs", *_flags("MultiCurrencyEnabled"), Ref("HomeCurrency", named=False)),
        _part(
            "ReportPrefs",
            Choice("ReportBasis", ("Accrual", "Cash")),
            *_flags("CalcAgingReportFromTxnDate"),
        ),
        _part("EmailMessagesPrefs", Given("InvoiceMessage")),
        _part("OtherPrefs", _PAIRS),
        Number("PrefsVersion", read_only=True),
    ),
    sequence="",
    removal="",
)

ENTITIES = (COMPANY_INFO, PREFERENCES)
