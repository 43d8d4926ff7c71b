"""The pieces that several entities are made of."""

from __future__ import annotations

from sandbox.qbo.fields import EMAIL, Choice, Day, Field, Flag, Given, Money, Number, Text
from sandbox.qbo.objects import Group, Ref

NAME_BANNED = ":\t\n\r"
"""The colon separates levels of a hierarchy; the others break lists."""

CURRENCY = Ref("CurrencyRef", "Currency", kept=True)
"""A currency goes by its code, whatever its id among the company's currencies."""


def address(name: str, *, kept: bool = False) -> Group:
    """A postal address; QBO gives it an id and coordinates."""
    lines = tuple(Text(f"Line{n}", 500) for n in range(1, 6))
    return Group(
        name,
        (
            Text("Id"),
            *lines,
            Text("City", 255),
            Text("Country", 255),
            Text("CountryCode", 255),
            Text("CountrySubDivisionCode", 255),
            Text("PostalCode", 30),
            Text("PostalCodeSuffix", 30),
            Text("Lat", 100),
            Text("Long", 100),
            Text("Tag", 100),
            Text("Note", 4000),
        ),
        class_name="PhysicalAddress",
        kept=kept,
    )


def phone(name: str) -> Group:
    """A telephone number as free text."""
    ignored = ("Id", "DeviceType", "CountryCode", "AreaCode", "ExchangeCode", "Extension")
    return Group(
        name,
        (Text("FreeFormNumber", 30),),
        class_name="TelephoneNumber",
        ignored=(*ignored, "Default", "Tag"),
    )


def email(name: str, *, query: bool = False) -> Group:
    """An e-mail address."""
    ignored = ("Id", "Default", "Tag")
    return Group(name, EMAIL, class_name="EmailAddress", query=query, ignored=ignored)


def website(name: str = "WebAddr") -> Group:
    """A web address."""
    fields = (Text("URI", 1000),)
    return Group(name, fields, class_name="WebSiteAddress", ignored=("Id", "Default", "Tag"))


def memo(name: str = "CustomerMemo") -> Group:
    """A note to the customer."""
    return Group(name, (Text("value", 1000),), class_name="MemoRef", ignored=("id",))


LINKED = (
    Text("TxnId", required=True),
    Text("TxnType", 40, required=True),
    Text("TxnLineId"),
)
LINKED_TXN = Group("LinkedTxn", LINKED, class_name="LinkedTxn", many=True)
ALWAYS_LINKED_TXN = Group("LinkedTxn", LINKED, class_name="LinkedTxn", many=True, default=())
"""Invoices and estimates show it also when nothing is linked."""

CUSTOM_FIELD = Group(
    "CustomField",
    (
        Text("DefinitionId", required=True),
        Text("Name"),
        Text("Type"),
        Text("StringValue"),
        Number("NumberValue"),
        Flag("BooleanValue"),
        Day("DateValue"),
    ),
    class_name="CustomField",
    many=True,
)

TAX_LINE = (
    Text("Id"),
    Number("LineNum"),
    Money("Amount"),
    Text("DetailType", 60),
    Group(
        "TaxLineDetail",
        (
            Ref("TaxRateRef", "TaxRate", named=False),
            Flag("PercentBased"),
            Number("TaxPercent"),
            Money("NetAmountTaxable"),
            Money("TaxInclusiveAmount"),
            Money("OverrideDeltaAmount"),
            Text("ServiceDate"),
        ),
        class_name="TaxLineDetail",
    ),
)
TAX_DETAIL = Group(
    "TxnTaxDetail",
    (
        Ref("TxnTaxCodeRef", "TaxCode", named=False),
        Money("TotalTax"),
        Group("TaxLine", TAX_LINE, class_name="Line", many=True),
    ),
    class_name="TxnTaxDetail",
    ignored=("DefaultTaxCodeRef", "TaxReviewStatus", "UseAutomatedSalesTax"),
)

