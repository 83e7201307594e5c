"""Which sources may answer: not retracted or superseded ones, not summaries of what is here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_base import VOCABULARY, base_of, by_document, document, gather, guideline, label

from loccit.retrieval import Gatherer
from loccit.terms import Original, SourceKind, Standing, StatementKind

ASKED = "Treatment of acute low back pain?"
SAYS = {"conditions": ("low back pain",), "kinds": (StatementKind.EFFICACY,)}


def test_a_retracted_source_is_left_out_and_the_reason_told():
    kept = guideline("kept", "Heat helps in acute low back pain.")
    gone = (
        document("gone", "Leeches help in acute low back pain.", standing=Standing.RETRACTED),
        SAYS,
    )
    evidence = gather(ASKED, base_of(kept, gone))
    assert set(by_document(evidence)) == {"kept"}
    assert {(each.record.card.id, each.reason) for each in evidence.excluded} == {
        ("gone", "the source was retracted")
    }


def summary_of(identifiers: dict[str, str]) -> Original:
    return Original(kind=SourceKind.TRIAL, title="A trial", publisher="X", identifiers=identifiers)


@pytest.mark.parametrize(
    ("kept_by_original", "summarised", "left_out"),
    [
        ({"doi": "10.1/ABC"}, {"doi": "10.1/abc"}, True),
        ({"doi": "10.1/abc", "pmid": "7"}, {"pmid": "7"}, True),
        ({"doi": "10.1/abc"}, {"doi": "10.1/other"}, False),
        ({"pmid": "7"}, {"doi": "7"}, False),
        ({"pmid": "7"}, {}, False),
    ],
)
def test_a_summary_gives_way_to_its_original(kept_by_original, summarised, left_out):
    original = document(
        "trial",
        "Heat eased acute low back pain.",
        kind=SourceKind.TRIAL,
        identifiers=kept_by_original,
    )
    summary = document(
        "summary",
        "In a trial heat eased acute low back pain.",
        kind=SourceKind.SUMMARY,
        identifiers={},
        summarises=summary_of(summarised),
    )  # fmt: skip
    evidence = gather(ASKED, base_of((original, SAYS), (summary, SAYS)))
    assert ("summary" not in by_document(evidence)) is left_out
    assert [each.reason for each in evidence.excluded] == (
        ["the original of this summary is in the base"] if left_out else []
    )
    assert "trial" in by_document(evidence)


def test_a_summary_stands_again_when_its_original_is_removed():
    original = document("trial", "Heat eased acute low back pain.", identifiers={"pmid": "7"})
    summary = document(
        "summary", "Heat eased acute low back pain.", kind=SourceKind.SUMMARY, summarises=summary_of({"pmid": "7"})
    )  # fmt: skip
    base = base_of((original, SAYS), (summary, SAYS))
    assert set(by_document(gather(ASKED, base))) == {"trial"}
    base.remove(original.id)
    base.settle()
    assert set(by_document(gather(ASKED, base))) == {"summary"}


def test_superseded_editions_are_not_used():
    new = document("work", "Rest 2 days in acute low back pain.", effective_on=date(2024, 1, 1))
    old = replace(
        document("old", "Rest 9 days in acute low back pain.", effective_on=date(1994, 1, 1)),
        series=new.series,
    )
    evidence = gather(ASKED, base_of((new, SAYS), (old, SAYS)))
    assert set(by_document(evidence)) == {"work"}


def test_withdrawn_works_are_not_used():
    base = base_of((document("work", "Rest 2 days in acute low back pain."), SAYS))
    base.withdraw("work", "gone")
    base.settle()
    assert gather(ASKED, base).records == ()


def test_what_the_base_does_not_speak_of_is_missing():
    base = base_of(label("label", "Cyclobenzaprine may cause sleepiness."))
    evidence = gather("Can cyclobenzaprine be combined with rivaroxaban in gout?", base)
    assert set(evidence.missing) == {"rivaroxaban", "gout"}


def test_safety_is_read_from_labels_of_the_drug_only():
    boxed = {"kinds": (StatementKind.BOXED_WARNING,)}
    against = {"kinds": (StatementKind.CONTRAINDICATION,)}
    base = base_of(
        label("own", "Never with an MAO inhibitor.", **against),
        label("box", "WARNING: made-up danger.", **boxed),
        label("plain", "May cause sleepiness."),
        label("second", "Sleepiness; never when driving.", kinds=(StatementKind.WARNING, StatementKind.CONTRAINDICATION)),
        label("other", "Never in asthma.", drug="naproxen", **against),
        guideline("guide", "Never give cyclobenzaprine in shock.", drugs=("cyclobenzaprine",), **against),
    )  # fmt: skip
    found = Gatherer(VOCABULARY).safety(("cyclobenzaprine", "tizanidine"), base)
    assert {record.card.id for record in found["cyclobenzaprine"]} == {
        *("own", "box", "plain", "second")
    }
    assert found["tizanidine"] == []


def test_safety_leaves_out_retracted_and_superseded_labels():
    against = {"kinds": (StatementKind.CONTRAINDICATION,)}
    old, says = label("old", "Never on Mondays with cyclobenzaprine.", **against)
    new, _ = label("new", "Never on Tuesdays with cyclobenzaprine.", **against)
    gone, _ = label("gone", "Never on Sundays with cyclobenzaprine.", **against)
    base = base_of(
        (replace(old, series="set", effective_on=date(1999, 1, 1)), says),
        (replace(new, series="set"), says),
        (replace(gone, standing=Standing.RETRACTED), says),
    )
    found = Gatherer(VOCABULARY).safety(("cyclobenzaprine",), base)
    assert [record.card.id for record in found["cyclobenzaprine"]] == ["new"]


def test_evidence_is_deepened_by_labels_of_drugs_that_were_not_named():
    from loccit.composition import load_shapes

    dose = {"kinds": (StatementKind.DOSE,)}
    base = base_of(
        guideline("guide", "Use an NSAID for acute low back pain.", drugs=("naproxen",)),
        label("label", "Take 250 mg twice a day.", drug="naproxen", **dose),
    )
    evidence = gather(ASKED, base)
    shape = load_shapes()[evidence.question.kind]
    deeper = Gatherer(VOCABULARY).deepen(evidence, shape, ("naproxen",), base)
    assert "label" not in by_document(evidence)
    assert set(by_document(deeper)) == {"guide", "label"}
    assert Gatherer(VOCABULARY).deepen(evidence, shape, (), base) == evidence


LITHIUM = {"subjects": ("lithium",), "drugs": ("lithium",), "kinds": (StatementKind.OTHER,)}


@pytest.mark.parametrize(
    ("says", "left_out"),
    [
        ({}, True),
        ({"conditions": ("bipolar disorder",)}, False),
        ({"population": ("age:adult",)}, False),
        ({"kinds": (StatementKind.DOSE,)}, False),
        ({"topics": ("bipolar disorder",)}, False),
        ({"drugs": (), "conditions": ("fatigue",)}, True),
    ],
)
def test_a_paper_that_shares_a_drugs_name_and_nothing_of_medicine_stays_out(says, left_out):
    paper = document("paper", "A flow cell stores lithium well.", kind=SourceKind.ABSTRACT)
    other = label("label", "Measure lithium levels.", "lithium")
    evidence = gather("lithium dose", base_of((paper, {**LITHIUM, **says}), other))
    assert ("paper" not in by_document(evidence)) is left_out
