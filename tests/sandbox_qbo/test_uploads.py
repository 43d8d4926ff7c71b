"""Files: multipart bodies as real clients write them, and the way back."""

from __future__ import annotations

import base64
import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.qbo.fault import Refused
from sandbox.qbo.uploads import parts_of
from sandbox.qbo.wire import write_json
from tests.sandbox_qbo.kit import Books, Json, Refusal, examples

FILE = b"<ticket>\r\n\r\n12 tons\n</ticket>\n"
MARK = "-----------RubyMultipartPost-9c1a"


def multipart(
    about: Json | None, file: bytes = FILE, *, end: str = "\r\n", packed: bool = False
) -> tuple[bytes, str]:
    """A body of one file as some client writes it, and its content type."""
    coding = "base64" if packed else "binary"
    content = base64.encodebytes(file) if packed else file
    pieces = []
    if about is not None:
        head = [
            'Content-Disposition: form-data; name="file_metadata_01"; filename="attachment.json"',
            "Content-Type: application/json",
        ]
        pieces.append((head, write_json(about).encode()))
    head = [
        'content-disposition: form-data; name="file_content_01"; filename="ticket.xml"',
        "Content-Type: text/xml",
        f"Content-Transfer-Encoding: {coding}",
    ]
    pieces.append((head, content))
    line = end.encode()
    body = b""
    for names, inner in pieces:
        body += f"--{MARK}{end}".encode() + end.join(names).encode() + line * 2 + inner + line
    return body + f"--{MARK}--{end}".encode(), f"multipart/form-data; boundary={MARK}"


async def upload(books: Books, body: bytes, media: str) -> Json:
    answer = await books.call("POST", "upload", content=body, headers={"Content-Type": media})
    found: Json = answer["AttachableResponse"][0]
    return found


def hung_on(key: str, kind: str = "Invoice") -> Json:
    return {"AttachableRef": [{"EntityRef": {"type": kind, "value": key}}], "Note": "Weighed"}


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("packed", [False, True])
async def test_a_file_comes_back_as_it_was_sent_whatever_the_form(
    books: Books, end: str, packed: bool
) -> None:
    invoice = await books.invoice(await books.customer())
    body, media = multipart(hung_on(invoice["Id"]), end=end, packed=packed)
    stored = (await upload(books, body, media))["Attachable"]
    assert (stored["FileName"], stored["ContentType"]) == ("ticket.xml", "text/xml")
    assert (stored["Size"], stored["Note"]) == (len(FILE), "Weighed")
    assert stored["Id"] == "5000000000000000001"
    link = {"EntityRef": {"value": invoice["Id"], "type": "Invoice"}, "IncludeOnSend": False}
    assert stored["AttachableRef"] == [link]
    assert (await books.http.get(stored["TempDownloadUri"])).content == FILE
    told = await books.send("GET", f"download/{stored['Id']}")
    assert told.headers["content-type"].startswith("text/plain")
    assert (await books.http.get(told.text)).content == FILE


async def test_a_file_is_not_given_to_who_does_not_know_its_address(books: Books) -> None:
    body, media = multipart(None)
    stored = (await upload(books, body, media))["Attachable"]
    address = stored["TempDownloadUri"]
    assert (await books.http.get(address[:-1])).status_code == 404


async def test_a_link_to_nothing_is_a_fault_inside_a_success(books: Books) -> None:
    body, media = multipart(hung_on("75", "Estimate"))
    fault = (await upload(books, body, media))["Fault"]["Error"][0]
    assert (fault["code"], fault["element"]) == ("6000", "")
    assert fault["Detail"].endswith(
        "The entity Estimate 75 that you are trying to link does not exist. Estimate 75"
    )


async def test_a_file_is_deleted_also_without_its_token(books: Books) -> None:
    body, media = multipart(None)
    key = (await upload(books, body, media))["Attachable"]["Id"]
    gone = await books.post("Attachable", {"Id": key}, operation="delete")
    assert gone == {"domain": "QBO", "status": "Deleted", "Id": key}
    with pytest.raises(Refusal) as refused:
        await books.call("GET", f"download/{key}")
    assert refused.value.code == "610"


async def test_what_hangs_on_a_record_is_asked_for_by_its_type_and_id(books: Books) -> None:
    customer = await books.customer()
    first, second = [(await books.invoice(customer))["Id"] for _ in range(2)]
    for key in (first, second):
        await books.post("Attachable", hung_on(key))
    found = await books.query(
        "select * from attachable where AttachableRef.EntityRef.Type = 'invoice' "
        f"and AttachableRef.EntityRef.value = '{second}'"
    )
    assert [one["Id"] for one in found["Attachable"]] == ["5000000000000000002"]


async def test_a_note_needs_no_file_and_has_none_to_fetch(books: Books) -> None:
    note = await books.post("Attachable", {"Note": "Call first"})
    assert "TempDownloadUri" not in note
    with pytest.raises(Refusal):
        await books.call("GET", f"download/{note['Id']}")


@pytest.mark.parametrize("media", ["", "multipart/form-data", "application/json"])
async def test_what_is_no_multipart_body_is_2010(books: Books, media: str) -> None:
    with pytest.raises(Refusal) as refused:
        await upload(books, b"--x\n\n", media)
    assert refused.value.code == "2010"


@settings(max_examples=examples(40), deadline=None)
@given(st.binary(max_size=80), st.text("-=x; \"'", max_size=9))
def test_no_body_breaks_the_reader(body: bytes, mark: str) -> None:
    with contextlib.suppress(Refused):
        assert isinstance(
            parts_of(b"--x\r\n" + body, f"multipart/form-data; boundary={mark}x"), list
        )
