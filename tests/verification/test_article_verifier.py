"""Nothing leaves the engine that its source does not carry."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from judging import verifier

from loccit.engine import Engine
from loccit.filling import Loader
from loccit.terms import (
    Abstention,
    Article,
    ArticleSection,
    ConflictPanel,
    DrugSafety,
    LocatorMismatch,
    SourceDocument,
    Standing,
    Verdict,
)
from loccit.testing import InMemoryBase, small_document
from loccit.verification import ArticleVerifier
from loccit.vocabulary import load_vocabulary

QUESTION = "What is the dose of naproxen in gout?"
LABEL = small_document(
    "naproxen",
    "Naproxen is started at 750 mg for acute gout.",
    "Then take naproxen 250 mg every 8 hours until the gout attack is over.",
    subjects=("naproxen",),
)


class ChangedBase(InMemoryBase):
    """A base whose documents, when opened for their text, are no longer what was composed from."""

    def __init__(self, change) -> None:
        super().__init__()
        self._change = change

    def document(self, document) -> SourceDocument:
        return self._change(super().document(document))


def loaded(base: InMemoryBase, *documents: SourceDocument) -> Engine:
    list(Loader(base, load_vocabulary()).load(documents or (LABEL,)))
    base.settle()
    return Engine(base, load_vocabulary())


@pytest.fixture(scope="module")
def engine() -> Engine:
    return loaded(InMemoryBase())


@pytest.fixture(scope="module")
def article(engine) -> Article:
    answer = engine.ask(QUESTION)
    assert isinstance(answer, Article)
    return answer


def verified(engine, article) -> Article:
    return ArticleVerifier(verifier(), engine.base.document).verify(article)


def with_statement(article, **changes) -> Article:
    first, *rest = article.bottom_line
    return replace(article, bottom_line=(replace(first, **changes), *rest), sections=(), safety=())


def test_an_untouched_article_passes_whole(engine, article):
    again = verified(engine, article)
    assert again.bottom_line == article.bottom_line
    assert all(each.verdict is Verdict.SUPPORTED for each in again.bottom_line)
    assert again.notes == article.notes


@pytest.mark.parametrize(
    ("old", "new"), [(r"\d+ mg", "3 mg"), ("(?i)naproxen", "lithium"), (" mg", " mcg")]
)
def test_a_statement_that_departs_from_its_quote_is_removed_and_told(engine, article, old, new):
    text = re.sub(old, new, article.bottom_line[0].text)
    again = verified(engine, with_statement(article, text=text))
    assert text not in [each.text for each in again.bottom_line]
    assert any(note.startswith("Left out, since its source") for note in again.notes)


def test_a_quote_that_is_not_at_its_place_is_dropped(engine, article):
    line = article.bottom_line[0]
    cited = replace(line.citations[0], quote=line.text.replace("mg", "g"))
    again = verified(engine, with_statement(article, citations=(cited,)))
    assert line.id not in [each.id for each in again.bottom_line]
    assert any("the quote is not in its source" in note for note in again.notes)


def test_a_citation_of_another_edition_is_dropped(engine, article):
    line = article.bottom_line[0]
    place = replace(line.citations[0].locator, sha256="f" * 64)
    cited = replace(line.citations[0], locator=place)
    with pytest.raises(LocatorMismatch):
        place.resolve(engine.base.document(place.document))
    again = verified(engine, with_statement(article, citations=(cited,)))
    assert line.id not in [each.id for each in again.bottom_line]


def test_the_citation_that_carries_stays_when_another_falls(engine, article):
    line = article.bottom_line[0]
    lost = replace(line.citations[0], quote="Naproxen is blue.")
    again = verified(engine, with_statement(article, citations=(lost, *line.citations)))
    assert again.bottom_line[0].citations == line.citations
    assert again.notes == article.notes


def test_what_falls_in_a_section_or_beside_a_drug_is_removed_and_an_emptied_section_goes(
    engine, article
):
    line = article.bottom_line[0]
    fallen = (replace(line, text="Lithium is given at 3 g for mania."),)
    changed = replace(
        article,
        sections=tuple(
            ArticleSection(kind="dose", heading=heading, statements=statements)
            for heading, statements in (("Fallen", fallen), ("Half", (line, *fallen)))
        ),
        safety=(DrugSafety(drug="naproxen", statements=(line, *fallen)),),
        conflicts=(ConflictPanel(point="dose", sides=(line, *fallen)),),
    )
    again = verified(engine, changed)
    assert [(each.heading, each.statements) for each in again.sections] == [("Half", (line,))]
    assert again.safety[0].statements == (line,)
    assert again.conflicts[0].sides == (line,)
    assert len(again.notes) == len(article.notes) + 4


def test_an_empty_bottom_line_becomes_a_stop():
    engine = loaded(ChangedBase(lambda document: replace(document, text="gone", sha256="0" * 64)))
    answer = engine.ask(QUESTION)
    assert isinstance(answer, Abstention)
    assert "not carried" in answer.reason


def test_a_retracted_source_answers_nothing():
    engine = loaded(InMemoryBase(), replace(LABEL, standing=Standing.RETRACTED))
    assert isinstance(engine.ask(QUESTION), Abstention)


def test_references_are_numbered_without_gaps_after_verification():
    other = small_document(
        "naproxen-xr",
        "Naproxen 500 mg is taken twice daily for gout.",
        subjects=("naproxen",),
    )
    lost: list[str] = []

    def change(document: SourceDocument) -> SourceDocument:
        if document.id == (lost[0] if lost else ""):
            return replace(document, text="gone", sha256="0" * 64)
        return document

    base = ChangedBase(change)
    engine = loaded(base, LABEL, other)
    whole = engine.ask(QUESTION)
    assert isinstance(whole, Article)
    assert len(whole.references) == 2
    lost.append(whole.references[0].card.id)
    engine = Engine(base, load_vocabulary())
    less = engine.ask(QUESTION)
    assert isinstance(less, Article)
    assert [each.number for each in less.references] == [1]
    assert less.references[0].card.id == whole.references[1].card.id
    statements = [*less.bottom_line, *(s for each in less.sections for s in each.statements)]
    assert {cited.reference for each in statements for cited in each.citations} == {1}
