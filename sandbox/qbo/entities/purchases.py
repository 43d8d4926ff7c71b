"""What is bought and how it is paid: bills, credits, expenses, orders; in breadth only."""

from __future__ import annotations

from sandbox.qbo.entities.common import (
    BANK_LINES,
    CLASS_REF,
    CURRENCY,
    CUSTOM_FIELD,
    DEPARTMENT_REF,
    LINKED_TXN,
    OBJECT_REF,
    TAX_DETAIL,
    address,
    detail,
    email,
    lines,
    memo,
)
from sandbox.qbo.entities.sales import DOC_NUMBER, PRIVATE_NOTE, TAXING, TOTAL, TXN_DATE
from sandbox.qbo.entity import Entity
from sandbox.qbo.fields import Choice, Day, Field, Flag, Given, Money, Number, Text
from sandbox.qbo.objects import Group, Ref

VENDOR_REF = Ref("VendorRef", "Vendor", required=True, query=True, index=True)
AP_ACCOUNT = Ref("APAccountRef", "Account", kept=True, query=True)
BILLING = Choice("BillableStatus", ("Billable", "NotBillable", "HasBeenBilled"))
EXPENSE_LINES = lines(
    detail(
        "AccountBasedExpenseLineDetail",
        (
            Ref("AccountRef", "Account", required=True),
            Ref("CustomerRef", "Customer"),
            BILLING,
            CLASS_REF,
            Ref("TaxCodeRef"),
            Money("TaxAmount"),
            Money("TaxInclusiveAmt"),
            Given("MarkupInfo"),
        ),
    ),
    detail(
        "ItemBasedExpenseLineDetail",
        (
            Ref("ItemRef", "Item", required=True),
            Ref("CustomerRef", "Customer"),
            BILLING,
            CLASS_REF,
            Number("UnitPrice"),
            Number("Qty"),
            Ref("TaxCodeRef"),
            Money("TaxInclusiveAmt"),
            Ref("PriceLevelRef"),
            Given("MarkupInfo"),
        ),
    ),
    kinds=("AccountBasedExpenseLineDetail", "ItemBasedExpenseLineDetail", "DescriptionOnly"),
    required=True,
)
HEAD: tuple[Field, ...] = (
    DOC_NUMBER,
    TXN_DATE,
    DEPARTMENT_REF,
    CURRENCY,
    Number("ExchangeRate", read_only=True),
    PRIVATE_NOTE,
)
BODY: tuple[Field, ...] = (
    Group("LinkedTxn", LINKED_TXN.fields, class_name="LinkedTxn", many=True, read_only=True),
    EXPENSE_LINES,
    TAX_DETAIL,
    TAXING,
    TOTAL,
)
OPEN = Money("Balance", read_only=True, query=True, sort=True)
UNHEEDED = (
    "TransactionLocationType",
    "IncludeInAnnualTPAR",
    "RecurDataRef",
    "HomeBalance",
    "HomeTotalAmt",
    "RecurringInfo",
    "CustomField",
    "Tag",
    "TxnSource",
    "ReplyEmail",
    "LessCIS",
)

BILL = Entity(
    "Bill",
    (
        Ref("SalesTermRef", "Term", query=True, kept=True),
        Day("DueDate", query=True, sort=True),
        OPEN,
        *HEAD,
        *BODY,
        VENDOR_REF,
        address("VendorAddr", kept=True),
        AP_ACCOUNT,
    ),
    sequence="transactions",
    label="Transactions",
    counted=True,
    ignored=UNHEEDED,
)

VENDOR_CREDIT = Entity(
    "VendorCredit",
    (OPEN, *HEAD, *BODY, VENDOR_REF, address("VendorAddr", kept=True), AP_ACCOUNT),
    sequence="transactions",
    label="Transactions",
    ignored=UNHEEDED,
)

BILL_PAYMENT = Entity(
    "BillPayment",
    (
        VENDOR_REF,
        Choice("PayType", ("Check", "CreditCard"), required=True, kept=True),
        Group(
            "CheckPayment",
            (
                Ref("BankAccountRef", "Account", required=True),
                Choice("PrintStatus", ("NotSet", "NeedToPrint", "PrintComplete"), default="NotSet"),
            ),
            class_name="BillPaymentCheck",
            ignored=("CheckDetail", "PayeeAddr"),
        ),
        Group(
            "CreditCardPayment",
            (Ref("CCAccountRef", "Account", required=True),),
            class_name="BillPaymentCreditCard",
            ignored=("CCDetail",),
        ),
        Money("TotalAmt", required=True, query=True, sort=True),
        *HEAD,
        BANK_LINES,
        AP_ACCOUNT,
        Flag("ProcessBillPayment"),
    ),
    sequence="transactions",
    void=("update", "void"),
    label="Transactions",
    counted=True,
    ignored=UNHEEDED,
)

PURCHASE = Entity(
    "Purchase",
    (
        Ref("AccountRef", "Account", required=True, kept=True),
        Choice(
            "PaymentType",
            ("Cash", "Check", "CreditCard"),
            required=True,
            kept=True,
            query=True,
            sort=True,
        ),
        Ref("PaymentMethodRef", "PaymentMethod"),
        Text("PaymentRefNum", 21),
        Group("EntityRef", OBJECT_REF, class_name="ReferenceType"),
        Flag("Credit", default=False, kept=True),
        address("RemitToAddr"),
        Choice("PrintStatus", ("NotSet", "NeedToPrint", "PrintComplete")),
        *HEAD,
        *BODY,
    ),
    sequence="transactions",
    label="Transactions",
    ignored=(*UNHEEDED, "TxnNum", "Memo"),
)

PURCHASE_ORDER = Entity(
    "PurchaseOrder",
    (
        CUSTOM_FIELD,
        *HEAD,
        *BODY,
        VENDOR_REF,
        address("VendorAddr", kept=True),
        address("ShipAddr", kept=True),
        Ref("ShipMethodRef"),
        Ref("SalesTermRef", "Term"),
        Ref("ClassRef", "Class"),
        Day("DueDate", query=True, sort=True),
        AP_ACCOUNT,
        Choice("POStatus", ("Open", "Closed"), default="Open", kept=True, query=True),
        Choice("EmailStatus", ("NotSet", "NeedToSend", "EmailSent"), default="NotSet", kept=True),
        email("POEmail"),
        Text("Memo", 4000),
        memo(),
    ),
    sequence="transactions",
    label="Transactions",
    counted=True,
    ignored=UNHEEDED,
)

CREDIT_CARD_PAYMENT = Entity(
    "CreditCardPaymentTxn",
    (
        Ref("BankAccountRef", "Account", required=True, kept=True),
        Ref("CreditCardAccountRef", "Account", required=True, kept=True),
        Money("Amount", required=True, query=True),
        TXN_DATE,
        CURRENCY,
        PRIVATE_NOTE,
        Text("Memo", 4000),
        Text("CheckNum", 21),
        Ref("VendorRef", "Vendor"),
        Choice("PrintStatus", ("NotSet", "NeedToPrint", "PrintComplete")),
    ),
    sequence="transactions",
    void=("update", "void"),
    label="Transactions",
    path="creditcardpayment",
    ignored=UNHEEDED,
)

ENTITIES = (
    BILL,
    VENDOR_CREDIT,
    BILL_PAYMENT,
    PURCHASE,
    PURCHASE_ORDER,
    CREDIT_CARD_PAYMENT,
)
