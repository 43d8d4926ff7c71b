"""A list that changes while it is read loses no row that stays."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.qbo.faults import QboUnclear
from connectors.qbo.listing import walk
from core.jsonio import JsonObject


def read_all(books: list[int], page: int, deletions: dict[int, list[int]]) -> list[str]:
    """Walk over `books`; before the n-th question the given Ids go away."""
    asked = 0

    async def ask(start: int) -> Sequence[JsonObject]:
        nonlocal asked
        for gone in deletions.get(asked, []):
            if gone in books:
                books.remove(gone)
        asked += 1
        return [{"Id": str(one)} for one in books[start - 1 : start - 1 + page]]

    async def main() -> list[str]:
        return [row["Id"] async for rows in walk(ask, page) for row in rows]

    return asyncio.run(main())


@given(st.integers(0, 40), st.integers(2, 7))
def test_a_quiet_list_comes_once_and_whole(size: int, page: int) -> None:
    books = list(range(size))
    assert read_all(list(books), page, {}) == [str(one) for one in books]


@given(
    st.integers(0, 40),
    st.integers(2, 7),
    st.dictionaries(st.integers(0, 12), st.lists(st.integers(0, 40), max_size=6), max_size=6),
)
def test_deletions_on_the_way_hide_nothing_that_stays(
    size: int, page: int, deletions: dict[int, list[int]]
) -> None:
    books = list(range(size))
    found = read_all(books, page, deletions)
    assert len(found) == len(set(found))
    assert {str(one) for one in books} <= set(found)


def test_a_short_page_is_not_the_end() -> None:
    pages = {1: ["1", "2"], 2: ["2", "3"], 3: ["3"]}

    async def ask(start: int) -> Sequence[JsonObject]:
        return [{"Id": one} for one in pages.get(start, [])]

    async def main() -> list[str]:
        return [row["Id"] async for rows in walk(ask, 1000) for row in rows]

    assert asyncio.run(main()) == ["1", "2", "3"]


def test_a_server_that_never_settles_is_given_up_on() -> None:
    count = 0

    async def ask(start: int) -> Sequence[JsonObject]:
        nonlocal count
        count += 1
        return [{"Id": f"{count}-{row}"} for row in range(2)]

    async def main() -> None:
        async for _ in walk(ask, 2):
            pass

    with pytest.raises(QboUnclear):
        asyncio.run(main())
