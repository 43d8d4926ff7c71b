"""Chance that repeats: one stream per topic, so that one topic never shifts another."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A seeded stream of choices."""

    def __init__(self, seed: int, topic: str) -> None:
        """The stream of `topic` under `seed`."""
        self._random = random.Random(f"{seed}/{topic}")  # noqa: S311 - repeatable on purpose

    def pick(self, options: Sequence[T]) -> T:
        """One of them, each as likely."""
        return options[int(self._random.random() * len(options))]

    def weighted(self, options: Sequence[tuple[T, int]]) -> T:
        """One of them, by weight."""
        return self._random.choices([o for o, _ in options], [w for _, w in options])[0]

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._random.random() * (high - low + 1))

    def chance(self, percent: int) -> bool:
        """True in `percent` of a hundred cases."""
        return self._random.random() * 100 < percent

    def sample(self, options: Sequence[T], count: int) -> list[T]:
        """`count` different ones, or all if there are not so many."""
        return self._random.sample(options, min(count, len(options)))
