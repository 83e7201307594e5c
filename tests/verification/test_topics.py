"""A part of a sentence is read with what the part before it is about."""

from __future__ import annotations

import pytest
from judging import judged, told, verifier
from test_claim_finding import found

from loccit.terms import Verdict
from loccit.verification import Ground
from loccit.verification.topics import subject_of


def subject(text: str) -> tuple[str, ...]:
    held = subject_of(text, verifier().reader.rules)
    return held.topics if held else ()


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Dry mouth is the most common side effect", ("Dry mouth",)),
        ("Be aware that bulging discs are common", ("bulging discs",)),
        ("Imaging findings (bulges, fissures) are common", ("bulges", "fissures")),
        ("Imaging findings (bulges, fissures, and cysts) are common", ("bulges", "fissures", "cysts")),
        ("Muscle relaxants (such as tizanidine, baclofen) are used", ("Muscle relaxants (such as tizanidine, baclofen)",)),
        ("Naproxen (Aleve) is taken with food", ("Naproxen (Aleve)",)),
        ("It is taken with food", ()),
        ("In older adults naproxen is started low", ()),
        ("Do not use naproxen", ()),
    ],
)  # fmt: skip
def test_a_subject_is_what_stands_before_the_verb(text, topics):
    assert subject(text) == topics


def parts(text: str):
    ((_, claims),) = found(text)
    return [(claim.text, claim.topics) for claim in claims]


def test_a_reason_is_about_what_its_sentence_is_about():
    text = "Naproxen should be stopped early because evidence for longer use is lacking."
    assert parts(text) == [
        ("Naproxen should be stopped early", ()),
        ("evidence for longer use is lacking.", ("Naproxen",)),
    ]


def test_a_part_with_a_named_subject_of_its_own_keeps_it():
    text = "Naproxen should be taken with food because stomach ulcers are frequent in older adults."
    assert parts(text)[1] == ("stomach ulcers are frequent in older adults.", ())


def test_a_cause_is_read_apart_with_its_effect():
    text = (
        "Dry mouth is the most common side effect of tizanidine due to its anticholinergic action."
    )
    assert parts(text)[1] == ("due to its anticholinergic action.", ("Dry mouth",))


def test_of_a_list_in_brackets_each_thing_is_claimed():
    text = "Imaging findings (disc bulges, annular fissures) are seen in 20% of healthy people."
    assert parts(text) == [
        ("are seen in 20% of healthy people.", ("disc bulges", "annular fissures"))
    ]


def test_a_topic_that_the_source_does_not_name_is_told():
    claim = "is taken with food"
    source = "Naproxen is taken with food or milk."
    with_topic = verifier().judge(claim, ground(source), topic="Tizanidine")
    assert with_topic.verdict is not Verdict.SUPPORTED
    assert verifier().judge(claim, ground(source), topic="Naproxen").verdict is Verdict.SUPPORTED


def ground(text: str) -> Ground:
    return Ground(text=text)


def test_places_of_findings_are_those_of_the_words_as_written():
    claim = "is started at 10 mg"
    judgement = verifier().judge(
        claim, ground("Tizanidine is started at 2 mg."), topic="Tizanidine"
    )
    (finding,) = [each for each in judgement.findings if each.check.startswith("quantity/")]
    assert claim[slice(*finding.span)] == "10 mg"


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Disc bulges are common in asymptomatic people.", "In people without symptoms disc bulges are common."),
        ("Evidence of effectiveness for longer use of naproxen is not available.", "Evidence for longer use of naproxen is inadequate."),
        ("MRI without IV contrast is appropriate.", "Noncontrast MRI is appropriate."),
        ("Disc degeneration does not correlate with pain.", "Disc degeneration is unrelated to pain."),
    ],
)  # fmt: skip
def test_other_words_for_the_same_support_a_sentence(claim, source):
    assert judged(claim, source).verdict is Verdict.SUPPORTED, judged(claim, source).findings


@pytest.mark.parametrize(
    ("claim", "source", "finding"),
    [
        ("Evidence for longer use of naproxen is not available.", "Stopping naproxen after longer use may cause pain.", ("negation", "partly")),
        ("Tizanidine is the most prescribed muscle relaxant.", "Tizanidine is a muscle relaxant that is prescribed for spasticity.", ("superlative", "partly")),
        ("Tizanidine is a muscle relaxant prescribed in the United States.", "Tizanidine is a muscle relaxant that is prescribed.", ("subject", "partly")),
        ("Disc degeneration correlates with pain.", "Disc degeneration is unrelated to pain.", ("direction", "contradicted")),
        ("Disc bulges are present in 29% to 43% of people without symptoms.", "Of people without symptoms, 30% at age 20 and 84% at age 80 have disc bulges.", ("quantity", "contradicted")),
    ],
)  # fmt: skip
def test_what_goes_beyond_the_source_or_against_it_is_told(claim, source, finding):
    assert finding in told(judged(claim, source))


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Methocarbamol is given at 1.5 g QID, 6 g daily, at first.", "At first 6 g of methocarbamol a day is given."),
        ("Naproxen lowers pain by about 7 points.", "Naproxen lowers pain by 7.29 points."),
    ],
)  # fmt: skip
def test_figures_that_add_up_or_are_rounded_and_said_to_be_so_hold(claim, source):
    assert "quantity" not in {check for check, _ in told(judged(claim, source))}


def test_a_rounded_figure_that_lies_too_far_off_is_told():
    claim, source = (
        "Naproxen lowers pain by about 9 points.",
        "Naproxen lowers pain by 7.29 points.",
    )
    assert ("quantity", "contradicted") in told(judged(claim, source))
