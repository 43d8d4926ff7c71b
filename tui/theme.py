"""Our two themes, one dark and one light; Textual's own stay selectable in the palette.

Both keep text at a contrast of at least 4.5 to its ground; meaning never hangs on
a colour (see `tui.words`).
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="docket-dark",
    primary="#6cb8dc",
    secondary="#93a9ba",
    accent="#c9a7ea",
    warning="#e6b450",
    error="#f28b82",
    success="#84cb95",
    foreground="#d9e0e7",
    background="#10151b",
    surface="#171e26",
    panel="#202a35",
    dark=True,
    variables={
        "quiet": "#8896a4",
        "cursor-ground": "#2b3c4d",
        "mark": "#e6b450",
        "badge-practice": "#1f6f5c",
        "badge-live": "#a8322a",
        "badge-text": "#ffffff",
        "rule": "#2c3844",
    },
)

LIGHT = Theme(
    name="docket-light",
    primary="#15608a",
    secondary="#4d6272",
    accent="#6d3fa0",
    warning="#855300",
    error="#a8231b",
    success="#1f6b35",
    foreground="#1f262d",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e8e5dd",
    dark=False,
    variables={
        "quiet": "#5d6873",
        "cursor-ground": "#cfe2ee",
        "mark": "#855300",
        "badge-practice": "#1f6f5c",
        "badge-live": "#a8322a",
        "badge-text": "#ffffff",
        "rule": "#d3cfc5",
    },
)

THEMES = (DARK, LIGHT)
