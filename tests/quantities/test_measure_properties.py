"""What holds of every number that is read."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loccit.quantities import measures

EQUAL = [
    ("1000 mg", "1 g"), ("1 mg", "1000 mcg"), ("1 g", "1000000 mcg"), ("1000 ng", "1 mcg"), ("1 kg", "1000 g"),
    ("24 hours", "1 day"), ("7 days", "1 week"), ("168 hours", "1 week"), ("60 minutes", "1 hour"),
    ("12 months", "1 year"), ("1 L", "1000 mL"), ("10 mm", "1 cm"), ("1 mg/mL", "1000 mcg/mL"),
    ("every 8 hours", "three times a day"), ("every 12 hours", "twice daily"), ("b.i.d.", "twice daily"),
    ("every other day", "every 48 hours"), ("5 mg", "five mg"), ("1,000 mg", "1 g"), ("0.5 g", "500 mg"),
    ("once weekly", "every 7 days"), ("400 mg/5 mL", "80 mg/mL"),
]  # fmt: skip
DIFFERENT = [
    ("5 mg", "5 mcg"), ("5 mg", "5 mL"), ("5 days", "5 weeks"), ("5 mg/kg", "5 mg"), ("10 mcg/mL", "10 mg/mL"),
    ("30 mL/min", "30 mL/min/1.73 m2"), ("twice daily", "three times daily"), ("5", "5 mg"), ("5%", "5"),
    ("2 mL/kg/h", "2 mL/h"), ("1 month", "4 weeks"),
]  # fmt: skip
FACTORS = {
    "ng": ("mass", 1e-6), "mcg": ("mass", 1e-3), "mg": ("mass", 1), "g": ("mass", 1e3), "kg": ("mass", 1e6),
    "minutes": ("time", 1 / 60), "hours": ("time", 1), "days": ("time", 24), "weeks": ("time", 168),
    "mL": ("volume", 1), "L": ("volume", 1e3), "months": ("calendar", 1), "years": ("calendar", 12),
}  # fmt: skip


def same(one: str, other: str) -> bool:
    first, second = measures(one)[0], measures(other)[0]
    return first.dimension == second.dimension and first.same_value(second)


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_one_amount_in_two_units_is_the_same(one, other):
    assert same(one, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_amounts_that_differ_are_not_the_same(one, other):
    assert not same(one, other)


numbers = st.integers(1, 999_999)


@settings(max_examples=200, deadline=None)
@given(numbers, st.sampled_from(sorted(FACTORS)))
def test_a_value_is_read_in_the_base_unit_and_converts_back(number, unit):
    (measure,) = measures(f"{number} {unit}")
    name, factor = FACTORS[unit]
    assert measure.dimension == name
    assert math.isclose(measure.low / factor, number, rel_tol=1e-9)


@settings(max_examples=200, deadline=None)
@given(
    numbers,
    numbers,
    st.sampled_from(["mg", "mL", "days", "%"]),
    st.sampled_from(["-", " to ", "–", " – "]),
)
def test_a_range_has_its_two_ends_in_order_of_the_text(low, more, unit, dash):
    high = low + more
    (measure,) = measures(f"{low}{dash}{high} {unit}")
    assert measure.low < measure.high
    assert measure.is_range


pieces = st.sampled_from(
    [
        *[
            "5",
            "10",
            "1,000",
            "0.5",
            ".5",
            "mg",
            "mcg",
            "kg",
            "mL/min",
            "/kg",
            "/day",
            "%",
            "to",
            "-",
            "–",
            "±",
            "<",
            "≥",
            "at",
            "least",
            "up",
            "to",
            "twice",
            "daily",
            "every",
            "hours",
            "q8h",
            "b.i.d.",
            "one",
            "half",
            "or",
        ],
        "\n",
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.text(max_size=150), st.lists(pieces, max_size=30).map(" ".join)))
def test_numbers_of_any_text_lie_in_it_in_order(text):
    at = 0
    for measure in measures(text):
        assert at <= measure.start <= measure.end <= len(text)
        at = measure.start
        assert not math.isnan(measure.low)
        assert text[measure.start : measure.end].strip() or measure.start == measure.end


@settings(max_examples=200, deadline=None)
@given(
    numbers,
    st.sampled_from(sorted(FACTORS)),
    st.sampled_from(["at least", "up to", "more than", "less than", "about"]),
)
def test_a_comparison_changes_the_sign_and_not_the_value(number, unit, words):
    (plain,), (compared,) = measures(f"{number} {unit}"), measures(f"{words} {number} {unit}")
    assert (plain.low, plain.high, plain.dimension) == (
        compared.low,
        compared.high,
        compared.dimension,
    )
    assert plain.comparator == "="
    assert compared.comparator != "="
