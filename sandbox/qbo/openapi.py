"""The API described as OpenAPI 3.1, from the same data that the server works from.

For fuzzers, generators and readers. It says what may be sent and what comes
back; rules of the books (a payment line above an invoice's balance) have no
place in it, they answer 400 with a Fault.
"""

from __future__ import annotations

from decimal import Decimal
from functools import singledispatch
from itertools import islice
from typing import Any, TypeAlias

from sandbox.qbo.company import Company
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.entity import Entity
from sandbox.qbo.fields import Choice, Day, Field, Flag, Number, Record, Text
from sandbox.qbo.objects import Group, Ref
from sandbox.qbo.reports import REPORTS
from sandbox.qbo.table import Table

Schema: TypeAlias = dict[str, Any]

_ID: Schema = {"type": "string", "pattern": "^([0-9]{1,9}|TAX|NON)$"}
_KNOWN = 5
"""Ids of each list that the description names, so that what is generated from it fits."""
_WANTED = {
    "Amount",
    "CustomerRef",
    "DetailType",
    "DisplayName",
    "ItemRef",
    "Line",
    "Name",
    "TotalAmt",
    "VendorRef",
}
"""Attributes that rules, not the description, ask of whatever has them when it is created."""
_DATE = r"^20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$"
_MANY = Decimal(10) ** 9
"""Beyond a billion JSON numbers that are read as binary lose cents."""
_STATEMENTS = (
    "select * from Invoice where TxnDate >= '2026-01-01' orderby TxnDate desc maxresults 10",
    "select count(*) from Customer where Active in (true, false)",
    "select * from Item where Name like '%Dumpster%' startposition 2",
)
_FAULT: Schema = {
    "type": "object",
    "required": ["Fault"],
    "properties": {
        "Fault": {
            "type": "object",
            "required": ["Error", "type"],
            "properties": {
                "Error": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["Message", "code"],
                        "properties": {
                            "Message": {"type": "string"},
                            "Detail": {"type": "string"},
                            "code": {"type": "string"},
                            "element": {"type": "string"},
                        },
                    },
                },
                "type": {"type": "string"},
            },
        },
        "time": {"type": "string"},
    },
}
_PRINTED = ("Invoice", "Estimate", "SalesReceipt")


