"""Names for clients, and the name each has in QuickBooks: fixed ones first, then made-up ones."""

from __future__ import annotations

from typing import TypeAlias

from sandbox.rolloff.dice import Dice
from sandbox.rolloff.words import ENDINGS, FIRST_NAMES, LAST_NAMES, PLACES, TRADES

Named: TypeAlias = tuple[str | tuple[str, str], str | None]
"""A company name, or first and last name; then the name in QuickBooks, None for none."""

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


class Names:
    """Hands out the fixed names of each kind, then made-up ones, none twice."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._left = {kind: iter(named) for kind, named in _FIXED.items()}
        self._used = {
            _key(name) for named in _FIXED.values() for pair in named for name in pair if name
        }
        self._twin: Named | None = None

    def take(self, kind: str) -> Named:
        """The next name for a client of `kind`."""
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
