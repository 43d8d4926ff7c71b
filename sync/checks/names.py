"""Clients and products that cannot be used as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from core.records import Client, InvoiceLine, RefundLine
from core.text import display, name_key, tidy_name
from store.books import InvoiceFile
from sync.checks.ground import EXCLUDE, OPEN, Ground, finding, shown_client
from sync.matching import settled
from sync.shapes import Candidate, ConflictKind, Finding, NameMatch, NameState, WayOut
from sync.sites import parent_of, party


def check_client(ground: Ground, file: InvoiceFile) -> Iterator[Finding]:
    """Yield why the invoice's client has no customer in QuickBooks yet."""
    client = party(ground.books, file.invoice)
    if client is None:
        yield finding(
            ConflictKind.CUSTOMER_NAMELESS,
            ("client", file.invoice.client_id, "unknown client"),
            "Docket gave no client for this invoice. Refresh; if it stays, look at it in Docket.",
            (EXCLUDE,),
        )
        return
    yield from check_party(ground, client)


def check_party(ground: Ground, client: Client) -> Iterator[Finding]:
    """Yield why a client, or one of its places, has no customer in QuickBooks yet."""
    above = parent_of(ground.books, client.id)
    for one in (client,) if above is None else (above, client):
        key = ("client", one.id)
        if key not in ground.kept:
            ground.kept[key] = _client_finding(ground, one)
        kept = ground.kept[key]
        if kept is not None:
            yield kept
            return


def _client_finding(ground: Ground, client: Client) -> Finding | None:
    match = ground.matcher.client(client)
    if match.target is not None or (match.create_as and not _asks(ground, match)):
        return None
    kind, words = _client_words(ground, match)
    about = ("client", client.id, shown_client(client))
    ways_out = _client_ways(ground, client, match)
    return finding(kind, about, words, ways_out, match.candidates)


def _asks(ground: Ground, match: NameMatch) -> bool:
    return ground.policy.ask_new_customers and match.state != NameState.CHOSEN


def _client_words(ground: Ground, match: NameMatch) -> tuple[ConflictKind, str]:
    name = f"“{display(match.name, 60)}”"
    if not tidy_name(match.name):
        return (
            ConflictKind.CUSTOMER_NAMELESS,
            "This client has neither a company name nor a first and last name in Docket;"
            " QuickBooks needs one.",
        )
    if match.state == NameState.TAKEN:
        holder = match.candidates[0].entity.lower()
        return (
            ConflictKind.CUSTOMER_TAKEN,
            f"{name} is {_article(holder)} in QuickBooks, which allows a name once over"
            " customers, vendors and employees. The customer needs another name there.",
        )
    if match.state == NameState.UNUSABLE:
        return (
            ConflictKind.CUSTOMER_INACTIVE,
            f"{name}: the customer in QuickBooks was made inactive, merged or removed."
            " Make it active there and refresh, or use another.",
        )
    if match.state == NameState.NEARLY:
        return (
            ConflictKind.CUSTOMER_UNCLEAR,
            f"{name} is nearly the name of a customer in QuickBooks. Is it the same?",
        )
    if match.state == NameState.SEVERAL:
        return ConflictKind.CUSTOMER_UNCLEAR, _several_words(ground, match, name)
    return (
        ConflictKind.CUSTOMER_NEW,
        f"{name} is not in QuickBooks yet. Create the customer?",
    )


def _several_words(ground: Ground, match: NameMatch, name: str) -> str:
    key = name_key(tidy_name(match.name))
    namesakes = len(ground.index.namesakes.get(key, ()))
    if namesakes > 1:
        return (
            f"{namesakes} Docket clients are called {name}. Which customer in QuickBooks is"
            " this one? It must not share another's, nor become a double."
        )
    if any(said.startswith("used by") for one in match.candidates for said in one.evidence):
        return f"{name} is a customer in QuickBooks that another Docket client already uses."
    return f"Several customers in QuickBooks are called {name}. Which one is it?"


