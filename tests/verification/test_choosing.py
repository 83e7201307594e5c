"""From what many passages say of one claim to one verdict."""

from __future__ import annotations

import pytest
from judging import a_card, verifier

from loccit.terms import (
    CitationRole,
    Claim,
    Description,
    DocumentId,
    Locator,
    Passage,
    PassageId,
    PassageKind,
    Record,
    Standing,
    Verdict,
)
from loccit.verification.choosing import MOST_WITNESSES, check_claim, ground_of

CLAIM = "Naproxen is started at 250 mg twice daily for gout."
SAME = "For gout, naproxen is started at 250 mg twice a day."
OPPOSITE = "Naproxen is started at 500 mg twice daily for gout."
ELSEWHERE = "Wash the hands before each meal."
OTHER_DRUG = "Indomethacin is started at 50 mg twice daily for gout."


def record(text: str, name: str = "a", *, subjects: tuple[str, ...] = (), **facts) -> Record:
    place = Locator(
        document=DocumentId(name), sha256="0" * 64, start=0, end=len(text), section=("2 Dosage",)
    )
    return Record(
        passage=Passage(id=PassageId(name), locator=place, text=text, kind=PassageKind.PROSE),
        description=Description(kinds=(), subjects=subjects),
        card=a_card(id=DocumentId(name), **facts),
    )


def checked(cited=(), found=(), text: str = CLAIM, drugs=("naproxen",)):
    claim = Claim(text=text, start=0, end=len(text), drugs=drugs)
    return check_claim(claim, cited, found, verifier())


def test_nothing_found_is_not_found():
    part = checked()
    assert (part.verdict, part.witnesses) == (Verdict.NOT_FOUND, ())


def test_a_passage_that_says_the_same_supports():
    part = checked(found=[record(ELSEWHERE, "x"), record(SAME, "y")])
    assert part.verdict is Verdict.SUPPORTED
    assert part.witnesses[0].citation.passage == "y"
    assert part.witnesses[0].citation.role is CitationRole.SUPPORTS
    assert part.witnesses[0].citation.quote == SAME


def test_a_passage_that_says_otherwise_contradicts():
    part = checked(found=[record(OPPOSITE)])
    assert part.verdict is Verdict.CONTRADICTED
    assert part.witnesses[0].citation.role is CitationRole.CONTRADICTS


def test_support_wins_over_a_contradiction_that_says_no_more_of_the_claim():
    denied = CLAIM.replace("is started", "is not started")
    part = checked(found=[record(denied, "x"), record(SAME, "y")])
    assert part.verdict is Verdict.SUPPORTED
    assert {str(each.verdict) for each in part.witnesses} == {"supported", "contradicted"}


def test_cited_passages_decide_alone():
    part = checked(cited=[record(OPPOSITE, "x")], found=[record(SAME, "y")])
    assert part.verdict is Verdict.CONTRADICTED
    assert [each.citation.passage for each in part.witnesses] == ["x"]


def test_one_of_several_citations_is_enough():
    part = checked(cited=[record(OPPOSITE, "x"), record(SAME, "y"), record(ELSEWHERE, "z")])
    assert part.verdict is Verdict.SUPPORTED
    assert part.witnesses[0].citation.passage == "y"


def test_a_citation_that_does_not_speak_of_the_claim_leaves_it_not_found():
    assert checked(cited=[record(ELSEWHERE)]).verdict is Verdict.NOT_FOUND


def test_what_was_found_on_another_drug_is_not_heard():
    part = checked(found=[record(OTHER_DRUG)])
    assert (part.verdict, part.witnesses) == (Verdict.NOT_FOUND, ())


def test_the_label_of_another_drug_is_not_heard_even_where_it_names_the_claims_drug():
    text = "Naproxen is started at 500 mg twice daily for gout, whatever the lithium dose."
    part = checked(found=[record(text, subjects=("lithium",))])
    assert part.verdict is Verdict.NOT_FOUND
    assert checked(found=[record(text, subjects=("naproxen",))]).verdict is not Verdict.NOT_FOUND


@pytest.mark.parametrize("standing", [Standing.RETRACTED, Standing.WITHDRAWN])
def test_a_source_that_fell_supports_nothing(standing):
    assert checked(found=[record(SAME, standing=standing)]).verdict is Verdict.NOT_FOUND
    assert checked(cited=[record(SAME, standing=standing)]).verdict is Verdict.NOT_FOUND


def test_few_witnesses_are_kept():
    many = [record(SAME, f"s{number}") for number in range(9)]
    assert len(checked(cited=many).witnesses) == MOST_WITNESSES


def test_the_order_in_which_passages_were_found_changes_no_verdict():
    records = [
        record(OPPOSITE, "x"),
        record(SAME, "y"),
        record(OTHER_DRUG, "z"),
        record(ELSEWHERE, "w"),
    ]
    forward, back = checked(found=records), checked(found=records[::-1])
    assert forward.verdict is back.verdict
    assert forward.witnesses[0] == back.witnesses[0]


def test_a_ground_is_read_under_its_title_and_headings():
    ground = ground_of(record("Start at 250 mg twice daily.", title="Naproxen tablets"))
    assert "Naproxen tablets" in ground.context
    assert "2 Dosage" in ground.context
    claim = "Naproxen is started at 250 mg twice daily."
    assert verifier().judge(claim, ground).verdict is Verdict.SUPPORTED
