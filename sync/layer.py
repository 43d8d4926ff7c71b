"""A mapping over another one, so that a small change of a large mapping costs little."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, MutableMapping, ValuesView
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

_MANY = 1_000


class Layer(MutableMapping[K, V]):
    """Begins as `under` is; what is set or deleted here leaves `under` as it was.

    A layer over a layer takes what is set there with it, so lookups never go deeper than
    two; where that has become much, all of it is copied once.
    """

    def __init__(self, under: Mapping[K, V]) -> None:
        self._under = under
        self._own: dict[K, V] = {}
        self._gone: set[K] = set()
        if not isinstance(under, Layer):
            return
        if len(under._own) + len(under._gone) > _MANY:
            self._under = under._whole()
        else:
            self._under = under._under
            self._own, self._gone = {**under._own}, {*under._gone}

    def __getitem__(self, key: K) -> V:
        if key in self._own:
            return self._own[key]
        if key in self._gone:
            raise KeyError(key)
        return self._under[key]

    def __setitem__(self, key: K, value: V) -> None:
        self._own[key] = value

    def __delitem__(self, key: K) -> None:
        """Also of what is not there: whoever sets it under this layer does not set it here."""
        self._own.pop(key, None)
        self._gone.add(key)

    def __iter__(self) -> Iterator[K]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def items(self) -> ItemsView[K, V]:
        """Return all pairs, in the order of what is under the layer."""
        return self._whole().items()

    def values(self) -> ValuesView[V]:
        """Return all values, in the same order."""
        return self._whole().values()

    def _whole(self) -> dict[K, V]:
        whole = {**self._under, **self._own}
        for key in self._gone - self._own.keys():
            whole.pop(key, None)
        return whole
