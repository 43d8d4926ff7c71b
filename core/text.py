"""Text from outside: made safe to show, and brought to a form that can be compared.

Textual and Rich write escape sequences that stand in data straight to the
terminal, and read `[...]` as markup (docs/decisions.md, D6). Whatever comes from
Docket, QuickBooks or a file passes `display` before a terminal sees it.
"""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0, DEL, C1: cursor moves, OSC 52, bells
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls: text that reads as another
    "\u00ad\u180e\u200b-\u200d\u2028\u2029\u2060-\u2065\ufeff\ufff9-\ufffb"  # invisible
    "\U000e0000-\U000e007f"  # tags
    "\ud800-\udfff"  # lone surrogates cannot be encoded
    "]"
)
_BREAKS = re.compile(r"[\r\n\t]+")
_SPACES = re.compile(r"\s+")


def display(text: str, limit: int | None = None) -> str:
    """Return `text` on one line with everything that could act replaced by U+FFFD.

    Line breaks and tabs become spaces. `limit` cuts to that many characters and
    marks the cut. The result still holds `[` and `]`: show it as content, never
    as markup.
    """
    flat = text if _is_plain(text) else _UNSAFE.sub("�", _BREAKS.sub(" ", text))
    if limit is not None and len(flat) > limit:
        return flat[: max(limit - 1, 0)] + "…"
    return flat


def in_place(text: str) -> str:
    """Return `text` with each character that could act replaced by one U+FFFD.

    Nothing moves: what counts characters, such as the cursor of a field, still fits.
    """
    return text if _is_plain(text) else _UNSAFE.sub("�", text)


def name_key(name: str) -> str:
    """Return the form in which two names are compared: case and spaces folded.

    QuickBooks keeps one list of names over customers, vendors and employees and
    compares them without case; leading, trailing and doubled blanks are folded
    too, so that what looks the same to a person is the same here.
    """
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def tidy_name(name: str) -> str:
    """Return a name as it is sent to QuickBooks: no colon, tab, line break or outer blank.

    The colon separates parent and child there and is refused (docs/qbo-facts.md).
    """
    if not _is_plain(name):
        name = _UNSAFE.sub("", _BREAKS.sub(" ", unicodedata.normalize("NFC", name)))
    return _SPACES.sub(" ", name.replace(":", "-")).strip()


def wire_text(text: str, limit: int) -> str:
    """Return free text (a memo, a description) as it is sent to QuickBooks.

    Line breaks stay, other control and invisible characters go, and the text is
    cut to `limit` characters: QuickBooks refuses longer text instead of cutting it
    (fault 2050).
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").split("\n")
    clean = (line if _is_plain(line) else _UNSAFE.sub("", _BREAKS.sub(" ", line)) for line in lines)
    return "\n".join(clean).strip()[:limit]


def _is_plain(text: str) -> bool:
    """Whether nothing needs to be replaced; most text is so, and a look is quickly done."""
    return text.isascii() and text.isprintable()
