"""The data files of composition: shapes of all kinds, and cues that compile."""

from __future__ import annotations

import pytest

from loccit.composition import load_shapes
from loccit.composition import shapes as shapes_module
from loccit.composition.cues import load_cues
from loccit.composition.holding import HOLDS
from loccit.terms import (
    DataFileError,
    QuestionKind,
    Role,
    ScoredRecord,
    SourceKind,
    StatementKind,
)
from loccit.testing import InMemoryBase, described, small_document
from loccit.vocabulary import load_vocabulary

SHAPES = load_shapes()


def test_every_kind_of_question_has_a_shape():
    assert set(SHAPES) == set(QuestionKind)
    for kind, shape in SHAPES.items():
        assert shape.kind is kind
        assert shape.bottom_line
        assert shape.sections


@pytest.mark.parametrize("kind", QuestionKind)
def test_slots_have_names_of_their_own_and_ask_what_is_known(kind):
    shape = SHAPES[kind]
    for slots in (shape.bottom_line, shape.sections):
        names = [slot.name for slot in slots]
        assert len(names) == len(set(names))
    for slot in shape.slots:
        assert set(slot.holds) <= set(HOLDS)
        assert slot.kinds
        assert slot.most > 0
        assert slot.per_document > 0
        assert all(isinstance(each, StatementKind) for each in slot.kinds)
        assert all(isinstance(each, SourceKind) for each in slot.sources)
    assert all(slot.heading for slot in shape.sections)
    assert {slot.role for slot in shape.bottom_line} == {Role.ANSWER}


@pytest.mark.parametrize("kind", QuestionKind)
def test_fits_are_shares(kind):
    shape = SHAPES[kind]
    for fit in (shape.source_fit, shape.kind_fit):
        assert fit
        assert all(0 <= value <= 1 for value in fit.values())
    assert set(shape.source_fit) <= set(SourceKind)
    assert set(shape.kind_fit) <= set(StatementKind)


def test_names_that_slots_mention_are_procedures_of_the_vocabulary():
    vocabulary = load_vocabulary()
    for shape in SHAPES.values():
        for slot in shape.slots:
            for name in slot.mentions:
                entry = vocabulary.lexicon.get(name)
                assert entry is not None, name
                assert entry.name == name


def test_the_treatment_article_has_the_sections_of_the_requirements():
    names = {slot.name for slot in SHAPES[QuestionKind.TREATMENT].sections}
    assert {"without-drugs", "drugs", "avoid", "course", "escalate", "populations"} <= names


ROW = {
    "bottom_line": [{"name": "a", "kinds": ["dose"], "most": 1}],
    "sections": [{"name": "b", "heading": "B", "kinds": ["dose"], "most": 1}],
    "source_fit": {"label": 1.0},
    "kind_fit": {"dose": 1.0},
}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"sections": [*ROW["sections"], *ROW["sections"]]}, "two slots are called 'b'"),
        ({"sections": [{**ROW["sections"][0], "holds": ["magic"]}]}, "magic"),
        ({"sections": [{**ROW["sections"][0], "kinds": ["poem"]}]}, "poem"),
        ({"sections": [{**ROW["sections"][0], "most": "many"}]}, "int"),
    ],
)
def test_a_shape_that_breaks_its_form_is_refused_with_its_place(change, named):
    shapes_module._shape(QuestionKind.DOSING, ROW)
    with pytest.raises(DataFileError, match=r"composition/shapes\.toml: dosing") as refused:
        shapes_module._shape(QuestionKind.DOSING, {**ROW, **change})
    assert named in str(refused.value)


@pytest.mark.parametrize("missing", ROW)
def test_a_shape_without_a_part_is_refused(missing):
    row = {name: value for name, value in ROW.items() if name != missing}
    with pytest.raises(DataFileError, match=missing):
        shapes_module._shape(QuestionKind.DOSING, row)


@pytest.mark.parametrize(
    ("text", "null"),
    [
        ("Naproxen plus cyclobenzaprine was no better than naproxen alone.", True),
        ("Opioids did not significantly reduce pain.", True),
        ("Cyclobenzaprine was better than placebo.", False),
        ("Heat lowered pain by day 5.", False),
    ],
)
def test_results_without_benefit_are_told_from_the_others(text, null):
    cues = load_cues()
    assert (cues.null_result.search(text) is not None) is null
    if not null:
        assert cues.benefit.search(text)


@pytest.mark.parametrize(
    ("kind", "source", "held"),
    [
        (StatementKind.EFFICACY, SourceKind.LABEL, False),
        (StatementKind.DOSE, SourceKind.LABEL, True),
        (StatementKind.EFFICACY, SourceKind.TRIAL, True),
    ],
)
def test_a_trial_told_in_a_label_is_no_word_on_its_dose(kind, source, held):
    """Doses in a label's account of its trials are those of the trial."""
    document = small_document("one", "Examplamine 5 mg was studied.", kind=source)
    told = described(document, kinds=(kind,))
    base = InMemoryBase()
    base.add(told)
    base.settle()
    record = base.passage(told.passages[0][0].id)
    scored = ScoredRecord(record=record, score=1.0, parts={})
    assert HOLDS["no_study_in_label"](None, scored) is held
