import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import layer
from sync.layer import Layer

_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.integers(0, 9)),
        st.tuples(st.just("del"), st.integers(0, 9)),
        st.tuples(st.just("layer"), st.just(0)),
    ),
    max_size=25,
)


@given(under=st.dictionaries(st.integers(0, 9), st.integers()), steps=_STEPS)
@settings(max_examples=80)
def test_layers_are_what_copies_would_be_and_leave_what_is_under_them(
    under: dict[int, int], steps: list[tuple[str, int]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layer, "_MANY", 3)
        was = dict(under)
        top, copied = Layer(under), dict(under)
        below = [(top, dict(copied))]
        for number, (what, key) in enumerate(steps):
            if what == "set":
                top[key] = copied[key] = number
            elif what == "del":
                del top[key]
                copied.pop(key, None)
            else:
                below.append((top, dict(copied)))
                top = Layer(top)
            assert (top == copied, len(top), key in top) == (True, len(copied), key in copied)
        assert list(top.values()) == [top[key] for key in top]
        kept = was.keys() - {key for what, key in steps if what == "del"}
        assert [key for key in top if key in kept] == [key for key in was if key in kept]
        assert under == was
        for one, as_left in below[1:]:
            assert one == as_left


def test_what_is_deleted_in_a_layer_does_not_come_back_from_under_it() -> None:
    under: dict[str, int] = {}
    top = Layer(under)
    del top["a"]
    under["a"] = 1
    assert "a" not in top
    assert Layer(top).get("a") is None
