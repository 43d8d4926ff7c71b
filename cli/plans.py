"""A plan and a result in lines, for `preview`, `sync` and the demo without a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cli.output import put
from core.money import format_cents
from sync.questions import Question, answered_line
from sync.shapes import OUTCOME_WORDS, CountAndMoney, Outcome, Plan, PostingResult, RunResult


def put_plan(
    plan: Plan,
    company: str,
    asked: Sequence[tuple[Question, str]],
    *,
    each: bool = False,
) -> None:
    """Print what a sync would do.

    Args:
        plan: what it would do.
        company: its name.
        asked: settings that nobody chose and that it is the first to need, with their values.
        each: whether every invoice and posting is printed as well.
    """
    put(f"{_many(plan.selected)} selected, for {company}")
    _put_totals(plan.totals)
    if plan.paid.count:
        put(f"  of these {_many(plan.paid)} are paid: will show as Paid")
    if plan.unpaid.count:
        put(f"  and {_many(plan.unpaid)} unpaid: will stay open; the payment posts alone later")
    for name in plan.new_customers:
        put(f"  new customer: {name}")
    for name in plan.new_items:
        put(f"  new product/service: {name}")
    put_apart(plan)
    put(f"  {plan.writes} writes, about {plan.metered_reads} metered look-ups")
    if asked:
        put("  needed for the first time, and chosen by nobody; docket-qbo settings NAME VALUE:")
    for question, value in asked:
        put(f"    {answered_line(question, value)}")
    if each:
        _put_each(plan)


def put_apart(plan: Plan) -> None:
    """Print what changes settled things in QuickBooks: a block of its own, ticked or not."""
    if not plan.apart:
        return
    put("! CHANGES OF WHAT IS SETTLED IN QUICKBOOKS (never part of all pending):")
    for one in plan.apart:
        ticked = one.docket_id in plan.also
        mark = "[x] will be sent" if ticked else "[ ] not sent, add --also-changes"
        put(f"!   {mark}: {one.number}  {one.client}  {format_cents(one.total)}")
        for posting in one.postings if ticked else one.held:
            put(f"!       {posting.label}: {', '.join(one.apart)}")
        for change in one.changes:
            put(
                f"!       {change.field}: posted {change.posted or '-'} | Docket"
                f" {change.docket or '-'} | QuickBooks {change.quickbooks or '-'}"
            )


def _put_each(plan: Plan) -> None:
    for invoice in plan.invoices:
        words = OUTCOME_WORDS[invoice.outcome]
        reason = f": {invoice.reason}" if invoice.reason else ""
        put(f"{invoice.number}  {invoice.client}  {format_cents(invoice.total)}  {words}{reason}")
        for posting in invoice.postings:
            verb = "link" if posting.adopts else posting.operation.partition("@")[0]
            put(f"    {verb} {posting.label}  {format_cents(posting.amount)}")
        for note in invoice.notes:
            put(f"    {note}")


def put_result(result: RunResult) -> None:
    """Print a run's result; the counts add up to the selection."""
    put(f"{_many(result.selected)} selected")
    _put_totals(result.totals)
    for invoice in result.invoices:
        if invoice.outcome in {Outcome.NEEDS_YOU, Outcome.CHECKING} and invoice.reason:
            put(f"  {invoice.number}  {invoice.client}: {invoice.reason}")
    if result.stopped_because:
        put(f"Stopped: {result.stopped_because}")
    put(f"  {result.metered_reads} look-ups that QuickBooks counts")
    put(proof_line(result))
    if result.audit_head:
        put(f"Head of the audit log {result.audit_head}")


def proof_line(result: RunResult) -> str:
    """The closing line, from QuickBooks' own answers."""
    proof = result.proof
    return (
        f"Docket {format_cents(proof.docket)} = QuickBooks {format_cents(proof.quickbooks)}, "
        f"difference {format_cents(proof.difference)}"
        if proof.difference == 0
        else f"Docket {format_cents(proof.docket)}, QuickBooks {format_cents(proof.quickbooks)}: "
        f"difference {format_cents(proof.difference)}"
    )


def put_compared(posting: PostingResult) -> None:
    """Print one posting of a test sync: what was sent beside what QuickBooks holds."""
    put(f"{posting.label}: {'linked (was already there)' if posting.adopted else posting.state}")
    for row in posting.compared:
        put(f"  {'=' if row.equal else '≠'} {row.field:<14} {row.sent:<28} {row.held}")
    if posting.reason:
        put(f"  {posting.reason}")


def _put_totals(totals: Mapping[Outcome, CountAndMoney]) -> None:
    for outcome in Outcome:
        total = totals.get(outcome, CountAndMoney())
        if total.count:
            put(
                f"  {total.count:>6}  {OUTCOME_WORDS[outcome]:<26} {format_cents(total.amount):>14}"
            )


def _many(total: CountAndMoney) -> str:
    noun = "invoice" if total.count == 1 else "invoices"
    return f"{total.count} {noun}, {format_cents(total.amount)}"
