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
from sandbox.rolloff.words import (
    ENDINGS,
    FIRST_NAMES,
    LAST_NAMES,
    PLACES,
    STREETS,
    TOWNS,
    TRADES,
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


# Company name, or ("first", "last"); then the name in QuickBooks.
Named = tuple[str | tuple[str, str], str | None]

_FIXED: dict[str, tuple[Named, ...]] = {
    "near": (
        ("ABC Construction LLC", "ABC Const."),
        ("Hernandez & Daughters Roofing LLC", "Hernandez & Daughters Roofing"),
        ("Blackland Excavation Inc.", "Blackland Excavating Inc"),
        ("McAllister Remodeling", "McAlister Remodeling"),
        ("Gruene River Homes LLC", "Gruene River Homes, L.L.C."),
        (("Katherine", "O'Neill"), "Katharine O'Neil"),
        ("Three Oaks Property Management", "Three Oaks Property Mgmt."),
        ("Wimberley Valley Builders", "Wimberly Valley Builders"),
        ("Smith and Sons Demolition", "Smith & Sons Demolition"),
    ),
    "case": (
        ("Pecan Street Partners", "PECAN STREET PARTNERS"),
        ("McCoy Fence Co.", "Mccoy Fence Co."),
        ("Riverbend  Church of Christ", "Riverbend Church of Christ"),
        ("hill country handyman", "Hill Country Handyman"),
        (("Leslie", "van der Berg"), "Leslie Van Der Berg"),
        ("Tejas Pool  Plastering", "Tejas Pool Plastering"),
    ),
    "vendor": (
        ("Comal Sand & Gravel", "Comal Sand & Gravel"),
        ("Kowalik Diesel Repair", "Kowalik Diesel Repair"),
    ),
    "employee": ((("Luis", "Ortega"), "Luis Ortega"),),
    "inactive": (("Bluffview Estates HOA", "Bluffview Estates HOA"),),
    "new": (
        ("[@click=app.quit]Acme[/] \x1b]52;c;AAAA\x07", None),
        ("Tumbleweed Drive-In Theater", None),
        ("Zoë's Bäckerei & Café", None),
        ("Sunrise Rotary Club: Cleanup Day", None),
        (("Thandiwe", "Nkosi-Beaumont"), None),
        ("東京ガーデン Gardens", None),
        ("Yellow Umbrella Preschool", None),
        (("Bartholomew", "Quill"), None),
    ),
    "twin": (
        ("Lone Star Builders", "Lone Star Builders"),
        ("Lone Star Builders", "Lone Star Builders"),
    ),
    "foreign": (("Maple Ridge Exhibits Ltd.", "Maple Ridge Exhibits Ltd."),),
    "same": (
        ("Robertson & Associates", "Robertson & Associates"),
        ("Núñez Hermanos Drywall", "Núñez Hermanos Drywall"),
        (("Siobhán", "O'Brien"), "Siobhán O'Brien"),
        ("St. Brigid's Parish School", "St. Brigid's Parish School"),
        ("City of Martindale - Public Works", "City of Martindale - Public Works"),
        ('The "Big D" Barbecue', 'The "Big D" Barbecue'),
    ),
}
_EXEMPT_WORDS = re.compile(r"Church|Parish|City of|School|Rotary|Preschool")


def parties(seed: int, plan: Mix, updated_at: str) -> list[Party]:
    """All clients of the company, those with trouble among the rest."""
    dice = Dice(seed, "parties")
    made = []
    kinds = [kind for kind, count in plan.client_kinds.items() for _ in range(count)]
    kinds += ["same"] * max(plan.clients - len(kinds), 1)
    names = _Names(dice)
    for place, kind in enumerate(dice.sample(kinds, len(kinds)), 1):
        named, other_name = names.take(kind)
        town = dice.pick(TOWNS)
        record = _record(dice, place, named, town, updated_at)
        made.append(Party(kind, record, town, other_name))
    return made


class _Names:
    """Hands out the fixed names of each kind, then made-up ones, none twice."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._left = {kind: iter(named) for kind, named in _FIXED.items()}
        self._used = {
            _key(name) for named in _FIXED.values() for pair in named for name in pair if name
        }
        self._twin: Named | None = None

    def take(self, kind: str) -> Named:
        fixed = next(self._left[kind], None)
        if fixed is not None:
            return fixed
        if kind == "twin":
            return self._take_twin()
        named = self._fresh()
        if kind == "new":
            return named, None
        if kind == "near":
            return named, self._misspelt(named)
        return named, _joined(named).upper() if kind == "case" else _joined(named)

    def _misspelt(self, named: str | tuple[str, str]) -> str:
        """The name in a spelling that is nobody's."""
        name = _joined(named)
        other = _abbreviated(name)
        while other == name or _key(other) in self._used:
            other = _typo(self._dice, name)
        self._used.add(_key(other))
        return other

    def _take_twin(self) -> Named:
        if self._twin is None:
            named = self._fresh()
            self._twin = (named, _joined(named))
            return self._twin
        twin, self._twin = self._twin, None
        return twin

    def _fresh(self) -> str | tuple[str, str]:
        while True:
            named = self._company() if self._dice.chance(62) else self._person()
            if _key(named) not in self._used:
                self._used.add(_key(named))
                return named

    def _company(self) -> str:
        first = self._dice.pick(PLACES if self._dice.chance(45) else LAST_NAMES)
        if self._dice.chance(20):
            first = f"{first} {self._dice.pick(PLACES)}"
        return f"{first} {self._dice.pick(TRADES)} {self._dice.pick(ENDINGS)}".strip()

    def _person(self) -> tuple[str, str]:
        first, last = self._dice.pick(FIRST_NAMES), self._dice.pick(LAST_NAMES)
        if self._dice.chance(15):
            last = f"{last}-{self._dice.pick(LAST_NAMES)}"
        return first, last


def _abbreviated(name: str) -> str:
    """The name as somebody in a hurry keys it into QuickBooks."""
    for long, short in ((" Construction", " Const."), (" Services", " Svcs"), (" LLC", "")):
        if long in name:
            return name.replace(long, short)
    return name


def _typo(dice: Dice, name: str) -> str:
    """The name with a letter left out, or two changed over."""
    at = dice.between(1, len(name) - 3)
    if dice.chance(50):
        return name[:at] + name[at + 1 :]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _joined(named: str | tuple[str, str]) -> str:
    return named if isinstance(named, str) else " ".join(named)


def _key(named: str | tuple[str, str]) -> str:
    return " ".join(_joined(named).casefold().split())


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
