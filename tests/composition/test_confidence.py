"""How sure the program is that it answered: levels and reasons, by rules held as data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loccit.composition.confidence import REASONS, confidence_of, load_confidence_rules
from loccit.composition.selecting import Pick
from loccit.publication.words import load_words
from loccit.terms import (
    Audience,
    Conflict,
    Coverage,
    Evidence,
    Premise,
    Question,
    QuestionKind,
    ScoredRecord,
    StatementKind,
)
from loccit.testing import InMemoryBase, described, small_document
from loccit.vocabulary import load_vocabulary

TIZANIDINE = load_vocabulary().lexicon.find("tizanidine")
QUESTION = Question(
    text="highest dose of tizanidine",
    kind=QuestionKind.DOSING,
    audience=Audience.CLINICIAN,
    concepts=tuple(TIZANIDINE),
    likely={QuestionKind.DOSING: 0.9},
)
PARTS = {"subject": 1.0, "dimension": 0.4, "asked": 0.4, "population": 0.4}


def scored(name: str = "a", *, score: float = 5.0, covered: float = 0.9, parts=PARTS, year=2024):
    document = replace(small_document(name, f"{name} says so."), year=year, effective_on=None)
    told = described(document, kinds=(StatementKind.DOSE,), subjects=("tizanidine",))
    base = InMemoryBase()
    base.add(told)
    base.settle()
    return ScoredRecord(
        record=base.passage(told.passages[0][0].id), score=score, covered=covered, parts=parts
    )


BEST = scored()


def judged(question: Question = QUESTION, *picks: ScoredRecord, **facts):
    chosen = picks or (BEST,)
    evidence = Evidence(
        question=question,
        records=facts.pop("records", chosen),
        coverage=facts.pop("coverage", Coverage(documents=1, passages=1, newest="2024-01-01")),
        **facts,
    )
    return confidence_of(evidence, [Pick(chosen=each, words=frozenset()) for each in chosen])


def test_what_meets_the_question_is_direct():
    assert judged().level == "direct"
    assert judged().reasons == ("meets", "one_source")


CONFLICT = Conflict(point="x", by="direction", one=(BEST,), other=(BEST,))
LOWERED = {
    "weak": lambda: judged(QUESTION, scored(score=3.9)),
    "very_weak": lambda: judged(QUESTION, scored(score=3.0)),
    "no_drug": lambda: judged(replace(QUESTION, concepts=())),
    "no_figure": lambda: judged(replace(QUESTION, figures=True), scored(parts={"subject": 1.0})),
    "not_stated": lambda: judged(
        replace(QUESTION, asks=(StatementKind.DOSE,)), scored(parts={"subject": 1.0})
    ),
    "kind": lambda: judged(replace(QUESTION, likely={QuestionKind.DOSING: 0.3})),
    "scattered": lambda: judged(QUESTION, scored("a"), scored("b"), scored("c")),
    "words": lambda: judged(QUESTION, scored(covered=0.4)),
    "passed_over": lambda: judged(QUESTION, BEST, records=(scored("other"), BEST)),
    "conflict": lambda: judged(conflicts=(CONFLICT,)),
    "people": lambda: judged(
        replace(QUESTION, population=("renal:severe",)), scored(parts={"subject": 1.0})
    ),
    "other_subject": lambda: judged(QUESTION, scored(parts={})),
    "premise": lambda: judged(
        replace(QUESTION, premises=(Premise(text="t", verdict="v", why="w"),))
    ),
}


@pytest.mark.parametrize("name", LOWERED)
def test_each_reason_lowers_it_by_its_steps(name):
    rules = load_confidence_rules()
    found = LOWERED[name]()
    assert name in found.reasons
    assert "meets" not in found.reasons
    assert found.level == rules.level_of(sum(rules.lowers[each] for each in found.reasons))


def test_several_reasons_make_it_thin():
    far = scored(score=2.0, covered=0.1, parts={})
    assert judged(QUESTION, far).level == "thin"


def test_what_lowers_nothing_is_told_all_the_same():
    told = judged(replace(QUESTION, corrections=(("tizanidin", "tizanidine"),)))
    assert told.level == "direct"
    assert "spelling" in told.reasons
    old = judged(QUESTION, scored(year=2001))
    assert "old" in old.reasons
    pick = Pick(chosen=BEST, words=frozenset(), copies=[scored("b")])
    evidence = Evidence(question=QUESTION, records=(BEST,))
    assert "several" in confidence_of(evidence, [pick]).reasons


def test_every_reason_and_level_has_its_fixed_words():
    words, rules = load_words(), load_confidence_rules()
    assert {*REASONS, "meets"} == words.tables["confidence_reason"].keys()
    assert rules.levels.keys() == words.tables["confidence"].keys()
