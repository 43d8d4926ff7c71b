"""The words for names; apart from `tui.words`: the first paint does not need them."""

from __future__ import annotations

from collections.abc import Mapping

from sync.shapes import NameState
from tui.words import Look

NAMES: Mapping[NameState, Look] = {
    NameState.LINKED: Look("linked", "●", "good"),
    NameState.CHOSEN: Look("chosen by you", "●", "good"),
    NameState.SAME: Look("same", "●", "good"),
    NameState.SAME_BUT_CASE: Look("same but case", "●", "good"),
    NameState.NEARLY: Look("nearly the same", "▲", "warn"),
    NameState.SEVERAL: Look("several", "▲", "warn"),
    NameState.MISSING: Look("missing", "○", "plain"),
    NameState.TAKEN: Look("taken", "▲", "warn"),
    NameState.UNUSABLE: Look("not usable", "▲", "warn"),
}
