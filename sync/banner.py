"""Where we are: what every screen's header says. Loaded before the first picture."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple


class Banner(NamedTuple):
    """What every screen's header says."""

    company: str
    live: bool
    practice: bool
    connected: bool
    read_only: bool
    as_of: datetime | None
    """Of the last refresh."""
    today: date | None
    may_post: bool = True
    """Whether anything is written in QuickBooks; not where the program was started read-only."""
    notice: str = ""
    """That the connection ends soon, in a few words."""
    country: str = ""
    """As CompanyInfo has it; with `currency` it says how days and money are written."""
    currency: str = ""
    """The company's own, as an ISO code."""
