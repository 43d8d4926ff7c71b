from __future__ import annotations

import pytest

from connectors.qbo.faults import (
    Fault,
    QboError,
    QboForbidden,
    QboRefused,
    QboThrottled,
    QboUnauthorized,
    QboUnclear,
    QboUnreachable,
)
from sync.outcome import Verdict, judge_error


def _refused(code: str, text: str = "no") -> QboRefused:
    return QboRefused([Fault(code, text, text)], 400, "tid")


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (_refused("6000"), Verdict.REFUSED),
        (_refused("2050"), Verdict.REFUSED),
        (_refused("6210"), Verdict.REFUSED),
        (_refused("6140"), Verdict.LOOK),
        (_refused("6240"), Verdict.LOOK),
        (_refused("600"), Verdict.LOOK),
        (_refused("5010"), Verdict.STALE),
        (_refused("6190"), Verdict.STOP),
        (_refused("6000", "You can only add or edit one name at a time."), Verdict.LATER),
        (QboUnauthorized("not let in", status=401), Verdict.STOP),
        (QboForbidden("not allowed", status=403), Verdict.STOP),
        (QboThrottled(None), Verdict.LATER),
        (QboUnreachable("no line"), Verdict.LATER),
        (QboUnclear("no answer in time"), Verdict.UNCLEAR),
        (QboError("whatever else"), Verdict.UNCLEAR),
    ],
)
def test_each_failure_has_one_meaning(error: QboError, verdict: Verdict) -> None:
    assert judge_error(error).verdict is verdict


def test_a_429_without_a_time_waits_a_minute() -> None:
    assert judge_error(QboThrottled(None)).retry_after == 60
    assert judge_error(QboThrottled(7.0)).retry_after == 7
