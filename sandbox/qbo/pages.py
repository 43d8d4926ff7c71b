"""The company in a browser: what a newcomer sees "in QuickBooks" after a sync."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from itertools import islice
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from sandbox.qbo import details, pdf
from sandbox.qbo.company import Company
from sandbox.qbo.details import link, status, who
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.fields import Record
from sandbox.qbo.html import Follow, Link, page, row, section, table
from sandbox.qbo.table import changed
from sandbox.qbo.world import World

_PDF = "application/pdf"
_SHOWN = 50
_SEARCHED: Mapping[str, tuple[str, ...]] = {
    "Invoice": ("DocNumber", "PrivateNote"),
    "Payment": ("PaymentRefNum", "PrivateNote"),
    "Customer": ("FullyQualifiedName", "CompanyName"),
}
_NAMES = {"Invoice": "Invoices", "Payment": "Payments", "Customer": "Customers"}


def routes(world: World) -> list[Route]:
    """The pages; `?realm=` picks a company, the first one otherwise."""

    def _company(request: Request) -> Company:
        wanted = request.query_params.get("realm", "")
        return world.companies.get(wanted) or next(iter(world.companies.values()))

    async def home(request: Request) -> Response:
        company = _company(request)
        asked = request.query_params
        view = asked.get("view", "Invoice")
        start = asked.get("start", "0")
        begin = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 0
        search = asked.get("q", "").strip()
        body = _home(company, view if view in _NAMES else "Invoice", search, begin)
        body += _others(world, company)
        return _answer(company, _title(company), body, search)

    def detail(entity: str, show: Callable[[Company, Record], str]) -> Route:
        async def shown(request: Request) -> Response:
            company = _company(request)
            key = request.path_params["key"]
            records = company.tables[entity]
            record = records.get(key) or records.deleted.get(key)
            name = entity.lower()
            if record is None:
                text = f"<h1>No {name}</h1><p>There is no {name} with the id {escape(key)}.</p>"
                return _answer(company, f"No {name}", text, status=404)
            return _answer(company, details.title(entity, record), show(company, record))

        return Route(f"/{entity.lower()}/{{key}}", shown)

    def _answer(
        company: Company, title: str, body: str, search: str = "", status: int = 200
    ) -> Response:
        follow = Follow(company.realm, _version(world, company), search)
        return HTMLResponse(page(title, body, _title(company), follow), status)

    async def printed(request: Request) -> Response:
        company = _company(request)
        record = company.get("Invoice", request.path_params["key"])
        if record is None:
            return PlainTextResponse("There is no such invoice.", 404)
        return Response(pdf.printed(company, ENTITIES["Invoice"], record), 200, None, _PDF)

    async def version(request: Request) -> Response:
        return PlainTextResponse(_version(world, _company(request)))

    return [
        Route("/", home),
        Route("/invoice/{key}/pdf", printed),
        detail("Invoice", details.invoice),
        detail("Payment", details.payment),
        detail("Customer", details.customer),
        Route("/version", version),
    ]


def _title(company: Company) -> str:
    return str((company.get("CompanyInfo", "1") or {}).get("CompanyName", company.realm))


def _version(world: World, company: Company) -> str:
    """A text that is another one after every change to the books."""
    newest = [next(records.newest_first(), None) for records in company.tables.values()]
    last = max((changed(record) for record in newest if record is not None), default="")
    gone = sum(len(records.deleted) for records in company.tables.values())
    return f"{world.births}.{sum(company.next_ids.values())}.{gone}.{last}"


def _found(company: Company, entity: str, search: str) -> list[Record]:
    """Records whose number or name holds the searched text, newest change first."""
    records = company.tables[entity]
    wanted = search.casefold()
    owners = {
        customer["Id"]
        for customer in company.tables["Customer"]
        if wanted in str(customer["FullyQualifiedName"]).casefold()
    }

    def fits(record: Record) -> bool:
        if record.get("CustomerRef") in owners:
            return True
        return any(wanted in str(record.get(name, "")).casefold() for name in _SEARCHED[entity])

    return [record for record in records.newest_first() if fits(record)]


def _home(company: Company, view: str, search: str, start: int) -> str:
    found = {entity: _found(company, entity, search) for entity in _NAMES} if search else {}
    many = {entity: len(company.tables[entity].records) for entity in _NAMES}
    many |= {entity: len(records) for entity, records in found.items()}
    if search and not many[view]:
        view = next((entity for entity, count in many.items() if count), view)
    tabs = "".join(
        f"<a href='{_at(company, entity, search)}'"
        f"{' aria-current=page' if entity == view else ''}>"
        f"{name} ({many[entity]:,})</a>"
        for entity, name in _NAMES.items()
    )
    records: Iterable[Record] = found.get(view, company.tables[view].newest_first())
    if view == "Customer":
        records = sorted(records, key=lambda one: str(one["FullyQualifiedName"]).casefold())
    heads, cells = _VIEWS[view]
    shown = islice(records, start, start + _SHOWN)
    rows = [row(cells(company, one), f"{view}{one['Id']}") for one in shown]
    nothing = f"Nothing found for “{search}”." if search else f"No {_NAMES[view].lower()} yet."
    inside = table(heads, rows, nothing) + _turning(company, view, search, start, many[view])
    return f"<h1>{escape(_title(company))}</h1><nav>{tabs}</nav>" + section(_NAMES[view], inside)


def _others(world: World, company: Company) -> str:
    """The way to the other companies, where there are any."""
    links = [
        f"<a href='/?realm={escape(realm)}'>{escape(_title(other))}</a>"
        for realm, other in world.companies.items()
        if other is not company
    ]
    return f"<p class=soft>Other companies: {' · '.join(links)}</p>" if links else ""


def _at(company: Company, view: str, search: str, start: int = 0) -> str:
    asked = {"realm": company.realm, "view": view}
    asked |= {"q": search} if search else {}
    asked |= {"start": str(start)} if start else {}
    return escape(f"/?{urlencode(asked)}")


def _turning(company: Company, view: str, search: str, start: int, total: int) -> str:
    """Links to the rows before and after."""
    if total <= _SHOWN:
        return ""
    parts = [f"{start + 1:,} to {min(start + _SHOWN, total):,} of {total:,}"]
    if start:
        before = _at(company, view, search, max(start - _SHOWN, 0))
        parts.append(f"<a rel=prev href='{before}'>Previous</a>")
    if start + _SHOWN < total:
        parts.append(f"<a rel=next href='{_at(company, view, search, start + _SHOWN)}'>Next</a>")
    return f"<p class=soft>{' · '.join(parts)}</p>"


def _invoice(company: Company, one: Record) -> tuple[str | Link, ...]:
    number = Link(link(company, "Invoice", one["Id"]), one.get("DocNumber") or "(no number)")
    money = (one["TotalAmt"], one["Balance"])
    return (number, who(company, one), one["TxnDate"], one["DueDate"], *money, status(one))


def _payment(company: Company, one: Record) -> tuple[str | Link, ...]:
    number = Link(link(company, "Payment", one["Id"]), one.get("PaymentRefNum") or "(no number)")
    money = (one["TotalAmt"], one["UnappliedAmt"])
    return (number, who(company, one), one["TxnDate"], *money)


def _customer(company: Company, one: Record) -> tuple[str | Link, ...]:
    name = Link(link(company, "Customer", one["Id"]), one["FullyQualifiedName"])
    return (name, one["Balance"], "yes" if one["Active"] else "no")


_VIEWS: Mapping[
    str, tuple[tuple[str, ...], Callable[[Company, Record], tuple[str | Link, ...]]]
] = {
    "Invoice": (
        ("No.", "Customer", "Date", "Due", "#Total", "#Open", "Status"),
        _invoice,
    ),
    "Payment": (("Ref. no.", "Customer", "Date", "#Amount", "#Unapplied"), _payment),
    "Customer": (("Name", "#Balance", "Active"), _customer),
}
