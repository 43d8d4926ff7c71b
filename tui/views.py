"""How a person looks at the list: its order, and filters kept under a name; kept as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Protocol, get_args

from store.listing import Column, Filter, Sort
from store.states import InvoiceStatus


class ViewsFile(Protocol):
    """Where the text is kept."""

    def read(self) -> str:
        """Return it; empty if nothing was kept yet."""
        ...

    def write(self, text: str) -> None:
        """Keep it."""
        ...


@dataclass(frozen=True, slots=True)
class Views:
    """The order that was last chosen, filters by their names, columns, first steps."""

    sort: Sort = field(default_factory=Sort)
    filters: Mapping[str, Filter] = field(default_factory=dict)
    guide: bool = True
    """False once a person has put the first steps away."""
    hidden: frozenset[str] = frozenset()
    """Columns that a person has put away, by key."""

    def with_filter(self, name: str, which: Filter) -> Views:
        """The same with a filter of this name; marks are of today and are not kept."""
        return replace(self, filters={**self.filters, name: replace(which, ids=None)})

    def without(self, name: str) -> Views:
        """The same without the filter of this name."""
        return replace(
            self, filters={one: kept for one, kept in self.filters.items() if one != name}
        )


class KeptViews:
    """The views, kept whenever they change; without a file only while the program runs."""

    def __init__(self, file: ViewsFile | None) -> None:
        self._file = file
        self.now = views_from(file.read()) if file else Views()

    def keep(self, views: Views) -> None:
        """Take these from now on."""
        if views != self.now:
            self.now = views
            if self._file is not None:
                self._file.write(views_text(views))


def views_text(views: Views) -> str:
    """Return views as JSON."""
    filters = {
        name: {
            key: _plain(value) for key, value in asdict(which).items() if value not in (None, "")
        }
        for name, which in views.filters.items()
    }
    said = {
        "sort": asdict(views.sort),
        "filters": filters,
        "guide": views.guide,
        "hidden": sorted(views.hidden),
    }
    return json.dumps(said, indent=1)


def views_from(text: str) -> Views:
    """Return the views that a text says; what is not understood in it is left out."""
    try:
        said = json.loads(text or "{}")
        filters = {str(name): _filter(kept) for name, kept in said.get("filters", {}).items()}
        hidden = frozenset(get_args(Column)) & frozenset(said.get("hidden", ()))
        return Views(_sort(said.get("sort", {})), filters, said.get("guide") is not False, hidden)
    except (ValueError, TypeError, AttributeError):
        return Views()


def _sort(said: Mapping[str, Any]) -> Sort:
    columns: tuple[Column, ...] = get_args(Column)
    named = [column for column in columns if column == said.get("column")]
    return Sort(named[0], bool(said.get("descending", True))) if named else Sort()


def _filter(said: Mapping[str, Any]) -> Filter:
    status, first, last = (said.get(name) for name in ("status", "first_day", "last_day"))
    paid, least, most = said.get("paid"), said.get("least"), said.get("most")
    return Filter(
        status=InvoiceStatus(status) if status else None,
        text=str(said.get("text", "")),
        paid=None if paid is None else bool(paid),
        reason_code=str(said.get("reason_code", "")),
        client=str(said.get("client", "")),
        first_day=date.fromisoformat(first) if first else None,
        last_day=date.fromisoformat(last) if last else None,
        least=None if least is None else int(least),
        most=None if most is None else int(most),
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
