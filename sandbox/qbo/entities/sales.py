"""What is sold and how it is paid: the transactions an invoice sync touches."""

from __future__ import annotations

from decimal import Decimal

from sandbox.qbo.entities.common import (
    ALWAYS_LINKED_TXN,
    CLASS_REF,
    CURRENCY,
    CUSTOM_FIELD,
    DEPARTMENT_REF,
    LINKED_TXN,
    PAYMENT_LINES,
    SALES_LINES,
    TAX_DETAIL,
    address,
    email,
    memo,
)
from sandbox.qbo.entity import Entity
from sandbox.qbo.fields import Choice, Day, Field, Flag, Given, Money, Number, Text
from sandbox.qbo.objects import Group, Ref

CUSTOMER_REF = Ref("CustomerRef", "Customer", query=True, index=True)
DOC_NUMBER = Text("DocNumber", 21, query=True, sort=True, index=True, kept=True)
TXN_DATE = Day("TxnDate", query=True, sort=True)
TOTAL = Money("TotalAmt", read_only=True, query=True, sort=True)
PRIVATE_NOTE = Text("PrivateNote", 4000)
TAXING = Choice("GlobalTaxCalculation", ("TaxExcluded", "TaxInclusive", "NotApplicable"))
PRINTED = Choice(
    "PrintStatus",
    ("NotSet", "NeedToPrint", "PrintComplete"),
    default="NeedToPrint",
    kept=True,
)
MAILED = Choice("EmailStatus", ("NotSet", "NeedToSend", "EmailSent"), default="NotSet", kept=True)

HEAD: tuple[Field, ...] = (
    CUSTOM_FIELD,
    DOC_NUMBER,
    TXN_DATE,
    DEPARTMENT_REF,
    CURRENCY,
    Number("ExchangeRate", read_only=True),
    PRIVATE_NOTE,
)
BODY: tuple[Field, ...] = (
    SALES_LINES,
    TAX_DETAIL,
    CUSTOMER_REF,
    memo(),
    address("BillAddr", kept=True),
    address("ShipAddr", kept=True),
    address("ShipFromAddr"),
    Flag("FreeFormAddress", read_only=True),
    Ref("ShipMethodRef"),
    Day("ShipDate"),
    Text("TrackingNum", 31),
    CLASS_REF,
    TAXING,
    TOTAL,
    Flag("ApplyTaxAfterDiscount", default=False, kept=True),
    PRINTED,
    MAILED,
    email("BillEmail"),
    email("BillEmailCc"),
    email("BillEmailBcc"),
    Given("DeliveryInfo"),
)
UNHEEDED = (
    "HomeTotalAmt",
    "TxnSource",
    "RecurringInfo",
    "callToAction",
    "AutoDocNumber",
    "ECloudStatusTimeStamp",
    "TaxFormNum",
    "TaxFormType",
    "FOB",
    "InvoiceEx",
    "InvoiceLink",
    "PONumber",
    "EInvoiceStatus",
    "RecurDataRef",
    "SalesRepRef",
    "invoiceStatus",
    "invoiceStatusLog",
    "LessCIS",
    "TxnStatus",
    "HomeBalance",
    "ConvenienceFeeDetail",
    "DiscountRate",
    "DiscountAmt",
    "PaymentDetailsMessage",
    "TransactionLocationType",
    "RemitToRef",
    "Tag",
    "TxnApprovalInfo",
    "TaxExemptionRef",
    "CustomExtensions",
    "ProjectRef",
    "TemplateRef",
    "ServiceDate",
    "FinanceCharge",
    "Overview",
    "ARAccountRef",
    "HeaderRef",
)
PAID_BY: tuple[Field, ...] = (
    Ref("PaymentMethodRef", "PaymentMethod"),
    Text("PaymentRefNum", 21, query=True, sort=True, index=True),
)

INVOICE = Entity(
    "Invoice",
    (
        Flag("AllowIPNPayment", default=False, kept=True),
        Flag("AllowOnlinePayment", default=False, kept=True),
        Flag("AllowOnlineCreditCardPayment", default=False, kept=True),
        Flag("AllowOnlineACHPayment", default=False, kept=True),
        *HEAD,
        ALWAYS_LINKED_TXN,
        *BODY,
        Ref("SalesTermRef", "Term", query=True, kept=True),
        Day("DueDate", query=True, sort=True),
        Money("Deposit"),
        Ref("DepositToAccountRef", "Account"),
        Money("Balance", read_only=True, query=True, sort=True),
    ),
    sequence="transactions",
    void=("void", ""),
    title="DocNumber",
    label="Transactions",
    counted=True,
    ignored=(*UNHEEDED, "PaymentMethodRef", "PaymentRefNum", "DepartmentName"),
)

