"""How this company wants its invoices sent: the settings, read and checked.

The settings live in the cache as text (design: "the company's settings"); here they
become one frozen value that preflight, plan and bodies share. `digest` covers those
that change what is sent: a new one asks for a new test sync.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from core.errors import UsageTrouble
from core.jsonio import dumps

MOST_TOLERANCE = 5
"""Cents: one for each of a few rates that round by themselves; more is another tax."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The company's settings for sending; the defaults are what Docket does, but safer."""

    refunds: str = "credit_memo"
    """credit_memo, or refund_receipt."""
    products: str = "block"
    """For a product that QuickBooks lacks: block, item:<item id>, create:<account id>."""
    ask_new_customers: bool = False
    display_id_as_name: bool = False
    deposit_account: str = ""
    """Account id; empty leaves it to QuickBooks, which takes Undeposited Funds."""
    credit_item: str = ""
    """Item id for credit memos; empty: the products of the invoice that they are applied to."""
    refund_account: str = ""
    """Account that refund receipts are paid from; empty: the deposit account."""
    tax: str = "docket"
    """docket sends Docket's tax as it is; quickbooks lets QuickBooks compute."""
    numbering: str = "docket"
    """docket sends Docket's number where the company allows; quickbooks never does."""
    tax_tolerance: int = 0
    """Cents by which a tax that QuickBooks computes may differ from Docket's."""
    po_number: str = "memo"
    """memo, or custom:<number of the company's custom field on sales forms>."""
    class_id: str = ""
    """Class of lines and invoices whose product has none of its own, where classes are tracked."""
    reconciled_through: str = ""
    """Day, as text, through which the bank was reconciled; empty: not said."""
    location_id: str = ""
    """Location of every invoice, where locations are tracked."""
    email_invoices: bool = False
    """Whether QuickBooks is asked to e-mail new invoices."""

    @classmethod
    def from_settings(cls, settings: Mapping[str, str]) -> Policy:
        """Read the policy out of the cache's settings; unknown keys are others' business.

        Raises:
            UsageTrouble: a setting holds a value that it cannot have.
        """
        known = {key: settings[key] for key in SETTINGS if key in settings}
        for key, value in known.items():
            check_setting(key, value)
        plain = cls()
        return cls(
            refunds=known.get("refunds", plain.refunds),
            products=known.get("products", plain.products),
            ask_new_customers=known.get("ask_new_customers") == "yes",
            display_id_as_name=known.get("display_id_as_name") == "yes",
            deposit_account=known.get("deposit_account", ""),
            credit_item=known.get("credit_item", ""),
            refund_account=known.get("refund_account", ""),
            tax=known.get("tax", plain.tax),
            numbering=known.get("numbering", plain.numbering),
            tax_tolerance=int(known.get("tax_tolerance", plain.tax_tolerance)),
            po_number=known.get("po_number", plain.po_number),
            class_id=known.get("class_id", ""),
            reconciled_through=known.get("reconciled_through", ""),
            location_id=known.get("location_id", ""),
            email_invoices=known.get("email_invoices") == "yes",
        )

    @property
    def default_item(self) -> str:
        """Id of the item that stands in for a missing one, or empty."""
        return _after(self.products, "item:")

    @property
    def po_field(self) -> str:
        """Number of the custom field that takes the PO number, or empty."""
        return _after(self.po_number, "custom:")

    @property
    def income_account(self) -> str:
        """Id of the income account for items that are created, or empty."""
        return _after(self.products, "create:")

    def digest(self) -> str:
        """Sha256 of what decides how invoices are sent; choices and questions are not in it."""
        sending = {
            **({"credit_item": self.credit_item} if self.credit_item else {}),
            "deposit_account": self.deposit_account,
            "numbering": self.numbering,
            "products": self.products,
            "refund_account": self.refund_account,
            "refunds": self.refunds,
            "tax": self.tax,
        }
        # What came later counts once it is set, so that a test made before it still holds.
        later = {
            "class_id": self.class_id,
            "email_invoices": "yes" if self.email_invoices else "",
            "location_id": self.location_id,
            "po_number": self.po_field,
        }
        sending |= {key: value for key, value in later.items() if value}
        return hashlib.sha256(dumps(sending).encode()).hexdigest()


