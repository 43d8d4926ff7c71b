"""The frame and the style of the pages for people."""

from __future__ import annotations

from html import escape

_STYLE = """
:root{color-scheme:light dark;--ink:#1c2a33;--soft:#667;--line:#dde3e8;--card:#fff;--back:#f4f6f8;
--go:#2ca01c}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf0;--soft:#9ab;--line:#33414b;--card:#1b262e;
--back:#12191e}}
*{box-sizing:border-box}
body{margin:0;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--back)}
header{background:var(--go);color:#fff;padding:.7rem 1.2rem;display:flex;gap:1rem;
align-items:baseline;flex-wrap:wrap}
header a{color:#fff;text-decoration:none;font-weight:600}
header span{opacity:.9;font-size:.85rem}
main{max-width:64rem;margin:1.2rem auto;padding:0 1rem}
section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem;
margin-bottom:1rem;overflow-x:auto}
h1{font-size:1.35rem;margin:.2rem 0 1rem}h2{font-size:1rem;margin:0 0 .6rem}
table{border-collapse:collapse;width:100%}
th{text-align:left;color:var(--soft);font-weight:500;font-size:.85rem}
th,td{padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line)}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:0}
dt{color:var(--soft)}dd{margin:0}
a{color:#0077c5}.soft{color:var(--soft)}.void{text-decoration:line-through}
input[type=search]{padding:.4rem .6rem;border:1px solid var(--line);border-radius:6px;width:18rem;
background:var(--card);color:var(--ink)}
fieldset{border:1px solid var(--line);border-radius:8px;margin:1rem 0;display:grid;gap:.5rem}
button{background:var(--go);color:#fff;border:0;border-radius:6px;padding:.5rem 1.1rem;font:inherit}
button.plain{background:transparent;color:inherit;border:1px solid var(--line)}
"""


def page(title: str, body: str, company: str = "") -> str:
    """A whole page; `body` is HTML, the rest is text."""
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width,initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"<header><a href='/'>Practice QuickBooks</a><span>{escape(company)}</span>"
        "<span>PRACTICE COMPANY: nothing here is real</span></header>"
        f"<main>{body}</main></body></html>"
    )
