"""Answers that are no answers: from a broken server, a proxy in between, or somebody worse.

Whatever comes back, a write that was sent ends refused, not executed or unclear, never in
an error of ours; what is logged of it has no words from outside.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from connectors.qbo.answers import LONGEST_RETRY_AFTER, read_answer
from connectors.qbo.faults import (
    QboError,
    QboForbidden,
    QboRefused,
    QboThrottled,
    QboUnauthorized,
    QboUnclear,
)
from core.text import display

WORDS = "Acme Roll-Off \x1b[2J"
"""What must not reach the log."""
_ESCAPED = WORDS.replace("\x1b", "\\u001b")


@dataclass(frozen=True)
class Answer:
    """An answer of HTTP, and what it must be taken for."""

    status: int
    body: bytes
    taken_for: type[QboError]
    headers: dict[str, str] = field(default_factory=dict)


def _fault(code: str = '"6240"', detail: str = _ESCAPED) -> bytes:
    return b'{"Fault":{"Error":[{"code":%s,"Message":"x","Detail":"%s"}]}}' % (
        code.encode(),
        detail.encode(),
    )


def _laughs(encoding: str) -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    text = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><Fault><Error>&j;</Error></Fault>'
    return text.encode(encoding)


CASES: dict[str, Answer] = {
    "escapes_in_a_fault": Answer(400, _fault(), QboRefused),
    "fault_in_a_200": Answer(200, _fault(), QboRefused),
    "fault_with_a_number_for_a_code": Answer(400, _fault("6240"), QboRefused),
    "fault_with_an_object_for_a_code": Answer(400, _fault('{"a":[1]}'), QboRefused),
    "fault_without_a_list": Answer(400, b'{"Fault":{"Error":"no"}}', QboRefused),
    "fault_that_is_a_list": Answer(400, b'{"Fault":[1,2]}', QboUnclear),
    "fault_of_nulls": Answer(400, b'{"Fault":{"Error":[null,null]}}', QboRefused),
    "a_hundred_thousand_errors": Answer(
        400, b'{"Fault":{"Error":[' + b"{}," * 99_999 + b"{}]}}", QboRefused
    ),
    "fault_of_a_gigantic_text": Answer(400, _fault(detail="x" * 5_000_000), QboRefused),
    "deep_json": Answer(200, b"[" * 200_000, QboUnclear),
    "deep_json_fault": Answer(400, b'{"Fault":' * 50_000, QboUnclear),
    "no_number": Answer(200, b'{"Invoice":{"TotalAmt":NaN}}', QboUnclear),
    "endless_number": Answer(200, b'{"Invoice":' + b"9" * 10_000 + b"}", QboUnclear),
    "a_list": Answer(200, b"[]", QboUnclear),
    "a_text": Answer(200, b'"done"', QboUnclear),
    "nothing": Answer(200, b"", QboUnclear),
    "cut_short": Answer(200, b'{"Invoice":{"Id":"1"', QboUnclear),
    "no_text_at_all": Answer(200, b"\xff\xfe\xfa\x00\x01", QboUnclear),
    "packed_and_not_said": Answer(200, gzip.compress(b'{"Invoice":{}}'), QboUnclear),
    "web_page": Answer(200, b"<html><h1>Log in to the hotel</h1></html>", QboUnclear),
    "web_page_that_refuses": Answer(400, b"<html>Bad</html>", QboUnclear),
    "billion_laughs": Answer(400, _laughs("utf-8"), QboUnclear),
    "billion_laughs_in_utf_16": Answer(400, _laughs("utf-16-le"), QboUnclear),
    "billion_laughs_in_utf_16_with_a_mark": Answer(400, _laughs("utf-16"), QboUnclear),
    "external_entity": Answer(
        400,
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        b'<Fault><Error code="1"><Message>&e;</Message></Error></Fault>',
        QboUnclear,
    ),
    "deep_xml": Answer(400, b"<a>" * 100_000, QboUnclear),
    "a_pause_of_a_year": Answer(429, b"", QboThrottled, {"retry-after": "31536000"}),
    "a_pause_below_zero": Answer(429, b"", QboThrottled, {"retry-after": "-5"}),
    "a_pause_without_end": Answer(429, b"", QboThrottled, {"retry-after": "9" * 5_000}),
    "a_pause_in_other_digits": Answer(429, b"", QboThrottled, {"retry-after": "٣"}),
    "a_pause_that_is_text": Answer(429, b"", QboThrottled, {"retry-after": WORDS}),
    "an_id_with_escapes": Answer(503, b"", QboUnclear, {"intuit_tid": "1-\x1b[2J"}),
    "not_let_in_with_words": Answer(401, _fault(), QboUnauthorized),
    "not_allowed_with_words": Answer(403, _fault(), QboForbidden),
    "moved": Answer(307, b"", QboUnclear, {"location": "https://evil.example.com/"}),
    "no_such_status": Answer(799, b"", QboUnclear),
    "teapot": Answer(418, b"", QboUnclear),
}


async def check(name: str, folder: Path) -> None:
    """Read it as the answer to a write."""
    answer = CASES[name]
    with pytest.raises(QboError) as caught:
        read_answer(answer.status, answer.headers, answer.body)
    error = caught.value
    assert type(error) is answer.taken_for
    assert "Acme" not in str(error), "the log gets codes"
    assert "passwd" not in error.reason
    assert "\x1b" not in display(error.reason)
    if isinstance(error, QboThrottled) and error.retry_after is not None:
        assert 0 <= error.retry_after <= LONGEST_RETRY_AFTER
