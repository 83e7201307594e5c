"""Numbers with units, as labels and articles write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loccit.quantities import quantities
from loccit.quantities.reading import WORD_NUMBERS, normal_unit

# text | low, high, unit, comparator ; …
TABLE = """
Take 5 mg | 5 5 mg =
5 to 10 mg | 5 10 mg =
5-10 mg | 5 10 mg =
5–10 mg | 5 10 mg =
5 mg to 10 mg | 5 10 mg =
5 mg/day to 10 mg/day | 5 10 mg/day =
between 5 and 10 mg | 5 10 mg =
5 mg and 10 mg | 5 5 mg = ; 10 10 mg =
two to three weeks | 2 3 week =
two weeks | 2 2 week =
forty-eight hours | 48 48 hour =
Half tablet | 0.5 0.5 tablet =
one-half tablet | 0.5 0.5 tablet =
one and a half tablets | 1.5 1.5 tablet =
a 10-mg tablet | 10 10 mg =
two 10-mg tablets | 10 10 mg =
2 tablets | 2 2 tablet =
15 mg/kg/day | 15 15 mg/kg/day =
15 mg per kg per day | 15 15 mg/kg/day =
15 mg per kilogram | 15 15 mg/kg =
0.1 mcg/kg/min | 0.1 0.1 mcg/kg/min =
100 mg/m2 | 100 100 mg/m2 =
100 mg/m² per week | 100 100 mg/m2/week =
60 mL/min | 60 60 mL/min =
below 30 mL/minute | 30 30 mL/min <
eGFR < 30 mL/min/1.73 m2 | 30 30 mL/min/1.73 m2 <
eGFR 30 to 59 mL/min/1.73 m² | 30 59 mL/min/1.73 m2 =
400 mg/5 mL | 400 400 mg/5mL =
400 mg per 5 mL | 400 400 mg/5mL =
2.5 mg/mL | 2.5 2.5 mg/mL =
1 mg/dL | 1 1 mg/dL =
20 mmol/L | 20 20 mmol/L =
10 units/kg | 10 10 unit/kg =
5,000 units | 5000 5000 unit =
1,234,567.5 IU | 1234567.5 1234567.5 unit =
4 g/day | 4 4 g/day =
3 times daily | 3 3 time/day =
three times a day | 3 3 time/day =
three to four times daily | 3 4 time/day =
2 times per week | 2 2 time/week =
once daily | 1 1 time/day =
Twice weekly | 2 2 time/week =
once a month | 1 1 time/month =
every 6 hours | 6 6 hour/time =
every 4 to 6 hours | 4 6 hour/time =
every six hours | 6 6 hour/time =
q6h | 6 6 hour/time =
10 mg every 12 hours for 5 days | 10 10 mg = ; 12 12 hour/time = ; 5 5 day =
for 5 days every week | 5 5 day =
infused over 30 minutes | 30 30 minute =
patients over 65 years | 65 65 year >
≥65 years | 65 65 year >=
>= 65 years | 65 65 year >=
greater than or equal to 65 years | 65 65 year >=
at least 2 weeks | 2 2 week >=
no more than 4 g | 4 4 g <=
not to exceed 30 mg | 30 30 mg <=
do not exceed 30 mg | 30 30 mg <=
doses exceeding 30 mg | 30 30 mg >
up to 3 weeks | 3 3 week <=
a maximum of 4 g | 4 4 g <=
within 24 hours | 24 24 hour <=
approximately 37 hours | 37 37 hour ~
~5% | 5 5 % ~
fewer than 3 tablets | 3 3 tablet <
Dover 5 mg | 5 5 mg =
12.5% | 12.5 12.5 % =
12 percent | 12 12 % =
-12% | -12 -12 % =
fell by −2.5% | -2.5 -2.5 % =
(+5%) | 5 5 % =
±3% | -3 3 % =
12.5 ± 2.1% | 12.5 12.5 % =
5.2 ± 1.3 kg | 5.2 5.2 kg =
5.2 kg ± 1.3 kg | 5.2 5.2 kg =
-5 mg | 5 5 mg =
500 mg to 1 g | 500 500 mg = ; 1 1 g =
between 2 weeks and 3 months | 2 2 week = ; 3 3 month =
5 mg-12% | 5 5 mg =
50 kg and over 5 to 10 mg | 50 50 kg >= ; 5 10 mg =
95% CI 1.2 to 3.4 | 95 95 % =
120 mm Hg | 120 120 mm Hg =
20 to 25 °C | 20 25 °C =
450 msec | 450 450 msec =
65 years or older | 65 65 year >=
65 years of age | 65 65 year =
6 weeks or less | 6 6 week <=
50 kg and over | 50 50 kg >=
q 8 h | 8 8 hour/time =
q4-6h | 4 6 hour/time =
25.9 ng/mL | 25.9 25.9 ng/mL =
"""
ROWS = [tuple(part.strip() for part in row.split(" | ")) for row in TABLE.strip().splitlines()]


def _read(row: str) -> tuple:
    low, high, *unit, comparator = row.split()
    return float(low), float(high), " ".join(unit), comparator


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_quantities(text, expected):
    found = [(each.low, each.high, each.unit, each.comparator) for each in quantities(text)]
    assert found == [_read(row) for row in expected.split(" ; ")]


@pytest.mark.parametrize(
    "text",
    ["", "no number", "5", "p<0.05", "COX-2 inhibitor", "CYP2D6", "vitamin B12 mg", ".5 mg", "1.2.3 mg",
     "ratio 3/4 h", "1,00 mg", "page 5 many", "5 mgx", "5 milligramme"],
)  # fmt: skip
def test_what_is_no_quantity(text):
    assert quantities(text) == ()


@given(
    st.lists(
        st.one_of(
            st.sampled_from([row[0] for row in ROWS]),
            st.text(alphabet="0123456789.,-–±/ mgkdaytowi%q\u0663", max_size=14),
            st.text(max_size=6),
        ),
        max_size=8,
    ).map(" ".join)
)
def test_each_is_the_words_at_its_place_in_order(text):
    last = 0
    for each in quantities(text):
        assert text[each.start : each.end] == each.text
        assert last <= each.start < each.end
        assert each.unit
        last = each.end


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("5, 10 or 20 mg", [5, 10, 20], "mg"),
        ("doses of 1, 2, and 4 mg/kg/day", [1, 2, 4], "mg/kg/day"),
        ("5- or 10-mg tablets", [5, 10], "mg"),
        ("50, 100, 200 mg", [50, 100, 200], "mg"),
        ("10 mg, 20 mg or 40 mg", [10, 20, 40], "mg"),
        ("In 2019, 20 mg was given", [20], "mg"),
        ("Table 2 and 20 mg", [20], "mg"),
        ("5 to 10 or 20 mg", [20], "mg"),
        ("on days 1, 8 and 15 mg", [15], "mg"),
    ],
)
def test_numbers_of_a_list_share_the_unit_of_the_last(text, values, unit):
    read = [each for each in quantities(text) if each.unit == unit]
    assert [each.low for each in read] == values
    assert all(text[each.start : each.end] == each.text for each in read)


def test_hostile_text_is_read_in_good_time():
    for hostile in (
        "1, " * 30_000 + "1 mg",
        "2 and 1 mg " * 10_000,
        "1" * 50_000,
        "1 " * 30_000,
        "5 mg to " * 15_000,
        "1,000" * 10_000,
        "one and " * 15_000,
    ):
        quantities(hostile)


def test_units_have_one_spelling():
    assert {normal_unit(unit) for unit in ("mcg", "µg", "μg", "micrograms")} == {"mcg"}
    assert normal_unit("furlong") == ""


def test_words_stand_for_numbers():
    assert WORD_NUMBERS["twelve"] == 12
    assert all(value >= 0 for value in WORD_NUMBERS.values())