def description(address: str, company: Company) -> Record:
    """The OpenAPI document of one company's API at an address."""
    paths: dict[str, Any] = {}
    for entity in ENTITIES.values():
        paths |= _entity_paths(entity)
    for name in _PRINTED:
        paths |= _form_paths(name)
    paths |= _whole_paths()
    return {
        "openapi": "3.1.0",
        "info": {"title": "Practice QuickBooks Online", "version": "3"},
        "servers": [{"url": f"{address}/v3/company/{company.realm}"}],
        "security": [{"oauth": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"oauth": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Fault": _FAULT}
            | {name: _whole(entity) for name, entity in ENTITIES.items()}
            | {f"{name}Id": _ids(table) for name, table in company.tables.items()}
            | {f"{name}Known": _known(table) for name, table in company.tables.items()},
        },
    }


def _known(table: Table) -> Schema:
    """The id of something active in a table, which is what a reference takes; none if it is empty.

    A few stand for all, so that what is generated from the description refers to the same.
    """
    active = (key for key, one in table.records.items() if one.get("Active") is not False)
    known = list(islice(active, _KNOWN))
    return {"enum": known} if known else {"not": {}}


def _ids(table: Table) -> Schema:
    """An id of a table: one that is there now, or any."""
    known = list(islice(table.records, _KNOWN))
    return {"anyOf": [{"enum": known}, _ID]} if known else _ID


def _id_of(name: str) -> Record:
    return _in_path("id", {"$ref": f"#/components/schemas/{name}Id"})


def _entity_paths(entity: Entity) -> Record:
    path = f"/{entity.name.lower()}"
    whole: Schema = {"$ref": f"#/components/schemas/{entity.name}"}
    answer: Schema = {"type": "object", "properties": {entity.name: {"type": "object"}}}
    made = f"$response.body#/{entity.name}/Id"
    responses = _responses(answer)
    responses["200"]["links"] = {
        "read": {"operationId": f"read{entity.name}", "parameters": {"id": made}}
    }
    write = {
        "operationId": f"write{entity.name}",
        "parameters": [
            _in_query("operation", {"enum": _operations(entity)}),
            _in_query("include", {"enum": ["allowduplicatedocnum", "void"]}),
            _in_query("requestid", {"type": "string", "pattern": "^[A-Za-z0-9-]{6,50}$"}),
        ],
        "requestBody": {"required": True, "content": _json(whole)},
        "responses": responses,
    }
    read = {
        "operationId": f"read{entity.name}",
        "parameters": [_id_of(entity.name)],
        "responses": _responses(answer),
    }
    written = {path: {"post": write}} if entity.writable else {}
    return {**written, f"{path}/{{id}}": {"get": read}}


def _operations(entity: Entity) -> list[str]:
    removed = ["delete"] if entity.removal == "delete" else []
    voided = [entity.void[0]] if entity.void else []
    return list(dict.fromkeys(["update", *removed, *voided]))


def _form_paths(name: str) -> Record:
    """Printing and mailing a sales form."""
    path = f"/{name.lower()}/{{id}}"
    printed = _responses({"type": "string"}, "application/pdf")
    send = {
        "operationId": f"send{name}",
        "parameters": [_id_of(name), _in_query("sendTo", {"type": "string"})],
        "responses": _responses({"type": "object"}),
    }
    pdf = {
        "operationId": f"print{name}",
        "parameters": [_id_of(name)],
        "responses": printed,
    }
    return {f"{path}/pdf": {"get": pdf}, f"{path}/send": {"post": send}}


def _whole_paths() -> Record:
    """What is asked of the company as a whole."""
    statement: Schema = {"type": "string", "examples": list(_STATEMENTS)}
    asked = _in_query("query", statement, required=True)
    text = {"text/plain": {"schema": statement}}
    answer: Schema = {"type": "object"}
    entities = {"type": "string", "examples": ["Invoice,Payment", "Customer"]}
    since = {"type": "string", "examples": ["2026-01-01T00:00:00Z", "2026-11-20"]}
    days = [_in_query(name, {"type": "string", "pattern": _DATE}) for name in _REPORT_DAYS]
    report = _in_path("name", {"enum": sorted(REPORTS)})
    tax_code = {"type": "object", "required": ["TaxCode", "TaxRateDetails"]}
    return {
        "/query": {
            "get": _operation("query", answer, [asked]),
            "post": _operation("queryByBody", answer, [], text),
        },
        "/cdc": {
            "get": _operation(
                "changes",
                answer,
                [
                    _in_query("entities", entities, required=True),
                    _in_query("changedSince", since, required=True),
                ],
            )
        },
        "/batch": {"post": _operation("batch", answer, [], _json(_batch()))},
        "/reports/{name}": {"get": _operation("report", answer, [report, *days])},
        "/taxservice/taxcode": {"post": _operation("makeTaxCode", answer, [], _json(tax_code))},
    }


_REPORT_DAYS = ("start_date", "end_date", "report_date")


def _batch() -> Schema:
    item = {
        "type": "object",
        "required": ["bId"],
        "properties": {
            "bId": {"type": "string"},
            "operation": {"enum": ["create", "update", "delete"]},
            "optionsData": {"type": "string", "examples": ["void"]},
            "Query": {"type": "string", "examples": list(_STATEMENTS)},
            **{
                name: {"$ref": f"#/components/schemas/{name}"}
                for name in ("Customer", "Invoice", "Payment")
            },
        },
    }
    return {
        "type": "object",
        "required": ["BatchItemRequest"],
        "properties": {"BatchItemRequest": {"type": "array", "maxItems": 30, "items": item}},
    }


def _operation(
    name: str, answer: Schema, parameters: list[Record], content: Record | None = None
) -> Record:
    body = {"requestBody": {"required": True, "content": content}} if content else {}
    return {"operationId": name, "parameters": parameters, "responses": _responses(answer)} | body


def _responses(answer: Schema, media: str = "application/json") -> Record:
    fault = _json({"$ref": "#/components/schemas/Fault"})
    return {
        "200": {"description": "Done", "content": {media: {"schema": answer}}},
        "400": {"description": "Refused, with the reason", "content": fault},
        "401": {"description": "The token is not good"},
        "403": {"description": "The token is another company's"},
        "429": {"description": "Too many requests"},
    }


def _json(schema: Schema) -> Record:
    return {"application/json": {"schema": schema}}


def _in_query(name: str, schema: Schema, *, required: bool = False) -> Record:
    return {"name": name, "in": "query", "required": required, "schema": schema}


def _in_path(name: str, schema: Schema) -> Record:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _whole(entity: Entity) -> Schema:
    """An entity as it is written: without an Id it is new, with one it is there."""
    schema = _object(entity.body)
    schema["properties"] |= {
        "Id": {"$ref": f"#/components/schemas/{entity.name}Known"},
        "SyncToken": {"type": "string", "pattern": "^[0-9]{1,3}$"},
    }
    return schema


def _object(group: Group) -> Schema:
    """A group's attributes; those that are taken and not kept are left out."""
    properties: Schema = {field.name: _described(field) for field in group.fields}
    needed = [
        field.name
        for field in group.fields
        if field.required or (field.name in _WANTED and not field.read_only)
    ]
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | ({"required": needed} if needed else {})


def _described(field: Field) -> Schema:
    """One attribute: its values' schema, as an array where there are many."""
    schema = _schema(field)
    if field.many:
        least = 1 if field.required or field.name in _WANTED else 0
        schema = {"type": "array", "items": schema, "minItems": least}
    return schema | ({"readOnly": True} if field.read_only else {})


@singledispatch
def _schema(field: Field) -> Schema:
    """The schema of one value; anything goes where nothing is known."""
    return {}


@_schema.register
def _(field: Text) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": field.longest}


@_schema.register
def _(field: Number) -> Schema:
    most, least = min(field.high, _MANY), max(field.low, -_MANY)
    return {"type": "number", "minimum": int(least), "maximum": int(most), "multipleOf": 0.01}


@_schema.register
def _(field: Flag) -> Schema:
    return {"type": "boolean"}


@_schema.register
def _(field: Day) -> Schema:
    return {"type": "string", "pattern": _DATE}


@_schema.register
def _(field: Choice) -> Schema:
    return {"enum": list(field.options)}


@_schema.register
def _(field: Ref) -> Schema:
    known = field.target in ENTITIES
    value = {"$ref": f"#/components/schemas/{field.target}Known"} if known else {"type": "string"}
    properties: Schema = {"value": value, "name": {"type": "string"}}
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | {"required": ["value"]}


@_schema.register
def _(field: Group) -> Schema:
    return _object(field)
