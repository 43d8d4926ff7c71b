"""Files and notes: what they may hang on, and where a file is fetched."""

from __future__ import annotations

from sandbox.qbo.change import Change
from sandbox.qbo.company import Company
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.fault import Refused, business, missing
from sandbox.qbo.fields import Record
from sandbox.qbo.rules.kinds import Rules


def _hung(change: Change) -> None:
    draft, company = change.draft, change.company
    if not draft.get("FileName") and not draft.get("Note"):
        raise Refused([missing("FileName")])
    for one in draft.get("AttachableRef", ()):
        target = one.get("EntityRef") or {}
        kind, key = target.get("type", ""), target.get("value", "")
        if kind not in ENTITIES or company.get(kind, key) is None:
            text = "The entity {0} that you are trying to link does not exist. {0}"
            raise business(text.format(f"{kind} {key}".strip()))
        one.setdefault("IncludeOnSend", False)


def _fetched(company: Company, record: Record) -> Record:
    """A file shows where it lies; a note has no file."""
    if "_content" not in record:
        return record
    key = record["Id"]
    return record | {
        "FileAccessUri": f"/v3/company/{company.realm}/download/{key}",
        "TempDownloadUri": f"{company.address}/files/{company.realm}/{key}/{record['_secret']}",
    }


RULES = {"Attachable": Rules(complete=(_hung,), view=_fetched)}
