"""`docket-qbo sandbox`: the practice company's two servers, or its records as export files."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import Exit, UsageTrouble

if TYPE_CHECKING:
    from sandbox.main import Handle


def add_words(parser: argparse.ArgumentParser) -> None:
    """The sandbox's own arguments."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("serve", "export"),
        default="serve",
        help="serve (the default) until SIGTERM or Ctrl-C; export writes Docket's side as files",
    )
    parser.add_argument(
        "--layout", default="office", metavar="NAME", help="of export: full, office, …"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("exports"), metavar="FOLDER", help="of export"
    )
    parser.add_argument("--qbo-port", type=int, default=0, metavar="N", help="0 picks a free one")
    parser.add_argument(
        "--docket-port", type=int, default=0, metavar="N", help="0 picks a free one"
    )
    parser.add_argument(
        "--company", default="rolloff", metavar="NAMES", help="rolloff, intuit-sample, or both"
    )
    parser.add_argument("--invoices", type=int, default=240, metavar="N", help="default: 240")
    parser.add_argument("--seed", type=int, default=7, metavar="N", help="same seed, same data")
    parser.add_argument("--json", action="store_true", help="say where it listens in one JSON line")
    parser.add_argument("--limits", action="store_true", help="enforce QuickBooks' limits (429)")
    parser.add_argument("--latency", choices=("none", "recorded"), default="none")
    parser.add_argument(
        "--speed", type=float, default=1.0, metavar="N", help="its time passes N times as fast"
    )
    parser.add_argument("--strict-clients", action="store_true", help="refuse unknown client ids")
    parser.add_argument("--state", type=Path, metavar="FILE", help="keep the books in this file")
    parser.add_argument(
        "--config-out", type=Path, metavar="FILE", help="write a configuration that uses it"
    )
    parser.add_argument(
        "--free-port", action="store_true", help="take a free port where the named one is busy"
    )
    parser.add_argument("--parent", type=int, metavar="PID", help="end when this process ends")


def run(args: argparse.Namespace) -> Exit:
    """Serve until told to stop, or write the files."""
    if args.action == "export":
        return _export(args)
    asyncio.run(_serve(args))
    return Exit.DONE


def _export(args: argparse.Namespace) -> Exit:
    from cli.output import put
    from sandbox import rolloff
    from sandbox.docket.exports import write_exports

    books = rolloff.generate(args.seed, args.invoices).docket
    try:
        written = write_exports(books, args.layout, args.out)
    except (OSError, ValueError) as error:
        raise UsageTrouble(
            f"The exports cannot be written: {getattr(error, 'strerror', None) or error}.",
            books="The practice company is unchanged.",
            fix="Name another layout or another folder.",
        ) from error
    for path in written:
        put(str(path))
    return Exit.DONE


async def _serve(args: argparse.Namespace) -> None:
    from sandbox.main import SandboxOptions, serve

    options = SandboxOptions(
        qbo_port=args.qbo_port,
        docket_port=args.docket_port,
        company=args.company,
        invoices=args.invoices,
        seed=args.seed,
        limits=args.limits,
        latency=args.latency,
        speed=args.speed,
        strict_clients=args.strict_clients,
        state=args.state,
        json=args.json,
        pick_free=args.free_port,
        parent_pid=args.parent,
    )
    try:
        await serve(options, lambda handle: _write_config(args.config_out, handle))
    except (OSError, ValueError) as error:
        raise UsageTrouble(
            f"The practice company cannot start: {getattr(error, 'strerror', None) or error}.",
            books="Nothing was started.",
            fix="Name another port or company; without a port a free one is taken.",
        ) from error


def _write_config(path: Path | None, handle: Handle) -> None:
    if path is not None:
        from cli.practice import write_config

        write_config(path, handle.show())
