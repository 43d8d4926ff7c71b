"""How alike two names are, for a person to decide on, never to decide by itself.

A name that is nearly one in QuickBooks must not become a second customer, and two
people with similar names must not stop the work of an afternoon. So a name is first
brought to its bare words (no accents, punctuation, "LLC"; "Const." written out), and
then measured by rapidfuzz's ratio over the whole and over the words that differ:
"Davis Construction" and "Travis Construction" share a long word, not a name.
The thresholds are held by a table of pairs in tests/sync_pure/test_likeness.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from rapidfuzz import fuzz, process

Words: TypeAlias = tuple[str, ...]
"""The bare words of a name."""

ASK_FROM = 88
"""From this likeness on a person is asked before a customer is created."""
SHOW_FROM = 60
"""From this likeness on a record is worth showing among the candidates."""
_DIFFERING_WORDS = 75
"""The words that two names do not share must themselves be this alike."""
_OTHER_NUMBER = 70
"""At most this alike are "Lot 4" and "Lot 5", or a 10 and a 20 yard dumpster."""

_FORMS = frozenset(
    {"llc", "inc", "incorporated", "co", "company", "corp", "corporation"}
    | {"ltd", "limited", "lp", "llp", "pllc", "pc", "plc"}
)
_WRITTEN_OUT = {
    "assoc": "associates",
    "assn": "association",
    "bldg": "building",
    "bldrs": "builders",
    "bros": "brothers",
    "const": "construction",
    "constr": "construction",
    "contr": "contracting",
    "ctr": "center",
    "dept": "department",
    "dev": "development",
    "dist": "district",
    "dmpstr": "dumpster",
    "elec": "electric",
    "grp": "group",
    "hosp": "hospital",
    "intl": "international",
    "lbs": "pounds",
    "mfg": "manufacturing",
    "mgmt": "management",
    "mgt": "management",
    "natl": "national",
    "prop": "properties",
    "props": "properties",
    "svc": "services",
    "svcs": "services",
    "service": "services",
    "univ": "university",
    "yd": "yard",
    "yds": "yard",
    "yards": "yard",
}

_APOSTROPHES = re.compile("['’`]")
_NO_WORD = re.compile(r"[\W_]+")
_AFTER_DIGITS = re.compile(r"(?<=\d)(?=[^\W\d])")


@lru_cache(maxsize=1 << 16)
def bare_words(name: str) -> Words:
    """Return the words of a name without what people write in several ways."""
    plain = name.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", name).casefold()
        plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    plain = _APOSTROPHES.sub("", plain).replace("&", " and ")
    plain = _AFTER_DIGITS.sub(" ", _NO_WORD.sub(" ", plain))
    words = [_WRITTEN_OUT.get(word, word) for word in _joined_initials(plain.split())]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    return tuple(words)


def _joined_initials(words: list[str]) -> list[str]:
    """Write "a b c builders" as "abc builders", and "l l c" as "llc"."""
    joined: list[str] = []
    run = ""
    for word in words:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            joined.append(run)
            run = ""
        joined.append(word)
    return [*joined, run] if run else joined


def likeness(one: Words, other: Words) -> int:
    """Return how alike two names are, 0 to 100; 98 means alike but for punctuation or form."""
    if not one or not other:
        return 0
    if one == other:
        return 98
    if "".join(one) == "".join(other) or sorted(one) == sorted(other):
        return 96
    score = _ratio(one, other)
    if _abbreviates(one, other):
        score = max(score, 92)
    if _continues(one, other):
        score = max(score, ASK_FROM)
    if _other_number(one, other):
        score = min(score, _OTHER_NUMBER)
    return score


def _ratio(one: Words, other: Words) -> int:
    straight = fuzz.ratio(" ".join(one), " ".join(other))
    turned = fuzz.ratio(" ".join(sorted(one)), " ".join(sorted(other)))
    rest_one, rest_other = Counter(one) - Counter(other), Counter(other) - Counter(one)
    rest = fuzz.ratio(
        " ".join(word for word in one if word in rest_one),
        " ".join(word for word in other if word in rest_other),
    )
    score = int(max(straight, turned))
    return score if rest >= _DIFFERING_WORDS else min(score, ASK_FROM - 1)


def _abbreviates(one: Words, other: Words) -> bool:
    """Word by word the same, or cut short to three letters or more."""
    return len(one) == len(other) and all(
        a == b or (min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a)))
        for a, b in zip(one, other, strict=True)
    )


def _continues(one: Words, other: Words) -> bool:
    """One name is the beginning of the other, and two words or longer."""
    shorter = min(len(one), len(other))
    return shorter >= 2 and one[:shorter] == other[:shorter]


def _other_number(one: Words, other: Words) -> bool:
    numbers = [sorted(w for w in words if w.isdigit()) for words in (one, other)]
    return bool(numbers[0]) and bool(numbers[1]) and numbers[0] != numbers[1]


class Corpus:
    """The names of one list, prepared once, so that thousands can be compared with it.

    Of 20,000 names a few dozen can be as alike as is asked for; the rest is left out by
    what they must share, and never one that `likeness` would call alike enough: each
    way in which it finds two names alike has its list here.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.words: Sequence[Words] = [bare_words(name) for name in names]
        self._straight = _Pairs([" ".join(words) for words in self.words])
        self._turned = _Pairs([" ".join(sorted(words)) for words in self.words])
        self._beginnings: defaultdict[Words, list[int]] = defaultdict(list)
        self._shortened: defaultdict[Words, list[int]] = defaultdict(list)
        self._joined: defaultdict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self.words):
            self._beginnings[words[:2]].append(place)
            self._shortened[_shortened(words)].append(place)
            self._joined["".join(words)].append(place)

    def near(self, name: str, floor: int) -> list[tuple[int, int]]:
        """Return (place, likeness) of the names at least `floor` (1 to 98) alike, best first."""
        words = bare_words(name)
        if not words:
            return []
        places = {
            place
            for place in (
                *self._beginnings.get(words[:2], ()),
                *self._shortened.get(_shortened(words), ()),
            )
            if _continues(words, self.words[place]) or _abbreviates(words, self.words[place])
        }
        places.update(self._joined.get("".join(words), ()))
        places |= self._straight.near(" ".join(words), floor)
        places |= self._turned.near(" ".join(sorted(words)), floor)
        scored = ((place, likeness(words, self.words[place])) for place in places)
        near = [(place, score) for place, score in scored if score >= floor]
        return sorted(near, key=lambda pair: (-pair[1], pair[0]))


