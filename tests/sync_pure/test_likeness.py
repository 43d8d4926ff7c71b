import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sync.likeness import ASK_FROM, SHOW_FROM, Corpus, bare_words, likeness

NEARLY = [
    ("ABC Const.", "ABC Construction LLC"),
    ("Bright Homes", "Bright Homes, LLC"),
    ("Bright Homes Inc", "Bright Homes Incorporated"),
    ("The Bright Company", "Bright Co."),
    ("Johnson & Sons", "Johnson and Sons"),
    ("O'Brien Roofing", "OBrien Roofing"),
    ("López Concrete", "Lopez Concrete"),
    ("Smith, John", "John Smith"),
    ("Blue Line Hauling", "Blueline Hauling"),
    ("Jon Smith", "John Smith"),
    ("Andersen Plumbing", "Anderson Plumbing"),
    ("Riverdsie Builders", "Riverside Builders"),
    ("A.B.C. Builders", "ABC Builders"),
    ("Green Valley Prop Mgmt", "Green Valley Properties Management"),
    ("Smith Brothers", "Smith Bros. Roofing"),
    ("Metro Elec", "Metro Electrical"),
    ("Acme L.L.C.", "Acme"),
]

OTHERS = [
    ("John Smith", "Jane Smith"),
    ("Mike Johnson", "Mark Johnson"),
    ("Davis Construction", "Travis Construction"),
    ("Green Valley Homes", "Green Valley Farms"),
    ("Lot 4 Builders", "Lot 5 Builders"),
    ("10 Yard Dumpster", "20 Yard Dumpster"),
    ("Premier Roofing", "Pioneer Roofing"),
    ("Smith", "Smith Roofing"),
    ("Acme Hauling", "Zenith Hauling"),
    ("Bob Lee", "Rob Lee"),
]


@pytest.mark.parametrize(("one", "other"), NEARLY)
def test_a_person_is_asked_about_names_that_may_be_one(one: str, other: str) -> None:
    assert likeness(bare_words(one), bare_words(other)) >= ASK_FROM


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_nobody_is_asked_about_names_that_only_share_a_word(one: str, other: str) -> None:
    assert likeness(bare_words(one), bare_words(other)) < ASK_FROM


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_mutual_and_in_range(one: str, other: str) -> None:
    there = likeness(bare_words(one), bare_words(other))
    assert there == likeness(bare_words(other), bare_words(one))
    assert 0 <= there <= 98


@pytest.mark.parametrize(("one", "other"), NEARLY)
def test_a_corpus_finds_what_likeness_calls_alike(one: str, other: str) -> None:
    assert [place for place, _ in Corpus(["Zenith", other]).near(one, ASK_FROM)] == [1]


@given(st.lists(st.text("abcde 12", max_size=12), max_size=8), st.text("abcde 12", max_size=12))
def test_a_corpus_reports_the_same_likeness_best_first(names: str, name: str) -> None:
    corpus = Corpus(names)
    found = corpus.near(name, 80)
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
    for place, score in found:
        assert score == likeness(bare_words(name), corpus.words[place])


_LETTERS = "abcde 12&."


@st.composite
def _names(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A name, and others made of it by taking out, putting in, cutting, turning; or of anything."""
    name = draw(st.text(_LETTERS, min_size=1, max_size=24))
    others = []
    for _ in range(draw(st.integers(1, 6))):
        letters = list(name)
        for _ in range(draw(st.integers(0, 6))):
            at = draw(st.integers(0, len(letters)))
            way = draw(st.sampled_from(("out", "in", "cut", "turn")))
            if way == "out":
                del letters[at : at + draw(st.integers(1, 4))]
            elif way == "in":
                letters[at:at] = draw(st.text(_LETTERS, min_size=1, max_size=4))
            elif way == "cut":
                letters = list(" ".join(word[:3] for word in "".join(letters).split()))
            else:
                letters = list(" ".join(reversed("".join(letters).split())))
        others.append("".join(letters))
    return name, others + draw(st.lists(st.text(_LETTERS, max_size=24), max_size=3))


@pytest.mark.parametrize("floor", [SHOW_FROM, 67, 80, ASK_FROM, 96])
@example(given_names=("A 1", ["A1"]))
@example(given_names=("Metropolitan Electrical", ["Met Ele", "Electrical, Metropolitan"]))
@given(given_names=_names())
@settings(max_examples=60)
def test_a_corpus_leaves_out_no_name_that_a_full_comparison_ranks(
    given_names: tuple[str, list[str]], floor: int
) -> None:
    name, others = given_names
    whole = [
        (place, score)
        for place, other in enumerate(others)
        if (score := likeness(bare_words(name), bare_words(other))) >= floor
    ]
    assert sorted(Corpus(others).near(name, floor)) == whole


def test_a_name_of_punctuation_alone_is_like_nothing() -> None:
    assert Corpus(["Acme"]).near("***", 1) == []
