"""Texts to check and sources as hostile as they can be, in every format."""

import re

import pytest
from any_answer import HOSTILE, MANY
from checked_texts import of_words
from html_page import HtmlPage
from hypothesis import given
from hypothesis import strategies as st
from test_report_pages import ATTRIBUTES, TAGS

from loccit.publication.reports import as_html, as_json, as_markdown, as_text, render
from loccit.publication.showing import unmasked

FORMATS = ("text", "md", "json", "html")
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
UNSEEN = ("5\u200b0 mg", "\ufeffx", "\u202e05 mg", "a\u00adb", "\U000e0041\U000e0142", "x\ufe0f")


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("text", [*HOSTILE, *UNSEEN], ids=ascii)
def test_no_hidden_character_comes_out(text, to):
    written = render(of_words(text), to=to)
    written.encode()
    assert not HIDDEN.search(written)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_breaks_out_of_its_page(text):
    page = HtmlPage(as_html(of_words(text)))
    assert page.tags <= TAGS
    assert page.attribute_names <= ATTRIBUTES


def test_a_character_that_takes_no_room_is_named_and_marks_still_hold():
    assert unmasked("5\u200b0\u202e mg") == "5[U+200B]0[U+202E] mg"
    assert "**[U+200B]**" in as_markdown(of_words("5\u200b0")).replace("\\", "")


@MANY
@given(st.text(max_size=40), st.text(max_size=60), st.integers(20, 100))
def test_any_words_are_written_in_every_format_and_within_the_width(text, quote, width):
    told = of_words(text, quote, "a message")
    for written in (as_text(told, width=width), as_markdown(told), as_json(told), as_html(told)):
        assert written.endswith("\n")
        assert not HIDDEN.search(written)
    assert as_json(told) == as_json(told)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_markdown_sets_no_link_image_or_html_of_a_text(text):
    written = as_markdown(of_words(text))
    assert not re.search(r"(?<!\\)<(?!https?://)", written)
    assert not re.search(r"(?<!\\)!?\[[^\]]*\]\((?!<https?://)", written)
