"""karellen-qbo-mcp's own tools, unmodified but for the base URL, against the practice company.

Runs in .venv-clients; gets the practice company's JSON line on standard input.
The tokens are put where its sign-in would leave them: it insists on HTTPS there.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from karellen_qbo_mcp import config, server
from karellen_qbo_mcp.entities import get_entity
from karellen_qbo_mcp.tokens import Tokens
from mcp.server.mcpserver.exceptions import ToolError
from steps import Steps, practice

Json = dict[str, Any]


def sign_in(told: Json, home: str) -> None:
    """Leave settings and tokens in a folder of its own."""
    os.environ[config.ENV_CONFIG_DIR] = home
    os.environ[config.ENV_CLIENT_ID] = told["client_id"]
    os.environ[config.ENV_CLIENT_SECRET] = told["client_secret"]
    config.API_BASE_URLS[config.SANDBOX] = told["qbo_url"]
    now = time.time()
    tokens = Tokens(
        told["realm_id"],
        told["access_token"],
        now + 3600,
        told["refresh_token"],
        now + 8640000,
        None,
        now,
    )
    server._get_runtime().store.save(tokens)


async def refusal(call: Any) -> str:
    """What a tool answers instead of doing it; empty if it did."""
    try:
        await call
    except ToolError as error:
        return str(error)
    return ""


def bill(customer: str, item: str, amount: float, **more: Any) -> Json:
    """An invoice with one line."""
    detail = {"ItemRef": {"value": item}, "Qty": 1, "UnitPrice": amount}
    line = {"Amount": amount, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": detail}
    return {"CustomerRef": {"value": customer}, "Line": [line]} | more


async def customers(steps: Steps) -> str:
    """Create, update, refuse what is stale; gives the customer's id."""
    name = f"O'Neil & Söhne {uuid.uuid4().hex[:8]}"
    made = await server.qbo_create("Customer", {"DisplayName": name})
    steps.holds("create a customer", made["SyncToken"] == "0")
    change = {"Id": made["Id"], "SyncToken": "0", "Notes": "Gate code 4711"}
    seen = await server.qbo_update("Customer", change, dry_run=True)
    steps.holds("preview an update", seen["sync_token_matches"], seen)
    changed = await server.qbo_update("Customer", change)
    same = (changed["SyncToken"], changed["DisplayName"]) == ("1", name)
    steps.holds("update it sparsely", same, changed)
    text = await refusal(server.qbo_update("Customer", change | {"Notes": "other"}))
    steps.holds("refuse a stale token", "5010" in text and "re-read" in text, text)
    escaped = name.replace("'", "\\'")
    found = await server.qbo_query(f"SELECT * FROM Customer WHERE DisplayName = '{escaped}'")
    steps.holds("find it by its quoted name", found["Customer"][0]["Id"] == made["Id"], found)
    return str(made["Id"])


async def invoices(steps: Steps, customer: str, item: str) -> None:
    """Create once by request id, pay, void, delete, mail, print."""
    client = server._get_runtime().client
    spec = get_entity("Invoice")
    request_id = client.new_request_id()
    body = bill(customer, item, 412.50, DocNumber=uuid.uuid4().hex[:12])
    first = await client.create(spec, body, request_id)
    again = await client.create(spec, body, request_id)
    steps.holds("replay a request id", first == again)
    link = {"TxnId": first["Id"], "TxnType": "Invoice"}
    pay = {"CustomerRef": {"value": customer}, "TotalAmt": 412.50}
    pay["Line"] = [{"Amount": 412.50, "LinkedTxn": [link]}]
    payment = await server.qbo_create("Payment", pay)
    now = await server.qbo_get("Invoice", first["Id"])
    steps.holds("pay it", now["Balance"] == 0 and now["LinkedTxn"][0]["TxnId"] == payment["Id"])
    await server.qbo_void("Payment", payment["Id"], payment["SyncToken"])
    now = await server.qbo_get("Invoice", first["Id"])
    steps.holds("void the payment", now["Balance"] == 412.5, now)
    with tempfile.TemporaryDirectory() as folder:
        target = str(Path(folder, "invoice.pdf"))
        printed = await server.qbo_download_pdf("Invoice", first["Id"], target)
        steps.holds("print it", printed["bytes"] > 500, printed)
    sent = await server.qbo_send("Invoice", first["Id"], "pat@example.com")
    steps.holds("mail it", sent["EmailStatus"] == "EmailSent")
    voided = await server.qbo_void("Invoice", first["Id"], sent["SyncToken"])
    steps.holds("void it", voided["TotalAmt"] == 0)
    gone = await server.qbo_delete("Invoice", first["Id"], voided["SyncToken"])
    steps.holds("delete it", gone["status"] == "Deleted")
    text = await refusal(server.qbo_get("Invoice", first["Id"]))
    steps.holds("not find it any more", "610" in text, text)


