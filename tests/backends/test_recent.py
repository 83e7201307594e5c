"""What was asked for last is kept, within a bound."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loccit.backends.recent import Recent

MOST = 3


@given(st.lists(st.integers(0, 9), max_size=40))
def test_the_last_ones_asked_for_are_kept_and_at_most_twice_as_many(asked):
    recent = Recent[int, str](MOST)
    for key in asked:
        assert recent.get(key) in (None, str(key))
        recent.keep(key, str(key))
    last = list(dict.fromkeys(reversed(asked)))[:MOST]
    assert sum(recent.get(key) is not None for key in range(10)) <= 2 * MOST
    fresh = Recent[int, str](MOST)
    for key in asked:
        fresh.keep(key, str(key))
    assert all(fresh.get(key) == str(key) for key in last[:1])


def test_what_is_forgotten_is_gone():
    recent = Recent[str, int](MOST)
    recent.keep("a", 1)
    recent.clear()
    assert recent.get("a") is None
