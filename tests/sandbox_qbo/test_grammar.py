"""The query language as a grammar: what each statement means, and what surprises the parser."""

import re
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.qbo.fault import Refused
from sandbox.qbo.query import Condition, Select, Value, parse

BARE = ["true", "FALSE", "Current_Date", "5", "-3", "100.25"]
KEYWORDS = [
    "select",
    "count",
    "from",
    "where",
    "and",
    "in",
    "like",
    "order",
    "orderby",
    "by",
    "asc",
    "desc",
    "startposition",
    "maxresults",
    "true",
    "false",
    "current_date",
]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("'\\\n% "), max_size=20)
VALUES = st.builds(Value, TEXTS, st.just(True)) | st.sampled_from(
    [Value(text.lower(), quoted=False) for text in BARE]
)
NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.]{0,8}", fullmatch=True) | st.sampled_from(KEYWORDS)
CONDITIONS = st.builds(
    lambda prop, operator, value: Condition(prop, operator, (value,)),
    NAMES,
    st.sampled_from(["=", "<", ">", "<=", ">=", "like"]),
    VALUES,
) | st.builds(
    lambda prop, values: Condition(prop, "in", tuple(values)),
    NAMES,
    st.lists(VALUES, min_size=1, max_size=4),
)
SURPRISE = re.compile(
    r'Encountered " (<[A-Z]+>|..?) "(?P<text>.*) "" at'
    r" line (?P<line>\d+), column (?P<column>\d+)\.",
    re.DOTALL,
)
PIECES = [*KEYWORDS, *BARE, "*", ",", "(", ")", "=", "<=", "'x'", "'", "\\", ";", "Item", "\n"]
ORDERS = st.lists(st.tuples(NAMES, st.booleans()), max_size=3)


def only(where: str) -> Condition:
    (condition,) = parse(f"select * from Invoice where {where}").where
    return condition


def detail(statement: str) -> str:
    with pytest.raises(Refused) as refused:
        parse(statement)
    (wrong,) = refused.value.errors
    assert wrong.code == "4000"
    return wrong.detail.removeprefix("QueryParserError: Encountered ").partition("\n")[0]


def written(value: Value) -> str:
    if not value.quoted:
        return value.text
    return "'" + value.text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def spelled(condition: Condition) -> str:
    values = " , ".join(map(written, condition.values))
    shown = f"( {values} )" if condition.operator == "in" else values
    return f"{condition.prop} {condition.operator} {shown}"


@pytest.mark.parametrize("operator", ["=", "<", ">", "<=", ">="])
@pytest.mark.parametrize("blank", ["", " ", "\n\t "])
def test_signs_compare_with_or_without_blanks(operator: str, blank: str) -> None:
    expected = Condition("Balance", operator, (Value("0", quoted=True),))
    assert only(f"Balance{blank}{operator}{blank}'0'") == expected


@pytest.mark.parametrize("word", ["like", "LIKE", "Like"])
def test_like_takes_one_value(word: str) -> None:
    expected = Condition("DocNumber", "like", (Value("%7%", quoted=True),))
    assert only(f"DocNumber {word} '%7%'") == expected


@pytest.mark.parametrize("listed", ["(true,false)", "( true, false )", "(\ntrue , FALSE\n)"])
def test_in_takes_a_list_with_or_without_blanks(listed: str) -> None:
    values = (Value("true", quoted=False), Value("false", quoted=False))
    for word in ("in", "IN "):
        assert only(f"Active {word}{listed}") == Condition("Active", "in", values)


@pytest.mark.parametrize("text", BARE)
def test_numbers_booleans_and_the_current_date_stand_without_quotes(text: str) -> None:
    assert only(f"Balance = {text}").values == (Value(text.lower(), quoted=False),)


def test_in_quotes_they_are_texts_in_their_own_case() -> None:
    assert only("A = 'TRUE'").values == (Value("TRUE", quoted=True),)
    assert only("A = ' '").values == (Value(" ", quoted=True),)
    assert only("A = ''").values == (Value("", quoted=True),)


@pytest.mark.parametrize("order", ["orderby", "ORDERBY", "order by", "Order\n By"])
def test_order_is_one_word_or_two(order: str) -> None:
    found = parse(f"select * from Invoice {order} TxnDate desc, DocNumber ASC , Id")
    assert found.order == (("TxnDate", True), ("DocNumber", False), ("Id", False))


@pytest.mark.parametrize(
    "clauses", list(permutations(["orderby Id", "STARTPOSITION 2", "maxresults 1000"]))
)
def test_order_and_bounds_stand_in_any_order(clauses: tuple[str, ...]) -> None:
    found = parse(f"select * from Invoice where Balance > 0 {' '.join(clauses)}")
    assert (found.order, found.start, found.limit) == ((("Id", False),), 2, 1000)


@pytest.mark.parametrize("columns", ["count(*)", "COUNT ( * )"])
def test_rows_can_be_counted(columns: str) -> None:
    assert parse(f"select {columns} from Invoice") == Select("Invoice", count=True)