def _after(text: str, prefix: str) -> str:
    return text[len(prefix) :] if text.startswith(prefix) else ""


def _one_of(*words: str) -> Callable[[str], bool]:
    return lambda value: value in words


def _few_cents(value: str) -> bool:
    return value.isascii() and value.isdigit() and int(value) <= MOST_TOLERANCE


def _po_place(value: str) -> bool:
    return value in ("memo", "custom:1", "custom:2", "custom:3")


def _day_or_nothing(value: str) -> bool:
    if not value:
        return True
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _product_policy(value: str) -> bool:
    return value == "block" or bool(_after(value, "item:") or _after(value, "create:"))


SETTINGS: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "refunds": ("credit_memo or refund_receipt", _one_of("credit_memo", "refund_receipt")),
    "products": ("block, item:<item id> or create:<income account id>", _product_policy),
    "ask_new_customers": ("yes or no", _one_of("yes", "no")),
    "display_id_as_name": ("yes or no", _one_of("yes", "no")),
    "deposit_account": ("an account id, or nothing for Undeposited Funds", lambda _: True),
    "credit_item": (
        "an item id for credit memos, or nothing for the products of their invoice",
        lambda _: True,
    ),
    "refund_account": ("an account id, or nothing for the deposit account", lambda _: True),
    "tax": ("docket or quickbooks", _one_of("docket", "quickbooks")),
    "numbering": ("docket or quickbooks", _one_of("docket", "quickbooks")),
    "tax_tolerance": (f"0 to {MOST_TOLERANCE} cents", _few_cents),
    "po_number": ("memo, or custom:1, custom:2 or custom:3", _po_place),
    "class_id": ("a class id, or nothing", lambda _: True),
    "location_id": ("a location id, or nothing", lambda _: True),
    "reconciled_through": ("a day such as 2026-10-31, or nothing", _day_or_nothing),
    "email_invoices": ("yes or no", _one_of("yes", "no")),
}
"""Each setting's key, what it may be, and the test for it."""


SETTING_NOTES: Mapping[str, str] = {
    "deposit_account": (
        "Nothing (the default): payments wait in Undeposited Funds until you put them into a bank"
        " deposit in QuickBooks, so one deposit can match the one sum that the bank shows. A bank"
        " account: each payment stands in it at once, which saves that step, but payments that"
        " reach the bank in one sum cannot be grouped there and may not match the bank feed."
    ),
    "refunds": (
        "credit_memo (as Docket's own sync): the customer keeps that much credit in QuickBooks,"
        " although the money went back. refund_receipt: money leaves the refund account and the"
        " customer's balance stays; right where the money was really returned."
    ),
    "credit_item": (
        "Docket gives credit memos no product. Nothing: they take the products of the invoice"
        " that they are applied to, in proportion. An item: all of them take that one."
    ),
}
"""What a choice does to the books, shown where it is chosen."""


def check_setting(key: str, value: str) -> None:
    """Refuse a setting that does not exist, or a value that it cannot have.

    Raises:
        UsageTrouble: with the values that it can have.
    """
    if key not in SETTINGS:
        raise UsageTrouble(
            f"There is no setting called {key}.",
            books="Nothing was changed.",
            fix=f"The settings are: {', '.join(SETTINGS)}.",
        )
    words, fits = SETTINGS[key]
    if not fits(value):
        raise UsageTrouble(
            f"The setting {key} cannot be {value!r}.",
            books="Nothing was changed.",
            fix=f"It can be {words}.",
        )
