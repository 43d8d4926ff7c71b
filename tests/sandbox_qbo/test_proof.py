"""The books' proof sees what is wrong; the description describes what is there."""

from decimal import Decimal

from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.proof import prove
from tests.sandbox_qbo.kit import Books


async def test_the_proof_adds_up_what_was_done(books: Books) -> None:
    customer = await books.customer()
    invoice = await books.invoice(customer, 100)
    await books.payment(customer, 150, {invoice["Id"]: 100})
    proof = (await books.http.get("/sandbox/proof")).json()
    assert (proof["balanced"], proof["wrong"]) == (True, [])
    assert proof["debits"] == proof["credits"] == 150
    assert proof["receivable"] == proof["open_documents"] == -50
    assert proof["journal_lines"] == 5


async def test_the_proof_trusts_no_balance_that_was_kept(books: Books) -> None:
    company = books.company
    customer = await books.customer()
    invoice = await books.invoice(customer, 100)
    company.tables["Invoice"].records[invoice["Id"]]["Balance"] = Decimal(99)
    company.tables["Customer"].records[customer]["Balance"] = Decimal(98)
    company.accounts["79"] += 1
    wrong = "; ".join(prove(company)["wrong"])
    for text in ("account 79", "receivable is 100", f"customer {customer} shows 98"):
        assert text in wrong


async def test_a_company_that_is_not_there_has_no_proof(books: Books) -> None:
    answer = await books.http.get("/sandbox/proof", params={"realm": "1"})
    assert answer.status_code == 400


async def test_the_description_knows_every_entity(books: Books) -> None:
    told = (await books.http.get("/sandbox/openapi.json")).json()
    assert told["servers"] == [{"url": f"http://qbo.test/v3/company/{books.realm}"}]
    schemas = told["components"]["schemas"]
    for name, entity in ENTITIES.items():
        assert set(entity.by_name) <= set(schemas[name]["properties"])
        assert (f"/{name.lower()}" in told["paths"]) is entity.writable
    assert schemas["ItemId"]["anyOf"][0] == {"enum": ["1"]}
