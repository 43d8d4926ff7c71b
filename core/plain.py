"""The plain characters that stand for our signs where only ASCII can be shown.

The one place for them: whatever sign a screen or a sentence of ours uses has its plain
form here (a test looks through the sources). What comes from outside and has none shows
as `?`, so that nobody takes a changed name for the real one.
"""

from __future__ import annotations

from collections.abc import Mapping

REPLACED = "?"
HANDLER = "docket-qbo-plain"
"""The name of the error handler that writes signs plainly where an encoding lacks them."""


def _each(signs: str, plain: str) -> dict[str, str]:
    return dict.fromkeys(signs, plain)


SIGNS: Mapping[str, str] = {
    **_each("○", "o"),  # not there yet
    **_each("◐", "%"),  # under way
    **_each("●", "*"),  # there, marked
    **_each("▲≠", "!"),  # needs a look, differs
    **_each("✓", "+"),
    **_each("✗×", "x"),
    **_each("↔", "~"),
    **_each("▌", ">"),  # the line at the cursor
    **_each("↑▴", "^"),
    **_each("↓▼▾", "v"),
    **_each("←◀◂‹", "<"),
    **_each("→▶▸›", ">"),
    **_each("…", "~"),  # text that goes on; where there is room, three points
    **_each("–—−·‐‑", "-"),
    **_each("•◦", "*"),
    **_each("“”„«»", '"'),
    **_each("‘’", "'"),
    **_each("\u00a0\u202f", " "),
    **_each("─━═╌┄┈╴╶╸╺", "-"),
    **_each("│┃║╎┆┊╵╷╹╻", "|"),
    **_each("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬", "+"),
    **_each("█▉▊▋▓▒", "#"),
    **_each("▐▕▎▏▍", "|"),
    **_each("▁", "_"),
    **_each("▂▃▄▅▆▇", " "),  # the ends of a scroll bar, which has a ground
    **_each("▀▔", "-"),
    **_each("░", "."),
    **_each("�", REPLACED),
}
"""One character each, so that nothing moves on a screen."""


def plain(text: str) -> str:
    """Return `text` in ASCII, character by character."""
    if text.isascii():
        return text
    return "".join(one if one.isascii() else SIGNS.get(one, REPLACED) for one in text)


def write_plainly(error: UnicodeError) -> tuple[str, int]:
    """Stand in for what an encoding lacks; an error handler for `codecs.register_error`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain(error.object[error.start : error.end]), error.end


def shows_unicode(encoding: str | None, environ: Mapping[str, str]) -> bool:
    """Whether a terminal takes more than ASCII, by its stream's encoding and the locale.

    Python itself writes UTF-8 where the locale says C or POSIX (PEP 538, 540); a person who
    set LC_ALL to one of them said otherwise.
    """
    said = environ.get("LC_ALL", "")
    bare = (encoding or "").lower().replace("-", "").replace("_", "")
    return bare.startswith("utf") and said not in ("C", "POSIX")
