"""Accounts: what kind they are, their balances, and which kind a reference may use."""

from __future__ import annotations

from sandbox.qbo.change import Change
from sandbox.qbo.company import Company
from sandbox.qbo.fault import refused
from sandbox.qbo.fields import Record
from sandbox.qbo.rules.hierarchy import in_levels, rename_children, retired, unique_name
from sandbox.qbo.rules.kinds import Rules
from sandbox.qbo.wire import ZERO, money

CLASSIFICATION = {
    "Bank": "Asset",
    "Other Current Asset": "Asset",
    "Fixed Asset": "Asset",
    "Other Asset": "Asset",
    "Accounts Receivable": "Asset",
    "Equity": "Equity",
    "Expense": "Expense",
    "Other Expense": "Expense",
    "Cost of Goods Sold": "Expense",
    "Accounts Payable": "Liability",
    "Credit Card": "Liability",
    "Long Term Liability": "Liability",
    "Other Current Liability": "Liability",
    "Income": "Revenue",
    "Other Income": "Revenue",
}
_TYPE_OF = {
    "SalesOfProductIncome": "Income",
    "ServiceFeeIncome": "Income",
    "DiscountsRefundsGiven": "Income",
    "OtherPrimaryIncome": "Income",
    "UndepositedFunds": "Other Current Asset",
    "Inventory": "Other Current Asset",
    "Checking": "Bank",
    "Savings": "Bank",
    "AccountsReceivable": "Accounts Receivable",
    "AccountsPayable": "Accounts Payable",
    "SuppliesMaterialsCogs": "Cost of Goods Sold",
    "SalesTaxPayable": "Other Current Liability",
}
_FIRST_SUBTYPE = {
    "Bank": "Checking",
    "Other Current Asset": "OtherCurrentAssets",
    "Fixed Asset": "OtherFixedAssets",
    "Other Asset": "OtherLongTermAssets",
    "Accounts Receivable": "AccountsReceivable",
    "Equity": "OpeningBalanceEquity",
    "Expense": "OtherMiscellaneousServiceCost",
    "Other Expense": "OtherMiscellaneousExpense",
    "Cost of Goods Sold": "SuppliesMaterialsCogs",
    "Accounts Payable": "AccountsPayable",
    "Credit Card": "CreditCard",
    "Long Term Liability": "OtherLongTermLiabilities",
    "Other Current Liability": "OtherCurrentLiabilities",
    "Income": "SalesOfProductIncome",
    "Other Income": "OtherMiscellaneousIncome",
}
MONEY_HOLDERS = ("Bank", "Other Current Asset")
"""Where received money may be put."""


def need_account(change: Change, name: str, types: tuple[str, ...]) -> None:
    """Refuse an account of another type (6430)."""
    key = change.draft.get(name)
    account = change.company.get("Account", key) if key else None
    if account is not None and account["AccountType"] not in types:
        detail = f"Invalid account type used: {account['AccountType']}"
        raise refused("6430", detail, name)


def account_of_kind(company: Company, account_type: str, sub_type: str = "") -> str:
    """The id of the company's first active account of a type."""
    for account in sorted(company.tables["Account"], key=lambda one: int(one["Id"])):
        fits = account["AccountType"] == account_type and account["Active"]
        if fits and sub_type in ("", account["AccountSubType"]):
            return str(account["Id"])
    raise refused("6000", f"Business Validation Error: there is no {account_type} account.", "")


def _typed(change: Change) -> None:
    draft = change.draft
    if "AccountType" not in draft and "AccountSubType" not in draft:
        raise refused("6010", "AccountType or AccountSubType must be given", "AccountType")
    kind = draft.setdefault("AccountType", _TYPE_OF.get(draft.get("AccountSubType", "")))
    if kind is None:
        raise refused("2170", f"Invalid Enumeration : {draft['AccountSubType']}", "AccountSubType")
    draft.setdefault("AccountSubType", _FIRST_SUBTYPE[kind])
    draft["Classification"] = CLASSIFICATION[kind]
    draft.setdefault("CurrencyRef", "USD")
    retiring = change.before is not None and change.before["Active"] and not draft["Active"]
    if retiring and change.company.accounts.get(draft["Id"]):
        raise refused("6220", "The account has a balance and cannot be made inactive.", "")


def _balance(company: Company, record: Record) -> Record:
    """Balance sheet accounts show their balance, the others none."""
    sign = {"Asset": 1, "Liability": -1, "Equity": -1}.get(record["Classification"], 0)
    own = money(sign * company.accounts.get(record["Id"], ZERO))
    return record | {"CurrentBalance": own, "CurrentBalanceWithSubAccounts": own}


RULES = {
    "Account": Rules(
        complete=(
            _typed,
            retired("Name"),
            in_levels("Name", "SubAccount", parent_entity="Account"),
            unique_name,
        ),
        settle=(rename_children("Name"),),
        view=_balance,
    ),
}
