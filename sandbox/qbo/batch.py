"""Batches: up to thirty independent operations in one request, each with its own outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.qbo import changes, search
from sandbox.qbo.company import Company
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.fault import Refused, business, not_parsed, refused
from sandbox.qbo.fields import Record
from sandbox.qbo.operations import Options, write

MOST = 30


def answer(company: Company, body: Any) -> Record:
    """The BatchItemResponse of a batch.

    Raises:
        Refused: 2010 or 1040; what is wrong with an item stands in its own answer.
    """
    items = body.get("BatchItemRequest") if isinstance(body, Mapping) else None
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise not_parsed()
    if len(items) > MOST:
        raise refused("1040", f"Batch size exceeds allowed limit. Max allowed : {MOST}", "")
    return {"BatchItemResponse": [_item(company, item) for item in items]}


def _item(company: Company, item: Mapping[str, Any]) -> Record:
    own = {"bId": str(item["bId"])} if item.get("bId") is not None else {}
    try:
        return _done(company, item) | own
    except Refused as refusal:
        fault = refusal.fault()
        fault["Error"] = [
            {**error, "element": error.get("element", "")} for error in fault["Error"]
        ]
        return {"Fault": fault} | own


def _done(company: Company, item: Mapping[str, Any]) -> Record:
    if isinstance(item.get("Query"), str):
        return {"QueryResponse": search.answer(company, item["Query"])}
    asked = item.get("CDCQuery")
    if isinstance(asked, Mapping):
        since = str(asked.get("ChangedSince", ""))
        return changes.answer(company, str(asked.get("Entities", "")), since)
    name = next((key for key in item if key in ENTITIES), None)
    if name is None:
        known = ("bId", "operation", "optionsData")
        odd = next((str(key) for key in item if key not in known), "")
        raise refused("2000", f"Invalid or unsupported object name : {odd}", "")
    entity = ENTITIES[name]
    options = frozenset(str(item.get("optionsData", "")).split(",")) - {""}
    operation = str(item.get("operation", "create"))
    if "void" in options and entity.void is not None:
        operation, include = entity.void
        options = frozenset({include} - {""})
    return {name: write(company, entity, item[name], Options(operation, options))}


def refused_again(body: Any) -> Record:
    """What a repeated batch was once reported to get: a 6000 for each item."""
    trouble = business(
        "An unexpected error occurred while accessing or saving your data. "
        "Please wait a few minutes and try again."
    )
    return {
        "BatchItemResponse": [
            {"Fault": trouble.fault(), "bId": str(item.get("bId", ""))}
            for item in body["BatchItemRequest"]
        ]
    }
