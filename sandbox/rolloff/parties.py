"""The clients, and how each one's name stands in QuickBooks.

Most names agree to the letter. The others are the ways in which Docket's exact
match goes wrong: another spelling (a second customer would be made), a name that
belongs to a vendor or an employee (refused), an inactive customer, two clients with
one name, and a few whom QuickBooks has never heard of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.docket.amounts import Record
from sandbox.rolloff.dice import Dice
from sandbox.rolloff.mix import Mix
from sandbox.rolloff.naming import Names
from sandbox.rolloff.words import (
    FIRST_NAMES,
    LAST_NAMES,
    STREETS,
    TOWNS,
    Town,
)


@dataclass(frozen=True)
class Party:
    """A client with its place and its name in QuickBooks.

    `match` is `same` or one of mix.CLIENT_KINDS; `other_name` is the name there,
    None where there is no customer, vendor or employee of a like name.
    """

    match: str
    record: Record
    town: Town
    other_name: str | None

    @property
    def id(self) -> str:
        """Docket's id."""
        return str(self.record["id"])

    @property
    def exempt(self) -> bool:
        """Whether no tax is charged."""
        return bool(self.record["tax_exempt"])


_EXEMPT_WORDS = re.compile(r"Church|Parish|City of|School|Rotary|Preschool")


def parties(seed: int, plan: Mix, updated_at: str) -> list[Party]:
    """All clients of the company, those with trouble among the rest."""
    dice = Dice(seed, "parties")
    made = []
    kinds = [kind for kind, count in plan.client_kinds.items() for _ in range(count)]
    kinds += ["same"] * max(plan.clients - len(kinds), 1)
    names = Names(dice)
    for place, kind in enumerate(dice.sample(kinds, len(kinds)), 1):
        named, other_name = names.take(kind)
        town = dice.pick(TOWNS)
        record = _record(dice, place, named, town, updated_at)
        made.append(Party(kind, record, town, other_name))
    return made


def slug(name: str) -> str:
    """Letters and digits of a name, for an e-mail address."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "", plain)[:24] or "office"


def _record(
    dice: Dice, place: int, named: str | tuple[str, str], town: Town, updated_at: str
) -> Record:
    company, (first, last) = (named, ("", "")) if isinstance(named, str) else ("", named)
    if company and dice.chance(60):
        first, last = dice.pick(FIRST_NAMES), dice.pick(LAST_NAMES)
    client_id = f"cl-{place:05d}"
    billing = address(dice, town)
    mailbox = f"office@{slug(company)}.example" if company else f"{slug(first + last)}@mail.example"
    return {
        "id": client_id,
        "display_id": f"C{1000 + place}",
        "company_name": company,
        "first_name": first,
        "last_name": last,
        "email": mailbox if dice.chance(92) else "",
        "phone": f"({dice.pick(('512', '830', '210'))}) 555-{dice.between(0, 9999):04d}",
        "billing": billing,
        "service_addresses": list(_sites(dice, client_id, bool(company), billing)),
        "client_type": _client_type(dice, bool(company)),
        "tax_exempt": bool(_EXEMPT_WORDS.search(company)),
        "updated_at": updated_at,
    }


def _client_type(dice: Dice, company: bool) -> str:
    if not company:
        return "Residential"
    return dice.weighted((("Commercial", 5), ("Contractor Bulk Bill", 3), ("Contractor Prepay", 2)))


def _sites(dice: Dice, client_id: str, company: bool, billing: Record) -> Iterator[Record]:
    """Where the work is done: the billing address, and for contractors some job sites."""
    yield {"id": f"{client_id}-s1", "name": "Main", "address": billing}
    extra = dice.weighted(((0, 5), (1, 3), (2, 2), (4, 1))) if company else 0
    for place in range(2, 2 + extra):
        site = address(dice, dice.pick(TOWNS))
        yield {"id": f"{client_id}-s{place}", "name": f"Job site {place - 1}", "address": site}


def address(dice: Dice, town: Town) -> Record:
    """A street address in `town`."""
    return {
        "line1": f"{dice.between(101, 9899)} {dice.pick(STREETS)}",
        "line2": f"Suite {dice.between(1, 40)}0" if dice.chance(8) else "",
        "city": town.name,
        "state": "TX",
        "postal_code": town.postal_code,
    }