def _client_ways(ground: Ground, client: Client, match: NameMatch) -> tuple[WayOut, ...]:
    ways = [_use(one) for one in match.candidates if one.usable]
    ways += [
        WayOut("create", f"Create the customer “{display(name, 60)}”", name=name)
        for name in _free_names(ground, client, match)
    ]
    if match.state == NameState.UNUSABLE:
        ways.append(OPEN)
    return (*ways, EXCLUDE)


def _use(one: Candidate) -> WayOut:
    words = f"Use “{display(one.name, 60)}”"
    return WayOut("use", words, name=one.name, entity=one.entity, qbo_id=one.qbo_id)


def _free_names(ground: Ground, client: Client, match: NameMatch) -> list[str]:
    """Return up to three names under which the customer can be created."""
    name = tidy_name(match.name)
    if not name:
        return [f"Client {client.display_id or client.id}"]
    marks = (client.billing.city, client.display_id)
    wanted = [name, *(f"{name} ({tidy_name(mark)})" for mark in marks if tidy_name(mark))]
    wanted.append(f"{name} (customer)")
    alone = len(ground.index.namesakes.get(name_key(name), ())) < 2
    free = [one for one in wanted if name_key(one) not in ground.index.names]
    if alone and name in free:
        return [name]
    return [one for one in free if one != name][:3]


def check_lines(ground: Ground, lines: Iterable[InvoiceLine | RefundLine]) -> Iterator[Finding]:
    """Yield the products on these lines that have no usable item, each once."""
    for product, name in {ground.index.product_key(line): line.name for line in lines}.items():
        key = ("product", product)
        if key not in ground.kept:
            match = ground.matcher.product(product, name)
            ground.kept[key] = None if settled(match) else _product_finding(ground, match)
        kept = ground.kept[key]
        if kept is not None:
            yield kept


def _product_finding(ground: Ground, match: NameMatch) -> Finding:
    name = f"“{display(match.name, 60)}”"
    if not name_key(match.name):
        kind, words = ConflictKind.PRODUCT_MISSING, "A line has no product and no name."
    elif match.state in (NameState.NEARLY, NameState.SEVERAL):
        kind = ConflictKind.PRODUCT_UNCLEAR
        words = (
            f"{name} is nearly the name of a product/service in QuickBooks. Which one is it?"
            if match.state == NameState.NEARLY
            else f"Several products/services in QuickBooks are called {name}. Which one is it?"
        )
    elif match.state == NameState.UNUSABLE:
        kind = ConflictKind.PRODUCT_UNUSABLE
        words = (
            f"{name}: what QuickBooks has of this name cannot stand on an invoice (inactive,"
            " a category or a bundle, or removed). Choose another product/service."
        )
    else:
        kind = ConflictKind.PRODUCT_MISSING
        words = (
            f"{name} is not among the products/services in QuickBooks. Choose the one to use;"
            " nothing goes into a general “Service”."
        )
    return finding(
        kind,
        ("product", match.key, display(match.name, 60) or "a line without a name"),
        words,
        _product_ways(ground, match),
        match.candidates,
    )


def _product_ways(ground: Ground, match: NameMatch) -> tuple[WayOut, ...]:
    ways = [_use(one) for one in match.candidates if one.usable]
    name = tidy_name(match.name)[:100]
    if name and name_key(name) not in ground.index.items_by_name:
        ways += [
            WayOut(
                "create",
                f"Create “{display(name, 60)}” with income account {display(label, 40)}",
                name=name,
                entity="Account",
                qbo_id=account,
            )
            for account, label in _income_accounts(ground)
        ]
    return (*ways, EXCLUDE)


def _income_accounts(ground: Ground) -> list[tuple[str, str]]:
    """Return the income accounts of the company's items, most used first, three at most."""
    used = Counter(item.income_account for item in ground.books.items if item.income_account)
    names = {entry.qbo_id: entry.name for entry in ground.index.entries("Account")}
    ranked = sorted(used, key=lambda account: (-used[account], account))
    return [(account, names[account]) for account in ranked if account in names][:3]


def _article(noun: str) -> str:
    return f"an {noun}" if noun[:1] in "aeiou" else f"a {noun}"
