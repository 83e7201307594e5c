import re

import pytest
from articles import LABEL_TEXT, article, card, document, record
from html_page import HtmlPage

from loccit.publication.site import Asked, FactField, answer_page, ask_page, passage_page
from loccit.publication.static_files import SCRIPTS, static_file
from loccit.terms import LocatorMismatch, SourceKind

IMPORTED = re.compile(r'from "\./([\w.]+)"')
FIELDS = (
    FactField(name="age", label="Age", numeric=True),
    FactField(name="hepatic", label="Liver", options=(("mild", "mild"), ("severe", "severe"))),
)
ASKED = Asked(question='What "now"?', facts=(("age", "71"), ("hepatic", "severe")))


def pages():
    return (
        HtmlPage(ask_page(ASKED, fields=FIELDS)),
        HtmlPage(answer_page(article(), ASKED, fields=FIELDS)),
        HtmlPage(passage_page(record(), document())),
    )


def test_no_page_has_a_script_or_a_style_of_its_own():
    for page in pages():
        assert not page.tags & {"style", "img", "iframe"}
        assert "style" not in page.attribute_names
        assert not any(name.startswith("on") for name in page.attribute_names)
        (script,) = page.all("script")
        assert script.attributes == {"type": "module", "src": "/static/page.js"}
        assert script.text == ""


def test_every_file_that_a_page_or_a_script_names_is_ours_and_there():
    named = {name for page in pages() for name in _files_of(page)}
    imported = {name for each in SCRIPTS for name in IMPORTED.findall(static_file(each).text)}
    assert named == {"style.css", "page.js", "icon.svg"}
    assert imported | {"page.js"} == set(SCRIPTS)
    assert all(static_file(name) for name in named | imported)


def test_no_other_name_leads_to_a_file():
    for name in ("", "texts.toml", "../texts.toml", "tokens.css", "styles/tokens.css"):
        assert static_file(name) is None


def test_our_scripts_make_no_markup_out_of_text_and_ask_no_other_host():
    for name in SCRIPTS:
        text = static_file(name).text
        sinks = r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|https?://"
        assert not re.search(sinks, text), name


def _files_of(page):
    addresses = [e.attributes["src"] for e in page.all("script")]
    addresses += [e.attributes["href"] for e in page.all("link")]
    assert all(each.startswith("/static/") for each in addresses)
    return [each.removeprefix("/static/") for each in addresses]


def test_the_form_keeps_what_was_filled_in():
    page = HtmlPage(ask_page(ASKED, fields=FIELDS, error="a question is needed"))
    assert page.all("textarea")[0].text == 'What "now"?'
    assert page.all("input", name="age")[0].attributes["value"] == "71"
    assert page.all("option", value="severe")[0].attributes.get("selected", "no") is None
    assert "a question is needed" in page.all("div", id="error")[0].text
    assert page.all("a", href="#question")


def test_a_citation_on_the_site_opens_the_page_of_its_passage():
    page = HtmlPage(answer_page(article(), ASKED, fields=FIELDS))
    assert "/passage/a1b2c3d4e5f60718#words" in page.links


def test_asking_again_carries_the_facts_in_the_body():
    page = HtmlPage(answer_page(article(), ASKED, fields=FIELDS))
    assert all(form.attributes["method"] == "post" for form in page.all("form"))
    assert len(page.all("input", type="hidden", name="age", value="71")) == 1
    assert len(page.all("input", type="hidden", name="follow", value="art-1")) == 2
    assert page.all("button", name="question")[0].text == "What if a dose of examplamine is missed?"


def test_a_passage_is_marked_in_the_text_around_it():
    page = HtmlPage(passage_page(record(), document()))
    assert page.all("mark")[0].text == "Swallow the tablet whole."
    assert page.classed("fulltext")[0].text == LABEL_TEXT
    assert "revised 4/2023; in force 2023-04-01" in page.all("dl")[0].text
    assert "https://example.org/label" in page.links


def test_a_long_text_is_cut_around_the_passage_and_says_so():
    text = "Before. " * 900 + "\n\nThe words.\n\n" + "After. " * 900
    shown = HtmlPage(passage_page(record("The words.", text), document(text))).classed("fulltext")
    assert "The words." in shown[0].text
    assert len(shown[0].text) < 8_000
    assert shown[0].text.startswith("[…]")
    assert shown[0].text.endswith("[…]")


def test_hostile_text_stays_text():
    text = "<script>alert(1)</script> The words. \u202e"
    page = HtmlPage(passage_page(record("The words.", text), document(text)))
    assert all(e.attributes.get("src") for e in page.all("script"))
    assert "<script>alert(1)</script>" in page.classed("fulltext")[0].text
    assert "[U+202E]" in page.classed("fulltext")[0].text


def test_another_edition_is_refused():
    with pytest.raises(LocatorMismatch):
        passage_page(record(), document("Other text. Swallow the tablet whole."))


def test_the_page_of_a_summary_says_whose_words_they_are():
    from dataclasses import replace

    found = replace(
        record(), card=card(kind=SourceKind.SUMMARY, title="Summary of Care of example spasm")
    )
    page = HtmlPage(passage_page(found, document()))
    assert page.all("h1")[0].text == "Summary of Care of example spasm"
    assert "Words of a summary" in page.all("article")[0].text
