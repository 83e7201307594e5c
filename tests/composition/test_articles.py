"""What holds of every article over the starter pack, whatever the question."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from thirty_answers import QUESTIONS, all_statements, citations, statements

from loccit.composition import load_shapes
from loccit.composition.gate import ALL_THE_SAME, INSTEAD
from loccit.engine import Engine
from loccit.ports import EvidenceBase
from loccit.terms import (
    Article,
    CitationRole,
    QuestionKind,
    Role,
    SearchRequest,
    SourceKind,
    Standing,
    StatementKind,
    Verdict,
)

SEED = "(the seed question)"


@pytest.fixture(scope="session")
def articles(starter_engine: Engine, seed_article: Article) -> dict[str, Article]:
    """The articles on all questions that are answered."""
    answers = {text: starter_engine.ask(text) for text in QUESTIONS}
    answered = {text: each for text, each in answers.items() if isinstance(each, Article)}
    return {SEED: seed_article, **answered}


def test_nearly_all_questions_are_answered(articles):
    stopped = set(QUESTIONS) - set(articles)
    assert len(stopped) <= 1, stopped


def test_every_kind_of_question_is_among_them(articles):
    kinds = {article.question.kind for article in articles.values()}
    assert len(kinds) >= 10, set(QuestionKind) - kinds


def test_every_statement_is_exactly_what_its_citation_resolves_to(articles, starter_base):
    for text, article in articles.items():
        for statement in all_statements(article):
            first = statement.citations[0]
            document = starter_base.document(first.locator.document)
            assert first.locator.resolve(document) == statement.text, text
            assert first.quote == statement.text, text


def test_every_citation_resolves_to_its_quote(articles, starter_base):
    for article in articles.values():
        for citation in citations(article):
            document = starter_base.document(citation.locator.document)
            assert citation.locator.resolve(document) == citation.quote
            assert starter_base.passage(citation.passage).passage.text == citation.quote
            assert citation.role is CitationRole.SUPPORTS


def test_every_citation_stands_on_a_source_that_may_be_relied_on(articles):
    bad = {Standing.RETRACTED, Standing.WITHDRAWN, Standing.SUPERSEDED}
    for article in articles.values():
        assert not bad & {reference.card.standing for reference in article.references}


def test_nothing_is_said_twice_in_the_text(articles):
    for text, article in articles.items():
        said = [statement.text.casefold() for statement in statements(article)]
        assert len(said) == len(set(said)), text


def test_no_panel_says_a_thing_twice(articles):
    for article in articles.values():
        for safety in article.safety:
            said = [statement.text.casefold() for statement in safety.statements]
            assert len(said) == len(set(said)), safety.drug
        for conflict in article.conflicts:
            said = [side.text for side in conflict.sides]
            assert len(said) == len(set(said)), conflict.point


def test_references_are_numbered_by_first_appearance_without_gaps(articles):
    for text, article in articles.items():
        numbers = [citation.reference for citation in citations(article)]
        assert list(dict.fromkeys(numbers)) == list(range(1, len(article.references) + 1)), text
        assert [reference.number for reference in article.references] == sorted(set(numbers))
        cards = {reference.number: reference.card for reference in article.references}
        for citation in citations(article):
            assert cards[citation.reference].id == citation.locator.document


def test_ids_of_statements_are_unique(articles):
    for article in articles.values():
        ids = [statement.id for statement in all_statements(article)]
        assert len(ids) == len(set(ids))


GATE = (INSTEAD, ALL_THE_SAME)
"""Sections of the safety gate: they stand before those of the shape, where a drug is blocked."""


def test_sections_stand_in_the_order_of_the_shape(articles):
    shapes = load_shapes()
    for text, article in articles.items():
        slots = (*GATE, *shapes[article.question.kind].sections)
        order = [slot.name for slot in slots]
        named = [section.kind for section in article.sections]
        assert named == [name for name in order if name in named], text
        headings = {slot.name: slot.heading for slot in slots}
        assert all(section.heading == headings[section.kind] for section in article.sections)


def test_no_section_is_empty_or_longer_than_its_shape_allows(articles):
    shapes = load_shapes()
    for article in articles.values():
        assert article.bottom_line
        slots = (*GATE, *shapes[article.question.kind].sections)
        most = {slot.name: slot.most for slot in slots}
        for section in article.sections:
            assert 0 < len(section.statements) <= most[section.kind]


def test_sections_hold_kinds_that_their_shape_allows(articles, starter_base):
    shapes = load_shapes()
    for article in articles.values():
        own = shapes[article.question.kind].sections
        slots = {slot.name: slot for slot in (*GATE, *own)}
        for section in article.sections:
            for statement in section.statements:
                record = starter_base.passage(statement.citations[0].passage)
                assert set(record.description.kinds) & set(slots[section.kind].kinds)


def test_near_copies_become_further_citations_of_other_documents(articles):
    for article in articles.values():
        for statement in all_statements(article):
            documents = [citation.locator.document for citation in statement.citations]
            assert len(documents) == len(set(documents)) <= 3


def test_roles_and_verdicts_are_those_of_the_composer(articles):
    for article in articles.values():
        assert {statement.role for statement in article.bottom_line} == {Role.ANSWER}
        panels = [each for safety in article.safety for each in safety.statements]
        assert {statement.role for statement in panels} <= {Role.SAFETY}
        assert {each.verdict for each in all_statements(article)} == {Verdict.SUPPORTED}


def test_strength_is_told_with_its_scale_or_not_at_all(articles, starter_base):
    for article in articles.values():
        for statement in all_statements(article):
            note = starter_base.passage(statement.citations[0].passage).passage.annotation
            said = (statement.strength, statement.certainty, statement.scale)
            assert said == ((note.strength, note.certainty, note.scale) if note else ("", "", ""))
            if statement.strength or statement.certainty:
                assert statement.scale


def test_recommendations_are_copied_with_issuer_and_direction(articles):
    for article in articles.values():
        cards = {reference.number: reference.card for reference in article.references}
        for each in article.recommendations:
            assert each.direction in {"for", "against"}
            assert each.issuer == cards[each.citation.reference].publisher
            assert each.text == each.citation.quote


def test_the_article_tells_what_it_was_composed_from(articles, starter_base):
    for article in articles.values():
        assert article.evidence_digest == starter_base.digest()
        assert article.coverage == starter_base.coverage()
        assert article.composed_by.startswith("select-and-copy")
        assert article.title == article.question.text


def test_follow_ups_can_be_asked(articles, starter_engine):
    follow_ups = {text for article in articles.values() for text in article.follow_ups}
    for text in sorted(follow_ups)[:4]:
        assert isinstance(starter_engine.ask(text), Article), text


# --- safety: compared with a direct listing of the base, by another way than the composer's


def listed(base: EvidenceBase, drug: str, kind: StatementKind) -> set[str]:
    """Texts of a kind in the drug's own labels, by reading every passage of them."""
    found = base.search(SearchRequest(words="", drugs=(drug,), kinds=(kind,), limit=10_000))
    return {
        each.record.passage.text
        for each in found
        if each.record.card.evidence_kind is SourceKind.LABEL
        and each.record.description.kinds[0] is kind
        and drug in each.record.description.subjects
    }


