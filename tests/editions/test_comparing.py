"""What counts as a change between two editions, and in which order changes are told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loccit.editions import choose, compare
from loccit.editions.groups import load_groups
from loccit.filling import DocumentDescriber
from loccit.publication.words import load_words
from loccit.sources.assembly import Assembler
from loccit.terms import (
    ChangeKind,
    DocumentId,
    NotInBase,
    PassageKind,
    SourceDocument,
    SourceKind,
    UsageError,
)
from loccit.testing import InMemoryBase, small_document
from loccit.testing import described as described_passages
from loccit.vocabulary import load_vocabulary

CODES = {
    "Boxed warning": "34066-1",
    "Contraindications": "34070-3",
    "Warnings": "34071-1",
    "Dosage": "34068-7",
    "Interactions": "34073-7",
    "Storage": "44425-7",
}


def label(version: int, *parts: tuple[str, str]) -> SourceDocument:
    """A label with a section of one paragraph for each part."""
    assembler = Assembler()
    for heading, text in parts:
        assembler.section((heading,), code=CODES[heading])
        boxed = heading == "Boxed warning"
        assembler.block(text, PassageKind.BOXED_WARNING if boxed else PassageKind.PROSE)
    made = assembler.finish()
    return SourceDocument(
        id=DocumentId(f"set_id:a@{version}"),
        series="set_id:a",
        kind=SourceKind.LABEL,
        title="Examplamine, prescribing information",
        text=made.text,
        sections=made.sections,
        spans=made.spans,
        parser="made/1",
        version=str(version),
        effective_on=date(2020 + version, 1, 1),
    )


@pytest.fixture(scope="module")
def described():
    return DocumentDescriber(load_vocabulary()).described


@pytest.fixture
def changes(described):
    def found(old, new):
        comparison = compare(described(label(1, *old)), described(label(2, *new)))
        return [(str(each.kind), each.group, each.at.text) for each in comparison.changes]

    return found


WARN = ("Warnings", "Drowsiness may occur. Do not drive.")
DOSE = ("Dosage", "Take 5 mg three times a day. Take it with food.")


def test_the_same_text_does_not_differ(changes):
    assert changes([WARN, DOSE], [WARN, DOSE]) == []


def test_text_that_moved_is_no_change(changes):
    moved = ("Warnings", "Do not drive. Drowsiness may occur.")
    assert changes([WARN, DOSE], [DOSE, moved]) == []


def test_the_look_of_a_text_is_no_change(changes):
    dashes = ("Warnings", "Drowsiness  may occur; the 2-year data say “so”.")
    other = ("Warnings", 'DROWSINESS may occur; the 2–year data say "so"')
    assert changes([dashes], [other]) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Take 1-5 mg once a day.", "Take 1.5 mg once a day."),
        ("Use it if clearance is < 30 mL/min.", "Use it if clearance is > 30 mL/min."),
        ("Avoid it at 65 years and over.", "Avoid it at 56 years and over."),
        ("Do not take it with alcohol.", "Do take it with alcohol."),
    ],
)
def test_signs_and_points_are_changes(changes, old, new):
    assert changes([("Dosage", old)], [("Dosage", new)]) == [("changed", "dose", new)]


def test_the_gravest_come_first(changes):
    old = [WARN, DOSE]
    new = [
        ("Storage", "Keep it in a dry and dark place."),
        ("Interactions", "Alcohol adds to its effects."),
        ("Dosage", "Take 10 mg three times a day. Take it with food."),
        ("Contraindications", "Heart block of any degree."),
        ("Boxed warning", "Deaths have followed rapid infusion."),
        ("Warnings", "Do not drive."),
    ]
    assert changes(old, new) == [
        ("added", "boxed_warning", "Deaths have followed rapid infusion."),
        ("added", "contraindication", "Heart block of any degree."),
        ("removed", "warning", "Drowsiness may occur."),
        ("changed", "dose", "Take 10 mg three times a day."),
        ("added", "interaction", "Alcohol adds to its effects."),
        ("added", "other", "Keep it in a dry and dark place."),
    ]


def test_a_warning_that_is_put_into_a_box_is_told(changes):
    boxed = ("Boxed warning", "Drowsiness may occur.")
    assert changes([WARN], [boxed, WARN]) == [("added", "boxed_warning", "Drowsiness may occur.")]
    assert changes([boxed, WARN], [WARN]) == [("removed", "boxed_warning", "Drowsiness may occur.")]


def test_a_group_that_comes_or_goes_is_told_as_a_whole(described):
    boxed = ("Boxed warning", "Drowsiness may occur.")
    one, two = described(label(1, WARN)), described(label(2, boxed, WARN))
    assert compare(one, two).groups == {"boxed_warning": ChangeKind.ADDED, "warning": None}
    assert compare(two, one).groups["boxed_warning"] is ChangeKind.REMOVED
    assert compare(one, one).groups == {"warning": None}


def test_the_words_of_a_changed_text_add_up_to_both(described):
    old, new = "Take 5 mg three times a day.", "Take up to 10 mg twice a day."
    comparison = compare(described(label(1, ("Dosage", old))), described(label(2, ("Dosage", new))))
    (change,) = comparison.changes
    kept = [run for run in change.words if run.kind is not ChangeKind.ADDED]
    come = [run for run in change.words if run.kind is not ChangeKind.REMOVED]
    assert " ".join(run.text for run in kept) == old
    assert " ".join(run.text for run in come) == new


PARTS = st.lists(
    st.tuples(
        st.sampled_from(sorted(CODES)),
        st.sampled_from(["Take 5 mg.", "Do not drive. Rest.", "Heart block.", "Take 6 mg now."]),
    ),
    max_size=5,
    unique_by=lambda part: part[0],
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(PARTS, PARTS)
def test_each_change_is_an_exact_slice_and_turns_round(old, new):
    describe = DocumentDescriber(load_vocabulary()).described
    one, two = describe(label(1, *old)), describe(label(2, *new))
    there, back = compare(one, two), compare(two, one)
    for change in there.changes:
        for excerpt, edition in ((change.before, one), (change.after, two)):
            if excerpt:
                assert edition.document.text[excerpt.start : excerpt.end] == excerpt.text
                assert excerpt.text in excerpt.passage.text
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted((turned[each.kind], each.group) for each in there.changes) == sorted(
        (str(each.kind), each.group) for each in back.changes
    )


def test_the_groups_have_words_and_the_last_takes_the_rest():
    words = load_words()
    groups = load_groups()
    assert [group.name for group in groups if group.guarded] == [
        "boxed_warning",
        "contraindication",
    ]
    assert groups[-1].is_rest
    for group in groups:
        assert words.of("change_group", group.name)


def _cards(*versions: str):
    base = InMemoryBase()
    for version in versions:
        name = DocumentId(f"plan@{version}")
        base.add(described_passages(small_document("plan", id=name, version=version)))
    return base.cards()


def test_the_newest_is_held_against_the_one_before_it():
    cards = _cards("2", "10", "9")
    assert [each.version for each in choose(cards)] == ["9", "10"]
    assert [each.version for each in choose(cards, older="2")] == ["2", "10"]
    assert [each.version for each in choose(cards, newer="plan@9")] == ["2", "9"]


@pytest.mark.parametrize("named", [{"older": "7"}, {"newer": "7"}, {"newer": "2"}])
def test_an_edition_that_is_not_there_is_told(named):
    with pytest.raises(UsageError, match="edition"):
        choose(_cards("2", "10"), **named)


def test_a_comparison_takes_two():
    with pytest.raises(NotInBase, match="only plan@1"):
        choose(_cards("1"))
