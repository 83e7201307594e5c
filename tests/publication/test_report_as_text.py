import itertools
import re
from dataclasses import replace

import pytest
from articles import card
from checked_texts import PASSAGE, SENTENCE, contradicted, finding, in_parts, report, witness

from loccit.publication.reports import as_text
from loccit.terms import CheckedPart, Finding, Standing, Verdict

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def pointed_at(text):
    """What stands above each run of marks."""
    lines = text.split("\n")
    return [
        above[mark.start() : mark.end()]
        for above, beneath in itertools.pairwise(lines)
        if re.fullmatch(r"[ ~^]+", beneath)
        for mark in re.finditer(r"~*\^", beneath)
    ]


def test_the_differing_words_are_pointed_at_on_both_sides():
    text = as_text(report(contradicted()))
    assert text.split("\n")[2:8] == [
        "1. CONTRADICTED",
        f"  {SENTENCE}",
        "       ~~~~^",
        "    Source:",
        f"      {PASSAGE}",
        "           ~~~^",
    ]
    assert pointed_at(text) == ["50 mg", "5 mg"]


def test_message_source_and_code_stand_beneath_the_words():
    text = as_text(report(contradicted()))
    assert "• the source says 5 mg here, not 50 mg (quantity)" in text
    said = " ".join(text.split())
    assert (
        "Examplamine tablets, prescribing information. Example Works, 2023. Label. a1b2c3d4" in said
    )


def test_sentences_that_claim_nothing_are_only_counted():
    text = as_text(report())
    assert "Thank you" not in text
    assert re.search(r"^ +1  Nothing to check", text, re.MULTILINE)


def test_the_summary_stands_after_the_sentences_and_counts_them_all():
    before, _, after = as_text(report()).partition("\nSUMMARY\n")
    assert "CONTRADICTED" in before
    counts = {
        name.strip(): int(number)
        for number, name in re.findall(r"^ +(\d+)  (.*?)  ", after, re.MULTILINE)
    }
    assert counts == {
        "Contradicted": 1,
        "Partly supported": 1,
        "Not found": 0,
        "Supported": 0,
        "Nothing to check": 1,
    }


def test_each_claim_of_a_sentence_has_its_own_verdict():
    text = as_text(report(in_parts()))
    assert "2. " not in text
    assert text.index("Part: Supported") < text.index("Part: Partly supported")
    assert pointed_at(text) == ["examplitis.", "examplitis."]


def test_a_source_that_may_not_be_relied_on_says_so():
    told = witness(finding(), of=card(standing=Standing.RETRACTED))
    part = CheckedPart(claim=contradicted().claim, verdict=Verdict.CONTRADICTED, witnesses=(told,))
    assert "RETRACTED." in as_text(report(contradicted(parts=(part,))))


def test_another_source_that_says_otherwise_is_shown_and_further_ones_are_named():
    told = contradicted()
    first = told.parts[0].witnesses[0]
    against = witness(verdict=Verdict.SUPPORTED, quote="Take 50 mg daily.", passage="ffff0000ffff")
    same = replace(first, citation=witness(passage="eeee1111eeee").citation)
    part = replace(told.parts[0], witnesses=(first, against, same))
    text = as_text(report(replace(told, parts=(part,))))
    assert text.index("Another source:") < text.index("Take 50 mg daily.")
    assert "Also: eeee1111" in text


def test_what_was_not_found_shows_the_nearest_words_and_points_at_nothing_in_the_sentence():
    told = contradicted()
    part = replace(told.parts[0], verdict=Verdict.NOT_FOUND)
    text = as_text(report(replace(told, verdict=Verdict.NOT_FOUND, parts=(part,))))
    assert "1. NOT FOUND" in text
    assert "Nearest words in the base:" in text
    assert pointed_at(text) == ["5 mg"]


def test_what_is_wrong_within_the_text_is_told_and_pointed_at():
    sums = Finding(
        check="arithmetic/1", verdict=Verdict.CONTRADICTED, message="2 x 5 is 10", span=(0, 4)
    )
    text = as_text(report(contradicted(parts=(), remarks=(sums,))))
    assert "In the text itself:" in text
    assert "• 2 x 5 is 10 (arithmetic)" in text
    assert pointed_at(text) == ["Take"]


def test_a_finding_of_a_whole_passage_points_at_none_of_its_words():
    told = witness(finding(locator=witness().citation.locator))
    part = CheckedPart(claim=contradicted().claim, verdict=Verdict.CONTRADICTED, witnesses=(told,))
    assert pointed_at(as_text(report(contradicted(parts=(part,))))) == ["50 mg"]


def test_a_text_without_claims_says_so():
    text = as_text(report(report().sentences[0]))
    assert "Nothing in this text claims what a source could support." in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_lines_keep_to_the_width(width):
    assert max(map(len, as_text(report(), width=width).split("\n"))) <= width


@pytest.mark.parametrize("width", range(20, 60))
def test_marks_follow_their_words_over_the_end_of_a_line(width):
    text = as_text(report(contradicted()), width=width)
    assert "".join(pointed_at(text)).replace(" ", "") == "50mg5mg"


def test_wide_characters_take_two_marks():
    text = "薬を飲む 5 mg"
    claim = replace(contradicted().claim, text=text)
    sums = Finding(check="arithmetic/1", verdict=Verdict.PARTLY, message="why", span=(2, 4))
    lines = as_text(report(contradicted(claim=claim, parts=(), remarks=(sums,)))).split("\n")
    assert lines[4] == "      ~~~^"


def test_colour_changes_no_words():
    assert ESCAPE.sub("", as_text(report(), colour=True)) == as_text(report())
    assert "\x1b" not in as_text(report())
    assert "\x1b[1;31mCONTRADICTED\x1b[0m" in as_text(report(), colour=True)
