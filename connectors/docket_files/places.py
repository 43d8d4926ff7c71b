"""The places where clients have work done, as exports name them.

Pure. A place is known again by its id, else by its name and address, as far as a row says
them; where two places of a client would do, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from connectors.docket_files.findings import RowProblem
from connectors.docket_files.identity import is_derived, place_id
from core.records import Address, ServiceAddress
from core.text import name_key

PLACE_FIELDS = (
    "service_address_id",
    "service_address_name",
    "service_address_line1",
    "service_address_line2",
    "service_address_city",
    "service_address_state",
    "service_address_postal_code",
)
"""The fields of `PlaceRef`, in its order."""
_WHOLE = re.compile(
    r"(?P<line1>.+?)\s*[,\n]\s*(?P<city>[^,\n]+?),\s*(?P<state>[A-Za-z]{2})\.?\s+"
    r"(?P<postal_code>\d{5}(?:-\d{4})?)(?:,?\s*(?:USA?|United States))?",
    re.DOTALL,
)
_LONGEST = 300


class PlaceRef(NamedTuple):
    """What a row says of a place."""

    id: str
    name: str
    line1: str
    line2: str
    city: str
    state: str
    postal_code: str

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not any(self)

    @property
    def address(self) -> Address:
        """Its address."""
        return Address(*self[2:])


def place_ref(cell: Callable[[str], str]) -> PlaceRef:
    """Read a place from its fields; `1 Elm St, Austin, TX 78701` in one cell is taken apart."""
    ref = PlaceRef(*map(cell, PLACE_FIELDS))
    if not ref.line1 or any(ref[3:]) or len(ref.line1) > _LONGEST:
        return ref
    match = _WHOLE.fullmatch(ref.line1)
    return ref._replace(**match.groupdict()) if match else ref


def find_place(places: Sequence[ServiceAddress], ref: PlaceRef) -> ServiceAddress | None:
    """Return the place of a client that is meant; None if there is none yet.

    Raises:
        RowProblem: several fit.
    """
    own = next((one for one in places if one.id == ref.id), None)
    if own is not None:
        return own
    # A row with an id of its own means another place than one that has Docket's id.
    open_to_it = [one for one in places if not ref.id or is_derived(one.id)]
    exact = [one for one in open_to_it if _keys(one) == _said(ref)]
    fits = exact or [one for one in open_to_it if _agree(_keys(one), _said(ref))]
    if len(fits) > 1:
        field = PLACE_FIELDS[next(at for at, text in enumerate(ref) if text)]
        raise RowProblem(field, f"{len(fits)} places of the client fit; which is meant is not said")
    return fits[0] if fits else None


def with_place(
    client_id: str, places: tuple[ServiceAddress, ...], ref: PlaceRef, *, mend: bool
) -> tuple[ServiceAddress, ...]:
    """Return a client's places with the one that a row says.

    Args:
        client_id: whose they are; the id of a new place that has none depends on it.
        places: those that are known.
        ref: what the row says.
        mend: whether it also corrects a place that is known, in what it says.

    Raises:
        RowProblem: several fit.
    """
    if not any(ref[1:]):
        return places
    known = find_place(places, ref)
    if known is None:
        key = place_id(ref.id, client_id, *_said(ref))
        return (*places, ServiceAddress(key, ref.name, ref.address))
    if not mend:
        return places
    address = Address(*(said or had for said, had in zip(ref[2:], _parts(known)[1:], strict=True)))
    mended = ServiceAddress(known.id, ref.name or known.name, address)
    return tuple(mended if one is known else one for one in places)


def _parts(place: ServiceAddress) -> tuple[str, ...]:
    at = place.address
    return (place.name, at.line1, at.line2, at.city, at.state, at.postal_code)


def _keys(place: ServiceAddress) -> tuple[str, ...]:
    return tuple(map(name_key, _parts(place)))


def _said(ref: PlaceRef) -> tuple[str, ...]:
    return tuple(map(name_key, ref[1:]))


def _agree(known: Sequence[str], said: Sequence[str]) -> bool:
    """Whether nothing that both say differs, and both say the same name or street."""
    pairs = list(zip(known, said, strict=True))
    same = any(one and one == other for one, other in pairs[:2])
    return same and all(one == other for one, other in pairs if one and other)
