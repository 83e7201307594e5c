"""Statements that bring their citations: each must open at its words in the base."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loccit.engine import Engine
from loccit.filling import Loader
from loccit.terms import Citation, Claim, PassageId, SearchRequest, Verdict
from loccit.testing import InMemoryBase, small_document
from loccit.vocabulary import load_vocabulary

DOSE = "Take 5 mg of examplamine once a day with water."
WARNING = "Stop examplamine when the skin turns green."


@pytest.fixture(scope="module")
def engine():
    vocabulary = load_vocabulary()
    base = InMemoryBase()
    list(Loader(base, vocabulary).load([small_document("examplamine", DOSE, WARNING)]))
    base.settle()
    return Engine(base, vocabulary)


@pytest.fixture
def cited(engine) -> Citation:
    found = engine.base.search(SearchRequest(words=DOSE, limit=9))
    passage = next(each.record.passage for each in found if each.record.passage.text == DOSE)
    return Citation(passage=passage.id, locator=passage.locator, quote=passage.text)


def checked(engine, *citations: Citation, text: str = DOSE):
    claim = Claim(text=text, start=0, end=len(text), cites=citations)
    report = engine.check_claims("a note", text, [claim])
    (sentence,) = report.sentences
    assert sum(report.counts.values()) == 1
    assert report.counts == {str(sentence.verdict): 1}
    return sentence


def told(sentence):
    return [each.message for each in sentence.remarks if each.check == "locator/1"]


def test_a_statement_is_supported_by_what_it_cites(engine, cited):
    sentence = checked(engine, cited)
    assert (sentence.verdict, told(sentence)) == (Verdict.SUPPORTED, [])
    (heard,) = sentence.parts[0].witnesses
    assert heard.citation.passage == cited.passage


def test_a_part_of_a_passage_may_be_quoted(engine, cited):
    part = cited.locator.within(cited.locator.start, cited.locator.start + 9)
    assert told(checked(engine, replace(cited, locator=part, quote=DOSE[:9]))) == []


def test_a_changed_statement_is_contradicted_by_what_it_cites(engine, cited):
    sentence = checked(engine, cited, text=DOSE.replace("5 mg", "50 mg"))
    assert sentence.verdict is Verdict.CONTRADICTED


def test_a_changed_quote_is_told_and_the_sentence_is_not_supported(engine, cited):
    sentence = checked(engine, replace(cited, quote=DOSE.replace("5", "50")))
    assert sentence.verdict is Verdict.PARTLY
    assert told(sentence) == [
        f"the words quoted are not those of the cited passage {cited.passage[:8]}"
    ]


def test_another_edition_is_told(engine, cited):
    other = replace(cited, locator=replace(cited.locator, sha256="f" * 64))
    assert "is of another edition" in told(checked(engine, other))[0]


def test_another_place_or_document_is_told(engine, cited):
    moved = replace(cited.locator, start=0, end=5)
    assert "lies outside" in told(checked(engine, replace(cited, locator=moved)))[0]
    foreign = replace(cited.locator, document="other@1")
    assert "not of other@1" in told(checked(engine, replace(cited, locator=foreign)))[0]


@pytest.mark.parametrize("passage", ["", "0" * 16, "%"])
def test_a_passage_that_is_not_here_is_told_and_others_are_looked_up(engine, cited, passage):
    sentence = checked(engine, replace(cited, passage=PassageId(passage)))
    assert "is not in this base" in told(sentence)[0]
    assert sentence.verdict is Verdict.PARTLY
    assert sentence.parts[0].witnesses[0].citation.quote == DOSE


def test_the_beginning_of_an_id_is_no_citation(engine, cited):
    short = replace(cited, passage=PassageId(cited.passage[:8]))
    assert "is not in this base" in told(checked(engine, short))[0]


def test_one_citation_that_fails_among_others_is_told(engine, cited):
    sentence = checked(engine, cited, replace(cited, passage=PassageId("0" * 16)))
    assert len(told(sentence)) == 1
    assert sentence.verdict is Verdict.PARTLY


def test_a_statement_that_cites_nothing_says_so(engine):
    assert told(checked(engine)) == ["it cites nothing"]