async def many(steps: Steps, customer: str, item: str) -> None:
    """A batch of every kind, all pages of a query, what changed since."""
    since = (datetime.now(UTC) - timedelta(minutes=1)).isoformat("T", "seconds")
    creates = [
        {"operation": "create", "entity": "Invoice", "data": bill(customer, item, 10 + n)}
        for n in range(27)
    ]
    asked = {"query": f"SELECT COUNT(*) FROM Invoice WHERE CustomerRef = '{customer}'"}
    wrong = {"operation": "create", "entity": "Invoice", "data": bill("999999", item, 1)}
    results = await server.qbo_batch([*creates, wrong, asked])
    made = [one["result"]["Id"] for one in results[:27]]
    steps.holds("create 27 in a batch", len(set(made)) == 27)
    steps.holds("one item's fault stays its own", "fault" in results[27], results[27])
    steps.holds("query in a batch", results[28]["result"]["totalCount"] == 27, results[28])
    data = {"Id": made[0], "SyncToken": "0"}
    noted = data | {"PrivateNote": "x"}
    update = {"operation": "update", "entity": "Invoice", "data": noted}
    delete = {"operation": "delete", "entity": "Invoice", "data": data | {"Id": made[1]}}
    done = await server.qbo_batch([update, delete])
    steps.holds("update and delete in a batch", all("fault" not in one for one in done), done)
    where = f"SELECT * FROM Invoice WHERE CustomerRef = '{customer}'"
    paged = await server.qbo_query(where, fetch_all=True)
    steps.holds("read every page", paged["count"] == 26 and not paged["truncated"], paged["count"])
    answer = await server.qbo_cdc(["Invoice", "Customer"], since)
    groups = answer[0]["QueryResponse"]
    changed = {one["Id"]: one.get("status") for one in groups[0]["Invoice"]}
    steps.holds("see changes and deletions", changed[made[1]] == "Deleted" and made[2] in changed)
    report = await server.qbo_report("ProfitAndLoss")
    steps.holds("flatten a report", bool(report.get("rows")), report)


async def run(told: Json) -> None:
    """Every step in order."""
    steps = Steps("karellen-qbo-mcp")
    about = await server.qbo_get("CompanyInfo")
    steps.holds("read the company", about["CompanyName"] == told["companies"][0]["name"])
    steps.holds("read preferences", "SalesFormsPrefs" in await server.qbo_get("Preferences"))
    items = await server.qbo_query("SELECT * FROM Item WHERE Type = 'Service' MAXRESULTS 1")
    item = items["Item"][0]["Id"]
    customer = await customers(steps)
    await invoices(steps, customer, item)
    await many(steps, customer, item)
    now = await server.qbo_get("Customer", customer)
    text = await refusal(server.qbo_deactivate("Customer", customer, now["SyncToken"]))
    steps.holds("keep a customer who owes", "6220" in text, text)
    idle = await server.qbo_create("Customer", {"DisplayName": f"Idle {uuid.uuid4().hex[:8]}"})
    away = await server.qbo_deactivate("Customer", idle["Id"], idle["SyncToken"])
    steps.holds("deactivate one who does not", away["Active"] is False)
    steps.end()
    await server._get_runtime().aclose()


def main() -> None:
    """Sign in and go."""
    told = practice()
    with tempfile.TemporaryDirectory() as home:
        sign_in(told, home)
        asyncio.run(run(told))


if __name__ == "__main__":
    main()
