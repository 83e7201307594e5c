"""Words of a question count by how few passages have them, and where they ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_base import base_of, guideline, label, question

from loccit.retrieval.matching import Matcher
from loccit.retrieval.places import load_place_weights, place_of
from loccit.terms import QuestionKind, SearchRequest
from loccit.vocabulary.lexicon import folded_words
from loccit.vocabulary.stems import stems_of


def records(*sentences: str):
    base = base_of(*(guideline(f"g{place}", text) for place, text in enumerate(sentences)))
    found = [each.record for each in base.search(SearchRequest(words="the patient heat massage"))]
    return sorted(found, key=lambda record: record.card.id)


def parts(text: str, *sentences: str) -> list[dict[str, float]]:
    found = records(*sentences)
    matcher = Matcher(question(text), found)
    return [dict(matcher.parts(record)) for record in found]


def test_a_word_that_few_passages_have_tells_more_than_one_that_most_have():
    rare, common, both = parts(
        "massage or heat?",
        "The patient may have massage.",
        "The patient may have heat.",
        "The patient may have heat too.",
    )
    assert rare["covered"] > common["covered"] > 0
    assert common["covered"] == both["covered"]


def test_a_word_that_means_the_same_is_met():
    met, unmet = parts(
        "when to hold it?", "The patient should withhold it.", "The patient may have massage."
    )
    assert met["covered"] > 0
    assert not unmet["covered"]


def test_the_clause_that_asks_counts_apart_from_the_story():
    story, asked = parts(
        "Fever and rash since Monday. When may massage resume?",
        "The patient had fever and rash.",
        "The patient may have massage.",
    )
    assert asked["clause"] > story["clause"] == 0
    assert story["covered"] > 0


@pytest.mark.parametrize(
    ("text", "sentence", "met"),
    [
        ("how long may he have heat?", "The patient has heat for 3 weeks.", 1.0),
        ("how long may he have heat?", "The patient has heat at 40 mg.", 0.0),
        ("max mg of heat?", "The patient has heat at 40 mg.", 1.0),
    ],
)
def test_a_figure_counts_where_its_dimension_is_asked_for(text, sentence, met):
    (found,) = records(sentence)
    from dataclasses import replace

    from loccit.quantities import quantities

    says = replace(found.description, quantities=quantities(sentence))
    found = replace(found, description=says)
    assert dict(Matcher(question(text), [found]).parts(found))["dimension"] == met


def test_every_share_lies_between_nothing_and_all():
    for each in parts("massage or heat, how long?", "The patient has heat.", "The patient rests."):
        assert all(0 <= value <= 1 for value in each.values())


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("2 DOSAGE AND ADMINISTRATION", "2.3 Pediatric Dosage"), "dosage"),
        (("Highlights", "5 WARNINGS AND PRECAUTIONS"), "warnings"),
        (("8 USE IN SPECIFIC POPULATIONS", "8.6 Renal Impairment"), "kidney"),
        (("12 CLINICAL PHARMACOLOGY", "12.1 Mechanism of Action"), "mechanism"),
        (("12 CLINICAL PHARMACOLOGY", "12.3 Pharmacokinetics"), "pharmacology"),
        (("An unusual heading",), "elsewhere"),
    ],
)
def test_the_place_in_a_label_is_told_by_its_headings(path, place):
    from dataclasses import replace

    document, says = label("tizanidine-label", "A sentence.", subjects=("tizanidine",))
    base = base_of((document, says))
    (found,) = base.search(SearchRequest(words="sentence"))
    locator = replace(found.record.passage.locator, section=path)
    passage = replace(found.record.passage, locator=locator)
    assert place_of(replace(found.record, passage=passage)) == place


def test_places_answer_the_kinds_of_question_that_they_are_made_for():
    weights = load_place_weights()
    for kind, place in (
        (QuestionKind.EMERGENCY, "overdosage"),
        (QuestionKind.INTERACTION, "interactions"),
        (QuestionKind.PROGNOSIS, "studies"),
        (QuestionKind.DOSING_ORGAN, "dosage"),
    ):
        sure, unsure = weights.of(place, {kind: 1.0}), weights.of(place, {})
        assert sure > unsure, place
    assert weights.of("no such place", {QuestionKind.DOSING: 1.0}) == 0


@given(st.text(min_size=1, max_size=30) | st.sampled_from(["dying", "skies", "yes", "early"]))
def test_a_stem_begins_with_the_letter_of_its_word(text):
    words = folded_words(text)
    assert [stem[:1] for stem in stems_of(words)] == [word[0] for word in words]
