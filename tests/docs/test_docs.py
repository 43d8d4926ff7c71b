"""The documentation is of this program, its links lead somewhere, and it needs no network."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.docs.reference import reference
from tests.docs.site import PAGES, ROOT, build


class Links(HTMLParser):
    """What a page links to and loads, and its anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag in ("link", "img", "script"):
            self.loaded.append(found.get("href") or found.get("src", ""))
        self.anchors |= {found["id"]} if "id" in found else set()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Links]:
    folder = tmp_path_factory.mktemp("site")
    return {path: Links(path.read_text(encoding="utf-8")) for path in build(folder)}


def test_the_reference_is_that_of_the_code() -> None:
    kept = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert kept == reference(), "stale: make docs"


def test_every_page_is_in_the_menu() -> None:
    listed = {source for group in PAGES.values() for source in group}
    written = {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")}
    assert listed == written | {"README.md", "SECURITY.md", "CHANGELOG.md"}


def test_every_link_of_the_site_leads_to_a_page_and_a_heading(pages: dict[Path, Links]) -> None:
    broken = []
    for path, page in pages.items():
        for link in (one for one in page.links if "://" not in one):
            name, _, anchor = link.partition("#")
            target = path.parent / name if name else path
            there = target.is_file() and (
                not anchor or target not in pages or anchor in pages[target].anchors
            )
            if not there:
                broken.append(f"{path.name}: {link}")
    assert not broken


def test_the_site_loads_nothing_from_elsewhere(pages: dict[Path, Links]) -> None:
    for path, page in pages.items():
        assert page.loaded
        for one in page.loaded:
            assert "://" not in one
            assert (path.parent / one).is_file(), f"{path.name}: {one}"
        assert not re.search(r"<(script|iframe)", path.read_text(encoding="utf-8"))
    style = (next(iter(pages)).parent / "site.css").read_text(encoding="utf-8")
    assert "url(" not in style
    assert "@import" not in style
