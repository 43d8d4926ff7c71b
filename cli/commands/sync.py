"""`docket-qbo sync`: one invoice as a test, then the rest. Prints the plan; needs --yes."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cli.invoices import add_selection
from cli.output import put, put_csv, put_json, say
from core.errors import Exit, Trouble, UsageTrouble
from core.money import plain_cents

if TYPE_CHECKING:
    from cli.session import Session
    from sync.control import RunControl
    from sync.shapes import Plan, RunResult


def add_words(parser: argparse.ArgumentParser) -> None:
    """--test INVOICE, or INVOICE… and --all; --resume; --yes."""
    parser.add_argument("--test", metavar="INVOICE", help="test-sync this one and read it back")
    parser.add_argument("--resume", action="store_true", help="go on with a run that was stopped")
    add_selection(parser)
    parser.add_argument("--yes", action="store_true", help="post exactly the plan that is printed")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.add_argument("--csv", action="store_true", help="the result as CSV, one row an invoice")


def run(args: argparse.Namespace) -> Exit:
    """Sync, and say how it ended."""
    return asyncio.run(_sync(args))


async def _sync(args: argparse.Namespace) -> Exit:
    from cli.plans import put_plan
    from cli.session import open_session

    if args.test is not None and (
        args.all or args.invoices or args.paid_only or args.paid_open or args.resume
    ):
        raise UsageTrouble(
            "A test sync takes one invoice and nothing else.",
            books="Nothing was sent.",
            fix="For example: docket-qbo sync --test 1042 --yes.",
        )
    async with open_session(args) as session:
        if args.resume:
            return await _resume(args, session)
        if args.test is not None:
            args.invoices = [args.test]
        else:
            session.desk.require_bulk()
        plan = session.plan(args)
        if not args.json and not args.csv:
            company, asked = session.desk.banner().company, session.desk.first_needed(plan)
            put_plan(plan, company, asked, each=args.test is not None)
        if not args.yes:
            say("Nothing was sent. Add --yes to post exactly this.")
            return Exit.USAGE
        with _stoppable() as control:
            result = await _post(args, session, plan, control)
        return _report(args, session, result, stopped=control.stopping)


async def _resume(args: argparse.Namespace, session: Session) -> Exit:
    from cli.progress import Line, run_line

    if session.desk.unfinished() is None:
        say("No run was stopped in the middle.")
        return Exit.DONE
    if not args.yes:
        say("A run was stopped in the middle. Add --yes to go on with it.")
        return Exit.USAGE
    line = Line()
    with _stoppable() as control:
        result = await session.desk.resume(run_line(line), control)
    line.end()
    return _report(args, session, result, stopped=control.stopping)


async def _post(
    args: argparse.Namespace, session: Session, plan: Plan, control: RunControl
) -> RunResult:
    from cli.progress import Line, run_line
    from sync.shapes import PlanChanged

    line = Line()
    try:
        if args.test is not None:
            return await session.desk.test_sync(plan, run_line(line), control)
        return await session.desk.bulk_sync(plan, run_line(line), control)
    except PlanChanged as change:
        raise Trouble(
            "The data changed after the plan was made.",
            books="Nothing was sent.",
            fix="Run the same command again to see and post the new plan.",
        ) from change
    finally:
        line.end()


def _report(
    args: argparse.Namespace, session: Session, result: RunResult, *, stopped: bool
) -> Exit:
    from cli.plans import put_compared, put_result
    from sync.results import result_to_json
    from sync.shapes import OUTCOME_WORDS

    if args.json:
        put_json(result_to_json(result))
    elif args.csv:
        put_csv(
            ["docket_id", "number", "client", "outcome", "total", "reason"],
            (
                (
                    row.docket_id,
                    row.number,
                    row.client,
                    OUTCOME_WORDS[row.outcome],
                    plain_cents(row.total),
                    row.reason,
                )
                for row in result.invoices
            ),
        )
    else:
        if result.kind == "test":
            for posting in result.postings:
                put_compared(posting)
        put_result(result)
        _put_proofs(session)
        if result.kind == "test":
            put(session.desk.lock().words)
    return exit_of(result, stopped=stopped)


def _put_proofs(session: Session) -> None:
    """Say where every Docket record is now: the zero-proof, over all that is in the cache."""
    from cli.tie_out_tables import proof_words

    desk = session.desk.tie_out
    for proof in desk.tie_out(desk.whole()).proofs:
        if proof.docket.count:
            put(proof_words(proof))


def exit_of(result: RunResult, *, stopped: bool) -> Exit:
    """The exit code that a result means; `stopped` says that the user ended it early."""
    from sync.shapes import CountAndMoney, Outcome

    def count(outcome: Outcome) -> int:
        return result.totals.get(outcome, CountAndMoney()).count

    if count(Outcome.CHECKING):
        return Exit.UNCLEAR
    if not result.finished:
        return Exit.STOPPED if stopped else Exit.LEFT
    if count(Outcome.NEEDS_YOU) or count(Outcome.NOT_SENT) or not result.agreed:
        return Exit.LEFT
    return Exit.DONE


@contextlib.contextmanager
def _stoppable() -> Iterator[RunControl]:
    """Ctrl-C and SIGTERM stop the run: what is in flight is finished first."""
    from sync.control import RunControl

    control = RunControl()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        say("Stopping: what is under way is finished first …")
        control.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    try:
        yield control
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
