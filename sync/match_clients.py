"""Which customer a Docket client is: by choice, by link, by name; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property

from core.records import Client
from core.text import name_key, tidy_name
from store.books import Name
from sync.candidates import ranked
from sync.evidence import Contact, contact_of, evidence
from sync.index import Index, full_name_key, wanted_name
from sync.likeness import ASK_FROM, SHOW_FROM, Corpus, bare_words, likeness
from sync.policy import Policy
from sync.shapes import Candidate, NameMatch, NameState
from sync.sites import parent_of

_WITH_EVIDENCE = 50
"""From this likeness on, the same e-mail or phone makes a record worth asking about."""


class ClientMatcher:
    """Matches clients against the names in QuickBooks."""

    def __init__(self, index: Index, policy: Policy) -> None:
        self._index = index
        self._policy = policy

    def over(self, index: Index) -> ClientMatcher:
        """Return the same matcher over books with other choices; its lists are kept."""
        twin = copy(self)
        twin._index = index
        return twin

    def search(self, text: str, client: Client | None) -> tuple[Candidate, ...]:
        """Return customers that a person may mean by `text`."""
        found = [one for one in self._customers if name_key(text) in one.key]
        found += [self._customers[i] for i, _ in self._corpus.near(text, SHOW_FROM)]
        return self._name_candidates(text, found, contact_of(client))

    def match(self, client: Client) -> NameMatch:
        """Return what a client is in QuickBooks."""
        name = wanted_name(client, self._policy)
        if parent_of(self._index.books, client.id) is not None:
            return self._place(client)
        return (
            self._chosen_client(client, name)
            or self._linked_client(client, name)
            or self._compared_client(client, name)
        )

    def _place(self, client: Client) -> NameMatch:
        """Match a client at one place: by choice, by link, by its whole name, or as a new one."""
        name = client.customer_name
        known = self._chosen_client(client, name) or self._linked_client(client, name)
        if known is not None:
            return known
        above, _, place = name.rpartition(" - ")
        keys = (name_key(tidy_name(name)), full_name_key(f"{above}:{place}"))
        same = {one.qbo_id: one for key in keys for one in self._index.names.get(key, ())}
        usable = [one for one in same.values() if one.entity == "Customer" and one.active]
        if len(usable) == 1:
            target = self._name_candidate(name, usable[0], contact_of(client))
            return NameMatch("client", client.id, name, NameState.SAME, target, "", ())
        if any(_holds_its_name(one) for one in same.values()):
            found = self._name_candidates(name, same.values(), contact_of(client))
            return NameMatch("client", client.id, name, NameState.SEVERAL, None, "", found)
        wanted = tidy_name(name)[:500]
        return NameMatch("client", client.id, name, NameState.MISSING, None, wanted, ())

    def _chosen_client(self, client: Client, name: str) -> NameMatch | None:
        choice = self._index.books.choices.get(("client", client.id))
        if choice is None:
            return None
        if choice.action == "use":
            return self._record(client, name, choice.qbo_id, NameState.CHOSEN)
        if self._index.link("client", client.id) is not None:
            return None
        wanted = tidy_name(choice.name or name)
        for found in self._index.names.get(name_key(wanted), ()):
            if found.entity == "Customer" and found.active:
                return self._record(client, name, found.qbo_id, NameState.CHOSEN)
        return NameMatch("client", client.id, name, NameState.CHOSEN, None, wanted, ())

    def _linked_client(self, client: Client, name: str) -> NameMatch | None:
        link = self._index.link("client", client.id)
        return None if link is None else self._record(client, name, link.qbo_id, NameState.LINKED)

    def _record(self, client: Client, name: str, qbo_id: str, state: NameState) -> NameMatch:
        """Return a match with one known customer, unless it is gone or inactive."""
        found = self._index.customers.get(qbo_id)
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
        if len(usable) == 1 and not others:
            return self._only_one(client, name, usable[0], contact)
        candidates = self._name_candidates(name, same, contact)
        if len(usable) > 1:
            return NameMatch("client", client.id, name, NameState.SEVERAL, None, "", candidates)
        if any(one.entity != "Customer" for one in held):
            return NameMatch("client", client.id, name, NameState.TAKEN, None, "", candidates)
        if same and any(one.entity == "Customer" for one in same):
            return NameMatch("client", client.id, name, NameState.UNUSABLE, None, "", candidates)
        return self._nearly_or_new(client, name, wanted, contact)

    def _only_one(self, client: Client, name: str, found: Name, contact: Contact) -> NameMatch:
        target = self._name_candidate(name, found, contact)
        owner = self._index.linked.get(("Customer", found.qbo_id))
        if owner is not None or not self._is_first(client, found):
            return NameMatch("client", client.id, name, NameState.SEVERAL, None, "", (target,))
        alike = name in (found.name, self._index.full_name(found))
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
            for rival in self._index.namesakes.get(key, ())
            if rival == client.id or not self._decided(rival)
        ]
        if len(rivals) < 2:
            return True
        if found is None:
            return rivals[0] == client.id
        backed = [r for r in rivals if evidence(contact_of(self._index.books.clients[r]), found)]
        return backed == [client.id]

    def _decided(self, client_id: str) -> bool:
        key = ("client", client_id)
        return key in self._index.books.choices or key in self._index.books.links

    def _same_names(self, name: str, wanted: str) -> list[Name]:
        keys = {name_key(name), name_key(wanted), full_name_key(name)}
        found = {
            (one.entity, one.qbo_id): one for key in keys for one in self._index.names.get(key, ())
        }
        return sorted(found.values(), key=lambda one: (one.entity, one.qbo_id))

    @cached_property
    def _customers(self) -> Sequence[Name]:
        return [one for one in self._index.books.names if one.entity == "Customer"]

    @cached_property
    def _corpus(self) -> Corpus:
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
        near = {place for place, _ in self._corpus.near(name, ASK_FROM)}
        words = bare_words(name)
        for mark in {contact.email, contact.phone} - {""}:
            for place in self._by_contact.get(mark, ()):
                if likeness(words, self._corpus.words[place]) >= _WITH_EVIDENCE:
                    near.add(place)
        return [self._customers[place] for place in sorted(near)]

    def _name_candidates(
        self, name: str, found: Iterable[Name], contact: Contact
    ) -> tuple[Candidate, ...]:
        unique = {(one.entity, one.qbo_id): one for one in found}
        return ranked(self._name_candidate(name, one, contact) for one in unique.values())

    def _name_candidate(self, name: str, found: Name, contact: Contact) -> Candidate:
        full = self._index.full_name(found)
        same = full_name_key(name) in (found.key, full_name_key(full))
        said = list(evidence(contact, found))
        if found.entity == "Customer" and found.parent_id is not None:
            said.append(f"sub-customer: {full}")
        if not found.active:
            said.append("inactive")
        if found.entity != "Customer":
            said.append("an employee" if found.entity == "Employee" else "a vendor")
        owner = self._index.linked.get((found.entity, found.qbo_id))
        if owner is not None and owner.kind == "client":
            said.append(self._owner_words(owner.docket_id))
        return Candidate(
            found.entity,
            found.qbo_id,
            found.name,
            100 if same else likeness(bare_words(name), bare_words(found.key)),
            tuple(said),
            found.entity == "Customer" and found.active,
        )

    def _owner_words(self, client_id: str) -> str:
        owner = self._index.books.clients.get(client_id)
        shown = client_id if owner is None else owner.display_id or client_id
        return f"used by Docket client {shown}"


def _holds_its_name(name: Name) -> bool:
    """Whether it keeps others from the name; an inactive one with a suffix does not."""
    return name.active or "(deleted" not in name.name.casefold()
