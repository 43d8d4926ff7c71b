import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.likeness import ASK_FROM, Corpus, bare_words, likeness

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


def test_a_name_of_punctuation_alone_is_like_nothing() -> None:
    assert Corpus(["Acme"]).near("***", 1) == []