CREDIT_MEMO = Entity(
    "CreditMemo",
    (
        *HEAD,
        *BODY,
        Ref("SalesTermRef", "Term"),
        Ref("PaymentMethodRef", "PaymentMethod", read_only=True),
        Ref("InvoiceRef", "Invoice", named=False),
        Money("RemainingCredit", read_only=True),
        Money("Balance", read_only=True, query=True, sort=True),
    ),
    sequence="transactions",
    title="DocNumber",
    label="Transactions",
    ignored=(*UNHEEDED, "PaymentRefNum", "DepositToAccountRef", "LinkedTxn", "DueDate"),
)

REFUND_RECEIPT = Entity(
    "RefundReceipt",
    (
        *HEAD,
        *BODY,
        *PAID_BY,
        Choice("PaymentType", ("Cash", "Check", "CreditCard", "Other")),
        Ref("DepositToAccountRef", "Account", required=True, kept=True),
        Money("Balance", read_only=True, default=Decimal(0)),
    ),
    sequence="transactions",
    title="DocNumber",
    label="Transactions",
    ignored=(*UNHEEDED, "CheckPayment", "CreditCardPayment", "LinkedTxn"),
)

SALES_RECEIPT = Entity(
    "SalesReceipt",
    (
        *HEAD,
        LINKED_TXN,
        *BODY,
        *PAID_BY,
        Ref("DepositToAccountRef", "Account", kept=True),
        Money("Balance", read_only=True, default=Decimal(0)),
    ),
    sequence="transactions",
    void=("update", "void"),
    title="DocNumber",
    label="Transactions",
    ignored=(*UNHEEDED, "CreditCardPayment", "DueDate"),
)

ESTIMATE = Entity(
    "Estimate",
    (
        *HEAD,
        Choice(
            "TxnStatus",
            ("Accepted", "Closed", "Pending", "Rejected", "Converted"),
            default="Pending",
            kept=True,
            query=True,
        ),
        ALWAYS_LINKED_TXN,
        *BODY,
        Ref("SalesTermRef", "Term"),
        Day("DueDate"),
        Day("ExpirationDate", query=True, sort=True),
        Text("AcceptedBy", 100),
        Day("AcceptedDate"),
    ),
    sequence="transactions",
    title="DocNumber",
    label="Transactions",
    ignored=tuple(name for name in UNHEEDED if name != "TxnStatus"),
)

PAYMENT = Entity(
    "Payment",
    (
        CUSTOMER_REF,
        Ref("DepositToAccountRef", "Account", named=False, kept=True),
        *PAID_BY,
        Money("TotalAmt", required=True, query=True, sort=True),
        Money("UnappliedAmt", read_only=True),
        Flag("ProcessPayment", default=False, kept=True),
        TXN_DATE,
        CURRENCY,
        Number("ExchangeRate", read_only=True),
        PRIVATE_NOTE,
        LINKED_TXN,
        PAYMENT_LINES,
    ),
    sequence="transactions",
    void=("update", "void"),
    label="Transactions",
    ignored=(
        "TxnSource",
        "ARAccountRef",
        "ProjectRef",
        "CreditCardPayment",
        "CheckPayment",
        "TransactionLocationType",
        "TaxExemptionRef",
        "PaymentType",
        "TxnStatus",
        "DocNumber",
        "CustomField",
        "DepartmentRef",
        "HomeTotalAmt",
        "Tag",
        "RemitToRef",
        "Overview",
    ),
)

DEPOSIT = Entity(
    "Deposit",
    (
        Ref("DepositToAccountRef", "Account", required=True, query=True),
        Money("TotalAmt", read_only=True, query=True, sort=True),
        TXN_DATE,
        DEPARTMENT_REF,
        CURRENCY,
        PRIVATE_NOTE,
        Group(
            "Line",
            (
                Text("Id"),
                Number("LineNum"),
                Text("Description", 4000),
                Money("Amount", required=True),
                LINKED_TXN,
                Text("DetailType", 60),
                Group(
                    "DepositLineDetail",
                    (
                        Given("Entity"),
                        Ref("AccountRef", "Account"),
                        Ref("PaymentMethodRef", "PaymentMethod"),
                        CLASS_REF,
                        Text("CheckNum", 21),
                    ),
                    class_name="DepositLineDetail",
                    bare=True,
                ),
            ),
            class_name="Line",
            many=True,
            required=True,
        ),
    ),
    sequence="transactions",
    label="Transactions",
    counted=True,
    resent=("DepositToAccountRef",),
    ignored=("TxnSource", "ExchangeRate", "TxnTaxDetail", "CashBack", "RecurDataRef"),
)

ENTITIES = (INVOICE, CREDIT_MEMO, REFUND_RECEIPT, SALES_RECEIPT, ESTIMATE, PAYMENT, DEPOSIT)
