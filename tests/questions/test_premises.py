"""What a question takes for granted is told; what it leaves open is assumed in the open."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from asked import read

from loccit.terms import QuestionKind
from loccit.vocabulary import load_vocabulary

SEED = (
    "What is the recommended treatment for a patient with radiological findings suggesting "
    "lumbar muscle spasm?"
)


@pytest.mark.parametrize(
    "text",
    [
        SEED,
        "X-ray shows lumbar muscle spasm, how to treat?",
        "MRI findings of paraspinal muscle spasm: treatment?",
        "imaging consistent with muscle spasm, what next?",
    ],
)
def test_spasm_on_an_image_is_questioned(text):
    assert any(premise.verdict == "not established" for premise in read(text).premises)


@pytest.mark.parametrize(
    "text",
    [
        "How to treat lumbar muscle spasm?",
        "X-ray shows a wrist fracture, how to treat?",
        "Is an x-ray needed in lumbar muscle spasm?",
    ],
)
def test_no_premise_is_questioned_where_none_is_made(text):
    assert not any(premise.verdict == "not established" for premise in read(text).premises)


def test_a_course_that_is_not_stated_is_assumed_and_told():
    question = read("Treatment of low back pain?")
    assert "course:acute" in question.population
    assert [premise.verdict for premise in question.premises] == ["assumed"]


@pytest.mark.parametrize("course", ["chronic", "acute", "subacute"])
def test_a_stated_course_is_taken_as_stated(course):
    question = read(f"Treatment of {course} low back pain?")
    assert f"course:{course}" in question.population
    assert not any(premise.verdict == "assumed" for premise in question.premises)


def test_nothing_is_assumed_of_other_conditions():
    assert read("Treatment of gout?").premises == ()


def test_the_rules_name_known_conditions_and_kinds():
    rows = tomllib.loads((files("loccit.questions") / "premises.toml").read_text("utf-8"))
    vocabulary = load_vocabulary()
    for row in (*rows["premises"], *rows["assumptions"]):
        assert row["text"]
        assert row["verdict"]
        assert row["why"]
        assert all(QuestionKind(kind) for kind in row.get("kinds", ()))
        for name in (*row["conditions"], *row.get("adds", ())):
            entry = vocabulary.lexicon.get(name)
            assert entry is not None, name
            assert entry.name == name
