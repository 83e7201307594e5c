"""The report as HTML and as Markdown."""

import re

from checked_texts import contradicted, in_parts, of_words, report
from html_page import HtmlPage

from loccit.publication.reports import as_html, as_markdown

TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "main", "article", "header", "p", "h1",
    "h2", "ol", "ul", "li", "span", "div", "section", "strong", "mark", "blockquote", "code",
    "footer", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "href", "id", "dir", "rel",
    "aria-labelledby", "scope",
}  # fmt: skip


def test_the_page_marks_the_differing_words_on_both_sides():
    page = HtmlPage(as_html(report(contradicted())))
    assert [each.text for each in page.all("mark")] == ["50 mg", "5 mg"]
    assert page.all("h1")[0].text == "Check of A made-up note"


def test_the_words_that_decide_stand_in_the_item_of_their_sentence():
    page = HtmlPage(as_html(report()))
    items = [each for each in page.all("li") if each.attributes.get("id")]
    assert [each.attributes["class"] for each in items] == ["contradicted", "partly"]
    assert "Take 5 mg of examplamine once a day with water." in items[0].text
    assert "the source says 5 mg here" in items[0].text
    assert "a1b2c3d4" in items[0].text


def test_the_page_counts_all_sentences():
    page = HtmlPage(as_html(report()))
    assert [each.text for each in page.all("td")][::2] == ["1", "1", "0", "0", "1"]


def test_the_page_needs_nothing_else():
    page = HtmlPage(as_html(report()))
    assert page.tags <= TAGS
    assert page.attribute_names <= ATTRIBUTES
    (policy,) = [e for e in page.all("meta") if e.attributes.get("http-equiv")]
    assert policy.attributes["content"].startswith("default-src 'none'; style-src 'sha256-")


def test_a_page_without_claims_has_no_list_of_sentences():
    page = HtmlPage(as_html(report(report().sentences[0])))
    assert page.all("mark") == []
    assert "sentences" not in page.ids


def test_an_address_that_is_a_trap_is_no_link():
    page = HtmlPage(as_html(of_words("javascript:zz9")))
    assert all(link.startswith("#") for link in page.links)


def test_markdown_sets_the_differing_words_in_bold():
    text = as_markdown(report(contradicted()))
    assert "Take **50 mg** of examplamine once a day." in text
    assert "> Take **5 mg** of examplamine once a day with water." in text
    assert "- the source says 5 mg here, not 50 mg *(quantity)*" in text
    assert "| Contradicted | 1 |" in text
    assert "(<https://example.org/label>) `a1b2c3d4`" in text


def test_markdown_shows_each_claim_of_a_sentence():
    text = as_markdown(report(in_parts()))
    assert re.search(r"^#### Part: Supported$", text, re.MULTILINE)
    assert re.search(r"^#### Part: Partly supported$", text, re.MULTILINE)
