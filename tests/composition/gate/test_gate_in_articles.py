"""The safety gate in whole answers over the starter pack."""

from __future__ import annotations

import pytest

from loccit.terms import Article, Axis, Severity, StatementKind

SCENE = "Can I give cyclobenzaprine to a 71-year-old on sertraline with cirrhosis?"


@pytest.fixture(scope="module")
def scene(starter_engine) -> Article:
    return starter_engine.ask(SCENE)


def said(article, block) -> str:
    return " ".join(s.text for s in article.bottom_line if s.id in block.statements)


def test_each_stated_fact_that_bars_the_drug_is_told_in_the_words_of_its_source(scene):
    blocks = {(b.fact.axis, b.severity): b for b in scene.gate.blocks}
    assert {axis for axis, _ in blocks} == {Axis.AGE, Axis.HEPATIC}
    assert "not recommended" in said(scene, blocks[Axis.HEPATIC, Severity.NOT_RECOMMENDED])
    assert "AGS Beers" in said(scene, blocks[Axis.AGE, Severity.GUIDELINE_AGAINST])
    assert not blocks[Axis.HEPATIC, Severity.NOT_RECOMMENDED].sure


def test_a_drug_taken_that_only_calls_for_care_is_a_caution(scene):
    (caution,) = scene.gate.cautions
    assert caution.fact.value == "sertraline"
    assert "serotonin syndrome" in said(scene, caution)


def test_no_dose_of_a_blocked_drug_stands_in_the_bottom_line(scene):
    assert not {s.kind for s in scene.bottom_line} & {StatementKind.DOSE, StatementKind.INDICATION}
    assert scene.gate.withheld


def test_what_guidelines_offer_instead_and_all_the_same_comes_first(scene):
    instead, all_the_same = scene.sections[:2]
    assert [instead.kind, all_the_same.kind] == ["instead", "all-the-same"]
    assert not any("relaxant" in s.text for s in instead.statements)
    assert any("relaxant" in s.text for s in all_the_same.statements)
    assert not scene.gate.closed


def test_all_that_a_label_warns_of_is_shown_or_named(scene, starter_engine):
    shown = {
        citation.passage
        for statements in (
            scene.bottom_line,
            *(section.statements for section in scene.sections),
            *(drug.statements for drug in scene.safety),
        )
        for statement in statements
        for citation in statement.citations
    }
    named = {passage for each in scene.gate.unshown for passage in each.passages}
    records = starter_engine._gatherer.safety(("cyclobenzaprine",), starter_engine.base)
    warned = {
        record.passage.id
        for record in records["cyclobenzaprine"]
        if record.description.kinds[0]
        in (StatementKind.BOXED_WARNING, StatementKind.CONTRAINDICATION, StatementKind.WARNING)
        and "cyclobenzaprine" in record.description.subjects
    }
    assert warned
    assert warned <= shown | named


@pytest.mark.parametrize(
    ("question", "drug"),
    [
        ("naproxen dose, eGFR 28", "naproxen"),
        ("ketorolac oral dose at eGFR 20", "ketorolac"),
        ("Took 30 tablets of tizanidine, what dose now?", "tizanidine"),
        ("ibuprofen dose for a 7 kg baby of 5 months", "ibuprofen"),
    ],
)
def test_what_bars_a_drug_takes_its_doses_away(starter_engine, question, drug):
    answer = starter_engine.ask(question)
    if isinstance(answer, Article):
        assert drug in answer.gate.blocked
        everywhere = [
            *answer.bottom_line,
            *(s for each in answer.sections for s in each.statements),
        ]
        own = [s for s in everywhere if s.kind is StatementKind.DOSE]
        assert not [s for s in own if drug in s.text.casefold()]


def test_a_dose_by_weight_is_worked_out_beside_its_sentence(starter_engine):
    answer = starter_engine.ask("naproxen dose for a 30 kg 9 year old with juvenile arthritis")
    (sum_,) = answer.gate.calculations
    assert sum_.steps == ("10 mg/kg × 30 kg = 300 mg a day", "300 mg ÷ 2 = 150 mg a dose")
    assert sum_.statement in {s.id for s in answer.bottom_line}


def test_a_patient_whom_nothing_bars_is_left_alone(starter_engine):
    answer = starter_engine.ask("cyclobenzaprine for a 35-year-old with back spasm")
    assert not answer.gate.blocks


def test_the_same_question_gives_the_same_gate(starter_engine, scene):
    assert starter_engine.ask(SCENE).gate == scene.gate
