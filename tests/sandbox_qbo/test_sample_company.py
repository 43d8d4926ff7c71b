"""Intuit's sample company: what the documentation's examples name is there under its id."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from sandbox.main import SandboxOptions, running, sample_opener
from sandbox.qbo.app import build
from sandbox.qbo.entities import BY_PATH
from sandbox.qbo.wire import ZERO
from sandbox.qbo.world import World
from tests.sandbox_qbo.kit import CLIENT, REALM, Books, frozen_clock


@pytest_asyncio.fixture
async def sample() -> AsyncIterator[Books]:
    """The sample company behind the API."""
    world = World({REALM: sample_opener()}, frozen_clock())
    world.begin()
    token = world.tokens.connect(REALM, CLIENT)["access_token"]
    transport = httpx.ASGITransport(build(world), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://qbo.test") as http:
        yield Books(world, http, REALM, token)


KNOWN = [
    ("Customer", "1", "DisplayName", "Amy's Bird Sanctuary"),
    ("Customer", "2", "DisplayName", "Bill's Windsurf Shop"),
    ("Customer", "3", "DisplayName", "Cool Cars"),
    ("Customer", "9", "FullyQualifiedName", "Freeman Sporting Goods:55 Twin Lane"),
    ("Customer", "20", "DisplayName", "Red Rock Diner"),
    ("Customer", "24", "DisplayName", "Sonnenschein Family Store"),
    ("Vendor", "49", "DisplayName", "Robertson & Associates"),
    ("Employee", "55", "DisplayName", "Emily Platt (deleted)"),
    ("Item", "1", "Name", "Services"),
    ("Item", "3", "Name", "Concrete"),
    ("Item", "4", "Name", "Design"),
    ("Item", "5", "Name", "Rock Fountain"),
    ("Item", "10", "Name", "Pest Control"),
    ("Item", "11", "Name", "Pump"),
    ("Account", "4", "Name", "Undeposited Funds"),
    ("Account", "5", "Name", "Fees Billed (deleted)"),
    ("Account", "33", "Name", "Accounts Payable (A/P)"),
    ("Account", "35", "Name", "Checking"),
    ("Account", "79", "Name", "Sales of Product Income"),
    ("Account", "84", "Name", "Accounts Receivable (A/R)"),
    ("Term", "3", "Name", "Net 30"),
    ("PaymentMethod", "2", "Name", "Check"),
    ("TaxCode", "2", "Name", "California"),
    ("TaxRate", "3", "RateValue", Decimal(8)),
    ("Invoice", "70", "DocNumber", "1024"),
    ("Invoice", "130", "DocNumber", "1037"),
    ("Estimate", "48", "TxnStatus", "Closed"),
    ("SalesReceipt", "17", "SyncToken", "4"),
]


@pytest.mark.parametrize(("entity", "key", "attribute", "value"), KNOWN)
async def test_what_examples_name_is_there_under_its_id(
    sample: Books, entity: str, key: str, attribute: str, value: object
) -> None:
    assert (await sample.get(entity, key))[attribute] == value


async def test_every_list_has_rows(sample: Books) -> None:
    for path in BY_PATH:
        assert await sample.query(f"select * from {path}") != {}, path


async def test_its_balances_are_the_known_ones_and_follow_from_its_transactions(
    sample: Books,
) -> None:
    company = sample.company
    assert sum(company.accounts.values()) == 0
    owed = sum((one["Balance"] for one in company.tables["Customer"]), ZERO)
    owing = sum((one["Balance"] for one in company.tables["Vendor"]), ZERO)
    assert (owed, company.accounts["84"]) == (Decimal("5204.02"), Decimal("5204.02"))
    assert (owing, company.accounts["33"]) == (Decimal("58115.55"), Decimal("-58115.55"))
    assert (await sample.get("Customer", "1"))["Balance"] == Decimal("639.00")
    assert (await sample.get("Vendor", "40"))["Balance"] == Decimal("52200.00")


async def test_the_ledger_of_every_list_can_be_read(sample: Books) -> None:
    told = (await sample.http.get("/sandbox/ledger")).json()
    assert len(told["Invoice"]) == 35 + 1
    assert next(one for one in told["Invoice"] if one["Id"] == "129")["status"] == "Deleted"
    assert list(told["RecurringTransaction"][0]) == ["Bill"]


async def test_its_numbers_go_on_where_the_examples_do(sample: Books) -> None:
    made = await sample.invoice("1")
    assert (made["Id"], made["DocNumber"]) == ("266", "1043")
    assert made["CustomField"] == [{"DefinitionId": "1", "Name": "Crew #", "Type": "StringType"}]
    assert await sample.customer("Doe5, Jane") == "70"


async def test_an_invoice_of_the_old_tax_model_shows_rate_and_base(sample: Books) -> None:
    detail = (await sample.get("Invoice", "130"))["TxnTaxDetail"]
    assert detail["TotalTax"] == Decimal("26.82")
    assert detail["TaxLine"][0]["TaxLineDetail"] == {
        "TaxRateRef": {"value": "3"},
        "PercentBased": True,
        "TaxPercent": Decimal(8),
        "NetAmountTaxable": Decimal("335.25"),
    }


async def test_companies_stand_side_by_side_each_with_its_own_tokens() -> None:
    options = SandboxOptions(company="rolloff,intuit-sample", invoices=40)
    async with running(options) as handle, httpx.AsyncClient(trust_env=False) as http:
        rolloff, sample = handle.companies
        assert (rolloff["realm_id"], sample["realm_id"]) == (REALM, "9130000000000002")
        assert sample["name"] == "Sandbox Company_US_1"
        for opened, wanted in ((rolloff, 200), (sample, 403)):
            answer = await http.get(
                f"{handle.qbo_url}/v3/company/{REALM}/companyinfo/{REALM}",
                headers={"Authorization": f"Bearer {opened['access_token']}"},
            )
            assert answer.status_code == wanted


async def test_a_company_that_joins_a_kept_state_begins_from_its_seed(tmp_path: Path) -> None:
    alone = SandboxOptions(company="rolloff", invoices=20, state=tmp_path / "books.db")
    async with running(alone) as handle:
        before = handle.qbo.companies[REALM].info("SandboxBirthId")
    async with running(replace(alone, company="rolloff,intuit-sample")) as handle:
        first, second = handle.qbo.companies.values()
        assert first.info("SandboxBirthId") == before
        assert second.accounts["84"] == Decimal("5204.02")


async def test_a_company_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="no company 'acme'"):
        async with running(SandboxOptions(company="rolloff,acme")):
            pass
