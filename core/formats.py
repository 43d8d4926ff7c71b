"""How days and money are written for the people of one company, and read from them.

QuickBooks shows both by the company's country, and its API has no field for a format
that was chosen there, so the country decides until a setting does. All
countries it serves here write 1,234.50; the order of a day differs. Only what people
see goes through here: files, JSON and the command line write ISO days and plain amounts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple, TypeAlias

from core.money import Cents, exact_cents, format_cents

Order: TypeAlias = Literal["mdy", "dmy", "iso"]

LOCALES: Mapping[str, Order] = {"us": "mdy", "ca": "dmy", "uk": "dmy", "au": "dmy", "iso": "iso"}
"""What the setting can be, and how days are written then."""
_COUNTRIES: Mapping[str, str] = {"US": "us", "CA": "ca", "GB": "uk", "UK": "uk", "AU": "au"}
"""By CompanyInfo.Country; any other reads ISO, which nobody misreads."""
_SIGNS: Mapping[tuple[str, str], str] = {
    ("us", "USD"): "$",
    ("ca", "CAD"): "$",
    ("au", "AUD"): "$",
    ("uk", "GBP"): "£",
}
"""A country's own currency; another one is named by its code."""
_BRIEF: Mapping[Order, str] = {"mdy": "%m/%d", "dmy": "%d/%m", "iso": "%m-%d"}

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_SLASHED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_FULL_YEAR = re.compile(r"\D\d{4}$")
_AMOUNT = re.compile(r"(\d{1,3}(,\d{3})+|\d+)?(\.\d{1,2})?")
_SIGN_BEFORE = re.compile(r"(?<!\S)(-?)(?:[$£]|[A-Z]{3} )(?=\.?\d)")
_OUR_DAYS = re.compile(r"(?<!no\. )(?<![\w/-])(\d{4}-\d{2}-\d{2})(?![\w/-])")


class Searched(NamedTuple):
    """What was typed into a search: its words, and the day if one was among them."""

    text: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Formats:
    """The order of a day, and the sign before an amount that stands alone."""

    order: Order = "iso"
    sign: str = ""

    def day(self, value: date | None) -> str:
        """Return a day, always ten characters; empty if there is none."""
        if value is None:
            return ""
        if self.order == "iso":
            return value.isoformat()
        parts = (value.month, value.day) if self.order == "mdy" else (value.day, value.month)
        return f"{parts[0]:02}/{parts[1]:02}/{value.year:04}"

    def month(self, key: str) -> str:
        """Return a month kept as `2026-10`."""
        year, dash, month = key.partition("-")
        return f"{month}/{year}" if dash and self.order != "iso" else key

    def moment(self, value: datetime | None) -> str:
        """Return an instant on the user's own clock, to the minute; empty if there is none."""
        if value is None:
            return ""
        own = value.astimezone()
        return f"{self.day(own.date())} {own:%H:%M}"

    def brief_moment(self, value: datetime) -> str:
        """Return an instant without its year."""
        return value.astimezone().strftime(f"{_BRIEF[self.order]} %H:%M")

    def money(self, amount: Cents) -> str:
        """Return an amount that stands alone: `$12,430.00`, `-$5.25`."""
        minus = "-" if amount < 0 else ""
        return f"{minus}{self.sign}{format_cents(abs(amount))}"

    def words(self, text: str) -> str:
        """Return a sentence of ours with its days as `day` writes them.

        Sentences that are kept hold ISO days. A number is left alone, also one like a day.
        """
        if self.order == "iso":
            return text
        return _OUR_DAYS.sub(lambda found: self._rewritten(found[1]), text)

    def _rewritten(self, text: str) -> str:
        try:
            return self.day(date.fromisoformat(text))
        except ValueError:
            return text

    def read_day(self, text: str) -> date:
        """Read a day as it is shown, or as ISO.

        Raises:
            ValueError: it is no day, with how to write one.
        """
        said = text.strip()
        try:
            if _ISO.fullmatch(said):
                return date.fromisoformat(said)
            found = _SLASHED.fullmatch(said)
            if found and self.order != "iso":
                first, second, year = int(found[1]), int(found[3]), int(found[4])
                month, day = (first, second) if self.order == "mdy" else (second, first)
                return date(year + 2000 if len(found[4]) == 2 else year, month, day)
        except ValueError:
            pass
        raise ValueError(f"{said} is not a date. Write it as {self.example}.")

    @property
    def example(self) -> str:
        """A day as it is written."""
        return self.day(date(2026, 11, 30))

    def read_money(self, text: str) -> Cents:
        """Read an amount, with or without its sign and commas.

        Raises:
            ValueError: it is none, with how to write one.
        """
        said = _SIGN_BEFORE.sub(r"\1", text.strip())
        minus = said.startswith("-")
        bare = said.removeprefix("-").strip()
        if bare and _AMOUNT.fullmatch(bare):
            cents = exact_cents(bare.replace(",", ""))
            return -cents if minus else cents
        raise ValueError(f"{text.strip()} is not an amount. Write it as 1,250.00.")

    def searched(self, text: str) -> Searched:
        """Take a whole day out of what was typed, and the signs before amounts."""
        day, rest = None, []
        for word in text.split(" "):
            found = self._whole_day(word) if day is None else None
            if found is None:
                rest.append(word)
            day = day or found
        return Searched(_SIGN_BEFORE.sub(r"\1", " ".join(rest)), day)

    def _whole_day(self, word: str) -> date | None:
        """A word that is a day to the last figure: one half typed is still looked for."""
        if not (_ISO.fullmatch(word) or _FULL_YEAR.search(word)):
            return None
        try:
            return self.read_day(word)
        except ValueError:
            return None


def formats_for(locale: str, country: str, currency: str) -> Formats:
    """Return how a company's people read days and money.

    Args:
        locale: one of `LOCALES`, or empty: by the country.
        country: as CompanyInfo has it; empty while it is not known.
        currency: the company's own, as an ISO code; empty while it is not known.
    """
    home = _COUNTRIES.get(country.upper(), "iso")
    code = f"{currency} " if currency else ""
    sign = code if locale == "iso" else _SIGNS.get((home, currency), code)
    return Formats(LOCALES[locale or home], sign)
