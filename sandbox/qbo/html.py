"""The frame, the style and the small pieces of the pages for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import TypeAlias

_STYLE = """
:root{color-scheme:light dark;--ink:#1c2a33;--soft:#5b6b76;--line:#dde3e8;--card:#fff;
--back:#f4f6f8;--go:#23811a;--link:#0060a8;--new:#e6f6e3}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf0;--soft:#9fb0bb;--line:#33414b;--card:#1b262e;
--back:#12191e;--link:#6cb8f0;--new:#1d3a20}}
*{box-sizing:border-box}
body{margin:0;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--back)}
header{background:var(--go);color:#fff;padding:.6rem 1.2rem;display:flex;gap:1rem;
align-items:center;flex-wrap:wrap}
header a{color:#fff;text-decoration:none;font-weight:600}
header span{font-size:.85rem}
header form{margin-left:auto}
main{max-width:66rem;margin:1.2rem auto;padding:0 1rem}
section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem;
margin-bottom:1rem;overflow-x:auto}
h1{font-size:1.35rem;margin:.2rem 0 1rem}h2{font-size:1rem;margin:0 0 .6rem}
nav{display:flex;gap:.4rem;margin-bottom:1rem;flex-wrap:wrap}
nav a{padding:.3rem .9rem;border:1px solid var(--line);border-radius:99px;text-decoration:none;
color:var(--ink);background:var(--card)}
nav a[aria-current]{background:var(--go);border-color:var(--go);color:#fff}
table{border-collapse:collapse;width:100%}
th{text-align:left;color:var(--soft);font-weight:500;font-size:.85rem}
th,td{padding:.35rem .8rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tr.new td{background:var(--new)}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:.2rem 2rem;margin:0}
dl div{display:grid;grid-template-columns:8.5rem 1fr}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
a{color:var(--link)}.soft{color:var(--soft)}
input[type=search]{padding:.35rem .7rem;border:1px solid var(--line);border-radius:6px;width:16rem;
background:var(--card);color:var(--ink);font:inherit}
fieldset{border:1px solid var(--line);border-radius:8px;margin:1rem 0;display:grid;gap:.5rem}
button{background:var(--go);color:#fff;border:0;border-radius:6px;padding:.5rem 1.1rem;font:inherit}
button.plain{background:transparent;color:inherit;border:1px solid var(--line)}
"""
_FOLLOW = """
(async()=>{const url=document.body.dataset.follow;let seen=document.body.dataset.version;
const rows=()=>new Set([...document.querySelectorAll('tr[id]')].map(row=>row.id));
for(;;){await new Promise(done=>setTimeout(done,400));
if(document.hidden)continue;
try{const now=await(await fetch(url)).text();if(now===seen)continue;
const page=await(await fetch(location.href)).text();
const had=rows();
document.querySelector('main').replaceWith(
new DOMParser().parseFromString(page,'text/html').querySelector('main'));
for(const row of document.querySelectorAll('tr[id]'))if(!had.has(row.id))row.className='new';
seen=now}catch{/* the server is away: try again */}}})()
"""
"""Asks for the books' version a few times a second and takes the new page when it has moved."""


@dataclass(frozen=True)
class Follow:
    """What a page that keeps itself up to date needs: whose books, in which version."""

    realm: str
    version: str
    search: str = ""


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere."""

    href: str
    text: str


Cell: TypeAlias = "str | Decimal | Link"
"""Decimals are shown as money; everything is escaped."""


def page(title: str, body: str, company: str = "", follow: Follow | None = None) -> str:
    """A whole page; `body` is HTML, the rest is text."""
    form, script, data = "", "", ""
    if follow is not None:
        data = (
            f" data-follow='/version?realm={escape(follow.realm)}'"
            f" data-version='{escape(follow.version)}'"
        )
        script = f"<script>{_FOLLOW}</script>"
        form = (
            "<form action='/' role=search>"
            f"<input type=hidden name=realm value='{escape(follow.realm)}'>"
            f"<input type=search name=q value='{escape(follow.search)}' aria-label='Search' "
            "placeholder='Number or name'></form>"
        )
    home = f"/?realm={escape(follow.realm)}" if follow is not None else "/"
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width,initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body{data}>"
        f"<header><a href='{home}'>Practice QuickBooks</a><span>{escape(company)}</span>"
        f"<span>PRACTICE COMPANY: nothing here is real</span>{form}</header>"
        f"<main>{body}</main>{script}</body></html>"
    )


def money(amount: Decimal | None) -> str:
    """An amount with thousands apart; nothing for none."""
    return "" if amount is None else f"{amount:,.2f}"


def row(cells: Iterable[Cell], name: str = "") -> str:
    """A table row; one with a name is marked when it comes in while the page is open."""
    marked = f" id='{escape(name)}'" if name else ""
    return f"<tr{marked}>{''.join(map(_cell, cells))}</tr>"


def _cell(cell: Cell) -> str:
    if isinstance(cell, Link):
        return f"<td><a href='{escape(cell.href)}'>{escape(cell.text)}</a></td>"
    if isinstance(cell, Decimal):
        return f"<td class=n>{money(cell)}</td>"
    return f"<td>{escape(cell)}</td>"


def table(heads: Iterable[str], rows: Iterable[str], none: str) -> str:
    """A table, or the words `none` where it has no rows; heads with # stand over numbers."""
    inside = "".join(rows)
    if not inside:
        return f"<p class=soft>{escape(none)}</p>"
    top = "".join(
        f"<th class=n>{escape(head[1:])}</th>" if head[0] == "#" else f"<th>{escape(head)}</th>"
        for head in heads
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{inside}</tbody></table>"


def section(title: str, inside: str) -> str:
    """A card with a heading."""
    return f"<section><h2>{escape(title)}</h2>{inside}</section>"


def facts(pairs: Mapping[str, Cell | None]) -> str:
    """What is known, as terms and their values; what is empty is left out."""
    shown = []
    for name, value in pairs.items():
        if value is None or value == "":
            continue
        text = money(value) if isinstance(value, Decimal) else value
        inner = (
            f"<a href='{escape(text.href)}'>{escape(text.text)}</a>"
            if isinstance(text, Link)
            else escape(text)
        )
        shown.append(f"<div><dt>{escape(name)}</dt><dd>{inner}</dd></div>")
    return f"<section><dl>{''.join(shown)}</dl></section>"
