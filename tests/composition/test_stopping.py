"""The honest stop: why, what came nearest, and how to go on."""

from __future__ import annotations

import pytest

from loccit.composition.stopping_rules import load_stopping_rules
from loccit.terms import Abstention, Article, Question, QuestionKind


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Dose of rivaroxaban in atrial fibrillation?", "rivaroxaban"),
        ("What is the recommended dose of amoxicillin?", "amoxicillin"),
        ("Can pembrolizumab be given in pregnancy?", "pembrolizumab"),
        ("Does cyclobenzaprine interact with rivaroxaban?", "rivaroxaban"),
        ("Zyprexa for agitation", "olanzapine"),
    ],
)
def test_a_drug_that_is_not_in_the_base_stops_the_answer(starter_engine, text, named):
    answer = starter_engine.ask(text)
    assert isinstance(answer, Abstention)
    assert named in answer.reason
    assert any(named in advice for advice in answer.how_to_widen)
    assert answer.nearest, "the nearest passages are shown"
    assert answer.evidence_digest == starter_engine.base.digest()
    assert answer.coverage.documents > 50


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("orphenadrine while breastfeeding", "orphenadrine in lactation"),
        ("chlorzoxazone dose with eGFR 25", "chlorzoxazone in renal impairment"),
        ("orphenadrine in cirrhosis", "orphenadrine in hepatic impairment"),
    ],
)
def test_words_on_other_patients_do_not_answer_for_this_one(starter_engine, text, state):
    answer = starter_engine.ask(text)
    assert isinstance(answer, Abstention)
    assert state in answer.reason
    drug = state.partition(" ")[0]
    assert all(drug in near.card.title.casefold() for near in answer.nearest)


@pytest.mark.parametrize("text", ["diazepam while breastfeeding", "gabapentin dose in dialysis"])
def test_words_on_such_patients_are_given(starter_engine, text):
    assert isinstance(starter_engine.ask(text), Article)


def test_nearest_passages_open_at_their_source(starter_engine, starter_base):
    answer = starter_engine.ask("Does cyclobenzaprine interact with rivaroxaban?")
    assert isinstance(answer, Abstention)
    for near in answer.nearest:
        document = starter_base.document(near.citation.locator.document)
        assert near.citation.locator.resolve(document) == near.citation.quote
        assert near.card.id == near.citation.locator.document


@pytest.mark.parametrize(
    "text",
    [
        "Who won the world cup in 1998?",
        "qwzx vbnrt",
        "treatment of malaria",
        "prognosis of glioblastoma",
        "好吗",
    ],
)
def test_what_no_source_speaks_of_is_not_answered(starter_engine, text):
    answer = starter_engine.ask(text)
    assert isinstance(answer, Abstention), [each.text for each in answer.bottom_line]
    assert answer.reason
    assert answer.how_to_widen


def test_a_number_alone_is_not_answered(starter_engine):
    assert isinstance(starter_engine.ask("42"), Abstention)


def test_a_drug_that_the_patient_only_takes_does_not_stop_the_answer(starter_engine):
    answer = starter_engine.ask("Is cyclobenzaprine safe in a patient on rivaroxaban?")
    assert not isinstance(answer, Abstention)
    assert any("rivaroxaban" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("chlorzoxazone with grapefruit juice", "grapefruit"),
        ("intravenous metaxalone dose", "intravenous"),
        ("metaxalone dose in schizophrenia", "schizophrenia"),
        ("Which dose of Zindlomab for low back pain?", "Zindlomab"),
    ],
)
def test_a_point_that_no_passage_on_the_drug_speaks_of_stops_the_answer(
    starter_engine, text, named
):
    answer = starter_engine.ask(text)
    assert isinstance(answer, Abstention), [each.text for each in answer.bottom_line]
    assert named in answer.reason
    assert answer.how_to_widen


