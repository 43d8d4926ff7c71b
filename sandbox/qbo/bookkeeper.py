"""What a bookkeeper does by hand in QuickBooks, beside the app: closing, editing, depositing.

Each edit is a name with its argument; `do` runs them in the order given, all or none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from sandbox.qbo.company import Company
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.fields import Record
from sandbox.qbo.operations import Options, existing, shown, write
from sandbox.qbo.rules.applied import effects

Edit: TypeAlias = Callable[[Company, Any], Any]


def do(company: Company, wanted: Mapping[str, Any]) -> Record:
    """Run edits by name; returns what each gave.

    Raises:
        ValueError: there is no such edit.
        Refused: the books do not allow it.
    """
    unknown = sorted(set(wanted) - set(EDITS))
    if unknown:
        raise ValueError(f"no such edit: {', '.join(unknown)}; there are {', '.join(EDITS)}")
    switches = company.switches
    try:
        with company.unit():
            return {name: EDITS[name](company, argument) for name, argument in wanted.items()}
    except BaseException:
        company.switches = switches
        raise


def _close_books(company: Company, day: str | None) -> str | None:
    """Close the books through a day, or open them with null."""
    record = company.tables["Preferences"].records["1"]
    info = dict(record["AccountingInfoPrefs"])
    info.pop("BookCloseDate", None)
    closed = info | ({"BookCloseDate": day} if day else {})
    company.write("Preferences", record | {"AccountingInfoPrefs": closed})
    return day


def _preferences(company: Company, parts: Mapping[str, Any]) -> Record:
    record = company.tables["Preferences"].records["1"]
    body = {"Id": "1", "SyncToken": record["SyncToken"], "sparse": True} | dict(parts)
    return write(company, ENTITIES["Preferences"], body, Options())


def _subscription(company: Company, status: str) -> str:
    """Set SubscriptionStatus; EXPIRED, RESTRICTED, SUSPENDED and CANCELED make it read-only."""
    record = company.tables["CompanyInfo"].records["1"]
    pairs = [
        pair | {"Value": status} if pair["Name"] == "SubscriptionStatus" else pair
        for pair in record["NameValue"]
    ]
    company.write("CompanyInfo", record | {"NameValue": pairs})
    return status


def _switches(company: Company, changes: Mapping[str, Any]) -> Mapping[str, Any]:
    native = {
        name: int(value) if type(value).__name__ == "Decimal" else value
        for name, value in changes.items()
    }
    company.switches = company.switches.switched(native)
    return native


def _named(company: Company, wanted: Mapping[str, Any]) -> tuple[str, Record]:
    entity = str(wanted["entity"])
    if entity not in ENTITIES:
        raise ValueError(f"no such entity: {entity}")
    return entity, existing(company, ENTITIES[entity], str(wanted["id"]))


def _key(record: Record) -> Record:
    return {"Id": record["Id"], "SyncToken": record["SyncToken"], "sparse": True}


def _create(company: Company, wanted: Mapping[str, Any]) -> Record:
    return write(company, ENTITIES[wanted["entity"]], wanted["body"], Options())


def _edit(company: Company, wanted: Mapping[str, Any]) -> Record:
    entity, record = _named(company, wanted)
    return write(company, ENTITIES[entity], _key(record) | dict(wanted["body"]), Options())


def _deactivate(company: Company, wanted: Mapping[str, Any]) -> Record:
    return _edit(company, dict(wanted) | {"body": {"Active": False}})


def _void(company: Company, wanted: Mapping[str, Any]) -> Record:
    entity, record = _named(company, wanted)
    operation, include = ENTITIES[entity].void or ("void", "")
    options = Options(operation, frozenset({include} - {""}))
    return write(company, ENTITIES[entity], _key(record), options)


def _delete(company: Company, wanted: Mapping[str, Any]) -> Record:
    entity, record = _named(company, wanted)
    return write(company, ENTITIES[entity], _key(record), Options("delete"))


def _deposit(company: Company, wanted: Mapping[str, Any]) -> Record:
    """Put payments (ids) into a bank account (35 unless given)."""
    lines = []
    for key in wanted["payments"]:
        payment = existing(company, ENTITIES["Payment"], str(key))
        link = {"TxnId": payment["Id"], "TxnType": "Payment"}
        lines.append({"Amount": payment["TotalAmt"], "LinkedTxn": [link]})
    account = {"value": str(wanted.get("account", "35"))}
    body = {"DepositToAccountRef": account, "Line": lines}
    return write(company, ENTITIES["Deposit"], body, Options())


def _merge(company: Company, wanted: Mapping[str, Any]) -> Record:
    """Merge one customer into another: its transactions move, its id is gone."""
    loser, winner = str(wanted["from"]), str(wanted["into"])
    existing(company, ENTITIES["Customer"], loser)
    existing(company, ENTITIES["Customer"], winner)
    for name, table in company.tables.items():
        if "CustomerRef" not in table.entity.indexed:
            continue
        for record in table.find("CustomerRef", loser):
            company.write(name, _reposted(record, loser, winner) | {"CustomerRef": winner})
    for entry in list(company.tables["JournalEntry"]):
        if any(who == loser for _, who, _ in entry.get("_postings", ())):
            company.write("JournalEntry", _reposted(entry, loser, winner), edited=False)
    for payment in list(company.tables["Payment"]):
        if any(who == loser for _, who, _ in payment.get("_postings", ())):
            again = effects(company, payment, payment["Line"], payment["UnappliedAmt"])
            company.write("Payment", payment | again, edited=False)
    company.remove("Customer", loser)
    record = company.tables["Customer"].records[winner]
    return shown(company, ENTITIES["Customer"], record)


def _reposted(record: Record, loser: str, winner: str) -> Record:
    """A record whose journal lines name another customer."""
    postings = [
        (account, winner if who == loser else who, amount)
        for account, who, amount in record.get("_postings", ())
    ]
    return record | {"_postings": postings}


EDITS: Mapping[str, Edit] = {
    "switches": _switches,
    "close_books": _close_books,
    "preferences": _preferences,
    "subscription": _subscription,
    "create": _create,
    "edit": _edit,
    "deactivate": _deactivate,
    "void": _void,
    "delete": _delete,
    "deposit": _deposit,
    "merge": _merge,
}
