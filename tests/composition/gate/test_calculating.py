"""Doses by weight are worked out in steps, and recomputed before they are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loccit.composition.gate.calculating import calculations
from loccit.composition.gate.rules import load_gate_rules
from loccit.terms import (
    Article,
    Audience,
    Citation,
    Gate,
    Locator,
    PassageId,
    PatientFacts,
    Question,
    QuestionKind,
    Role,
    Statement,
    StatementKind,
)
from loccit.verification import with_sums_checked

RULES = load_gate_rules()


def question(weight: float | None, text: str = "what dose?") -> Question:
    patient = PatientFacts(weight_kg=weight)
    return Question(text=text, kind=QuestionKind.DOSING_CHILD, patient=patient)


def statement(text: str, kind: StatementKind = StatementKind.DOSE) -> Statement:
    place = Locator(document="label", sha256="0" * 64, start=0, end=len(text), section=())
    cited = Citation(passage=PassageId("p"), locator=place, quote=text)
    return Statement(id="s1", text=text, role=Role.ANSWER, kind=kind, citations=(cited,))


def article(said: Statement, asked: Question, steps: tuple[str, ...] | None = None) -> Article:
    found = tuple(calculations((said,), asked, RULES))
    if steps is not None:
        found = tuple(replace(each, steps=steps) for each in found)
    return Article(
        id="a",
        question=asked,
        title="",
        audience=Audience.CLINICIAN,
        bottom_line=(said,),
        sections=(),
        references=(),
        gate=Gate(calculations=found),
    )


def steps_of(text: str, weight: float | None, asked: str = "what dose?") -> tuple[str, ...]:
    found = list(calculations((statement(text),), question(weight, asked), RULES))
    return found[0].steps if found else ()


@pytest.mark.parametrize(
    ("text", "weight", "steps"),
    [
        ("Give 15 mg/kg per dose.", 7, ("15 mg/kg × 7 kg = 105 mg",)),
        ("Give 5 to 10 mg/kg every 6 hours.", 7, ("5 to 10 mg/kg × 7 kg = 35 to 70 mg",)),
        (
            "10 mg/kg a day in 2 divided doses.",
            30,
            ("10 mg/kg × 30 kg = 300 mg a day", "300 mg ÷ 2 = 150 mg a dose"),
        ),
        (
            "90 mg/kg/day divided every 12 hours.",
            10,
            ("90 mg/kg × 10 kg = 900 mg a day", "900 mg ÷ 2 = 450 mg a dose"),
        ),
        (
            "Give 15 mg/kg, maximum 650 mg.",
            60,
            ("15 mg/kg × 60 kg = 900 mg", "at most 650 mg, as the source says"),
        ),
        (
            "Give 20 mg/kg of the 400 mg/5 mL suspension.",
            10,
            ("20 mg/kg × 10 kg = 200 mg", "200 mg ÷ 400 mg × 5 mL = 2.5 mL"),
        ),
    ],
)
def test_a_dose_by_weight_is_worked_out(text, weight, steps):
    assert steps_of(text, weight) == steps
    asked = question(weight)
    assert with_sums_checked(article(statement(text), asked)).gate.calculations


def test_the_volume_comes_from_a_strength_that_the_asker_states():
    steps = steps_of("Give 10 mg/kg per dose.", 12, "how many mL of 100 mg/5 mL?")
    assert steps[-1] == "120 mg ÷ 100 mg × 5 mL = 6 mL"


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Give 15 mg/kg per dose.", None),
        ("Give 40 mg/kg of one and 8 mg/kg of the other.", 7),
        ("Give 500 mg twice daily.", 70),
        ("Infuse 5 mcg/kg/min.", 70),
    ],
)
def test_nothing_is_worked_out_where_a_figure_is_missing_or_doubtful(text, weight):
    assert steps_of(text, weight) == ()


@pytest.mark.parametrize(
    "steps",
    [
        ("15 mg/kg × 7 kg = 150 mg",),
        ("16 mg/kg × 7 kg = 112 mg",),
        ("15 mg/kg × 8 kg = 120 mg",),
        ("15 mg/kg × 7 kg = 105 mcg",),
        ("15 mg/kg × 7 kg = 105 mg", "105 mg ÷ 100 mg × 5 mL = 52.5 mL"),
        ("at most 650 mg, as the source says",),
        ("take more",),
    ],
)
def test_what_does_not_come_out_is_left_out(steps):
    wrong = article(statement("Give 15 mg/kg per dose."), question(7), steps)
    checked = with_sums_checked(wrong)
    assert checked.gate.calculations == ()
    assert "could not be recomputed" in checked.notes[-1]


@given(
    st.floats(0.05, 200).map(lambda n: float(f"{n:.3g}")),
    st.floats(0.5, 150).map(lambda n: float(f"{n:.3g}")),
    st.integers(1, 4),
)
def test_every_calculation_comes_out(rate, weight, doses):
    text = f"Give {rate:g} mg/kg a day in {doses} divided doses."
    made = article(statement(text), question(weight))
    assert made.gate.calculations
    assert with_sums_checked(made) == made