def test_every_drug_of_a_treatment_article_brings_its_warnings(articles, starter_base):
    seen = 0
    for text, article in articles.items():
        if article.question.kind is not QuestionKind.TREATMENT:
            continue
        named = {drug for each in article.safety for drug in [each.drug]}
        for safety in article.safety:
            said = {statement.text for statement in safety.statements}
            for kind in (StatementKind.BOXED_WARNING, StatementKind.CONTRAINDICATION):
                missing = listed(starter_base, safety.drug, kind) - said
                assert not missing, (text, safety.drug, kind, missing)
                seen += 1
        for section in article.sections:
            if section.kind in {"labelled", "populations", "warnings", "adverse"}:
                for statement in section.statements:
                    record = starter_base.passage(statement.citations[0].passage)
                    if record.card.evidence_kind is SourceKind.LABEL:
                        assert named & set(record.description.subjects), statement.text
    assert seen >= 8


def test_every_drug_asked_about_brings_its_warnings(articles, starter_base):
    for text, article in articles.items():
        panels = {each.drug: each for each in article.safety}
        for drug in article.question.asked_drugs:
            said = {statement.text for statement in panels[drug].statements}
            for kind in (StatementKind.BOXED_WARNING, StatementKind.CONTRAINDICATION):
                assert listed(starter_base, drug, kind) <= said, (text, drug)


