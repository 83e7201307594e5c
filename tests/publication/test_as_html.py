import base64
import hashlib
import re
from itertools import pairwise

from any_answer import MANY, answers
from articles import abstention, article, card, citation, question, statement
from html_page import HtmlPage
from hypothesis import given

from loccit.publication import as_html
from loccit.publication.static_files import style_sheet
from loccit.terms import Audience, Reference, Standing

TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "main", "article", "header", "p", "h1",
    "h2", "h3", "ol", "ul", "li", "span", "details", "summary", "dl", "div", "dt", "dd", "section",
    "nav", "strong", "b", "i", "mark", "blockquote", "code", "footer", "time", "svg", "desc", "rect",
    "line", "circle", "text", "figure", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "href", "id", "dir", "rel", "role",
    "value", "aria-label", "aria-labelledby", "aria-current", "aria-hidden", "title", "datetime", "viewbox",
    "x", "y", "width", "height", "rx", "x1", "y1", "x2", "y2", "cx", "cy", "r", "text-anchor", "scope",
}  # fmt: skip


def page_of(answer):
    return HtmlPage(as_html(answer))


def test_it_asks_nothing_of_any_other_place():
    page = page_of(article())
    assert page.tags <= TAGS
    assert "url(" not in style_sheet()
    assert "@import" not in style_sheet()


def test_its_own_policy_allows_its_style_sheet_alone():
    page = page_of(article())
    (style,) = page.all("style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    (policy,) = page.all("meta", http_equiv_="Content-Security-Policy") or [
        e for e in page.all("meta") if e.attributes.get("http-equiv")
    ]
    assert policy.attributes["content"].startswith(
        f"default-src 'none'; style-src 'sha256-{digest}';"
    )


def test_each_citation_opens_its_exact_words_in_their_place():
    page = page_of(article())
    unfolded = page.classed("unfolded")[0]
    assert "Take 5 mg once a day." in unfolded.text
    assert "before" in unfolded.text
    assert "after" in unfolded.text
    assert "§ 2 Dosage and administration" in unfolded.text
    assert "in force 2023-04-01" in unfolded.text
    assert page.all("mark")[0].text == "Take 5 mg once a day."


def test_a_citation_shows_kind_year_and_issuer_at_first_sight():
    summaries = [each.text for each in page_of(article()).all("summary")]
    assert any(text.startswith("1 label 2023 Example Works") for text in summaries)
    assert any(
        text.startswith("2 qualifies guideline summary 2017 Example Soc") for text in summaries
    )


def test_sentences_and_sources_point_at_each_other():
    page = page_of(article())
    targets = set(page.ids)
    assert len(page.ids) == len(targets)
    inside = [link[1:] for link in page.links if link.startswith("#")]
    assert set(inside) <= targets
    assert page.all("section", role="doc-bibliography")
    assert {e.attributes["href"] for e in page.all("a", role="doc-biblioref")} == {
        "#source-1",
        "#source-2",
    }
    assert page.all("a", role="doc-backlink")


def test_headings_descend_without_a_gap_and_landmarks_are_there():
    page = page_of(article())
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.all("main", id="main")
    assert page.all("a", href="#main")
    assert page.all("nav")
    assert page.elements[0].attributes == {"lang": "en"}


def test_the_review_strip_says_submitted_and_no_more():
    (step,) = [e for e in page_of(article()).all("li") if "aria-current" in e.attributes]
    assert step.text == "Submittedpending human review"


def test_words_of_sources_stay_words():
    hostile = "<script>alert('x')</script> & {{ 7 * 7 }} \u202e5 mg"
    page = page_of(article(bottom_line=(statement(hostile),), title=hostile))
    assert "script" not in page.tags
    assert page.classed("words")[0].text == "<script>alert('x')</script> & {{ 7 * 7 }} [U+202E]5 mg"


def test_only_web_addresses_become_links():
    reference = Reference(number=1, card=card(url="javascript:alert(1)"))
    page = page_of(article(references=(reference,)))
    assert all(link.startswith("#") for link in page.links)


def test_a_retracted_source_says_so_at_the_sentence():
    reference = Reference(number=1, card=card(standing=Standing.RETRACTED))
    page = page_of(article(references=(reference,)))
    assert "retracted" in page.all("summary")[1].text


def test_a_patient_sees_plain_words_and_may_open_the_source_words():
    page = page_of(article(audience=Audience.PATIENT))
    assert page.classed("words")[0].text == "Take one small tablet (5 mg) each day."
    assert page.all("mark")[0].text == "Take 5 mg once a day."


def test_a_quote_for_a_patient_is_framed_and_its_terms_are_explained_in_place():
    page = page_of(article(audience=Audience.PATIENT))
    assert page.classed("frame")[0].text == "What the label says:"
    assert page.classed("meaning")[0].text == "[a pill]"
    assert page.classed("words")[1].text == "Swallow [a pill] the tablet whole."


def test_what_the_program_changed_or_doubted_is_pointed_out():
    summary = page_of(article()).all("summary")[0].text
    assert summary.endswith("check: stated as absent, spelling, taken for granted")
    quiet = question(negated=(), corrections=(), premises=())
    assert "check:" not in page_of(article(question=quiet)).all("summary")[0].text


def test_an_honest_stop_has_its_own_page():
    page = page_of(abstention())
    assert page.all("h1")[0].text == "No direct evidence in this base"
    assert [e.text for e in page.classed("words")] == [
        "Swallow the tablet whole.",
        "Care is shared.",
        "Do not use in examplitis.",
    ]


def test_a_citation_without_a_reference_is_shown_all_the_same():
    lost = statement("Words.", citations=(citation("Words.", 9),))
    assert page_of(article(bottom_line=(lost,))).all("mark")[0].text == "Words."


@MANY
@given(answers())
def test_no_answer_breaks_out_of_its_page(answer):
    page = page_of(answer)
    assert page.tags <= TAGS
    assert page.attribute_names <= ATTRIBUTES
    assert all(link.startswith(("#", "https://example.org/")) for link in page.links)
    assert len(page.ids) == len(set(page.ids))
