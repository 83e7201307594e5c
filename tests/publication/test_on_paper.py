"""An answer as a PDF: all its words, tagged, the same bytes each time, and no word acts as code."""

import dataclasses

import pytest
from articles import abstention, article

from loccit.publication.exports import as_pdf
from loccit.terms import Audience

pdfium = pytest.importorskip("pypdfium2")


def text_of(data):
    document = pdfium.PdfDocument(data)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(words.split())


def test_all_that_matters_is_on_paper():
    text = text_of(as_pdf(article(), address="/articles/a1/v/1"))
    for words in (
        "Dose of examplamine",
        "Submitted: pending human review",
        "Take 5 mg once a day.",
        "Do not use in examplitis.",
        "The panel suggests examplamine for example spasm.",
        "strong recommendation",
        "Example Society",
        "/articles/a1/v/1",
    ):
        assert words in text


def test_a_patient_gets_the_plain_words():
    text = text_of(as_pdf(article(audience=Audience.PATIENT)))
    assert "Take one small tablet (5 mg) each day." in text
    assert "[a pill]" in text


def test_an_honest_stop_says_why():
    stop = abstention()
    assert " ".join(stop.reason.split()) in text_of(as_pdf(stop))


def test_equal_answers_give_equal_bytes_and_the_pages_are_tagged():
    made = as_pdf(article())
    assert made == as_pdf(article())
    assert made.startswith(b"%PDF-1.7")
    assert b"pdfuaid" in made


@pytest.mark.parametrize(
    "words",
    [
        '#read("/etc/passwd")',
        "$ sum $ *bold* _it_ `raw` <label> @ref // comment /* more */",
        '#import "@preview/x:1.0.0"',
        '"]); #panic("x")',
        "\\u{41} \\",
        "]}{[ #{ } )",
    ],
)
def test_no_word_of_a_source_acts_as_code_of_the_typesetter(words):
    hostile = dataclasses.replace(article(), title=words, notes=(words,))
    assert words.split()[0] in text_of(as_pdf(hostile))
