import re

import pytest
from any_answer import MANY, answers, articles
from articles import abstention, article, statement
from hypothesis import given
from hypothesis import strategies as st

from loccit.publication import FORMATS, as_text, render
from loccit.publication.showing import visible
from loccit.terms import ArticleSection

HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@MANY
@given(answers(), st.sampled_from(FORMATS))
def test_any_answer_renders_and_twice_to_the_same_bytes(answer, to):
    text = render(answer, to=to)
    assert text.encode() == render(answer, to=to).encode()
    assert text.endswith("\n")
    assert not HIDDEN.search(text)


@MANY
@given(articles(tame=True))
def test_the_numbers_in_the_text_are_those_of_the_reference_list(answer):
    text = as_text(answer)
    body, _, after = text.partition("\nSOURCES\n")
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", body)}
    listed = {int(number) for number in re.findall(r"^\[(\d+)\]", after, re.MULTILINE)}
    assert listed == {reference.number for reference in answer.references}
    assert cited <= listed


@MANY
@given(answers(), st.integers(20, 120))
def test_a_line_is_too_long_only_for_a_word_that_is(answer, width):
    for line in as_text(answer, width=width).split("\n"):
        words = line.split()
        if len(line) > width:
            assert len(words) <= 3 or not line.isascii()


@pytest.mark.parametrize("to", FORMATS)
def test_nothing_is_called_reviewed(to):
    for answer in (article(), abstention()):
        text = render(answer, to=to).casefold()
        assert "pending human review" in text
        assert not re.search(r"(?<!no person has )reviewed (?!this page yet|it yet)", text)


@pytest.mark.parametrize("to", ["text", "md", "html"])
def test_what_the_panel_on_safety_says_is_not_shown_again_below_it(to):
    warning, swallow = "Do not use in examplitis.", "Swallow the tablet whole."
    sections = tuple(
        ArticleSection(kind=name, heading=name, statements=tuple(map(statement, said)))
        for name, said in (("Both", (warning, swallow)), ("Warned", (warning,)))
    )
    page = render(article(bottom_line=(statement("Take 5 mg."),), sections=sections), to=to)
    without = render(article(bottom_line=(statement("Take 5 mg."),), sections=()), to=to)
    assert page.count(warning) == without.count(warning)
    assert page.count(swallow) > without.count(swallow)
    assert "warned" not in page.casefold()


@given(st.text())
def test_making_visible_twice_changes_nothing_more(text):
    assert visible(visible(text)) == visible(text)
