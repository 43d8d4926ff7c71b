"""Files: multipart uploads in the forms that real clients send, and downloads.

An upload holds pairs of parts, `file_metadata_01` (the Attachable as JSON) and
`file_content_01` (the file). Clients differ: lines end with CR LF or LF alone,
contents come binary or in base64, headers and names in any case and quoting.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal
from email.message import Message
from email.parser import HeaderParser

from sandbox.qbo.company import Company
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.fault import Refused, missing, not_parsed, refused
from sandbox.qbo.fields import Record
from sandbox.qbo.operations import Options, existing, shown, write
from sandbox.qbo.wire import read_json

_PART = re.compile(r"file_(metadata|content)_?(\w*)", re.IGNORECASE)
LARGEST = 100 * 2**20


@dataclass(frozen=True)
class Part:
    """One part of a multipart body."""

    name: str
    file_name: str
    media: str
    content: bytes


def parts_of(body: bytes, media: str) -> list[Part]:
    """The parts of a multipart body.

    Raises:
        Refused: 2010, it is no multipart body.
    """
    header = Message()
    header["Content-Type"] = media
    boundary = header.get_boundary()
    if not boundary:
        raise not_parsed()
    mark = re.escape(boundary.encode())
    pieces = re.split(rb"(?:\A|\r?\n)--" + mark + rb"(?:--)?[ \t]*(?:\r?\n|\Z)", body)
    return [_part(piece) for piece in pieces[1:] if piece.strip()]


def _part(piece: bytes) -> Part:
    head, _, content = _halves(piece)
    headers = HeaderParser().parsestr(head.decode("utf-8", "replace"))
    if (headers.get("Content-Transfer-Encoding") or "").strip().lower() == "base64":
        try:
            content = base64.b64decode(b"".join(content.split()), validate=True)
        except binascii.Error:
            raise not_parsed() from None
    disposition = headers.get("Content-Disposition", "")
    return Part(
        name=_parameter(disposition, "name"),
        file_name=_parameter(disposition, "filename"),
        media=(headers.get("Content-Type") or "").strip(),
        content=content,
    )


def _halves(piece: bytes) -> tuple[bytes, bytes, bytes]:
    """Headers and content; the blank line between them ends as the client's lines do."""
    breaks = [found for found in (b"\r\n\r\n", b"\n\n") if found in piece]
    if not breaks:
        return piece, b"", b""
    return piece.partition(min(breaks, key=piece.index))


def _parameter(disposition: str, name: str) -> str:
    pattern = rf'(?:^|;)\s*{name}\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)'
    found = re.search(pattern, disposition, re.IGNORECASE)
    if found is None:
        return ""
    text = found[1].strip()
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith('"') else text


def upload(company: Company, body: bytes, media: str) -> list[Record]:
    """Store every file of an upload; a file's outcome is its own, as in a batch.

    Raises:
        Refused: 2010 no multipart body, 2020 no file in it, 6030 a file that is too large.
    """
    about: dict[str, Part] = {}
    files: dict[str, Part] = {}
    for part in parts_of(body, media):
        found = _PART.fullmatch(part.name)
        if found is not None:
            kind = about if found[1].lower() == "metadata" else files
            kind[found[2]] = part
    if not files:
        raise Refused([missing("file_content")])
    return [_stored(company, files[key], about.get(key)) for key in files]


def _stored(company: Company, part: Part, about: Part | None) -> Record:
    try:
        if len(part.content) > LARGEST:
            raise refused("6030", "The file is larger than 100 MB.", "")
        return {"Attachable": _write(company, part, about)}
    except Refused as refusal:
        fault = refusal.fault()
        fault["Error"] = [
            {**error, "element": error.get("element", "")} for error in fault["Error"]
        ]
        return {"Fault": fault}


def _write(company: Company, part: Part, about: Part | None) -> Record:
    sent: Record = {}
    if about is not None:
        try:
            sent = read_json(about.content)
        except (ValueError, RecursionError):
            raise not_parsed() from None
        if not isinstance(sent, dict):
            raise not_parsed()
    body: Record = {"FileName": part.file_name or "file", "ContentType": part.media} | sent
    secret = hashlib.sha256(f"{company.realm}|{company.next_ids['attachables']}".encode())
    private = {
        "_content": base64.b64encode(part.content).decode(),
        "_secret": secret.hexdigest()[:32],
        "Size": Decimal(len(part.content)),
    }
    return write(company, ENTITIES["Attachable"], body, Options(), private)


def download(company: Company, key: str) -> str:
    """The address a file can be fetched from for a while, as text.

    Raises:
        Refused: 610, there is no such file.
    """
    record = existing(company, ENTITIES["Attachable"], key)
    found = shown(company, ENTITIES["Attachable"], record).get("TempDownloadUri")
    if found is None:
        raise refused("610", "Object Not Found : The attachable has no file.", "")
    return str(found)


def content(company: Company | None, key: str, secret: str) -> tuple[bytes, str] | None:
    """A file and its media type, for who knows its secret address."""
    record = company.get("Attachable", key) if company is not None else None
    if record is None or record.get("_secret") != secret:
        return None
    return base64.b64decode(record["_content"]), str(record.get("ContentType", ""))
