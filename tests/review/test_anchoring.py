"""Cited words in a newer edition: what is unchanged is found again, everything else is told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviewing import article, statement

from loccit.passages import cut
from loccit.review import Edition, Fate
from loccit.terms import (
    DocumentId,
    PassageKind,
    Section,
    SourceDocument,
    SourceKind,
    Span,
)

DOSE = statement("s1", "Examplamine is given as 5 mg.")
CITED = replace(
    DOSE.citations[0], locator=replace(DOSE.citations[0].locator, section=("2 Dosage",))
)


def block(text, section=("2 Dosage",), kind=None, context=""):
    return text, section, kind, context


def document(*blocks):
    """A document of these blocks, each in a section of its own or with those of its heading."""
    text, sections, spans = "", [], []
    for words, path, kind, context in blocks:
        start = len(text)
        text += f"{words}\n\n"
        if kind:
            spans.append(Span(kind=kind, start=start, end=start + len(words), context=context))
        if sections and sections[-1].path == path:
            start = sections.pop().start
        sections.append(Section(path=path, start=start, end=len(text)))
    return SourceDocument(
        id=DocumentId("doc@2"),
        series="doc",
        kind=SourceKind.LABEL,
        title="Examplamine label",
        text=text,
        sections=tuple(sections),
        spans=tuple(spans),
        parser="test/1",
    )


def found(*blocks, said=DOSE, cited=CITED, under=""):
    made = document(*blocks)
    return Edition(made, cut(made)).anchored(said, cited, under)


def fate(*blocks, **how):
    one = found(*blocks, **how)
    return one.fate, one.after


def test_the_same_words_in_the_same_place_are_the_same():
    assert fate(block("Another sentence."), block("Examplamine  is given\nas 5 mg.")) == (
        Fate.SAME,
        "Examplamine  is given\nas 5 mg.",
    )


def test_the_same_words_elsewhere_have_moved():
    moved = found(block(DOSE.text, section=("11 Old doses",)))
    assert moved.fate is Fate.MOVED
    assert (moved.before, moved.after) == (
        f"[2 Dosage] {DOSE.text}",
        f"[11 Old doses] {DOSE.text}",
    )


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
    assert fate(block("Nothing else is alike here."), block(now)) == (Fate.CHANGED, now)


def test_words_that_nothing_resembles_are_gone():
    assert fate(block("Store the bottle in a dry place.")) == (Fate.GONE, "")
    assert fate() == (Fate.GONE, "")


@pytest.mark.parametrize("kind", [PassageKind.TABLE_ROW, PassageKind.LIST_ITEM])
def test_the_same_words_under_another_header_have_changed(kind):
    """A row of a table, or an item of a list, says something else under another lead-in."""
    assert fate(block(DOSE.text, kind=kind, context="Adults"), under="Adults")[0] is Fate.SAME
    other = found(block(DOSE.text, kind=kind, context="Children"), under="Adults")
    assert other.fate is Fate.CHANGED
    assert (other.before, other.after) == (f"[Adults] {DOSE.text}", f"[Children] {DOSE.text}")


def test_the_nearest_of_the_same_section_is_laid_beside_it():
    near = block("Examplamine is given as 6 mg.")
    far = block("Examplamine is given as 7 mg.", section=("17 Advice",))
    assert fate(far, near)[1] == near[0]


UNDER = replace(CITED, locator=replace(CITED.locator, section=("5 Warnings", "5.4 CNS Toxicity")))


@pytest.mark.parametrize("now", ["5.5 CNS Toxicity", "5.12 CNS  TOXICITY"])
@pytest.mark.parametrize("words", [DOSE.text, f"It is new. {DOSE.text}"])
def test_a_heading_that_only_counts_otherwise_is_the_same(now, words):
    path = ("5 Warnings", now)
    one = found(block("Other words.", section=("5 Warnings",)), block(words, path), cited=UNDER)
    assert (one.fate, one.passage.locator.section) == (Fate.SAME, path)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (("5 Warnings", "5.4 CNS Toxicity"), ("5 Warnings", "5.4 CNS Toxicity in Children")),
        (("5 Warnings", "5.4 CNS Toxicity"), ("6 Warnings", "6.4 CNS Toxicity")),
        (("5 Warnings", "5.4 CNS Toxicity"), ("5 Warnings", "5.5 Effects", "CNS Toxicity")),
        (("2 Dosage", "5 mg Tablets"), ("2 Dosage", "10 mg Tablets")),
        (("2 Dosage", "2 Years and Older"), ("2 Dosage", "6 Years and Older")),
        (("Dosage", "2.5 Mg Tablets"), ("Dosage", "2.6 Mg Tablets")),
        (("2 Dosage", "2.5 Mg Tablets"), ("2 Dosage", "2.6 Mg Tablets")),
    ],
)
def test_another_heading_is_another_place(was, now):
    cited = replace(CITED, locator=replace(CITED.locator, section=was))
    assert fate(block(DOSE.text, now), cited=cited)[0] is Fate.MOVED


def test_of_two_such_headings_the_one_that_was_cited_comes_first():
    paths = [("5 Warnings", "5.3 CNS Toxicity"), ("5 Warnings", "5.4 CNS Toxicity")]
    one = found(*(block(DOSE.text, each) for each in paths), cited=UNDER)
    assert one.passage.locator.section == paths[1]


# --- words that are cut otherwise


@pytest.mark.parametrize(
    "blocks",
    [
        [block(f"Something new comes first. {DOSE.text} And something after it.")],
        [block(f"It is new. {DOSE.text}", kind=PassageKind.LIST_ITEM)],
        [block(f"It is new [see Warnings (5.1) ] . {DOSE.text}")],
        [block(f"It is new. {DOSE.text} ( 5.1 , 8.1 )")],
    ],
)
def test_sentences_that_stand_among_others_now_are_the_same(blocks):
    one = found(*blocks)
    assert (one.fate, one.after) == (Fate.SAME, DOSE.text)
    made = document(*blocks)
    assert one.passage.locator.resolve(made) == DOSE.text
    assert one.passage.id in {each.id for each in cut(made)}
    before = made.text[: one.passage.locator.start]
    assert before.endswith(one.passage.locator.prefix)


def test_words_that_two_passages_hold_now_are_the_same():
    words = "Give it once. Give it in the morning."
    cited = replace(CITED, quote=words)
    one = found(block("Give it once."), block("Give it in the morning."), cited=cited)
    assert (one.fate, " ".join(one.after.split())) == (Fate.SAME, words)


@pytest.mark.parametrize(
    "now",
    [
        f"Never when {DOSE.text}",
        f"In doubt, {DOSE.text}",
        "Examplamine is given as 5 mg. per kg",
        "Do not believe that Examplamine is given as 5 mg. or more.",
        f"It is new. {DOSE.text} (in adults only)",
        f"e.g. {DOSE.text}",
    ],
)
def test_half_a_sentence_is_no_sentence(now):
    assert fate(block(now))[0] is not Fate.SAME


def test_words_among_others_in_another_section_or_under_another_lead_in_are_not_the_same():
    inside = f"It is new. {DOSE.text}"
    assert fate(block(inside, section=("17 Advice",)))[0] is Fate.CHANGED
    led = block(inside, kind=PassageKind.LIST_ITEM, context="Never:")
    assert fate(led)[0] is Fate.CHANGED
    assert fate(led, under="Never:")[0] is Fate.SAME


def test_part_of_a_row_of_a_table_is_not_a_sentence_that_stands():
    row = block(f"It is new. {DOSE.text}", kind=PassageKind.TABLE_ROW)
    assert fate(row)[0] is Fate.CHANGED


@given(st.lists(st.sampled_from([each.text for each in article().statements()]), max_size=4))
def test_what_is_the_same_holds_the_words_and_nothing_else_does(texts):
    blocks = [block(text) for text in texts]
    for said in article().statements():
        cited = replace(
            said.citations[0], locator=replace(said.citations[0].locator, section=("2 Dosage",))
        )
        assert (fate(*blocks, said=said, cited=cited)[0] is Fate.SAME) == (said.text in texts)


def test_a_mark_tells_findings_apart_and_has_no_white_space():
    marks = {
        found(block(now)).mark
        for now in ("Examplamine is given as 6 mg.", "Examplamine is given as 7 mg.")
    }
    marks |= {found().mark, found(block(DOSE.text, section=("11 Old doses",))).mark}
    assert len(marks) == 4
    assert not any(" " in mark or "=" in mark for mark in marks)
