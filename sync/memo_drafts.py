"""Planned postings of credit memos: the memo, made once, and its use on each invoice."""

from __future__ import annotations

from collections.abc import Callable

from core.records import Credit
from sync.bodies import application_body, expected_body, memo_body
from sync.checks.ground import Ground
from sync.checks.memos import application_id, memo_lines
from sync.checks.money import Standing as MoneyStanding
from sync.checks.money import State, money_label
from sync.draft import Draft, Drafts
from sync.name_drafts import NameDrafts
from sync.shapes import Need, PlannedPosting
from sync.standing import Standing


class MemoDrafts:
    """Drafts the two documents that one credit memo of Docket is in QuickBooks."""

    def __init__(self, ground: Ground, drafts: Drafts, names: NameDrafts) -> None:
        self._ground = ground
        self._drafts = drafts
        self._names = names

    def draft(
        self, standing: Standing, one: MoneyStanding, value: Callable[[str], str], draft: Draft
    ) -> str:
        """Draft what a credit memo needs on this invoice; return what happens: adopt or create.

        Args:
            standing: the invoice.
            one: the credit memo on it.
            value: gives an invoice's Id in QuickBooks, or its placeholder.
            draft: what is planned of the invoice so far.
        """
        credit = one.record
        assert isinstance(credit, Credit)
        draft.settled += one.amount
        if one.state == State.ADOPT:
            if not self._drafts.made("credit", credit.id):
                draft.postings.append(self._adopted(standing, credit, one))
            return "adopt"
        if one.state == State.DUE and not self._drafts.made("credit", credit.id):
            draft.postings.append(self._memo(standing, credit, draft))
        if self._left_to_quickbooks(standing, one):
            draft.notes.append(
                f"{money_label(credit)} is applied with the next sync, unless QuickBooks does it"
                " by itself, as the company wants it"
            )
        else:
            draft.postings.append(self._application(standing, credit, one, value))
        return "create"

    def _left_to_quickbooks(self, standing: Standing, one: MoneyStanding) -> bool:
        """Whether QuickBooks may apply the memo itself when it, or the invoice, appears."""
        new = one.document is None or standing.link is None
        return new and self._ground.books.company.auto_apply_credit

    def _adopted(self, standing: Standing, credit: Credit, one: MoneyStanding) -> PlannedPosting:
        there = one.document
        assert there is not None
        return self._drafts.posting(
            ("credit", credit.id),
            standing.invoice.id,
            there.entity,
            label=money_label(credit),
            amount=credit.amount,
            body=lambda _: expected_body(there),
            adopts=there.qbo_id,
        )

    def _memo(self, standing: Standing, credit: Credit, draft: Draft) -> PlannedPosting:
        customer = self._drafts.customer(standing)
        lines = memo_lines(self._ground, credit)
        self._names.draft_products(standing, lines, draft)
        needs = [need for need in self._drafts.needs(standing, lines) if need.kind != "invoice"]
        return self._drafts.posting(
            ("credit", credit.id),
            standing.invoice.id,
            "CreditMemo",
            label=money_label(credit),
            amount=credit.amount,
            body=lambda mark: memo_body(self._ground, credit, customer, mark),
            needs=needs,
        )

    def _application(
        self,
        standing: Standing,
        credit: Credit,
        one: MoneyStanding,
        value: Callable[[str], str],
    ) -> PlannedPosting:
        invoice, customer = standing.invoice, self._drafts.customer(standing)
        memo = Need("credit", credit.id)
        held = memo.placeholder if one.document is None else one.document.qbo_id
        parts = (held, value(invoice.id), one.amount)
        needs = self._drafts.needs(standing, ())
        return self._drafts.posting(
            ("credit_application", application_id(credit, invoice.id)),
            invoice.id,
            "Payment",
            label=f"use of {money_label(credit)}",
            amount=0,
            body=lambda mark: application_body(
                self._ground, credit, customer, invoice, parts, mark
            ),
            needs=[*needs, *([memo] if one.document is None else [])],
        )