def _shortened(words: Words) -> Words:
    """What a name and its abbreviation share: three letters of every word."""
    return tuple(word[:3] for word in words)


class _Pairs:
    """Texts by the pairs of letters in them, and by their length.

    For each pair of letters one long integer says, bit by bit, which texts have it. A
    letter taken out of a text breaks two of its pairs, a letter put in breaks one, also
    at its ends, which count as letters; so a text that is `floor` alike by `fuzz.ratio`
    keeps all but so many of the pairs, and is longer or shorter by so much at most.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._all = (1 << len(texts)) - 1
        holders: defaultdict[str, list[int]] = defaultdict(list)
        lengths: defaultdict[int, list[int]] = defaultdict(list)
        for place, text in enumerate(texts):
            lengths[len(text)].append(place)
            for pair in _pairs_of(text):
                holders[pair].append(place)
        self._holders = {pair: _bits(places, len(texts)) for pair, places in holders.items()}
        self._lengths = {length: _bits(places, len(texts)) for length, places in lengths.items()}

    def near(self, text: str, floor: int) -> set[int]:
        """Return the places of the texts whose ratio to `text` is at least `floor`."""
        size, far = len(text), 100 - floor
        pairs = _pairs_of(text)
        lost = max(4 * size * far // (200 - floor), 2 * size * far // floor)
        needed = len(pairs) - lost
        possible = self._having(pairs, needed) if needed > 0 else self._all
        possible &= self._as_long(size * floor // (200 - floor), size * (200 - floor) // floor)
        places = list(_places(possible, len(self._texts)))
        choices = [self._texts[place] for place in places]
        found = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=floor, limit=None)
        return {places[at] for _, _, at in found}

    def _as_long(self, shortest: int, longest: int) -> int:
        """Return, as bits, the texts of at least and at most so many letters."""
        fitting = 0
        for length, places in self._lengths.items():
            if shortest <= length <= longest:
                fitting |= places
        return fitting

    def _having(self, pairs: Iterable[str], needed: int) -> int:
        """Return, as bits, the texts that have at least `needed` of the pairs.

        All texts are counted at once: `counts[n]` holds the n-th binary digit of each
        count, which begins so high that it runs over when it has counted `needed`.
        """
        digits = needed.bit_length()
        begin = (1 << digits) - needed
        counts = [self._all if begin >> digit & 1 else 0 for digit in range(digits)]
        enough = 0
        for pair in pairs:
            carry = self._holders.get(pair, 0)
            for digit, held in enumerate(counts):
                if not carry:
                    break
                counts[digit] = held ^ carry
                carry &= held
            enough |= carry
        return enough


def _pairs_of(text: str) -> set[str]:
    ended = f"<{text}>"
    return {ended[at : at + 2] for at in range(len(text) + 1)}


def _bits(places: Iterable[int], size: int) -> int:
    marks = bytearray(size // 8 + 1)
    for place in places:
        marks[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(marks, "little")


def _places(bits: int, size: int) -> Iterator[int]:
    """Yield the places of the bits that are set."""
    for found in _MARKED.finditer(bits.to_bytes(size // 8 + 1, "little")):
        first = 8 * found.start()
        for bit in _SET_BITS[found[0][0]]:
            yield first + bit


_MARKED = re.compile(rb"[^\0]")
_SET_BITS = [tuple(bit for bit in range(8) if marks >> bit & 1) for marks in range(256)]
