"""From spooled rows to the records that differ from the cache, kind by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import groupby
from typing import ParamSpec, TypeVar

from connectors.docket_files import invoices, parties, receipts
from connectors.docket_files.catalogue import FIELDS, FileKind
from connectors.docket_files.findings import Findings, RowProblem
from connectors.docket_files.group import Group
from connectors.docket_files.identity import (
    Directory,
    Products,
    is_derived,
    numbered_id,
    unnumbered_id,
)
from connectors.docket_files.intake import Intake
from connectors.docket_files.known import Head, Known
from connectors.docket_files.lookup import Invoices
from connectors.docket_files.places import PLACE_FIELDS, find_place
from connectors.docket_files.spool import SpooledRow
from core.money import format_cents
from core.records import (
    Client,
    Credit,
    Invoice,
    Kind,
    Payment,
    Product,
    Record,
    Refund,
    ServiceAddress,
)

Rows = Sequence[SpooledRow]
T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R", bound=Record)
_AS_FILE = {
    Kind.INVOICE: FileKind.INVOICES,
    Kind.PAYMENT: FileKind.PAYMENTS,
    Kind.REFUND: FileKind.REFUNDS,
    Kind.CREDIT: FileKind.CREDITS,
}


class Assembly:
    """The records of one import."""

    def __init__(self, intake: Intake, known: Known, findings: Findings) -> None:
        """Everything is spooled already."""
        self._intake = intake
        self._known = known
        self._findings = findings
        self._directory = Directory(known.clients().values())
        self._products = Products.of(known.products().values())
        self._places: Mapping[str, Sequence[ServiceAddress]] = {}

    def records(self, kind: Kind) -> Iterator[Record]:
        """Yield the records of a kind that are new or differ from the cache."""
        if kind is Kind.CLIENT:
            yield from self._clients()
        elif kind is Kind.PRODUCT:
            yield from self._price_book()
        else:
            for rows in self._parts(_AS_FILE[kind]):
                yield from self._part(kind, rows)

    def check_ageing(self) -> None:
        """Compare an ageing report with what is open by the records; only findings come of it."""
        for rows in self._parts(FileKind.AGEING):
            groups = [
                Group([some[0]], self._intake.sheets) for some in _by_key(rows, self._number_of)
            ]
            held = self._known.open_amounts([one.text("number") for one in groups])
            for group in groups:
                self._tried(group, self._compare, group, held)

    # --- clients and products

    def _clients(self) -> Iterator[Client]:
        known = dict(self._known.clients())
        fresh: dict[str, Client] = {}
        told: dict[str, tuple[str, Client]] = {}
        for rows in self._parts(FileKind.CLIENTS):
            for row in rows:
                group = Group([row], self._intake.sheets)
                self._tried(group, self._client, group, known, fresh, told)
        for ref, sheet in self._intake.refs.items():
            with suppress(RowProblem):  # said where the record stands that names the client
                if self._directory.find(ref) is None:
                    client = parties.client_of_ref(ref, sheet.table.written_at)
                    self._directory.add(client)
                    known[client.id] = fresh[client.id] = client
        for (ref, place), sheet in self._intake.places.items():
            with suppress(RowProblem):  # likewise
                client = known[self._directory.find(ref) or ""]
                made = parties.client_at(client, place, sheet.table.written_at)
                if made is not client:
                    known[client.id] = fresh[client.id] = made
        self._places = {key: one.service_addresses for key, one in known.items()}
        yield from fresh.values()

    def _client(
        self,
        group: Group,
        known: dict[str, Client],
        fresh: dict[str, Client],
        told: dict[str, tuple[str, Client]],
    ) -> None:
        """Take in a row of a list of clients; those of one client may differ in the place only."""
        made = parties.client_from(group, self._directory, known)
        file, bare = group.rows[0][0], replace(made, service_addresses=())
        before = told.setdefault(made.id, (file, bare))
        if before[0] == file and not _same(bare, before[1]):
            raise RowProblem("name", "an earlier row says otherwise of the same client")
        told[made.id] = file, bare
        stale = group.stale and made.id not in fresh
        if changed := _fresh(made, known.get(made.id), stale=stale):
            known[made.id] = fresh[made.id] = changed
            self._directory.add(changed)

    def _price_book(self) -> Iterator[Product]:
        known = dict(self._known.products())
        for rows in self._parts(FileKind.PRODUCTS):
            for row in rows:
                group = Group([row], self._intake.sheets)
                made = self._tried(group, parties.product_from, group, self._products, known)
                fresh = made and _fresh(made, known.get(made.id), stale=group.stale)
                if fresh:
                    known[fresh.id] = fresh
                    yield fresh
        self._products = Products.of(known.values())

    # --- documents

    def _part(self, kind: Kind, rows: Rows) -> Iterator[Record]:
        named = self._grouped(kind, rows)
        heads = self._known.heads(kind, [number for number, _ in named if number])
        wanted: list[tuple[str, Group]] = []
        ordinals: Counter[tuple[str, ...]] = Counter()
        for number, group in named:
            key = self._tried(group, self._id, number, group, heads, ordinals)
            if key is not None:
                wanted.append((key, group))
        known = self._known.records(kind, [key for key, _ in wanted])
        links = Invoices(self._known, [group for _, group in wanted if kind is not Kind.INVOICE])
        for key, group in wanted:
            before = known.get(key)
            made = self._tried(group, self._build, kind, group, key, before, links)
            fresh = made and _fresh(made, before, stale=group.stale)
            if fresh:
                yield fresh

    def _grouped(self, kind: Kind, rows: Rows) -> list[tuple[str, Group]]:
        """Rows by number or id, as groups; those that disagree are findings."""
        agreeing = invoices.AGREEING if kind is Kind.INVOICE else receipts.AGREEING
        found = []
        for some in self._apart(rows):
            try:
                group = Group(some, self._intake.sheets, agreeing)
            except RowProblem as problem:
                self._findings.add(Group(some, self._intake.sheets).finding(problem))
                continue
            found.append((group.text("number"), group))
        return found

    def _apart(self, rows: Rows) -> Iterator[list[SpooledRow]]:
        """Rows that belong together: of one number, and of one id where several share it."""
        with_ids = any("id" in sheet.places for sheet in self._intake.sheets)
        for some in _by_key(rows, self._key_of):
            own = {self._own_id(row) for row in some} - {""} if with_ids else ()
            if len(own) < 2:
                yield some
                continue
            for key, part in groupby(sorted(some, key=self._own_id), self._own_id):
                if key:
                    yield list(part)
                else:
                    problem = RowProblem("number", "several records of other rows have this number")
                    self._findings.add(Group(list(part), self._intake.sheets).finding(problem))

    def _id(
        self,
        number: str,
        group: Group,
        heads: Mapping[str, Sequence[Head]],
        ordinals: Counter[tuple[str, ...]],
    ) -> str:
        given = group.text("id")
        if not number and not given:
            parts = self._nature(group)
            ordinals[parts] += 1
            return unnumbered_id(parts, ordinals[parts])
        ids = [head.id for head in heads.get(number, ())]
        if given in ids:
            return given
        if given:
            ids = [one for one in ids if is_derived(one)]
        if len(ids) > 1:
            raise RowProblem("number", f"{len(ids)} records have this number; which is not said")
        return ids[0] if ids else numbered_id(given, number)

    def _nature(self, group: Group) -> tuple[str, ...]:
        """By what a record without number and id is known again."""
        day = next(one for one in ("received_on", "refunded_on", "issued_on") if group.carries(one))
        return (
            group.text("invoice_number") or group.text("client_name"),
            str(group.day(day)),
            str(group.money("amount")),
            group.text("reference"),
        )

    def _build(
        self, kind: Kind, group: Group, key: str, before: Record | None, links: Invoices
    ) -> Record:
        if kind is Kind.INVOICE:
            was = before if isinstance(before, Invoice) else None
            client = self._client_of(group, was.client_id if was else None, None)
            place = self._place_of(group, client, was.service_address_id if was else None)
            return invoices.invoice_from(group, key, client, place, was, self._products)
        of = links.find(group.text("invoice_id"), group.text("invoice_number"))
        named = group.text("invoice_number") or group.text("invoice_id")
        if of is None and named:
            raise RowProblem("invoice_number", f"there is no invoice {named[:40]}")
        held = None if before is None or isinstance(before, Client | Product) else before.client_id
        client = self._client_of(group, held, of)
        if kind is Kind.PAYMENT:
            paid = before if isinstance(before, Payment) else None
            return receipts.payment_from(group, key, client, paid, links)
        if kind is Kind.CREDIT:
            given = before if isinstance(before, Credit) else None
            return receipts.credit_from(group, key, client, given, links)
        back = before if isinstance(before, Refund) else None
        payment = self._payment_of(group)
        return receipts.refund_from(group, key, client, back, links, self._products, payment)

    def _client_of(self, group: Group, known: str | None, invoice: Head | None) -> str:
        ref = group.client()
        found = None if ref.empty else self._directory.find(ref)
        found = found or known or (invoice.client_id if invoice else None)
        if found is None:
            raise RowProblem("client_name", "it names no client")
        return found

    def _place_of(self, group: Group, client: str, known: str | None) -> str | None:
        """The service address of an invoice: as its rows say; else as it is known."""
        if not group.carries_any(PLACE_FIELDS):
            return known
        ref = group.place()
        found = find_place(self._places.get(client, ()), ref)
        if found is not None:
            return found.id
        return ref.id or (None if ref.empty else known)

    def _payment_of(self, group: Group) -> str | None:
        given, number = group.text("payment_id"), group.text("payment_number")
        if not number:
            return given or None
        heads = self._known.heads(Kind.PAYMENT, [number]).get(number, ())
        if not given and len(heads) != 1:
            raise RowProblem("payment_number", f"there is no payment {number[:40]}, or several")
        return given or heads[0].id

    # --- rows

    def _parts(self, kind: FileKind) -> Iterator[Rows]:
        spool = self._intake.spool(kind)
        if spool is not None:
            yield from spool.parts()

    def _key_of(self, row: SpooledRow) -> tuple[str, str]:
        sheet = self._intake.sheets[int(row[0])]
        key = sheet.cell(row, "number") or sheet.cell(row, "id")
        return (key, "") if key else ("", f"{row[0]}:{row[1]}")

    def _own_id(self, row: SpooledRow) -> str:
        return self._intake.sheets[int(row[0])].cell(row, "id")

    def _number_of(self, row: SpooledRow) -> tuple[str, str]:
        return self._intake.sheets[int(row[0])].cell(row, "number"), ""

    def _compare(self, group: Group, held: Mapping[str, int]) -> None:
        number = group.text("number")
        buckets = [name for name in FIELDS[FileKind.AGEING] if name.startswith("bucket")]
        said = group.money("balance")
        if said is None:
            said = sum(group.money(name) or 0 for name in buckets)
        if number not in held:
            raise RowProblem("number", f"the ageing report has invoice {number[:40]}; no file does")
        if held[number] != said:
            raise RowProblem(
                "balance",
                f"the ageing report says {format_cents(said)} is open of invoice {number[:40]}; by"
                f" its payments and credits it is {format_cents(held[number])}",
            )

    def _tried(
        self, group: Group, work: Callable[P, T], *args: P.args, **more: P.kwargs
    ) -> T | None:
        """What `work` makes; None and a finding where a row does not allow it."""
        try:
            return work(*args, **more)
        except RowProblem as problem:
            self._findings.add(group.finding(problem))
            return None


def _by_key(rows: Rows, key: Callable[[SpooledRow], tuple[str, str]]) -> Iterator[list[SpooledRow]]:
    found: dict[tuple[str, str], list[SpooledRow]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    yield from found.values()


def _fresh(made: R, before: Record | None, *, stale: bool) -> R | None:
    """The record if the cache is to take it: new, or other than what it has."""
    if before is None:
        return made
    if stale or _same(made, before):
        return None
    return replace(made, updated_at=max(made.updated_at, before.updated_at))


def _same(made: Record, before: Record) -> bool:
    return replace(made, updated_at=before.updated_at) == before
