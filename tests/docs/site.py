"""Write the documentation as a site of plain HTML that needs no network.

    python -m tests.docs.site site

The pages are those of docs/ and the README; a link between them stays one. Nothing is
loaded from elsewhere: no script, no font.
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
PAGES: Mapping[str, Sequence[str]] = {
    "Start": (
        "README.md",
        "docs/tour.md",
        "docs/guide.md",
        "docs/keyboard.md",
        "docs/situations.md",
    ),
    "Connect": ("docs/keys.md", "docs/import.md", "docs/security.md", "SECURITY.md"),
    "Prove": ("docs/proof.md", "docs/audit.md"),
    "Look up": ("docs/reference.md", "docs/faults.md", "docs/qbo-facts.md", "CHANGELOG.md"),
    "Inside": (
        "docs/architecture.md",
        "docs/decisions.md",
        "docs/reliability.md",
        "docs/performance.md",
        "docs/dependencies.md",
        "docs/sandbox.md",
        "docs/docket-practice.md",
    ),
}
"""Every page, in the order in which the menu shows them."""
_NAMES = {"README.md": "index.html", "SECURITY.md": "threats.html"}
"""Pages whose own name is another's: docs/security.md tells how keys are kept."""
_BESIDE = frozenset({".svg", ".png", ".yaml"})
_SHELL = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="site.css">
</head>
<body>
<nav class="site" aria-label="Pages">{menu}</nav>
<main>{body}</main>
<nav class="page" aria-label="On this page">{contents}</nav>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: its level, words, and anchor."""

    level: int
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page, rendered: where it came from, its headings, its HTML."""

    source: str
    headings: Sequence[Heading]
    body: str

    @property
    def title(self) -> str:
        """Its first heading."""
        return self.headings[0].words


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    build(folder)
    return 0


def build(folder: Path) -> list[Path]:
    """Write the site; return its pages."""
    pages = [render(source) for group in PAGES.values() for source in group]
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(__file__).with_name("site.css"), folder / "site.css")
    for beside in (ROOT / "docs").rglob("*"):
        if beside.suffix in _BESIDE:
            kept = folder / beside.relative_to(ROOT / "docs")
            kept.parent.mkdir(exist_ok=True)
            shutil.copy(beside, kept)
    titles = {page.source: page.title for page in pages}
    written = []
    for page in pages:
        html = _SHELL.format(
            title=escape(page.title),
            menu=_menu(titles, page.source),
            body=page.body,
            contents=_contents(page.headings),
        )
        path = folder / name_of(page.source)
        path.write_text(html, encoding="utf-8")
        written.append(path)
    return written


def name_of(source: str) -> str:
    """The file that a page becomes; the README is the front page."""
    return _NAMES.get(source, f"{Path(source).stem.lower()}.html")


def render(source: str) -> Page:
    """Turn one page of Markdown into HTML, its headings with anchors as GitHub makes them."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    tokens = markdown.parse((ROOT / source).read_text(encoding="utf-8"))
    headings = list(_headings(tokens))
    for token in _all(tokens):
        for name in ("href", "src"):
            if name in token.attrs:
                token.attrs[name] = _address(source, str(token.attrs[name]))
    html = markdown.renderer.render(tokens, markdown.options, {})
    html = html.replace("<table>", '<div class="wide"><table>')
    return Page(source, headings, html.replace("</table>", "</table></div>"))


def _headings(tokens: Sequence[Token]) -> Iterator[Heading]:
    seen: dict[str, int] = {}
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        words = "".join(one.content for one in inline.children or ())
        anchor = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        seen[anchor] = seen.get(anchor, -1) + 1
        anchor += f"-{seen[anchor]}" if seen[anchor] else ""
        opening.attrs["id"] = anchor
        yield Heading(int(opening.tag[1]), words, anchor)


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or ())


def _address(source: str, address: str) -> str:
    """Where a link of a page leads in the site; the repository's own files stay names."""
    path, mark, anchor = address.partition("#")
    if "://" in path or not path:
        return address
    meant = (ROOT / source).parent.joinpath(path).resolve().relative_to(ROOT)
    if meant.suffix == ".md":
        return name_of(str(meant)) + mark + anchor
    return str(meant.relative_to("docs"))


def _menu(titles: Mapping[str, str], here: str) -> str:
    text = ""
    for group, sources in PAGES.items():
        text += f"<h2>{escape(group)}</h2><ul>"
        for source in sources:
            current = ' aria-current="page"' if source == here else ""
            words = escape(titles[source])
            text += f'<li><a href="{name_of(source)}"{current}>{words}</a></li>'
        text += "</ul>"
    return text


def _contents(headings: Sequence[Heading]) -> str:
    text = "<h2>On this page</h2><ul>"
    for one in headings[1:]:
        if one.level <= 3:
            deep = ' class="deep"' if one.level == 3 else ""
            text += f'<li{deep}><a href="#{one.anchor}">{escape(one.words)}</a></li>'
    return text + "</ul>"


if __name__ == "__main__":
    raise SystemExit(main())
