"""A dose is worked out for what was asked only, and nobody else's warning stands beside it."""

from __future__ import annotations

import pytest

from loccit.terms import Axis

TEENAGER = "What dose of naproxen for a 15-year-old weighing 48 kg with back strain?"


def test_no_dose_is_worked_out_from_a_rate_for_another_ailment(starter_engine):
    assert starter_engine.ask(TEENAGER).gate.calculations == ()


def test_a_rate_for_what_was_asked_is_worked_out(starter_engine):
    asked = "naproxen dose for juvenile idiopathic arthritis, 12-year-old of 52 kg"
    (worked,) = starter_engine.ask(asked).gate.calculations
    assert worked.steps[0] == "10 mg/kg × 52 kg = 520 mg a day"


def test_a_weight_below_the_labels_is_told_though_an_age_stands_in_its_sentence(starter_engine):
    gate = starter_engine.ask(TEENAGER).gate
    assert Axis.WEIGHT in {each.fact.axis for each in (*gate.blocks, *gate.cautions)}


def test_what_holds_in_pregnancy_is_no_dose_for_a_boy(starter_engine):
    answer = starter_engine.ask(TEENAGER)
    assert not any("pregnancy" in each.text for each in answer.bottom_line)


@pytest.mark.parametrize("asked", ["pregabalin dose with CrCl 40"])
def test_what_is_not_studied_in_children_is_no_caution_for_a_grown_person(starter_engine, asked):
    gate = starter_engine.ask(asked).gate
    assert gate.blocks == gate.cautions == ()


def test_nothing_for_grown_peoples_backs_is_offered_for_a_child(starter_engine):
    answer = starter_engine.ask("ibuprofen 200 mg for my 8 year old who weighs 25 kg?")
    assert answer.gate.blocks
    assert not any("back pain" in s.text for each in answer.sections for s in each.statements)


def test_a_word_of_two_letters_is_no_ground_for_a_warning(starter_engine):
    answer = starter_engine.ask("Is tramadol ok with sertraline?")
    assert not any("'ok'" in note for note in answer.notes)


def test_a_drug_that_is_barred_for_what_was_stated_is_an_answer_and_no_thin_one(starter_engine):
    answer = starter_engine.ask("cyclobenzaprine in a 71-year-old on sertraline with cirrhosis")
    assert answer.confidence.level != "thin"
    assert "no_figure" not in answer.confidence.reasons


@pytest.mark.parametrize(
    ("question", "organ"),
    [
        ("Max daily dose of baclofen when eGFR is 22?", "renal"),
        ("baclofen dose with eGFR 22", "renal"),
        ("max dose of acetaminophen with liver disease", "hepatic"),
    ],
)
def test_what_is_said_of_the_impaired_organ_comes_before_the_usual_dose(
    starter_engine, question, organ
):
    answer = starter_engine.ask(question, keep=False)
    told = [_is_of(starter_engine, statement, organ) for statement in answer.bottom_line]
    assert told[0]
    assert told == sorted(told, reverse=True)


def _is_of(engine, statement, organ):
    records = [engine.base.passage(each.passage) for each in statement.citations]
    return any(g.startswith(f"{organ}:") for r in records for g in r.description.population)