@pytest.mark.parametrize("columns", ["*", "*, Sku", "* ,Sku", "Id, Name.First", "from", "*,count"])
def test_columns_are_read_and_not_kept(columns: str) -> None:
    assert parse(f"SELECT {columns} FROM Item") == Select("Item")


@pytest.mark.parametrize("word", KEYWORDS)
def test_a_keyword_is_a_name_where_a_name_stands(word: str) -> None:
    found = parse(f"select * from {word} where {word} = '1' order by {word} desc")
    assert (found.entity, found.where[0].prop, found.order) == (word, word, ((word, True),))


@pytest.mark.parametrize(
    ("statement", "word", "column"),
    [
        ("select * from Item orderby Id descending", "descending", 31),
        ("select * from Item startposition1", "startposition1", 20),
        ("select * fromItem", "fromItem", 10),
        ("select * from Item where Id = trueish", "trueish", 31),
        ("select * from Item where Id in ('1' and", "and", 37),
    ],
)
def test_no_keyword_is_read_out_of_a_longer_word(statement: str, word: str, column: int) -> None:
    assert detail(statement) == f'" <IDENTIFIER> "{word} "" at line 1, column {column}.'


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("", '" <EOF> "<EOF> "" at line 1, column 1.'),
        ("select * from\n Item where ", '" <EOF> "<EOF> "" at line 2, column 13.'),
        ("select * from Item\nwhere Id !", '" ! "! "" at line 2, column 10.'),
        ("select * from Item where Id = 'x", '" \' "\' "" at line 1, column 31.'),
        ("select * from Item where = 'x'", '" = "= "" at line 1, column 26.'),
        ("select * from Item 'x'", '" <STRING> "\'x\' "" at line 1, column 20.'),
        ("select * from Item maxresults 1.5", '" <NUMBER> "1.5 "" at line 1, column 31.'),
        ("select * from Item startposition 1 2", '" <NUMBER> "2 "" at line 1, column 36.'),
        ("select * from Item where A = 1 OR B = 2", '" <IDENTIFIER> "OR "" at line 1, column 32.'),
    ],
)
def test_what_surprises_is_named_by_kind_text_line_and_column(statement: str, said: str) -> None:
    assert detail(statement) == said


def test_a_fault_says_what_was_expected_in_the_words_that_were_recorded() -> None:
    with pytest.raises(Refused) as refused:
        parse("select * from Customer where CompanyName like 'Amy' R")
    assert refused.value.errors[0].detail == (
        'QueryParserError: Encountered " <IDENTIFIER> "R "" at line 1, column 53.\n'
        'Was expecting one of:\n    <EOF> \n    <AND> ...\n    "iterator" ...\n'
        '    "maxresults" ...\n    <OR> ...\n    "order" ...\n    "orderby" ...\n'
        '    "startposition" ...\n    '
    )


def test_a_statement_is_read_before_its_bounds_are_judged() -> None:
    assert "nonsense" in detail("select * from Item maxresults 1001 nonsense")


@pytest.mark.parametrize(
    ("quoted", "text"),
    [("'\\'", "\\"), ("'Back\\'", "Back\\"), ("'a\\'b\\\\'", "a'b\\"), ("'\\x'", "x")],
)
def test_a_backslash_escapes_unless_its_quote_is_the_last_one(quoted: str, text: str) -> None:
    assert only(f"Name = {quoted}").values == (Value(text, quoted=True),)


def test_backslashes_without_an_end_are_refused_at_once() -> None:
    """Two ways of reading each one would double the time with every backslash."""
    assert "line 1, column 33." in detail("select * from Item where Name = '" + "\\" * 10_001)


@settings(deadline=None)
@given(
    NAMES, st.lists(CONDITIONS, max_size=3), ORDERS, st.integers(1, 10**9 - 1), st.integers(1, 1000)
)
def test_what_is_written_is_what_is_read(
    entity: str,
    conditions: list[Condition],
    orders: list[tuple[str, bool]],
    start: int,
    limit: int,
) -> None:
    where = " where " + " and ".join(map(spelled, conditions)) if conditions else ""
    by = ", ".join(f"{prop} {'desc' if descends else 'asc'}" for prop, descends in orders)
    order = f" order by {by}" if by else ""
    statement = f"select * from {entity}{where}{order} startposition {start} maxresults {limit}"
    expected = Select(entity, False, tuple(conditions), tuple(orders), start, limit)
    assert parse(statement) == expected
    assert parse(f"{statement}\n") == expected


@settings(deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=15).map(" ".join))
def test_any_text_is_read_or_refused_at_the_place_of_what_surprised(statement: str) -> None:
    try:
        parse(statement)
    except Refused as refused:
        (wrong,) = refused.errors
        if wrong.code == "4001":
            return
        place = SURPRISE.search(wrong.detail)
        assert place, wrong.detail
        line, column = int(place["line"]), int(place["column"])
        rest = statement.split("\n", line - 1)[-1][column - 1 :]
        assert rest.startswith(place["text"]) or (place["text"], rest) == ("<EOF>", "")
