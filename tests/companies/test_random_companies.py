"""Companies that Hypothesis makes up tie out to the cent, or differ by what is shown.

`make companies` plays 2,000 of them.
"""

from __future__ import annotations

from tests.campaigns.companies import run_part

COMPANIES = 30


def test_every_random_company_ties_out_or_shows_each_difference() -> None:
    told, failed = run_part(number=1, count=COMPANIES)
    assert not failed, failed
    assert told["companies"] >= COMPANIES
    for happening in ("invoices synced", "crashes", "edits in Docket", "edits in QuickBooks"):
        assert told[happening]
