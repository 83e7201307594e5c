"""Laboratory values and vital signs are kept exactly as written."""

from __future__ import annotations

import pytest
from asked import facts
from hypothesis import given
from hypothesis import strategies as st

from loccit.questions.labs import load_measure_rules, values_in

READ = [
    ("K 5.8 mmol/L", ["potassium 5.8 mmol/L"]),
    ("potassium of 2.8 mEq/L", ["potassium 2.8 mEq/L"]),
    ("Na 118", ["sodium 118"]),
    ("BP 150/90 mmHg", ["blood pressure 150/90 mmHg"]),
    ("her blood pressure was 152/96 today", ["blood pressure 152/96"]),
    ("TSH < 0.01", ["TSH < 0.01"]),
    ("A1c 9.4%", ["HbA1c 9.4 %"]),
    ("HbA1c 58 mmol/mol", ["HbA1c 58 mmol/mol"]),
    ("platelets 34 x10^9/L", ["platelets 34 x10^9/L"]),
    ("platelets 150,000", ["platelets 150,000"]),
    ("T-score -2.8", ["T-score -2.8"]),
    ("temp 39.4 C, lactate 4.2", ["temperature 39.4 C", "lactate 4.2"]),
    ("fever since last nite 102.5", ["temperature 102.5"]),
    ("digoxin level 2.6 ng/mL", ["digoxin level 2.6 ng/mL"]),
    ("vanc trough 24 mcg/mL", ["vancomycin level 24 mcg/mL"]),
    ("creatinine 186 µmol/L", ["creatinine 186 µmol/L"]),
    ("creatinine clearance is 15 to 30 mL/min", ["creatinine clearance 15 to 30 mL/min"]),
    ("CrCl < 30", ["creatinine clearance < 30"]),
    ("QTc 512 ms", ["QTc 512 ms"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_value_and_unit_stay_as_written(text, expected):
    assert [str(value) for value in facts(text).labs] == expected


@pytest.mark.parametrize(
    "text",
    [
        "potassium 40 mEq daily",
        "calcium 500 mg twice a day",
        "lithium 300 mg",
        "fever for 38 days",
        "K 2 tablets",
        "BP 3 times a day",
        "magnesium 400",
    ],
)
def test_an_amount_or_a_time_is_no_value(text):
    assert facts(text).labs == ()


def test_a_clearance_and_a_filtration_rate_stand_in_fields_of_their_own():
    found = facts("CrCl 28 and eGFR 33 mL/min/1.73 m2")
    assert (found.creatinine_clearance, found.egfr, found.labs) == (28, 33, ())


def test_of_two_filtration_rates_the_later_counts():
    assert facts("his egfr went from 52 to 44 in a year").egfr == 44


def test_a_range_gives_no_single_number():
    assert facts("rivaroxaban if CrCl is 15 to 30 mL/min").creatinine_clearance is None


def test_a_temperature_is_neither_an_age_nor_a_sex():
    found = facts("fever of 104F in a toddler")
    assert (found.age, found.sex) == (None, "")


@pytest.mark.parametrize(
    ("text", "renal"),
    [
        ("creatinine 1.1, gout", ""),
        ("creatinine 1.6 mg/dL, gout", "any"),
        ("creatinine 90 µmol/L, gout", ""),
        ("creatinine 186 µmol/L, gout", "any"),
        ("CKD stage 4 and gout", "severe"),
        ("stage 3b CKD and gout", "moderate"),
        ("normal renal function, gout", ""),
        ("no renal disease, gout", ""),
    ],
)
def test_the_kidney_counts_as_impaired_only_where_something_says_so(text, renal):
    assert facts(text).renal == renal


def test_a_stage_is_echoed_in_the_askers_words():
    assert facts("Child-Pugh class B, CKD stage 3b").stages == (
        "Child-Pugh class B",
        "CKD stage 3b",
    )


NAMES = st.sampled_from([m.name for m in load_measure_rules().measures if not m.pair][:30])


@given(name=NAMES, number=st.decimals(5, 9, places=1))
def test_a_value_is_always_a_slice_of_the_question(name, number):
    text = f"he has {name} {number} now"
    for each in values_in(text):
        assert each.measured.value in text