CLASS_REF = Ref("ClassRef", "Class")
DEPARTMENT_REF = Ref("DepartmentRef", "Department")

ITEM_DETAIL: tuple[Field, ...] = (
    Day("ServiceDate"),
    Ref("ItemRef", "Item"),
    CLASS_REF,
    Number("UnitPrice"),
    Number("RatePercent"),
    Number("Qty"),
    Ref("ItemAccountRef", "Account"),
    Ref("TaxCodeRef"),
    Money("TaxInclusiveAmt"),
    Money("DiscountAmt"),
    Number("DiscountRate"),
)
DISCOUNT_DETAIL: tuple[Field, ...] = (
    Flag("PercentBased"),
    Number("DiscountPercent"),
    Ref("DiscountAccountRef", "Account"),
    CLASS_REF,
    Ref("TaxCodeRef"),
    Ref("DiscountRef"),
    Text("ServiceDate"),
)
LINE_KINDS = (
    "SalesItemLineDetail",
    "GroupLineDetail",
    "DescriptionOnly",
    "DiscountLineDetail",
    "SubTotalLineDetail",
)
LINE_UNHEEDED = ("CustomField", "CustomExtensions", "Received", "ProjectRef", "LineEx", "Tag")


def lines(*details: Field, kinds: tuple[str, ...], required: bool = False) -> Group:
    """The lines of a transaction, of these kinds, with these details."""
    return Group(
        "Line",
        (
            Text("Id"),
            Number("LineNum"),
            Text("Description", 4000),
            Money("Amount"),
            LINKED_TXN,
            Choice("DetailType", kinds),
            *details,
        ),
        class_name="Line",
        many=True,
        required=required,
        ignored=LINE_UNHEEDED,
    )


def detail(name: str, fields: tuple[Field, ...] = ()) -> Group:
    """The part of a line that its DetailType names."""
    return Group(name, fields, class_name=name, bare=True)


_PLAIN_DETAILS = (
    detail("SalesItemLineDetail", ITEM_DETAIL),
    detail("DescriptionLineDetail", (Day("ServiceDate"), Ref("TaxCodeRef", "TaxCode"))),
    detail("DiscountLineDetail", DISCOUNT_DETAIL),
    detail("SubTotalLineDetail", (Ref("ItemRef", "Item"),)),
)
_GROUPED = lines(*_PLAIN_DETAILS, kinds=LINE_KINDS)
SALES_LINES = lines(
    *_PLAIN_DETAILS,
    detail("GroupLineDetail", (Ref("GroupItemRef", "Item"), Number("Quantity"), _GROUPED)),
    kinds=LINE_KINDS,
)

LINE_EX = Given("LineEx")
"""The odd JAXB leftovers that QBO hangs on payment lines."""

PAYMENT_LINES = Group(
    "Line",
    (
        Text("Id"),
        Number("LineNum"),
        Text("Description", 4000),
        Money("Amount", required=True),
        LINE_EX,
        LINKED_TXN,
        Text("DetailType", 60),
    ),
    class_name="Line",
    many=True,
    ignored=("CustomField", "CustomExtensions", "PaymentLineDetail"),
)

BANK_LINES = Group(
    "Line",
    (
        Text("Id"),
        Money("Amount", required=True),
        LINKED_TXN,
    ),
    class_name="Line",
    many=True,
    required=True,
    ignored=("CustomField", "CustomExtensions", "LineNum", "Description", "DetailType", "LineEx"),
)
"""What a payment to a vendor settles."""

OBJECT_REF = (Text("value", required=True), Text("name"), Text("type", 60))
"""A reference whose target its own `type` names."""

HIERARCHY: tuple[Field, ...] = (
    Text("FullyQualifiedName", read_only=True, query=True, sort=True, index=True),
    Number("Level", read_only=True),
)
ACTIVE = Flag("Active", default=True, kept=True, query=True, sort=True)