@pytest.mark.parametrize(
    "text",
    ["cyclobenzaprine with alcohol", "cyclobenzaprine in the elderly", "naproxen tablets dose"],
)
def test_a_point_that_the_label_speaks_of_is_answered(starter_engine, text):
    assert isinstance(starter_engine.ask(text), Article)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("How much does naproxen cost?", "price"),
        ("When will the next guideline on low back pain be published?", "still to come"),
        ("Did my father take his naproxen?", "one person"),
        ("Write a poem about autumn", "no question of medicine"),
    ],
)
def test_what_lies_beyond_any_source_is_told_with_what_to_ask_instead(starter_engine, text, reason):
    answer = starter_engine.ask(text)
    assert isinstance(answer, Abstention), [each.text for each in answer.bottom_line]
    assert reason in answer.reason
    assert "ask" in answer.how_to_widen[0]


def test_a_form_that_only_the_patients_story_names_stops_nothing(starter_engine):
    story = (
        "Warehouse worker of 46 with new low back pain since Monday, uses eye drops for dry eyes, "
        "no other illness, sleeps badly. Which dose of cyclobenzaprine?"
    )
    assert isinstance(starter_engine.ask(story), Article)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("will Lipitor be withdrawn next year", "still to come"),
        ("When does the patent on Stelara run out?", "still to come"),
        ("what will treatment be like a decade from now", "still to come"),
        ("Am I going to get cancer?", "still to come"),
        ("price of a month of Crestor without insurance", "price"),
        ("copay card for Stelara?", "price"),
        ("how many dollars for 30 tablets of Xarelto", "price"),
        ("can i get Lynparza for free", "price"),
        ("What was my potassium yesterday?", "one person"),
        ("who prescribed my Plavix", "one person"),
        ("did the night nurse give bed 4 his Keppra", "one person"),
        ("where did the surgeon leave my glasses", "one person"),
        ("what's the extension of the blood bank here", "one person"),
        ("which guitar strings are best for jazz", "no question of medicine"),
        ("how to grow tomatoes on a balcony", "no question of medicine"),
    ],
)
def test_what_lies_beyond_any_source_is_told_as_such(starter_engine, text, reason):
    answer = starter_engine.ask(text)
    assert isinstance(answer, Abstention)
    assert reason in answer.reason
    assert answer.how_to_widen
    assert answer.coverage.documents


@pytest.mark.parametrize(
    "text",
    [
        "will my back pain get better by itself?",
        "did the trial of duloxetine show less pain than placebo?",
        "what is the cost-effectiveness of spinal manipulation?",
        "how much ibuprofen may I take in a day?",
        "child whose sibling has influenza, dose?",
        "odds of a live birth within 5 years?",
    ],
)
def test_words_alike_are_not_taken_for_what_lies_beyond(text):
    question = Question(text=text, kind=QuestionKind.TREATMENT)
    assert load_stopping_rules().beyond_sources(question) is None


@pytest.mark.parametrize(
    "text",
    [
        "Dose of rivaroxaban in atrial fibrillation?",
        "orphenadrine in cirrhosis",
        "cyclobenzaprine and grapefruit juice",
        "IV baclofen dose in adults?",
        "cyclobenzaprine dose for malaria",
        "metaxalone versus chlorzoxazone, which is better?",
        "price of baclofen tablets",
        "flibbertine 40 for the glorp syndrome",
    ],
)
def test_every_stop_says_why_what_was_searched_and_how_to_go_on(starter_engine, text):
    answer = starter_engine.ask(text)
    assert isinstance(answer, Abstention)
    assert answer.reason
    assert answer.how_to_widen
    assert answer.coverage.documents
    assert answer.nearest, "the nearest evidence is shown"


def test_a_drug_for_a_use_that_no_label_gives_is_stopped(starter_engine):
    answer = starter_engine.ask("cyclobenzaprine dose for malaria")
    assert isinstance(answer, Abstention)
    assert "malaria" in answer.reason
