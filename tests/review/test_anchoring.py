"""A passage in a newer edition: what is unchanged is found again, everything else is told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviewing import article, statement

from loccit.review import Edition, Fate
from loccit.terms import DocumentId, Locator, Passage, PassageId, PassageKind

DOSE = statement("s1", "Examplamine is given as 5 mg.")
CITED = replace(
    DOSE.citations[0], locator=replace(DOSE.citations[0].locator, section=("2 Dosage",))
)


def passage(text, section=("2 Dosage",), context=""):
    locator = Locator(
        document=DocumentId("doc@2"), sha256="b" * 64, start=0, end=len(text), section=section
    )
    return Passage(
        id=PassageId(f"n{abs(hash((text, section)))}"),
        locator=locator,
        text=text,
        kind=PassageKind.PROSE,
        context=context,
    )


def fate(*passages, said=DOSE, cited=CITED):
    found = Edition(passages).anchored(said, cited)
    return found.fate, found.after


def test_the_same_words_in_the_same_place_are_the_same():
    again = passage("Examplamine  is given\nas 5 mg.")
    assert fate(passage("Another sentence."), again) == (Fate.SAME, again.text)


def test_the_same_words_elsewhere_have_moved():
    assert fate(passage(DOSE.text, section=("11 Old doses",)))[0] is Fate.MOVED


@pytest.mark.parametrize(
    "now",
    [
        "Examplamine is given as 50 mg.",
        "Examplamine is not given as 5 mg.",
        "Examplamine is given as 5 mg",
        "Examplamine is given as 5 mcg.",
        "Examplamine is given as -5 mg.",
    ],
)
def test_any_other_sign_is_a_change(now):
    assert fate(passage("Nothing else is alike here."), passage(now)) == (Fate.CHANGED, now)


def test_words_that_nothing_resembles_are_gone():
    assert fate(passage("Store the bottle in a dry place.")) == (Fate.GONE, "")
    assert fate() == (Fate.GONE, "")


def test_a_row_under_another_header_has_changed():
    row = replace(DOSE, lead="Adults")
    assert fate(passage(DOSE.text, context="Adults"), said=row)[0] is Fate.SAME
    assert fate(passage(DOSE.text, context="Children"), said=row)[0] is Fate.CHANGED


def test_the_nearest_of_the_same_section_is_laid_beside_it():
    near = passage("Examplamine is given as 6 mg.")
    far = passage("Examplamine is given as 7 mg.", section=("17 Advice",))
    assert fate(far, near)[1] == near.text


@given(st.lists(st.sampled_from([each.text for each in article().statements()]), max_size=4))
def test_what_is_the_same_holds_the_words_and_nothing_else_does(texts):
    passages = [passage(text) for text in texts]
    for said in article().statements():
        cited = replace(
            said.citations[0], locator=replace(said.citations[0].locator, section=("2 Dosage",))
        )
        assert (fate(*passages, said=said, cited=cited)[0] is Fate.SAME) == (said.text in texts)
