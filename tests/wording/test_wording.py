"""One article for four readers: the words change, and nothing else does."""

import dataclasses

import pytest

from conftest import SEED_QUESTION
from loccit.terms import Article, Audience, SourceKind, StatementKind
from loccit.wording import load_manners

QUESTIONS = (
    "cyclobenzaprine in a 71-year-old on sertraline with cirrhosis",
    SEED_QUESTION,
    "Can I take ibuprofen in the third trimester?",
    "How much baclofen with weak kidneys?",
)


@pytest.fixture(scope="module", params=QUESTIONS)
def by_reader(request, starter_engine):
    asked = {each: starter_engine.ask(request.param, audience=each) for each in Audience}
    assert all(isinstance(each, Article) for each in asked.values())
    return asked


def _said(article):
    """All that must not change: words, numbers, citations, grades, verdicts, in order."""
    bare = (
        dataclasses.replace(each, wording=None, citations=tuple(_cited(each)))
        for each in article.statements()
        if each not in article.background
    )
    return list(bare)


def _cited(statement):
    """Numbers of sources may move where a reader is told more; what is cited may not."""
    return (dataclasses.replace(each, reference=0) for each in statement.citations)


def test_no_statement_number_or_citation_differs_between_readers(by_reader):
    clinician = _said(by_reader[Audience.CLINICIAN])
    assert clinician
    for article in by_reader.values():
        assert _said(article) == clinician


def test_clinicians_and_pharmacists_read_the_sources_own_words(by_reader):
    for reader in (Audience.CLINICIAN, Audience.PHARMACIST):
        assert all(each.wording is None for each in by_reader[reader].statements())
        assert by_reader[reader].background == ()
        assert not any(each.design for each in by_reader[reader].references)


def test_patients_read_the_plain_twin_or_a_framed_quote(by_reader):
    article = by_reader[Audience.PATIENT]
    for each in article.statements():
        assert each.wording is not None
        if each.wording.is_plain:
            assert (each.wording.words, each.wording.frame) == (each.plain, "")
        else:
            assert each.wording.words == each.text
            assert each.wording.frame
    assert any(each.wording.is_plain for each in article.statements())


def test_nothing_is_said_to_a_patient_as_an_order(by_reader):
    for each in by_reader[Audience.PATIENT].statements():
        assert each.wording.frame or not load_manners().is_personal(each.wording.words)


def test_students_are_told_why_and_what_kind_of_source_it_is(by_reader):
    article = by_reader[Audience.STUDENT]
    assert all(each.design for each in article.references)
    assert all(each.wording.words == each.text for each in article.statements())
    for each in article.background:
        assert each.kind is StatementKind.MECHANISM
        assert each.citations[0].reference in {r.number for r in article.references}


def test_a_mechanism_stands_beside_the_answer(starter_engine):
    article = starter_engine.ask("cyclobenzaprine dose for back pain", audience=Audience.STUDENT)
    assert "cyclobenzaprine" in article.background[0].text.casefold()


def test_a_term_is_explained_once_in_an_article_and_in_place(by_reader):
    for reader in (Audience.PATIENT, Audience.STUDENT):
        told = [e for each in by_reader[reader].statements() for e in each.wording.explained]
        assert len({e.term for e in told}) == len(told)
        for each in by_reader[reader].statements():
            for e in each.wording.explained:
                assert each.wording.words[e.start : e.end].strip()


def test_a_twin_that_says_otherwise_is_not_shown(starter_engine, by_reader):
    article = by_reader[Audience.PATIENT]
    changed = tuple(
        dataclasses.replace(each, plain=f"{each.plain} It helps 97 of 100.", wording=None)
        for each in article.bottom_line
    )
    worded = starter_engine._worder.word(dataclasses.replace(article, bottom_line=changed))
    assert not any(each.wording.is_plain for each in worded.bottom_line)


def test_a_label_is_framed_by_whom_it_speaks_to(seed_article):
    card = seed_article.references[0].card
    label = dataclasses.replace(card, kind=SourceKind.LABEL, original_kind=None)
    frame = load_manners().frame
    assert "professionals" in frame(label, StatementKind.DOSE)
    assert "patients" in frame(label, StatementKind.PATIENT_INSTRUCTION)


@pytest.mark.parametrize(
    "words",
    [
        "Take it with food.",
        "It can upset the stomach. Do not lie down after it.",
        "You should see a doctor.",
    ],
)
def test_an_order_is_known(words):
    assert load_manners().is_personal(words)


@pytest.mark.parametrize(
    "words", ["The label has adults take it with food.", "Use of it in children is not proven."]
)
def test_a_report_is_no_order(words):
    assert not load_manners().is_personal(words)
