"""The field's words: frozen values that refuse what makes no sense."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import sys
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loccit.terms
from loccit import terms
from loccit.terms import (
    Citation,
    Concept,
    ConceptKind,
    LocatorMismatch,
    LoccitError,
    Passage,
    PatientFacts,
    Question,
    QuestionKind,
    Role,
    Section,
    Shape,
    Slot,
    SourceError,
    SourceKind,
    Statement,
    StatementKind,
    UncitedStatement,
    Unreadable,
    text_digest,
)
from loccit.testing import described, small_document

ROOM = Path(loccit.terms.__file__).parent
VALUES = [
    value
    for name, value in vars(terms).items()
    if inspect.isclass(value) and dataclasses.is_dataclass(value)
]
ENUMS = [
    value for value in vars(terms).values() if inspect.isclass(value) and issubclass(value, StrEnum)
]
ERRORS = [
    value
    for value in vars(terms).values()
    if inspect.isclass(value) and issubclass(value, Exception)
]


def _first_passage(**facts) -> tuple:
    document = small_document(**facts)
    return document, described(document).passages[0][0]


def test_terms_import_the_standard_library_only():
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                top = name.split(".")[0]
                assert top in sys.stdlib_module_names or name.startswith("loccit.terms"), (
                    path,
                    name,
                )


def test_every_value_of_every_file_is_exported():
    for path in ROOM.glob("[a-z]*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        defined = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
        assert defined <= set(vars(terms)), path


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_values_are_frozen_keyword_only_and_slotted(value):
    assert value.__dataclass_params__.frozen
    assert all(field.kw_only for field in dataclasses.fields(value))
    assert "__slots__" in vars(value)
    assert value.__doc__
    assert not value.__doc__.startswith(f"{value.__name__}(")


@pytest.mark.parametrize("kinds", ENUMS, ids=lambda kinds: kinds.__name__)
def test_words_of_a_closed_set_are_lower_case_and_come_once(kinds):
    written = [str(each.value) for each in kinds]
    assert written == [word.lower() for word in written]
    assert len(written) == len(set(written))
    assert all(kinds(word) is each for word, each in zip(written, kinds, strict=True))


def test_the_drawing_of_the_error_tree_is_the_tree():
    drawing = terms.errors.__doc__ or ""
    drawn = [line.split("── ")[1].split()[0] for line in drawing.splitlines() if "──" in line]
    assert sorted(drawn) == sorted(error.__name__ for error in ERRORS if error is not LoccitError)
    for line in drawing.splitlines():
        if line.startswith("│   "):
            assert issubclass(getattr(terms, line.split("── ")[1].split()[0]), SourceError)
    assert all(issubclass(error, LoccitError) for error in ERRORS)


def test_source_errors_say_where_what_and_what_to_do():
    bare = Unreadable("it is cut off")
    assert str(bare) == "it is cut off"
    full = Unreadable("it is cut off", where="a.xml", place="line 3", cure="fetch it again")
    assert str(full) == "a.xml, line 3: it is cut off; fetch it again"
    placed = bare.at("b.xml")
    assert (type(placed), placed.where, placed.cause) == (Unreadable, "b.xml", "it is cut off")
    assert full.at("b.xml") is full


def test_a_text_is_named_by_its_digest():
    document = small_document()
    assert document.sha256 == text_digest(document.text) != text_digest(document.text + " ")
    assert small_document(sha256="given").sha256 == "given"


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_has_a_digest(text):
    assert len(text_digest(text + "\ud800")) == 64


def test_a_locator_gives_the_words_of_its_own_edition_only():
    document, passage = _first_passage()
    assert passage.locator.resolve(document) == passage.text
    other = small_document("examplamine", "Another edition.")
    with pytest.raises(LocatorMismatch, match="open the edition cited"):
        passage.locator.resolve(other)


@given(st.data())
def test_a_place_within_a_locator_stays_inside(data):
    document, passage = _first_passage()
    place = passage.locator
    start = data.draw(st.integers(place.start - 3, place.end + 3))
    end = data.draw(st.integers(place.start - 3, place.end + 3))
    if place.start <= start < end <= place.end:
        inner = place.within(start, end)
        assert inner.resolve(document) in passage.text
        assert (inner.document, inner.sha256, inner.section) == (
            place.document,
            place.sha256,
            place.section,
        )
    else:
        with pytest.raises(ValueError, match="is outside"):
            place.within(start, end)


def test_headings_are_the_innermost_ones():
    assert Section(path=("2 Dosage", "2.1 Adults"), start=0, end=1).heading == "2.1 Adults"
    assert Section(path=(), start=0, end=1).heading == ""
    _, passage = _first_passage()
    assert passage.heading == "2 Dosage"
    bare = dataclasses.replace(passage, locator=dataclasses.replace(passage.locator, section=()))
    assert isinstance(bare, Passage)
    assert bare.heading == ""


def test_a_statement_needs_a_citation():
    _, passage = _first_passage()
    words = {"id": "s", "text": passage.text, "role": Role.ANSWER, "kind": StatementKind.DOSE}
    with pytest.raises(UncitedStatement, match="Take 5 mg"):
        Statement(**words, citations=())
    cited = Citation(passage=passage.id, locator=passage.locator, quote=passage.text)
    assert Statement(**words, citations=(cited,)).citations == (cited,)


def _concept(name: str, kind: ConceptKind = ConceptKind.DRUG) -> Concept:
    return Concept(text=name, name=name, kind=kind)


def test_a_question_is_about_the_drugs_that_the_patient_does_not_take():
    drugs = (_concept("a"), _concept("b"), _concept("a"), _concept("pain", ConceptKind.CONDITION))
    question = Question(text="?", kind=QuestionKind.TREATMENT, concepts=drugs)
    assert question.names(ConceptKind.DRUG) == ("a", "b")
    assert question.names(ConceptKind.CONDITION, ConceptKind.DRUG) == ("a", "b", "pain")
    taking = dataclasses.replace(question, patient=PatientFacts(drugs=("b",)))
    assert taking.asked_drugs == ("a",)
    only = dataclasses.replace(question, patient=PatientFacts(drugs=("a", "b")))
    assert only.asked_drugs == ("a", "b")


def test_a_summary_ranks_as_what_it_summarises():
    card = _card(original_kind=SourceKind.LABEL)
    assert card.evidence_kind is SourceKind.LABEL
    assert _card().evidence_kind is SourceKind.SUMMARY


def _card(**facts):
    from loccit.testing import InMemoryBase

    base = InMemoryBase()
    base.add(described(small_document(kind=SourceKind.SUMMARY)))
    return dataclasses.replace(base.cards()[0], **facts)


def test_the_slots_of_a_shape_begin_with_the_bottom_line():
    first, second = (Slot(name=name, heading="", kinds=(), most=1) for name in "ab")
    shape = Shape(kind=QuestionKind.SAFETY, bottom_line=(first,), sections=(second,))
    assert shape.slots == (first, second)
