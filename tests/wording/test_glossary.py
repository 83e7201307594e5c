"""Terms are explained in place, the longest first; the table has a form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loccit.terms import DataFileError
from loccit.wording.glossary import load_glossary, read_glossary

HEAD = "term\tforms\tplain\tstudent\tsource\ton\n"
ROW = "{}\t{}\tplain words\tmore words\thttps://example.org/term\t2026-11-27\n"


@pytest.fixture(scope="module")
def small():
    rows = (
        ROW.format("impairment", ""),
        ROW.format("renal impairment", "kidney failure; renal failure"),
    )
    return read_glossary(HEAD + "".join(rows))


def test_the_longest_term_wins(small):
    (found,) = small.explained("In renal impairment the dose is halved.", "plain")
    assert (found.term, found.meaning) == ("renal impairment", "plain words")


def test_a_term_is_told_at_its_first_place_only(small):
    text = "Renal failure, then kidney failure."
    (found,) = small.explained(text, "student")
    assert text[found.start : found.end] == "Renal failure"


def test_part_of_a_word_is_no_term(small):
    assert not [*small.explained("Impairments of nonimpairmental kinds", "plain")]


@given(st.text(max_size=200))
def test_places_lie_in_any_text(text):
    for each in load_glossary().explained(text, "plain"):
        assert 0 <= each.start < each.end <= len(text)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("term\n", "first line"),
        (HEAD + "a\tb\n", "line 2"),
        (HEAD + ROW.format("", ""), "line 2"),
        (HEAD + ROW.format("a", "b") + ROW.format("c", "b"), "line 3"),
    ],
)
def test_a_damaged_table_is_named_with_its_line(table, told):
    with pytest.raises(DataFileError, match=told):
        read_glossary(table)


def test_the_shipped_meanings_are_short_sourced_and_free_of_advice():
    terms = load_glossary().terms
    assert terms
    for each in terms:
        assert len(each.meanings["plain"].split()) <= 14, each.name
        assert not each.meanings["plain"].endswith("."), each.name
        assert each.source.startswith("https://"), each.name
        assert "you should" not in each.meanings["plain"], each.name
