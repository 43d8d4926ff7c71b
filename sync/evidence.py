"""What besides the name says that two records are one client: e-mail, phone, street."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.records import Client
from core.text import name_key
from store.books import Name


@dataclass(frozen=True, slots=True)
class Contact:
    """The marks of a client or customer, in a form that can be compared; empty: unknown."""

    email: str = ""
    phone: str = ""
    streets: tuple[str, ...] = ()

    @classmethod
    def of_name(cls, name: Name) -> Contact:
        """Return the marks of a customer, vendor or employee."""
        return cls(_email(name.email), _phone(name.phone), (_street(name.address),))


def contact_of(client: Client | None) -> Contact:
    """Return the marks of a Docket client, its service addresses among them."""
    if client is None:
        return Contact()
    places = (client.billing, *(place.address for place in client.service_addresses))
    streets = tuple(street for place in places if (street := _street(place.line1)))
    return Contact(_email(client.email), _phone(client.phone), streets)


def evidence(contact: Contact, name: Name) -> tuple[str, ...]:
    """Return what speaks for `name` being the client, in words."""
    other = Contact.of_name(name)
    words: list[str] = []
    if contact.email and contact.email == other.email:
        words.append("same e-mail")
    if contact.phone and contact.phone == other.phone:
        words.append("same phone")
    if any(_begins(other.streets[0], street) for street in contact.streets):
        words.append("same street")
    return tuple(words)


def _email(text: str) -> str:
    return text.strip().casefold()


@lru_cache(maxsize=1 << 16)
def _phone(text: str) -> str:
    """The last ten digits: extensions and country codes are written in many ways."""
    digits = re.sub(r"\D", "", re.split(r"(?i)ext|x", text)[0])
    return digits[-10:] if len(digits) >= 7 else ""


@lru_cache(maxsize=1 << 16)
def _street(text: str) -> str:
    words = re.sub(r"[^\w\s]", " ", name_key(text)).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def _begins(whole: str, street: str) -> bool:
    return bool(street) and (whole == street or whole.startswith(street + " "))


_SHORT = {
    "street": "st",
    "avenue": "ave",
    "road": "rd",
    "drive": "dr",
    "boulevard": "blvd",
    "lane": "ln",
    "court": "ct",
    "highway": "hwy",
    "parkway": "pkwy",
    "suite": "ste",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
}
