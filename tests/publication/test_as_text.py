import re

import pytest
from articles import abstention, article, card, question, statement

from loccit.publication import as_text
from loccit.terms import Audience, QuestionKind, Reference, Standing

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def lines_after(text, heading):
    """The lines under a heading, up to the next blank one."""
    lines = text.split("\n")
    start = lines.index(heading) + 1
    return lines[start : lines.index("", start)]


def test_parts_stand_in_the_order_in_which_they_are_read():
    text = as_text(article())
    order = [
        "Dose of examplamine",
        "Submitted: pending human review. For clinicians.",
        "HOW THE QUESTION WAS READ",
        "BOTTOM LINE",
        "LEFT OUT, AND WHY",
        "SAFETY: EXAMPLAMINE",
        "WHERE SOURCES DISAGREE",
        "WHY THIS DOSE",
        "WHAT WAS SEARCHED",
        "SOURCES",
        "PLEASE NOTE",
        "FOLLOW-UP QUESTIONS",
    ]
    places = [f"\n{text}".index(f"\n{part}") for part in order]
    assert places == sorted(places)


def test_an_insertion_stands_in_brackets_and_each_sentence_ends_with_source_and_id():
    first, second, *sums = lines_after(as_text(article()), "BOTTOM LINE")
    assert first == "  • [Examplamine] [Dose by age] Take 5 mg once a day. [1] a1b2c3d4"
    assert second == "  • Swallow the tablet whole. [1] a1b2c3d4"
    assert sums[0] == "    [calculated, not quoted: 5 mg/kg × 7 kg = 35 mg]"
    assert " ".join(sums[1:]).startswith("    [otheramine: no row of the label")


def test_the_gate_stands_above_the_bottom_line_and_points_to_what_says_so():
    text = as_text(article())
    assert text.index("SAFETY GATE") < text.index("BOTTOM LINE")
    block, caution = lines_after(text, "SAFETY GATE")[0], lines_after(text, "SAFETY GATE")[2]
    assert block.startswith("  ! BLOCKED: examplamine. Stated: age 71 years; the label advises")
    assert caution.startswith("  • CAUTION: examplamine. Stated: together with samplozole;")


def test_what_is_left_out_is_named_by_section_and_count():
    text = as_text(article())
    assert lines_after(text, "ALSO IN THE LABEL, NOT SHOWN ABOVE") == [
        "  • examplamine, 5.1 Warnings: 2 statements [1] 01234567 fedcba98"
    ]
    assert "2 Dosage and administration: 2 statements" in text


def test_a_subject_that_the_words_name_is_not_repeated():
    said = statement("Examplamine is taken whole.", subject="examplamine")
    assert "[Examplamine]" not in as_text(article(bottom_line=(said,), sections=(), safety=()))


def test_strength_and_certainty_are_shown_as_said_with_their_scale():
    text = " ".join(as_text(article()).split())
    assert (
        "(strong recommendation, moderate-quality evidence; ES (2017)) [1] [2] (qualifies)" in text
    )


def test_a_doubted_sentence_says_so():
    text = " ".join(as_text(article()).split())
    assert "It works within an hour. (goes partly beyond the words cited; no hour in the" in text


def test_the_reading_of_the_question_is_echoed():
    text = " ".join(as_text(article()).split())
    for said in (
        "Kind: dosing question",
        "examplamine (drug); example spasm (condition; “spasms”)",
        "age 71 years; hepatic impairment: moderate; takes samplozole",
        "Stated as absent: examplitis",
        "“examplamin” read as “examplamine”",
        "“spasm on a film”: unsupported. Films show none.",
    ):
        assert said in text


def test_sides_of_a_conflict_name_issuer_and_year():
    lines = lines_after(as_text(article()), "WHERE SOURCES DISAGREE")
    assert lines[0] == "  Use beyond three weeks: one advises it, another advises against it"
    assert lines[1] == "  Nothing ranks one above the other here; newer ones stand first."
    assert lines[2] == "    Example Works, 2023, US:"
    assert lines[4] == "    Example Society, 2017, US:"


def test_a_reference_names_publisher_title_edition_link_and_section():
    text = " ".join(as_text(article()).split())
    assert (
        "[1] Example Works. Examplamine tablets, prescribing information. revised 4/2023; "
        "in force 2023-04-01. Label, US. SET ID abc. https://example.org/label "
        "Cited: § 2 Dosage and administration" in text
    )


def test_a_summary_is_called_one():
    text = " ".join(as_text(article()).split())
    assert "[2] Example Society. Summary of Recommendation 1;" in text
    assert "of Care of example spasm. 2017. Guideline, pack summary, US." in text


def test_a_source_that_may_not_be_relied_on_says_so():
    retracted = Reference(number=1, card=card(standing=Standing.RETRACTED))
    assert "RETRACTED." in as_text(article(references=(retracted,), conflicts=()))


def test_coverage_counts_what_was_searched_and_names_what_was_not():
    lines = lines_after(as_text(article()), "WHAT WAS SEARCHED")
    assert lines == [
        "  Searched: 2 documents, 1 passage (1 label, 1 pack summary)",
        "  Dated: 2017 to 2023-04-01",
        "  Not searched: trials in animals",
    ]


def test_a_patient_reads_plain_words_where_there_are_some():
    text = as_text(article(audience=Audience.PATIENT))
    assert "Take one small tablet (5 mg) each day." in text
    assert "Take 5 mg once a day." not in text
    assert "[What the label says:] Swallow [a pill] the tablet whole." in text


def test_red_flags_and_emergencies_come_before_the_bottom_line():
    urgent = question(kind=QuestionKind.EMERGENCY, red_flags=("numbness of the exemplary nerve",))
    text = as_text(article(question=urgent))
    assert text.index("CHECK FIRST") < text.index("numbness of the exemplary nerve")
    assert text.index("numbness of the exemplary nerve") < text.index("BOTTOM LINE")
    assert "This reads as an emergency." in text


def test_an_honest_stop_tells_why_what_is_near_and_how_to_go_on():
    text = as_text(abstention())
    assert text.startswith("No direct evidence in this base\n")
    assert lines_after(text, "WHY THERE IS NO ANSWER") == [
        "  Nothing here speaks of examplamine in children."
    ]
    assert lines_after(text, "NEAREST PASSAGES") == [
        "  • Swallow the tablet whole. [1] a1b2c3d4",
        "  • Care is shared. [2] a1b2c3d4",
        "  • Do not use in examplitis. [1] a1b2c3d4",
    ]
    assert lines_after(text, "TO WIDEN OR SHARPEN THE QUESTION") == ["  • Ask about adults."]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_lines_keep_to_the_width(width):
    assert max(map(len, as_text(article(), width=width).split("\n"))) <= width


def test_a_dose_is_not_cut_between_number_and_unit():
    said = statement("It is taken with water at a dose of 10 mg each day of the week.")
    for width in range(30, 70):
        text = as_text(article(bottom_line=(said,)), width=width)
        assert "10 mg" in text


def test_colour_changes_no_words():
    assert ESCAPE.sub("", as_text(article(), colour=True)) == as_text(article())
    assert "\x1b" not in as_text(article())
