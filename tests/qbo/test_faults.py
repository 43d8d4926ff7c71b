"""Every dialect in which QuickBooks says no is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.qbo.faults import Fault, read_faults

XML_429 = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><IntuitResponse time="2016-05-04'
    b'T12:00:00.000-07:00" xmlns="http://schema.intuit.com/finance/v3"><Fault type="SERVICE">'
    b'<Error code="3001"><Message>message=ThrottleExceeded; errorCode=003001; statusCode=429'
    b"</Message><Detail>The request limit was reached.  Try again later</Detail></Error></Fault>"
    b"</IntuitResponse>"
)


def test_several_errors_of_the_books_come_in_order() -> None:
    body = (
        b'{"Fault":{"Error":[{"Message":"String length","Detail":"Max:21","code":"2050",'
        b'"element":"DocNumber"},{"Message":"Required param missing","Detail":"AccountRef",'
        b'"code":"2020","element":"AccountRef"}],"type":"ValidationFault"},"time":"x"}'
    )
    assert read_faults(body) == (
        Fault("2050", "String length", "Max:21", "DocNumber"),
        Fault("2020", "Required param missing", "AccountRef", "AccountRef"),
    )


def test_the_gateways_dialect_is_read_and_codes_lose_their_zeros() -> None:
    body = (
        b'{"warnings":null,"fault":{"error":[{"message":"message=AuthenticationFailed; '
        b'errorCode=003200; statusCode=401","detail":null,"code":"003200","element":null}],'
        b'"type":"AUTHENTICATION"},"time":1601391072830}'
    )
    (fault,) = read_faults(body)
    assert (fault.code, fault.detail, fault.element) == ("3200", "", "")
    assert fault.words() == "message=AuthenticationFailed; errorCode=003200; statusCode=401"


def test_xml_is_read_although_json_was_asked_for() -> None:
    (fault,) = read_faults(XML_429)
    assert fault.code == "3001"
    assert fault.detail == "The request limit was reached.  Try again later"


def test_a_fault_without_errors_is_still_a_fault() -> None:
    assert read_faults(b'{"Fault":{"type":"SystemFault"}}') == (Fault("", "SystemFault"),)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body><h1>503</h1></body></html>",
        b'{"Fault":{"Error":[{"Mess',
        b"[1,2]",
        b'{"Invoice":{"Id":"1"}}',
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><F><Error code="1"><Detail>&a;</Detail></Error></F>',
    ],
)
def test_what_holds_no_fault_yields_none(body: bytes) -> None:
    assert read_faults(body) == ()


@given(st.binary() | st.text().map(str.encode) | st.binary().map(lambda b: b"<" + b))
def test_no_body_breaks_the_reader(body: bytes) -> None:
    read_faults(body)


def test_internal_failures_are_told_from_refusals() -> None:
    assert Fault("10000", "An application error").internal
    assert Fault("6000", "A business…", "Unexpected Internal Error. (-30035)").internal
    assert not Fault("6000", "A business…", "You must select a customer.").internal
    assert Fault("6000", "…", "You can only add or edit one name at a time.").passing
