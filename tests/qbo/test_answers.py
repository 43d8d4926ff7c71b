"""The table of outcomes: what an answer says about whether the books changed."""

from __future__ import annotations

import pytest

from connectors.qbo.answers import read_answer
from connectors.qbo.faults import (
    QboError,
    QboForbidden,
    QboNotExecuted,
    QboRefused,
    QboThrottled,
    QboUnauthorized,
    QboUnclear,
)
from tests.qbo.test_faults import XML_429

VALIDATION = b'{"Fault":{"Error":[{"Message":"M","Detail":"D","code":"6140"}],"type":"V"}}'
GATEWAY = b'{"fault":{"error":[{"message":"m","code":"003100"}],"type":"SERVICE"}}'
INTERNAL = b'{"Fault":{"Error":[{"Message":"M","code":"10000"}],"type":"SystemFault"}}'
HTML = b"<html>Service Unavailable</html>"


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, VALIDATION, QboRefused),
        (400, VALIDATION, QboRefused),
        (413, VALIDATION, QboRefused),
        (401, GATEWAY, QboUnauthorized),
        (401, HTML, QboUnauthorized),
        (403, GATEWAY, QboForbidden),
        (429, GATEWAY, QboThrottled),
        (429, XML_429, QboThrottled),
        (429, b"", QboThrottled),
        (400, INTERNAL, QboUnclear),
        (200, INTERNAL, QboUnclear),
        (500, INTERNAL, QboUnclear),
        (500, VALIDATION, QboUnclear),
        (503, HTML, QboUnclear),
        (504, b"", QboUnclear),
        (400, HTML, QboUnclear),
        (404, b"", QboUnclear),
        (408, VALIDATION, QboUnclear),
        (302, b"", QboUnclear),
        (204, b"", QboUnclear),
        (200, b'{"Invoice":{"Id":"1', QboUnclear),
        (200, HTML, QboUnclear),
        (200, b"[]", QboUnclear),
        (200, b'{"Invoice":{"TotalAmt":NaN}}', QboUnclear),
    ],
)
def test_each_answer_has_its_class(status: int, body: bytes, kind: type[QboError]) -> None:
    with pytest.raises(QboError) as caught:
        read_answer(status, {"intuit_tid": "tid-7"}, body)
    assert type(caught.value) is kind
    assert caught.value.intuit_tid == "tid-7"
    assert caught.value.status == status


def test_only_what_the_gateway_stopped_counts_as_not_executed() -> None:
    for kind in (QboUnauthorized, QboForbidden, QboThrottled):
        assert issubclass(kind, QboNotExecuted)
    for other in (QboRefused, QboUnclear):
        assert not issubclass(other, QboNotExecuted)


@pytest.mark.parametrize(
    ("wish", "wait"),
    [("30", 30.0), ("999999", 600.0), ("", None), ("-1", None), ("Mon, 23 Nov 2026", None)],
)
def test_the_wait_after_429_is_quickbooks_wish_within_reason(wish: str, wait: float | None) -> None:
    with pytest.raises(QboThrottled) as caught:
        read_answer(429, {"retry-after": wish}, b"")
    assert caught.value.retry_after == wait


def test_an_error_as_text_holds_codes_and_no_words_of_the_books() -> None:
    body = b'{"Fault":{"Error":[{"Message":"Dup","Detail":"Acme Roll-Off LLC","code":"6240"}]}}'
    with pytest.raises(QboRefused) as caught:
        read_answer(400, {}, body)
    assert "Acme" not in str(caught.value)
    assert "6240" in str(caught.value)
    assert caught.value.reason == "Acme Roll-Off LLC"