def test_boxed_warnings_come_first(articles):
    for article in articles.values():
        for safety in article.safety:
            boxed = [each.kind is StatementKind.BOXED_WARNING for each in safety.statements]
            assert boxed == sorted(boxed, reverse=True), safety.drug


def test_conflicts_show_both_sides_from_different_works(articles, starter_base):
    seen = 0
    for article in articles.values():
        for conflict in article.conflicts:
            series = [
                starter_base.passage(side.citations[0].passage).card.series
                for side in conflict.sides
            ]
            assert len(set(series)) == len(series) >= 2, conflict.point
            seen += 1
    assert seen >= 3  # fmt: skip


CASE = "Is cyclobenzaprine safe in a 71 year old with cirrhosis on sertraline?"


@pytest.mark.parametrize(
    ("fact", "speaks"),
    [
        ("liver", lambda says: any(group.startswith("hepatic:") for group in says.population)),
        ("age", lambda says: "age:older_adult" in says.population),
        (
            "sertraline",
            lambda says: {"sertraline", "selective serotonin reuptake inhibitor", "serotonergic drug"}
            & set(says.drugs),
        ),
    ],
)  # fmt: skip
def test_every_stated_fact_is_met_in_the_bottom_line(
    articles, starter_base, fact, speaks: Callable
):
    lines = articles[CASE].bottom_line
    records = [starter_base.passage(line.citations[0].passage) for line in lines]
    own = [r for r in records if "cyclobenzaprine" in r.description.subjects]
    assert any(speaks(record.description) for record in own), [line.text for line in lines]


def test_what_forbids_a_combination_comes_first(starter_engine, starter_base):
    article = starter_engine.ask("ciprofloxacin with tizanidine?")
    first = starter_base.passage(article.bottom_line[0].citations[0].passage).description
    assert first.kinds[0] is StatementKind.CONTRAINDICATION
    assert {"ciprofloxacin", "tizanidine"} <= set(first.drugs)


def test_the_strictest_words_on_a_patient_stand_above_any_dose(starter_engine, starter_base):
    article = starter_engine.ask("Can I give ketorolac to a 70 year old with eGFR 25 on warfarin?")
    first = starter_base.passage(article.bottom_line[0].citations[0].passage)
    assert "contraindicated" in first.passage.text
    assert any(group.startswith("renal:") for group in first.description.population)


@pytest.mark.parametrize(
    ("question", "drug", "condition"),
    [
        ("Oxycodone with diazepam at 79 with sleep apnoea?", "diazepam", "sleep apnea"),
        (
            "Amitriptyline, patient had an MI two weeks ago?",
            "amitriptyline",
            "myocardial infarction",
        ),
    ],
)
def test_a_condition_that_bars_the_drug_stands_first(
    starter_engine, starter_base, question, drug, condition
):
    article = starter_engine.ask(question)
    first = starter_base.passage(article.bottom_line[0].citations[0].passage).description
    assert first.kinds[0] is StatementKind.CONTRAINDICATION
    assert drug in first.subjects
    assert condition in first.conditions


def test_the_label_of_another_drug_of_the_class_does_not_answer(starter_engine, starter_base):
    article = starter_engine.ask("Tizanidine overdose management?")
    for line in article.bottom_line:
        says = starter_base.passage(line.citations[0].passage).description
        assert "tizanidine" in {*says.subjects, *says.drugs}, line.text


def test_what_is_said_of_another_drug_and_the_same_test_stays_out(starter_engine, starter_base):
    article = starter_engine.ask("Can I give ketorolac to a 70 year old with eGFR 25 on warfarin?")
    for line in article.bottom_line:
        says = starter_base.passage(line.citations[0].passage).description
        assert "baclofen" not in says.drugs, line.text


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("Can I give ketorolac to a 78-year-old with eGFR 28?", "17 to 64 years"),
        ("ketorolac dose at 78 years of age", "17 to 64 years"),
        ("ketorolac dose with eGFR 28", "have normal renal function"),
    ],
)
def test_a_dose_for_other_patients_is_no_answer_on_this_one(starter_engine, question, others):
    answer = starter_engine.ask(question)
    assert answer.bottom_line
    assert not any(others in each.text for each in statements(answer))


def test_a_dose_for_this_age_is_given(starter_engine):
    answer = starter_engine.ask("ketorolac dose at 40 years of age")
    assert any("17 to 64 years" in each.text for each in statements(answer))
