"""A form's PDF is a PDF, and says what the form says."""

import re

from tests.sandbox_qbo.kit import Books, line


def assert_whole(pdf: bytes) -> None:
    """Every object lies where the table of places says, and every stream is as long as it says."""
    assert pdf.startswith(b"%PDF-1.4\n")
    start = int(pdf.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    places = re.findall(rb"(\d{10}) 00000 n \n", pdf[start:])
    for number, place in enumerate(places, 1):
        assert pdf[int(place) :].startswith(b"%d 0 obj\n" % number)
    for length, body in re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", pdf, re.DOTALL):
        assert int(length) == len(body)


async def test_an_invoice_prints_its_customer_lines_and_totals(books: Books) -> None:
    customer = await books.customer("Söhne (Hauling)")
    made = await books.invoice(customer, 412.5, DocNumber="7001")
    answer = await books.send("GET", f"invoice/{made['Id']}/pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert_whole(answer.content)
    for text in ("(Invoice 7001)", r"(To: Söhne \(Hauling\))", "(Services)", "(412.50)"):
        assert text.encode("cp1252") in answer.content


async def test_a_long_invoice_prints_on_several_pages(books: Books) -> None:
    lines = [line(10, Qty=1) | {"Description": "Long " * 40} for _ in range(60)]
    made = await books.invoice(await books.customer(), Line=lines)
    answer = await books.send("GET", f"invoice/{made['Id']}/pdf")
    assert_whole(answer.content)
    assert answer.content.count(b"/Type /Page ") > 5


async def test_there_is_no_pdf_of_what_is_not_there(books: Books) -> None:
    answer = await books.send("GET", "invoice/999/pdf")
    assert answer.status_code == 400
    assert answer.json()["Fault"]["Error"][0]["code"] == "610"
