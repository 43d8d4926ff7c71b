"""Which QuickBooks record a Docket name means; pure.

A person's choice wins, then the link by Id; only a name without either is compared,
once. The same name is used when it is the only one that can be; nothing like it
makes a new customer (never a new or "Service" item, unless the policy says so);
everything between is a person's decision, with the candidates ranked by likeness
and by what else speaks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from core.records import Client
from core.text import name_key, tidy_name
from store.books import Books, Item, Name
from sync.evidence import Contact, contact_of, evidence
from sync.index import Index, wanted_name
from sync.likeness import ASK_FROM, SHOW_FROM, Corpus, bare_words, likeness
from sync.policy import Policy
from sync.shapes import Candidate, NameMatch, NameState

USABLE_ITEMS = frozenset({"Service", "NonInventory", "Inventory"})
"""Item types that may stand on an invoice; a Category or Group may not."""

SETTLED_STATES = frozenset(
    {NameState.LINKED, NameState.CHOSEN, NameState.SAME, NameState.SAME_BUT_CASE}
)

_CANDIDATES = 8
_WITH_EVIDENCE = 50
"""From this likeness on, the same e-mail or phone makes a record worth asking about."""


def settled(match: NameMatch) -> bool:
    """Whether the match names a record to use, or a name to create, without a person."""
    return match.target is not None or bool(match.create_as)


class Matcher:
    """Matches clients and products against one state of the books; answers are kept."""

    def __init__(self, books: Books, policy: Policy, index: Index | None = None) -> None:
        self.index = index or Index(books, policy)
        self._books = books
        self._policy = policy
        self.clients: dict[str, NameMatch] = {}
        """Every client asked for, by Docket id."""
        self.products: dict[str, NameMatch] = {}
        """Every product asked for, by key."""

    def client(self, client: Client) -> NameMatch:
        """Return what a client is in QuickBooks."""
        if client.id not in self.clients:
            self.clients[client.id] = self._client(client)
        return self.clients[client.id]

    def product(self, key: str, name: str) -> NameMatch:
        """Return what a product is in QuickBooks.

        Args:
            key: `Index.product_key` of the line.
            name: the name on the line, for a product that Docket's price book lacks.
        """
        if key not in self.products:
            product = self._books.products.get(key)
            self.products[key] = self._product(key, name if product is None else product.name)
        return self.products[key]

    def search(self, kind: str, text: str, key: str = "") -> tuple[Candidate, ...]:
        """Return records that a person may mean by `text`, likest first; for "another…".

        Args:
            kind: client or product.
            text: what the person typed; part of a name is enough.
            key: the client in question, so that evidence can be shown.
        """
        if kind == "product":
            found = [item for item in self._books.items if name_key(text) in item.key]
            near = [self._books.items[i] for i, _ in self._item_corpus.near(text, SHOW_FROM)]
            return self._item_candidates(text, [*found, *near])[:50]
        client = self._books.clients.get(key)
        names = [name for name in self._customers if name_key(text) in name.key]
        names += [self._customers[i] for i, _ in self._customer_corpus.near(text, SHOW_FROM)]
        return self._name_candidates(text, names, contact_of(client))[:50]

    # --- clients

    def _client(self, client: Client) -> NameMatch:
        name = wanted_name(client, self._policy)
        return (
            self._chosen_client(client, name)
            or self._linked_client(client, name)
            or self._compared_client(client, name)
        )

    def _chosen_client(self, client: Client, name: str) -> NameMatch | None:
        choice = self._books.choices.get(("client", client.id))
        if choice is None:
            return None
        if choice.action == "use":
            return self._record(client, name, choice.qbo_id, NameState.CHOSEN)
        if self.index.link("client", client.id) is not None:
            return None
        wanted = tidy_name(choice.name or name)
        for found in self.index.names.get(name_key(wanted), ()):
            if found.entity == "Customer" and found.active:
                return self._record(client, name, found.qbo_id, NameState.CHOSEN)
        return NameMatch("client", client.id, name, NameState.CHOSEN, None, wanted, ())

    def _linked_client(self, client: Client, name: str) -> NameMatch | None:
        link = self.index.link("client", client.id)
        return None if link is None else self._record(client, name, link.qbo_id, NameState.LINKED)

    def _record(self, client: Client, name: str, qbo_id: str, state: NameState) -> NameMatch:
        """Return a match with one known customer, unless it is gone or inactive."""
        found = self.index.customers.get(qbo_id)
        if found is not None and found.active:
            target = self._name_candidate(name, found, contact_of(client))
            return NameMatch("client", client.id, name, state, target, "", ())
        near = self._near_names(name, contact_of(client))
        gone = [] if found is None else [found]
        candidates = self._name_candidates(name, [*gone, *near], contact_of(client))
        return NameMatch("client", client.id, name, NameState.UNUSABLE, None, "", candidates)

    def _compared_client(self, client: Client, name: str) -> NameMatch:
        wanted = tidy_name(name)[:500]
        contact = contact_of(client)
        if not wanted:
            return NameMatch("client", client.id, name, NameState.MISSING, None, "", ())
        same = self._same_names(name, wanted)
        usable = [one for one in same if one.entity == "Customer" and one.active]
        held = [one for one in same if one not in usable and _holds_its_name(one)]
        others = [one for one in held if one.entity != "Customer" and one.active]
        candidates = self._name_candidates(name, same, contact)
        if len(usable) == 1 and not others:
            return self._only_one(client, name, usable[0], contact)
        if len(usable) > 1:
            return NameMatch("client", client.id, name, NameState.SEVERAL, None, "", candidates)
        if any(one.entity != "Customer" for one in held):
            return NameMatch("client", client.id, name, NameState.TAKEN, None, "", candidates)
        if same and any(one.entity == "Customer" for one in same):
            return NameMatch("client", client.id, name, NameState.UNUSABLE, None, "", candidates)
        return self._nearly_or_new(client, name, wanted, contact)

    def _only_one(self, client: Client, name: str, found: Name, contact: Contact) -> NameMatch:
        target = self._name_candidate(name, found, contact)
        owner = self.index.linked.get(("Customer", found.qbo_id))
        if owner is not None or not self._is_first(client, found):
            return NameMatch("client", client.id, name, NameState.SEVERAL, None, "", (target,))
        alike = tidy_name(found.name) == name.strip() or self.index.full_name(found) == name
        state = NameState.SAME if alike else NameState.SAME_BUT_CASE
        return NameMatch("client", client.id, name, state, target, "", ())

    def _nearly_or_new(self, client: Client, name: str, wanted: str, contact: Contact) -> NameMatch:
        near = self._near_names(name, contact)
        if near:
            candidates = self._name_candidates(name, near, contact)
            return NameMatch("client", client.id, name, NameState.NEARLY, None, "", candidates)
        if not self._is_first(client, None):
            return NameMatch("client", client.id, name, NameState.SEVERAL, None, "", ())
        return NameMatch("client", client.id, name, NameState.MISSING, None, wanted, ())

    def _is_first(self, client: Client, found: Name | None) -> bool:
        """Whether this client may have the name that other Docket clients bear too.

        Where the customer exists, e-mail, phone or address must single out one of
        them; where it does not, the first is created and the others wait.
        """
        key = name_key(tidy_name(wanted_name(client, self._policy)))
        rivals = [
            rival
            for rival in self.index.namesakes.get(key, ())
            if rival == client.id or not self._decided(rival)
        ]
        if len(rivals) < 2:
            return True
        if found is None:
            return rivals[0] == client.id
        backed = [r for r in rivals if evidence(contact_of(self._books.clients[r]), found)]
        return backed == [client.id]

    def _decided(self, client_id: str) -> bool:
        key = ("client", client_id)
        return key in self._books.choices or key in self._books.links

    def _same_names(self, name: str, wanted: str) -> list[Name]:
        keys = {name_key(name), name_key(wanted)}
        found = {
            (one.entity, one.qbo_id): one for key in keys for one in self.index.names.get(key, ())
        }
        return sorted(found.values(), key=lambda one: (one.entity, one.qbo_id))

    @cached_property
    def _customers(self) -> Sequence[Name]:
        return [one for one in self._books.names if one.entity == "Customer"]

    @cached_property
    def _customer_corpus(self) -> Corpus:
        return Corpus(one.key for one in self._customers)

    @cached_property
    def _by_contact(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = {}
        for place, one in enumerate(self._customers):
            contact = Contact.of_name(one)
            for mark in (contact.email, contact.phone):
                if mark:
                    found.setdefault(mark, []).append(place)
        return found

    def _near_names(self, name: str, contact: Contact) -> list[Name]:
        near = {place for place, _ in self._customer_corpus.near(name, ASK_FROM)}
        words = bare_words(name)
        for mark in {contact.email, contact.phone} - {""}:
            for place in self._by_contact.get(mark, ()):
                if likeness(words, self._customer_corpus.words[place]) >= _WITH_EVIDENCE:
                    near.add(place)
        return [self._customers[place] for place in sorted(near)]

    def _name_candidates(
        self, name: str, found: Iterable[Name], contact: Contact
    ) -> tuple[Candidate, ...]:
        unique = {(one.entity, one.qbo_id): one for one in found}
        return _ranked(self._name_candidate(name, one, contact) for one in unique.values())

    def _name_candidate(self, name: str, found: Name, contact: Contact) -> Candidate:
        likely = likeness(bare_words(name), bare_words(found.key))
        full = self.index.full_name(found)
        said = list(evidence(contact, found))
        if found.entity == "Customer" and found.parent_id is not None:
            said.append(f"sub-customer: {full}")
        if not found.active:
            said.append("inactive")
        if found.entity != "Customer":
            said.append("an employee" if found.entity == "Employee" else "a vendor")
        owner = self.index.linked.get((found.entity, found.qbo_id))
        if owner is not None and owner.kind == "client":
            said.append(self._owner_words(owner.docket_id))
        return Candidate(
            found.entity,
            found.qbo_id,
            found.name,
            100 if name_key(name) in (found.key, name_key(full)) else likely,
            tuple(said),
            found.entity == "Customer" and found.active,
        )

    def _owner_words(self, client_id: str) -> str:
        owner = self._books.clients.get(client_id)
        shown = client_id if owner is None else owner.display_id or client_id
        return f"used by Docket client {shown}"

    # --- products

    def _product(self, key: str, name: str) -> NameMatch:
        return (
            self._chosen_product(key, name)
            or self._linked_product(key, name)
            or self._compared_product(key, name)
        )

    def _chosen_product(self, key: str, name: str) -> NameMatch | None:
        keys = [key, *self.index.same_products(key)]
        choices = [
            self._books.choices[("product", one)]
            for one in keys
            if ("product", one) in self._books.choices
        ]
        if not choices:
            return None
        choice = choices[0]
        if choice.action == "use":
            return self._item_record(key, name, choice.qbo_id, NameState.CHOSEN)
        if self.index.link("product", key) is not None:
            return None
        wanted = tidy_name(choice.name or name)[:100]
        for found in self.index.items_by_name.get(name_key(wanted), ()):
            if usable_item(found):
                return self._item_record(key, name, found.qbo_id, NameState.CHOSEN)
        return NameMatch("product", key, name, NameState.CHOSEN, None, wanted, ())

    def _linked_product(self, key: str, name: str) -> NameMatch | None:
        link = self.index.link("product", key)
        return None if link is None else self._item_record(key, name, link.qbo_id, NameState.LINKED)

    def _item_record(self, key: str, name: str, qbo_id: str, state: NameState) -> NameMatch:
        found = self.index.items.get(qbo_id)
        if found is not None and usable_item(found):
            target = self._item_candidate(name, found)
            return NameMatch("product", key, name, state, target, "", ())
        gone = [] if found is None else [found]
        candidates = self._item_candidates(name, [*gone, *self._near_items(name)])
        return NameMatch("product", key, name, NameState.UNUSABLE, None, "", candidates)

    def _compared_product(self, key: str, name: str) -> NameMatch:
        keys = dict.fromkeys((name_key(name), name_key(tidy_name(name))))
        same = {one.qbo_id: one for k in keys if k for one in self.index.items_by_name.get(k, ())}
        usable = [one for one in same.values() if usable_item(one)]
        if len(usable) == 1:
            exact = name in (usable[0].name, usable[0].full_name)
            state = NameState.SAME if exact else NameState.SAME_BUT_CASE
            target = self._item_candidate(name, usable[0])
            return NameMatch("product", key, name, state, target, "", ())
        near = self._near_items(name)
        candidates = self._item_candidates(name, [*same.values(), *near])
        if usable:
            return NameMatch("product", key, name, NameState.SEVERAL, None, "", candidates)
        if same:
            return NameMatch("product", key, name, NameState.UNUSABLE, None, "", candidates)
        if any(one.likeness >= ASK_FROM for one in candidates):
            return NameMatch("product", key, name, NameState.NEARLY, None, "", candidates)
        return self._missing_product(key, name, candidates)

    def _missing_product(self, key: str, name: str, candidates: tuple[Candidate, ...]) -> NameMatch:
        stand_in = self.index.items.get(self._policy.default_item)
        target = self._item_candidate(name, stand_in) if _usable(stand_in) and stand_in else None
        create_as = tidy_name(name)[:100] if self._policy.income_account else ""
        return NameMatch(
            "product",
            key,
            name,
            NameState.MISSING,
            target,
            create_as,
            () if target or create_as else candidates,
        )

    @cached_property
    def _item_corpus(self) -> Corpus:
        return Corpus(item.name for item in self._books.items)

    def _near_items(self, name: str) -> list[Item]:
        return [self._books.items[i] for i, _ in self._item_corpus.near(name, SHOW_FROM)[:20]]

    def _item_candidates(self, name: str, found: Iterable[Item]) -> tuple[Candidate, ...]:
        unique = {item.qbo_id: item for item in found}
        ranked = _ranked(self._item_candidate(name, item) for item in unique.values())
        return ranked[:_CANDIDATES]

    def _item_candidate(self, name: str, item: Item) -> Candidate:
        same = name_key(name) in (item.key, name_key(item.full_name))
        said = [] if item.kind in USABLE_ITEMS else [f"a {item.kind.lower()}"]
        if not item.active:
            said.append("inactive")
        if item.full_name != item.name:
            said.append(item.full_name)
        return Candidate(
            "Item",
            item.qbo_id,
            item.name,
            100 if same else likeness(bare_words(name), bare_words(item.name)),
            tuple(said),
            usable_item(item),
        )


def usable_item(item: Item) -> bool:
    """Whether an item may stand on an invoice."""
    return item.active and item.kind in USABLE_ITEMS


def _usable(item: Item | None) -> bool:
    return item is not None and usable_item(item)


def _holds_its_name(name: Name) -> bool:
    """Whether it keeps others from the name; an inactive one with a suffix does not."""
    return name.active or "(deleted" not in name.name.casefold()


def _ranked(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(
        sorted(
            candidates,
            key=lambda one: (
                not one.usable,
                -(one.likeness + 10 * sum(said.startswith("same") for said in one.evidence)),
                one.name,
                one.qbo_id,
            ),
        )
    )
