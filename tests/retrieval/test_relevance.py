"""Relevance is a sum of named parts; each part answers one question about a record."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_base import (
    VOCABULARY,
    base_of,
    by_document,
    document,
    gather,
    guideline,
    label,
    question,
)

from loccit.composition import load_shapes
from loccit.retrieval.scoring import Scorer, load_weights
from loccit.terms import Form, SourceKind, Standing, StatementKind
from loccit.testing import described, small_document


def test_parts_add_up_to_the_score_and_every_part_has_a_weight(starter_engine):
    from loccit.retrieval import Gatherer

    read = question("Is cyclobenzaprine safe in a 71 year old with cirrhosis on sertraline?")
    evidence = Gatherer(VOCABULARY).gather(read, load_shapes()[read.kind], starter_engine.base)
    assert len(evidence.records) > 50
    for each in evidence.records:
        assert each.score == pytest.approx(sum(each.parts.values()), abs=1e-6)
        assert set(each.parts) <= set(load_weights())
        assert all(each.parts.values()), "a part of no weight is left out"


def test_evidence_comes_best_first_and_once_each(starter_engine):
    from loccit.retrieval import Gatherer

    read = question("Treatment of acute low back pain?")
    records = (
        Gatherer(VOCABULARY).gather(read, load_shapes()[read.kind], starter_engine.base).records
    )
    assert [each.score for each in records] == sorted(
        (each.score for each in records), reverse=True
    )
    assert len({each.record.passage.id for each in records}) == len(records)


def test_equal_scores_are_ordered_by_document_and_place():
    same = "Heat helps in acute low back pain."
    names = ["c", "a", "b"]
    evidence = gather(
        "Treatment of acute low back pain?", base_of(*(guideline(name, same) for name in names))
    )
    assert [each.record.card.id for each in evidence.records] == ["a", "b", "c"]


def test_order_does_not_depend_on_the_order_of_loading():
    documents = [
        guideline(f"g{number}", f"Heat or massage helps {number} of 9 with acute low back pain.")
        for number in range(9)
    ]
    orders = []
    for seed in range(4):
        random.Random(seed).shuffle(documents)
        evidence = gather("Does massage help acute low back pain?", base_of(*documents))
        orders.append([each.record.card.id for each in evidence.records])
    assert all(order == orders[0] for order in orders)


MISMATCHES = [
    ("Treatment of acute low back pain?", "course:chronic", "course:acute"),
    ("Is cyclobenzaprine safe at age 71?", "age:child", "age:older_adult"),
    ("Cyclobenzaprine in Child-Pugh A?", "hepatic:severe", "hepatic:mild"),
    ("Is cyclobenzaprine safe in the first trimester?", "pregnancy:third_trimester", "pregnancy:first_trimester"),
]  # fmt: skip


def parts_for(text: str, **says):
    """The parts of the score of one made-up label sentence."""
    read = question(text)
    given_says = {"subjects": ("cyclobenzaprine",), "kinds": (StatementKind.WARNING,), **says}
    base = base_of((small_document("label", "A sentence."), given_says))
    ((passage, _),) = described(small_document("label", "A sentence."), **given_says).passages
    scorer = Scorer(read, load_shapes()[read.kind], VOCABULARY, newest_year=2024)
    return scorer.score(base.passage(passage.id), 0.5).parts


@pytest.mark.parametrize(("text", "other", "same"), MISMATCHES)
def test_another_population_counts_against_a_record(text, other, same):
    away, near = parts_for(text, population=(other,)), parts_for(text, population=(same,))
    assert away["mismatch"] < 0
    assert "mismatch" not in near
    assert near["population"] > 0
    assert sum(away.values()) < sum(parts_for(text).values()) < sum(near.values())


def test_a_population_that_nobody_asked_about_counts_a_little_against():
    parts = parts_for("Is cyclobenzaprine safe?", population=("pregnancy:any",))
    assert -0.5 < parts["unasked"] < 0


@pytest.mark.parametrize(
    ("text", "wider"),
    [
        ("Is cyclobenzaprine safe in a 71 year old?", "age:adult"),
        ("Cyclobenzaprine dose on dialysis?", "renal:severe"),
        ("Is cyclobenzaprine safe in a 13 year old?", "age:child"),
        ("Is cyclobenzaprine safe in a 10 month old?", "age:child"),
    ],
)
def test_a_population_within_another_is_not_foreign_to_it(text, wider):
    assert "mismatch" not in parts_for(text, population=(wider,))


def test_an_adult_is_not_an_older_adult():
    parts = parts_for("Is cyclobenzaprine safe in a 40 year old?", population=("age:older_adult",))
    assert parts["mismatch"] < 0


def test_any_value_of_an_axis_meets_every_other():
    parts = parts_for("Cyclobenzaprine in Child-Pugh A?", population=("hepatic:any",))
    assert "mismatch" not in parts
    assert parts["population"] > 0


INTERACTION = "Does cyclobenzaprine interact with sertraline?"


def test_a_class_stands_for_its_drug_but_for_less_than_the_name():
    by_name = parts_for(INTERACTION, drugs=("cyclobenzaprine", "sertraline"))["mention"]
    by_class = parts_for(
        INTERACTION, drugs=("cyclobenzaprine", "selective serotonin reuptake inhibitor")
    )["mention"]
    wider = parts_for(INTERACTION, drugs=("cyclobenzaprine", "antidepressant")).get("mention", 0)
    neither = parts_for(INTERACTION, drugs=("cyclobenzaprine", "warfarin")).get("mention", 0)
    assert by_name > by_class > wider > neither == 0


def test_a_label_sentence_on_the_class_is_gathered_for_the_drug():
    sentence = "Serotonin syndrome has been reported with SSRIs."
    base = base_of(
        label("label", sentence, drugs=("selective serotonin reuptake inhibitor",)),
        label("other", "Naproxen may cause bleeding.", drug="naproxen"),
    )
    found = by_document(gather(INTERACTION, base))
    assert found["label"].score > found["other"].score if "other" in found else "label" in found


def test_labels_of_other_drugs_stand_behind():
    base = base_of(
        label("own", "Cyclobenzaprine may cause sleepiness."),
        label("other", "Unlike cyclobenzaprine, naproxen may cause bleeding.", drug="naproxen"),
    )
    found = by_document(gather("What are the warnings of cyclobenzaprine?", base))
    assert found["own"].parts["subject"] > 0
    assert found["other"].parts["other_drug"] < 0
    assert found["own"].score > found["other"].score


def test_a_condition_asked_about_counts_more_than_a_wider_one():
    text = "Treatment of lumbar muscle spasm?"
    own = parts_for(text, conditions=("lumbar muscle spasm",))["condition"]
    wider = parts_for(text, conditions=("muscle spasm",))["condition"]
    other = parts_for(text, conditions=("gout",)).get("condition", 0)
    assert own > wider > other == 0


@pytest.mark.parametrize("form", [Form.ANIMAL, Form.FRAGMENT, Form.SHORT_FORM])
def test_poor_forms_count_against(form):
    assert parts_for("Is cyclobenzaprine safe?", forms=(form,))[form] < 0


def test_drafts_stand_behind_final_texts():
    sentence = "Heat helps in acute low back pain."
    draft = document("a-draft", sentence, standing=Standing.DRAFT)
    final = document("final", sentence)
    says = {"conditions": ("low back pain",), "kinds": (StatementKind.RECOMMENDATION_FOR,)}
    evidence = gather("Treatment of acute low back pain?", base_of((draft, says), (final, says)))
    assert [each.record.card.id for each in evidence.records] == ["final", "a-draft"]


def test_newer_sources_stand_before_older_ones():
    sentence = "Heat helps in acute low back pain."
    says = {"conditions": ("low back pain",), "kinds": (StatementKind.RECOMMENDATION_FOR,)}
    base = base_of(
        (document("a-old", sentence, year=2009), says), (document("new", sentence, year=2024), says)
    )
    evidence = gather("Treatment of acute low back pain?", base)
    assert [each.record.card.id for each in evidence.records] == ["new", "a-old"]


def test_the_weights_are_numbers_with_names():
    weights = load_weights()
    assert {"lexical", "kind", "subject", "condition", "mismatch", *Form} <= set(weights)
    assert all(isinstance(value, float) and abs(value) <= 2 for value in weights.values())
    assert weights["mismatch"] < weights["unasked"] < 0


axes = st.sampled_from(["age:adult", "age:child", "hepatic:any", "course:acute", "pregnancy:any"])


@settings(max_examples=60, deadline=None)
@given(
    kinds=st.lists(st.sampled_from(list(StatementKind)), min_size=1, max_size=4, unique=True),
    population=st.lists(axes, max_size=3, unique=True),
    forms=st.lists(st.sampled_from(list(Form)), max_size=2, unique=True),
    lexical=st.floats(min_value=0, max_value=1),
)
def test_any_record_has_a_score_that_is_its_parts(kinds, population, forms, lexical):
    says = {"kinds": tuple(kinds), "population": tuple(population), "forms": tuple(forms)}
    made = described(small_document(), **says)
    base = base_of((small_document(), says))
    read = question("Is cyclobenzaprine safe in a child with low back pain?")
    scorer = Scorer(read, load_shapes()[read.kind], VOCABULARY, newest_year=2024)
    scored = scorer.score(base.passage(made.passages[0][0].id), lexical)
    assert scored.score == pytest.approx(sum(scored.parts.values()), abs=1e-6)
    assert scored == scorer.score(base.passage(made.passages[0][0].id), lexical)


def test_what_a_study_found_counts_only_where_it_names_the_drug_asked_about():
    def trial(name: str, *drugs: str):
        says = {"drugs": drugs, "conditions": ("cirrhosis",), "forms": (Form.ABSTRACT,)}
        return document(name, "Patients with cirrhosis did well.", kind=SourceKind.TRIAL), says

    base = base_of(
        trial("silent"),
        trial("naming", "cyclobenzaprine"),
        label("label", "Cyclobenzaprine in cirrhosis is not recommended."),
    )
    found = by_document(gather("Is cyclobenzaprine safe in cirrhosis?", base))
    assert "document" in found["naming"].parts
    assert "document" not in found["silent"].parts


def test_a_test_that_another_label_names_too_is_no_word_on_this_drug():
    says = {"procedures": ("estimated glomerular filtration rate",)}
    words = "No change of dose at an eGFR of 30."
    base = base_of(
        label("other", words, "naproxen", **says),
        label("own", words, "cyclobenzaprine", **says),
    )
    found = by_document(gather("cyclobenzaprine dose with eGFR 25", base))
    assert "mention" not in found["other"].parts
    assert "mention" in found["own"].parts
