"""The learnt part of telling kinds apart: its file, its features, and that it is the same always."""

from __future__ import annotations

import pytest
from asked import read

from loccit.questions import kind_weights
from loccit.questions.kind_features import features
from loccit.questions.kind_weights import load_kind_weights
from loccit.terms import Concept, ConceptKind, DataFileError, QuestionKind

DRUG = Concept(text="Examplal", name="examplamine", kind=ConceptKind.DRUG, start=8, end=16)


def test_every_kind_has_its_weights():
    weights = load_kind_weights()
    assert set(weights.kinds) == set(QuestionKind)
    assert len(weights.rows) > 1000
    assert all(any(row) for row in weights.rows.values())


def test_likelihoods_are_shares_whatever_is_asked():
    for found in ({}, {"no such feature": 1.0}, {"dose": 1.0, "rule:dosing": 0.5}):
        likely = load_kind_weights().likelihoods(found)
        assert sum(likely.values()) == pytest.approx(1)
        assert all(0 <= share <= 1 for share in likely.values())


def test_a_drugs_name_stands_for_its_sort_in_sequences():
    found = features("dose of Examplal", (DRUG,), (), lambda name: (name,))
    assert "of <drug>" in found
    assert "of examplal" not in found
    assert sum(value * value for value in found.values()) == pytest.approx(1)


def test_the_order_of_facts_changes_nothing():
    one = features("dose of Examplal", (DRUG,), ("drug", "child"), lambda name: (name,))
    other = features("dose of Examplal", (DRUG,), ("child", "drug"), lambda name: (name,))
    assert one == other


def test_a_question_that_may_be_of_two_kinds_keeps_both_in_mind():
    question = read("how long can cyclobenzaprine be taken and how do I stop it")
    assert {QuestionKind.DOSING, QuestionKind.SWITCHING} <= {question.kind, *question.also}
    assert question.kind not in question.also


@pytest.mark.parametrize(
    "text", ["feature\tdosing\nx\tmany\n", "feature\tpoem\nx\t1\n", "feature\tdosing\nx\t1\t2\n"]
)
def test_a_file_that_breaks_its_form_is_refused(monkeypatch, tmp_path, text):
    (tmp_path / "kind_weights.tsv").write_text(text, "utf-8")
    monkeypatch.setattr(kind_weights, "files", lambda _: tmp_path)
    with pytest.raises(DataFileError, match=r"kind_weights\.tsv"):
        load_kind_weights.__wrapped__()
